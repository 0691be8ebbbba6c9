"""The rules as the assistant takes them: the owner's, or those of a form not yet saved."""

from core.actions.configure import RuleSet
from core.assistant.state import Rules
from core.store.rules import RulesRow

THRESHOLD = 0.8
"""What an inbox without settings sends from."""


def in_force(own: RulesRow | None) -> Rules:
    """Return the owner's rules for the assistant."""
    if own is None:
        return Rules()
    return Rules(
        instructions=own.instructions,
        ignore_examples=own.ignore_examples,
        version=own.version,
        reply_language=own.reply_lang,
    )


def on_trial(form: RuleSet, own: RulesRow | None) -> Rules:
    """Return the rules of a form; what it leaves out stays as the owner has it."""
    standing = in_force(own)
    return Rules(
        instructions=form.instructions,
        ignore_examples=form.ignore_examples,
        version=standing.version,
        reply_language=standing.reply_language,
    )


def threshold_in_force(own: RulesRow | None) -> float:
    """Return from which confidence on replies leave by themselves."""
    return THRESHOLD if own is None else own.threshold


def threshold_on_trial(form: RuleSet, own: RulesRow | None) -> float:
    """Return the threshold of a form; None keeps the owner's."""
    return threshold_in_force(own) if form.threshold is None else form.threshold
