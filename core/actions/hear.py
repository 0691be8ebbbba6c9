"""Apply what platforms say about comments, inside the receiver's transaction.

The same facts come by webhook and by reading a post. A change whose comment is not here
yet waits for it, under a key of its own kind: messages and comments share no ids.
"""

from datetime import datetime, timedelta

from core import queue
from core.actions import settle_deed, unsaid_words
from core.domain.channel import Channel
from core.domain.ids import CommentId
from core.domain.incoming import CommentKind, IncomingComment, IncomingCommentChange, Sender
from core.kit import Kit
from core.notices import NoticeKind
from core.queue import JobName
from core.store import comments, customers, messages
from core.store.comments import Heard, KnownPost, Placing
from core.store.customers import Met
from core.store.messages import WaitingUpdate
from core.store.pool import Unit
from core.store.rereadings import Reread

_REMOVAL, _WORDING, _VISIBILITY = "comment_removal", "comment_edit", "comment_visibility"


async def comment(
    kit: Kit, unit: Unit, channel: Channel, said: IncomingComment
) -> CommentId:
    """Add a comment that a webhook announces; one that is known stays as it is.

    A mention may come without its words, which are then asked for.
    """
    heard = await _heard(kit, unit, channel, said)
    await _catch_up(unit, channel, heard, said.key)
    if heard.is_new and said.kind is CommentKind.MENTION and not said.text:
        unsaid = Reread(
            channel_id=channel.id,
            target_platform_id=said.key,
            at=said.at,
            mentioned_in=said.post_id,
        )
        await unsaid_words.ask(unit, channel, unsaid)
    if heard.changed:
        await unit.publish(NoticeKind.COMMENT_CHANGED, heard.id)
    return heard.id


async def shown(kit: Kit, unit: Unit, channel: Channel, said: IncomingComment) -> bool:
    """Take a comment as the platform shows it now; True if it told us anything new."""
    heard = await _heard(kit, unit, channel, said)
    await _catch_up(unit, channel, heard, said.key)
    changed = heard.is_new or await comments.see(unit, heard, said)
    if changed:
        await unit.publish(NoticeKind.COMMENT_CHANGED, heard.id)
    return changed


async def _heard(kit: Kit, unit: Unit, channel: Channel, said: IncomingComment) -> Heard:
    post = await comments.post(
        unit, channel.id, KnownPost(platform_post_id=said.post_id, caption=said.post_text)
    )
    manifest = kit.platforms[channel.platform].manifest
    author = await _author(unit, channel, said)
    placing = Placing(
        post=post.id,
        customer=None if author is None else author.id,
        private_reply_ends_at=_until(said, manifest.private_reply_window),
    )
    heard = await comments.hear(unit, said, placing)
    if post.is_new and not said.post_text and said.kind is CommentKind.COMMENT:
        await queue.put_once(unit, JobName.FIND_POSTS, channel.id)
    if author is not None and author.unasked and manifest.shows_profiles:
        await customers.asked(unit, author.id)
        await queue.put(unit, JobName.FETCH_PROFILE, author.id)
    if said.own:
        await settle_deed.by_own_comment(unit, channel, said)
    return heard


def _until(said: IncomingComment, window: timedelta | None) -> datetime | None:
    return None if window is None or said.own else said.at + window


async def _author(unit: Unit, channel: Channel, said: IncomingComment) -> Met | None:
    """Return the author as a customer; None for ourselves and for those kept from us."""
    if said.own or said.sender is None:
        return None
    author: Sender = said.sender
    met = await customers.upsert(unit, channel.id, author)
    if said.avatar_url and await customers.seen_picture(unit, met.id, said.avatar_url):
        await queue.put(unit, JobName.FETCH_PICTURE, met.id)
    return met


async def change(
    _kit: Kit, unit: Unit, channel: Channel, said: IncomingCommentChange
) -> None:
    """Reword, hide, show or remove a comment, now or once it arrives."""
    updates = []
    if said.text is not None:
        updates.append(
            WaitingUpdate(kind=_WORDING, payload={"text": said.text}, at=said.at)
        )
    if said.hidden is not None:
        payload = {"hidden": said.hidden}
        updates.append(WaitingUpdate(kind=_VISIBILITY, payload=payload, at=said.at))
    if said.removed:
        updates.append(WaitingUpdate(kind=_REMOVAL, payload={}, at=said.at))
    found = await comments.locate(unit, channel.id, said.comment_id)
    for update in updates:
        if found is None:
            await messages.keep_waiting(unit, channel.id, _key(said.comment_id), update)
        else:
            await _apply(unit, found.id, update)
    if found is not None and updates:
        await unit.publish(NoticeKind.COMMENT_CHANGED, found.id)


async def _catch_up(unit: Unit, channel: Channel, heard: Heard, platform_id: str) -> None:
    """Apply what waited for a comment that has just arrived."""
    if heard.is_new:
        for update in await messages.take_waiting(unit, channel.id, _key(platform_id)):
            await _apply(unit, heard.id, update)


async def _apply(unit: Unit, comment_id: CommentId, update: WaitingUpdate) -> None:
    if update.kind == _WORDING:
        await comments.reword(unit, comment_id, update.payload["text"], update.at)
    elif update.kind == _VISIBILITY:
        hidden = bool(update.payload["hidden"])
        await comments.set_hidden(unit, comment_id, update.at, hidden=hidden)
    else:
        await comments.remove(unit, comment_id, update.at)


def _key(platform_comment_id: str) -> str:
    return f"comment:{platform_comment_id}"
