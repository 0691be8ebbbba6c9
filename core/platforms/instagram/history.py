"""What Instagram says was said: single messages, and what came while nobody listened.

Its Conversations API lists messages under the ids that webhooks use, so that both end in
the same rows. It tells the details of the latest twenty messages of a conversation only,
and leaves out requests that have been idle for thirty days (CONTRACTS 3.1).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.errors import NotFound
from core.domain.incoming import (
    Incoming,
    IncomingComment,
    IncomingEcho,
    IncomingMessage,
    Sender,
)
from core.domain.message import MessageType
from core.platforms.base import UNDATED, ChannelSession
from core.platforms.catching_up import Missed
from core.platforms.instagram import mentions
from core.platforms.instagram.lookup import PLATFORM, about_conversations
from core.platforms.untyped import (
    Unreadable,
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)

Raw = Mapping[str, Any]

FIELDS: Final = "id,created_time,from,to,message,attachments,shares,story,is_unsupported"
TOLD_LIMIT: Final = 20
"""Messages of a conversation whose details Instagram tells."""
REQUESTS_KEPT: Final = timedelta(days=30)
CONVERSATIONS_LIMIT: Final = 40
"""Conversations looked into: at two calls a second that is as long as a look may take."""
_PAGE: Final = 20
_FILES: Final = (
    ("image_data", MessageType.IMAGE, MediaKind.IMAGE),
    ("video_data", MessageType.VIDEO, MediaKind.VIDEO),
    ("audio_data", MessageType.AUDIO, MediaKind.AUDIO),
)


class History:
    """Asking for what webhooks told, or should have told."""

    async def since(self, session: ChannelSession, moment_: datetime) -> Missed:
        """Return the messages since a moment, both ways, oldest first."""
        touched, reached = await _touched(session, moment_)
        facts: list[Incoming] = []
        latest = UNDATED
        for conversation_id, updated_at in touched:
            latest = max(latest, updated_at)
            listed = await _messages(session, conversation_id)
            found = read_messages(listed, session.account_id)
            facts += [fact for fact in found if fact.at >= moment_]
            oldest = min((fact.at for fact in found), default=UNDATED)
            if len(listed) >= TOLD_LIMIT and oldest > moment_:
                reached = False
        too_old = latest - moment_ > REQUESTS_KEPT
        facts.sort(key=lambda fact: fact.at)
        return Missed(facts=tuple(facts), complete=reached and not too_old)

    async def message(
        self, session: ChannelSession, platform_message_id: str
    ) -> IncomingMessage | IncomingEcho | None:
        """Return a message as it reads now, None when Instagram does not tell."""
        try:
            found = await about_conversations(session).ask(
                platform_message_id, fields=FIELDS
            )
        except NotFound:
            return None
        facts = read_messages([found], session.account_id)
        return facts[0] if facts else None

    async def mention(
        self, session: ChannelSession, told: IncomingComment
    ) -> IncomingComment | None:
        """Return a mention with its words, None when Instagram does not show it."""
        return await mentions.complete(session, told)


async def _touched(
    session: ChannelSession, moment_: datetime
) -> tuple[list[tuple[str, datetime]], bool]:
    """Return the conversations touched since, newest first, and whether those are all."""
    question = about_conversations(session)
    params = {"platform": PLATFORM, "fields": "id,updated_time", "limit": str(_PAGE)}
    touched: list[tuple[str, datetime]] = []
    while True:
        body = await question.ask(f"{session.account_id}/conversations", **params)
        for raw in map(section, items(body.get("data"))):
            updated_at = moment(raw.get("updated_time"))
            if UNDATED < updated_at < moment_:
                return touched, True
            if len(touched) == CONVERSATIONS_LIMIT:
                return touched, False
            if (found := identifier(raw.get("id"))) is not None:
                touched.append((found, updated_at))
        paging = section(body.get("paging"))
        after = identifier(section(paging.get("cursors")).get("after"))
        if not paging.get("next") or after is None:
            return touched, True
        params["after"] = after


async def _messages(session: ChannelSession, conversation_id: str) -> Sequence[Any]:
    question = about_conversations(session)
    found = await question.ask(conversation_id, fields=f"messages{{{FIELDS}}}")
    return items(section(found.get("messages")).get("data"))


def read_messages(
    listed: Sequence[Any], account_id: str
) -> list[IncomingMessage | IncomingEcho]:
    """Return the facts in a list of messages; one that cannot be read is left out.

    Unlike a webhook it can be asked for again, so there is nothing to keep.
    """
    facts = []
    for raw in map(section, listed):
        try:
            facts.append(_fact(raw, account_id))
        except Unreadable:
            continue
    return facts


def _fact(raw: Raw, account_id: str) -> IncomingMessage | IncomingEcho:
    mid = required(raw.get("id"), "id")
    sender = _person(raw.get("from"))
    text = words(raw.get("message"))
    type_, media = _shown(raw)
    if sender.platform_customer_id == account_id:
        told = items(section(raw.get("to")).get("data"))
        return IncomingEcho(
            account_id=account_id,
            key=mid,
            at=moment(raw.get("created_time")),
            raw=raw,
            customer=_person(told[0] if told else None),
            type=type_,
            text=text,
            media=media,
        )
    return IncomingMessage(
        account_id=account_id,
        key=mid,
        at=moment(raw.get("created_time")),
        raw=raw,
        sender=sender,
        type=type_,
        text=text,
        media=media,
        details=_details(raw),
    )


def _person(value: Any) -> Sender:
    """Return somebody by their id alone, as webhooks do: who they are is asked for once."""
    return Sender(platform_customer_id=required(section(value).get("id"), "from"))


def _shown(raw: Raw) -> tuple[MessageType, tuple[IncomingMedia, ...]]:
    """Return the kind of a message and its files."""
    files = [
        found
        for attachment in items(section(raw.get("attachments")).get("data"))
        if (found := _file(section(attachment))) is not None
    ]
    media = tuple(file for _, file in files)
    story = section(raw.get("story"))
    if raw.get("is_unsupported"):
        return MessageType.UNSUPPORTED, media
    if story.get("mention"):
        link = optional_words(section(story["mention"]).get("link"))
        shown = (IncomingMedia(kind=MediaKind.IMAGE, url=link),) if link else media
        return MessageType.STORY_MENTION, shown
    if story.get("reply_to"):
        return MessageType.STORY_REPLY, media
    if items(section(raw.get("shares")).get("data")):
        return MessageType.SHARE, media
    if files:
        return files[0][0], media
    return (MessageType.TEXT if words(raw.get("message")) else MessageType.UNSUPPORTED), ()


def _file(attachment: Raw) -> tuple[MessageType, IncomingMedia] | None:
    mime_type = optional_words(attachment.get("mime_type"))
    for name, type_, kind in _FILES:
        url = optional_words(section(attachment.get(name)).get("url"))
        if url is not None:
            return type_, IncomingMedia(kind=kind, url=url, mime_type=mime_type)
    url = optional_words(attachment.get("file_url"))
    if url is None:
        return None
    file = IncomingMedia(
        kind=MediaKind.DOCUMENT,
        url=url,
        mime_type=mime_type,
        file_name=optional_words(attachment.get("name")),
    )
    return MessageType.DOCUMENT, file


def _details(raw: Raw) -> dict[str, Any]:
    story = section(raw.get("story"))
    told = section(story.get("mention")) or section(story.get("reply_to"))
    shares = items(section(raw.get("shares")).get("data"))
    shared = section(shares[0]) if shares else {}
    found = {
        "url": optional_words(told.get("link")) or optional_words(shared.get("link")),
        "story_id": identifier(told.get("id")),
    }
    return {name: value for name, value in found.items() if value is not None}
