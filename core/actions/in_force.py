"""Hand the owner's stored rules to the assistant."""

from core.assistant.state import Rules
from core.store.rules import RulesRow


def in_force(own: RulesRow | None) -> Rules:
    """Return the rules as a run of the assistant wants them."""
    if own is None:
        return Rules()
    return Rules(
        instructions=own.instructions,
        ignore_examples=own.ignore_examples,
        escalate_examples=own.escalate_examples,
        respond_examples=own.respond_examples,
        tone=own.tone,
        allow_listed_links=own.allow_listed_links,
        triage_rules=own.triage_rules,
        costs=own.costs,
        version=own.version,
        reply_language=own.reply_lang,
    )
