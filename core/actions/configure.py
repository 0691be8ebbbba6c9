"""The switches people hold over the assistant and the channels."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.domain.assistant_settings import AssistantSettings
from core.domain.channel import AssistantMode
from core.domain.errors import NotFound, Refused
from core.domain.ids import ChannelId, ConversationId
from core.domain.rule import Costs, TriageRule
from core.kit import Kit
from core.notices import NoticeKind
from core.store import channels, conversations, rules, settlements


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


async def pause_assistant(kit: Kit, conversation: ConversationId) -> None:
    """Keep the assistant out of one conversation; what it has queued is withdrawn."""
    await _set_paused(kit, conversation, Switch.ON)


async def resume_assistant(kit: Kit, conversation: ConversationId) -> None:
    """Let the assistant answer the customer's next message again."""
    await _set_paused(kit, conversation, Switch.OFF)


async def _set_paused(kit: Kit, conversation: ConversationId, pause: Switch) -> None:
    async with kit.mine() as unit:
        changed = await conversations.set_assistant_paused(
            unit, conversation, paused=pause is Switch.ON
        )
        if not changed:
            raise NotFound("That conversation is not in this inbox.")
        if pause is Switch.ON:
            await settlements.silence_assistant(unit, conversation)
        await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


async def set_master(kit: Kit, switch: Switch) -> None:
    """Turn the assistant on or off for the whole inbox; sends stop within 2 s.

    Raises:
        Refused: this member may not.
    """
    async with kit.mine() as unit:
        allowed = await rules.set_enabled(unit, enabled=switch is Switch.ON)
        require_allowed(allowed=allowed)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def set_mode(kit: Kit, channel: ChannelId, mode: AssistantMode) -> None:
    """Say what the assistant may do on a channel.

    Raises:
        NotFound: there is no such channel in this inbox.
        Refused: this member may not.
    """
    async with kit.mine() as unit:
        if await channels.get(unit, channel) is None:
            raise NotFound("That channel is not in this inbox.")
        require_allowed(allowed=await channels.set_mode(unit, channel, mode))
        await unit.publish(NoticeKind.CHANNEL_CHANGED, channel)


def require_allowed(*, allowed: bool) -> None:
    """Refuse what row security has kept from happening: it hides rows, it does not raise.

    Raises:
        Refused: this member may not.
    """
    if not allowed:
        raise Refused("Your role does not allow this.", "Ask the owner of the inbox.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The owner's rules as a whole; `threshold` None keeps the one in force."""

    instructions: str
    ignore_examples: tuple[str, ...]
    enabled: bool = True
    threshold: float | None = None
    escalate_examples: tuple[str, ...] = ()
    respond_examples: tuple[str, ...] = ()
    tone: str = ""
    allow_listed_links: tuple[str, ...] = ()
    costs: Costs | None = None
    triage_rules: tuple[TriageRule, ...] | None = None
    expected_version: int | None = None


async def set_rules(kit: Kit, new: RuleSet) -> None:
    """Replace the rules by a new version, in force from the next decision on.

    Raises:
        Refused: the threshold is not a probability, or this member may not.
    """
    if new.threshold is not None and not 0.0 <= new.threshold <= 1.0:
        raise Refused("The threshold must lie between 0 and 1.")
    async with kit.mine() as unit:
        written = await rules.write(
            unit,
            instructions=new.instructions,
            ignore_examples=list(new.ignore_examples),
            enabled=new.enabled,
            threshold=new.threshold,
        )
        require_allowed(allowed=written)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def set_assistant_settings(kit: Kit, new: AssistantSettings) -> None:
    """Replace the assistant's settings."""
    raise NotImplementedError


def check_pattern(rule: TriageRule) -> None:
    """Refuse a rule whose pattern cannot be searched.

    Raises:
        Refused: names the rule, and says what to write instead.
    """
    try:
        re.compile(rule.conditions.pattern or "")
    except re.error as error:
        raise Refused(f"Rule “{rule.name}”: pattern: {error}.") from error
