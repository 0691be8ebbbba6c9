"""What stands in the form: the owner's rules as one value that can be compared."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from core.actions.configure import RuleSet
from core.domain.rule import Costs, TriageRule
from core.queries.rules import RulesRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Everything that is saved together; switches are not: they act at once."""

    instructions: str = ""
    tone: str = ""
    ignore_examples: tuple[str, ...] = ()
    escalate_examples: tuple[str, ...] = ()
    respond_examples: tuple[str, ...] = ()
    allow_listed_links: tuple[str, ...] = ()
    costs: Costs = field(default_factory=Costs)
    triage_rules: tuple[TriageRule, ...] = ()


NAMES = tuple(each.name for each in fields(Form))


def form_of(row: RulesRow) -> Form:
    """Return the form of the rules that are kept."""
    return Form(**{name: getattr(row, name) for name in NAMES})


def rule_set_of(
    form: Form, *, enabled: bool, expected_version: int | None = None
) -> RuleSet:
    """Return what is written, or tried, for a form."""
    return RuleSet(
        **{name: getattr(form, name) for name in NAMES},
        enabled=enabled,
        expected_version=expected_version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A form over a newer reading, and the names of what both sides have changed."""

    form: Form
    clashes: tuple[str, ...]


def merge(base: Form, mine: Form, theirs: Form) -> Merged:
    """Lay what was typed over what somebody else saved; what both changed stays typed."""
    changes: dict[str, Any] = {}
    clashes: list[str] = []
    for name in NAMES:
        was, typed, saved = (getattr(each, name) for each in (base, mine, theirs))
        if typed == was:
            continue
        changes[name] = typed
        if saved not in (was, typed):
            clashes.append(name)
    return Merged(form=replace(theirs, **changes), clashes=tuple(clashes))
