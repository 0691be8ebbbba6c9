"""The rules of a form that is not yet saved, as the assistant takes them.

What stands in the database is handed over by `in_force`; here the form's words are put in
its place. A new field of the rules is added to both.
"""

from dataclasses import replace

from core.actions.configure import RuleSet
from core.actions.in_force import in_force
from core.assistant.state import Rules
from core.domain.rule import reply_threshold
from core.store.rules import RulesRow

THRESHOLD = 0.8
"""What an inbox without settings sends from."""


def on_trial(form: RuleSet | None, own: RulesRow | None) -> Rules:
    """Return the rules of a form; what it leaves open stays as the owner has it."""
    standing = in_force(own)
    if form is None:
        return standing
    return replace(
        standing,
        instructions=form.instructions,
        ignore_examples=form.ignore_examples,
        escalate_examples=form.escalate_examples,
        respond_examples=form.respond_examples,
        tone=form.tone,
        allow_listed_links=form.allow_listed_links,
        triage_rules=standing.triage_rules
        if form.triage_rules is None
        else form.triage_rules,
        costs=standing.costs if form.costs is None else form.costs,
        reply_language=standing.reply_language
        if form.settings is None
        else form.settings.reply_lang,
    )


def threshold(form: RuleSet | None, own: RulesRow | None) -> float:
    """Return from which confidence on replies leave by themselves under a form."""
    if form is not None and form.threshold is not None:
        return form.threshold
    if form is not None and form.costs is not None:
        return reply_threshold(form.costs)
    return THRESHOLD if own is None else own.threshold
