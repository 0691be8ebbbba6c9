"""Settle a deed by what shows that it happened: an answer, our own comment, a person's word."""

from datetime import datetime

from core.domain.channel import Channel
from core.domain.comment import Comment, Deed, DeedKind
from core.domain.incoming import CommentKind, IncomingComment
from core.notices import NoticeKind
from core.store import comments, deeds
from core.store.comments import KnownPost, Placing
from core.store.pool import Unit


async def by_own_comment(unit: Unit, channel: Channel, said: IncomingComment) -> None:
    """Settle the reply that a comment of ours on the platform turns out to be."""
    known = await deeds.by_platform_id(unit, channel.id, said.key, DeedKind.REPLY)
    if known is not None:
        return
    found = await deeds.open_with_text(unit, channel.id, said.post_id, said.text)
    if found is not None:
        await deeds.accepted(unit, found, said.key)


async def as_done(
    unit: Unit, comment: Comment, deed: Deed, platform_id: str | None, at: datetime
) -> None:
    """Show what a deed that happened has changed, before any webhook tells."""
    if deed.kind is DeedKind.REPLY:
        await comments.replied(unit, comment.id, at)
        if platform_id is not None:
            await _add_own(unit, comment, deed, platform_id, at)
    elif deed.kind is DeedKind.DELETE:
        await comments.remove(unit, comment.id, at)
    elif deed.kind is not DeedKind.PRIVATE_REPLY:
        hidden = deed.kind is DeedKind.HIDE
        await comments.set_hidden(unit, comment.id, at, hidden=hidden)
    await unit.publish(NoticeKind.COMMENT_CHANGED, comment.id)


async def _add_own(
    unit: Unit, comment: Comment, deed: Deed, platform_id: str, at: datetime
) -> None:
    """Put our answer under the comment; its webhook finds it there."""
    post = await comments.post(
        unit, comment.channel_id, KnownPost(platform_post_id=comment.post_id)
    )
    own = IncomingComment(
        account_id=comment.account_id,
        key=platform_id,
        at=at,
        post_id=comment.post_id,
        sender=None,
        text=deed.text or "",
        parent_id=comment.platform_comment_id,
        own=True,
        kind=CommentKind.COMMENT,
    )
    placing = Placing(post=post.id, customer=None, private_reply_ends_at=None)
    await comments.hear(unit, own, placing)
