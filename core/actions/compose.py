"""A person sends what is more than words: a template, a choice, a place, cards, a reaction.

Through the same door as every reply, with the same key for the same press of a button. A
template is what may be sent when the reply window has closed, and nothing else is.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from core.actions import reply
from core.domain.errors import NotFound, Refused
from core.domain.ids import ConversationId, MessageId, OutboxId
from core.domain.message import Origin
from core.domain.rich import (
    ChoiceMessage,
    ContactsMessage,
    LocationMessage,
    ReactionMessage,
    RichContent,
    RichKind,
    TemplateValues,
    kind_of,
)
from core.kit import Kit
from core.platforms.base import Manifest
from core.store import conversations, outbox, reactions, templates
from core.store.outbox import Reply
from core.store.pool import Unit
from core.store.rich import stored

_NAMES = {
    RichKind.TEMPLATE: "templates",
    RichKind.LOCATION: "places",
    RichKind.CONTACTS: "contacts",
    RichKind.CHOICE: "questions with buttons",
    RichKind.REACTION: "reactions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A template by its name and language, and what to fill in."""

    name: str
    language: str
    values: TemplateValues


async def template(
    kit: Kit, conversation: ConversationId, chosen: Chosen, *, key: UUID
) -> MessageId:
    """Send a template, filled in; the reply window may be closed.

    Raises:
        Refused: the template is not approved, or a value is missing.
        NotFound: there is no such conversation or template in this inbox.
    """
    async with kit.mine() as unit:
        manifest = await reply.manifest_of(kit, unit, conversation)
        held = await conversations.lock(unit, conversation)
        if held is None:
            raise NotFound("That conversation is not in this inbox.")
        found = await templates.one(unit, held.channel_id, chosen.name, chosen.language)
        if found is None:
            raise NotFound(
                f"The channel has no template {chosen.name} in {chosen.language}.",
                "Read its templates again.",
            )
        if not found.ready:
            raise Refused(
                f"The template {chosen.name} cannot be sent: {found.status.lower()}.",
                "Choose one that is approved.",
            )
        content = found.filled(chosen.values)
        return await _send(unit, manifest, conversation, content, key=key)


async def choice(
    kit: Kit, conversation: ConversationId, question: ChoiceMessage, *, key: UUID
) -> MessageId:
    """Ask with buttons or a list; raises as `reply.send` does."""
    return await _rich(kit, conversation, question, key=key)


async def location(
    kit: Kit, conversation: ConversationId, place: LocationMessage, *, key: UUID
) -> MessageId:
    """Send a place; raises as `reply.send` does."""
    return await _rich(kit, conversation, place, key=key)


async def contacts(
    kit: Kit, conversation: ConversationId, cards: ContactsMessage, *, key: UUID
) -> MessageId:
    """Send cards; raises as `reply.send` does."""
    return await _rich(kit, conversation, cards, key=key)


async def react(
    kit: Kit, conversation: ConversationId, message: MessageId, emoji: str, *, key: UUID
) -> None:
    """Put our reaction on a message; an empty `emoji` takes it back.

    Raises:
        Refused: the platform knows no reactions, or not of this message.
        WindowClosed: the platform's reply window has ended.
        NotFound: there is no such message in this inbox.
    """
    async with kit.mine() as unit:
        manifest = await reply.manifest_of(kit, unit, conversation)
        target = await reactions.platform_id_of(unit, conversation, message)
        if target is None:
            raise NotFound("That message cannot be reacted to.")
        content = ReactionMessage(target_platform_id=target, emoji=emoji)
        await _send(unit, manifest, conversation, content, key=key)


async def _rich(
    kit: Kit, conversation: ConversationId, content: RichContent, *, key: UUID
) -> MessageId:
    async with kit.mine() as unit:
        manifest = await reply.manifest_of(kit, unit, conversation)
        return await _send(unit, manifest, conversation, content, key=key)


async def _send(
    unit: Unit,
    manifest: Manifest,
    conversation: ConversationId,
    content: RichContent,
    *,
    key: UUID,
) -> MessageId:
    kind = kind_of(content)
    if kind not in manifest.rich:
        raise Refused(f"{manifest.title} takes no {_NAMES[kind]}.", "Send words instead.")
    queued = Reply(
        id=OutboxId(key),
        conversation_id=conversation,
        message_id=MessageId(uuid5(key, "message")),
        text=content.summary,
        origin=Origin.MEMBER,
        payload={"content": stored(content), **_details(content)},
    )
    return reply.written(await outbox.enqueue(unit, queued))


def _details(content: RichContent) -> dict[str, Any]:
    """Return what our own bubble shows, in the names of a customer's."""
    if isinstance(content, LocationMessage):
        place = {"latitude": content.latitude, "longitude": content.longitude}
        named = {"place": content.name, "address": content.address}
        return {"details": {**place, **{k: v for k, v in named.items() if v}}}
    if isinstance(content, ContactsMessage):
        cards = [{"name": one.name, "phones": list(one.phones)} for one in content.cards]
        return {"details": {"cards": cards}}
    if isinstance(content, ChoiceMessage):
        titles = [one.title for one in content.choices]
        return {"details": {"question": content.text, "choices": titles}}
    return {}
