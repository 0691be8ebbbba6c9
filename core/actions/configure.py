"""The switches people hold over the assistant and the channels."""

from dataclasses import dataclass
from enum import StrEnum

from core.assistant import pattern
from core.domain import rule_check
from core.domain.assistant_settings import AssistantSettings, check_settings
from core.domain.channel import AssistantMode
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import ChannelId, ConversationId
from core.domain.rule import Costs, TriageRule, reply_threshold
from core.kit import Kit
from core.notices import NoticeKind
from core.store import (
    assistant_settings,
    channels,
    conversations,
    rules,
    settlements,
)
from core.store.pool import Unit
from core.store.rules import NewRules, RulesRow


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
    """The owner's rules as a whole; where None is possible, it keeps what is in force.

    `costs` set the threshold too, unless one is given. `expected_version` is the version
    that was on the screen: somebody else's newer one is not overwritten unseen.
    """

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
    settings: AssistantSettings | None = None

    @classmethod
    def of(cls, current: RulesRow) -> "RuleSet":
        """Return rules as they stand, to be changed in one place and saved."""
        return cls(
            instructions=current.instructions,
            ignore_examples=current.ignore_examples,
            enabled=current.ai_control_enabled,
            escalate_examples=current.escalate_examples,
            respond_examples=current.respond_examples,
            tone=current.tone,
            allow_listed_links=current.allow_listed_links,
            expected_version=current.version,
        )


async def set_rules(kit: Kit, new: RuleSet) -> None:
    """Replace the rules by a new version, in force from the next decision on.

    Raises:
        Refused: something in them makes no sense, or this member may not.
        Conflict: another version is in force than the one that was expected.
    """
    check_rule_set(new)
    async with kit.mine() as unit:
        written = await rules.write(
            unit,
            NewRules(
                instructions=new.instructions,
                tone=new.tone,
                ignore_examples=new.ignore_examples,
                escalate_examples=new.escalate_examples,
                respond_examples=new.respond_examples,
                allow_listed_links=new.allow_listed_links,
                enabled=new.enabled,
                threshold=_threshold(new),
                costs=new.costs,
                triage_rules=new.triage_rules,
                expected_version=new.expected_version,
            ),
        )
        if not written:
            await _require_expected(unit, new.expected_version)
        require_allowed(allowed=written)
        if new.settings is not None:
            await _write_settings(unit, new.settings)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def set_assistant_settings(kit: Kit, new: AssistantSettings) -> None:
    """Replace the assistant's settings, as a new version of the rules.

    Raises:
        Refused: a setting makes no sense, there is no such model, or this member may not.
    """
    check_settings(new)
    async with kit.mine() as unit:
        require_allowed(allowed=await rules.advance(unit))
        await _write_settings(unit, new)
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)


async def _write_settings(unit: Unit, new: AssistantSettings) -> None:
    if new.model is not None:
        await _require_offered(unit, new.model)
    require_allowed(allowed=await assistant_settings.write(unit, new))


async def _require_offered(unit: Unit, key: str) -> None:
    """Refuse a model that is not offered, unless it is the one in use: that may stay."""
    current = await assistant_settings.read(unit)
    model = await assistant_settings.model(unit, key)
    is_kept = current is not None and current.model == key
    if model is None or not (model.is_active or is_kept):
        raise Refused(f"model: there is no “{key}” to choose.", "See `models list`.")


def check_rule_set(new: RuleSet) -> None:
    """Refuse rules that make no sense, before anything is written or tried with them.

    Raises:
        Refused: says which rule or field, and what to do.
    """
    if new.threshold is not None and not 0.0 <= new.threshold <= 1.0:
        raise Refused("The threshold must lie between 0 and 1.")
    rule_check.check_words(new.instructions, new.tone)
    rule_check.check_texts("ignore_examples", new.ignore_examples)
    rule_check.check_texts("escalate_examples", new.escalate_examples)
    rule_check.check_texts("respond_examples", new.respond_examples)
    rule_check.check_texts(
        "allow_listed_links", new.allow_listed_links, rule_check.MOST_LINK
    )
    if new.costs is not None:
        rule_check.check_costs(new.costs)
    if new.settings is not None:
        check_settings(new.settings)
    rule_check.check_rules(new.triage_rules or ())
    for rule in new.triage_rules or ():
        check_pattern(rule)


def check_pattern(rule: TriageRule) -> None:
    """Refuse a rule whose pattern cannot be searched.

    Raises:
        Refused: names the rule, and says what to write instead.
    """
    if rule.conditions.pattern is None:
        return
    try:
        pattern.compiled(rule.conditions.pattern)
    except Refused as wrong:
        raise Refused(
            f"Rule “{rule.name}”: pattern: {wrong.title}", wrong.next_step
        ) from wrong


def _threshold(new: RuleSet) -> float | None:
    """Return the threshold to set: the one that is given, else the one the costs ask for."""
    if new.threshold is None and new.costs is not None:
        return reply_threshold(new.costs)
    return new.threshold


async def _require_expected(unit: Unit, expected: int | None) -> None:
    """Tell whether somebody saved meanwhile, where nothing was written.

    Raises:
        Conflict: another version is in force.
    """
    current = await rules.version(unit)
    if expected is not None and current not in (None, expected):
        raise Conflict(
            f"The rules were saved meanwhile: version {current} is in force, not {expected}.",
            "Look at them again, then save your changes.",
        )
