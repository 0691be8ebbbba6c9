"""What a member does about a comment: answer it, hide it, remove it, tick it off.

Nothing here talks to a platform: each verb asks for a deed, which `carry_out` does.
"""

from dataclasses import dataclass
from uuid import UUID

from core.clock import time_ordered_id
from core.domain.comment import Comment, DeedKind, DeedState
from core.domain.errors import AlreadyDecided, NotFound, Refused, WindowClosed
from core.domain.ids import CommentId, DeedId
from core.kit import Kit
from core.platforms.base import Manifest
from core.platforms.commenting import deeds_of, limit_of, obstacle_of
from core.store import comments, deeds
from core.store.deeds import NewDeed

_WORDS = {
    DeedKind.REPLY: "answer comments",
    DeedKind.PRIVATE_REPLY: "answer a comment in private",
    DeedKind.HIDE: "hide comments",
    DeedKind.SHOW: "show comments again",
    DeedKind.DELETE: "remove comments",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Words for a comment; the same `id` twice is one answer."""

    comment: CommentId
    text: str
    id: DeedId | None = None


async def reply(kit: Kit, answer: Answer) -> DeedId:
    """Answer a comment in public.

    Raises:
        NotFound: there is no such comment in this inbox.
        Refused: the platform would not take it; the error says why, and where to answer.
        TooLong: the text is longer than the platform allows.
    """
    return await _speak(kit, DeedKind.REPLY, answer)


async def reply_privately(kit: Kit, answer: Answer) -> DeedId:
    """Answer a comment's author in a message, which the platforms allow once.

    Raises as `reply` does, and WindowClosed when the days for it are over.
    """
    return await _speak(kit, DeedKind.PRIVATE_REPLY, answer)


async def hide(kit: Kit, comment: CommentId) -> DeedId:
    """Hide a comment from everybody but its author; raises as `reply` does."""
    return await _ask(kit, comment, DeedKind.HIDE)


async def show(kit: Kit, comment: CommentId) -> DeedId:
    """Show a hidden comment again; raises as `reply` does."""
    return await _ask(kit, comment, DeedKind.SHOW)


async def remove(kit: Kit, comment: CommentId) -> DeedId:
    """Remove a comment for good; raises as `reply` does."""
    return await _ask(kit, comment, DeedKind.DELETE)


async def handled(kit: Kit, comment: CommentId) -> None:
    """Tick a comment off: nothing to do about it. NotFound if it is not in this inbox."""
    await _set_handled(kit, comment, handled=True)


async def reopen(kit: Kit, comment: CommentId) -> None:
    """Put a comment back among those that wait for us; NotFound as above."""
    await _set_handled(kit, comment, handled=False)


async def cancel(kit: Kit, deed: DeedId) -> None:
    """Take back a deed that has not begun; AlreadyDecided if it has."""
    await _settle(kit, deed, DeedState.CANCELLED)


async def was_sent(kit: Kit, deed: DeedId) -> None:
    """Say that an uncertain deed did happen; AlreadyDecided if it is settled."""
    await _settle(kit, deed, DeedState.ACCEPTED)


async def was_not_sent(kit: Kit, deed: DeedId) -> None:
    """Say that an uncertain deed did not happen; AlreadyDecided if it is settled."""
    await _settle(kit, deed, DeedState.FAILED)


async def _speak(kit: Kit, kind: DeedKind, answer: Answer) -> DeedId:
    text = answer.text.strip()
    if not text:
        raise Refused("There is nothing to send.", "Write something first.")
    comment = await _comment(kit, answer.comment)
    manifest = kit.platforms[comment.platform].manifest
    _require(manifest, kind)
    limit_of(manifest, kind).require_fits(text)
    if kind is DeedKind.REPLY and (why := obstacle_of(kit.platforms, comment)) is not None:
        raise Refused(why.title, why.next_step)
    return await _enqueue(
        kit,
        comment,
        NewDeed(
            id=answer.id or DeedId(time_ordered_id()),
            comment=comment.id,
            kind=kind,
            text=text,
        ),
    )


async def _ask(kit: Kit, comment_id: CommentId, kind: DeedKind) -> DeedId:
    comment = await _comment(kit, comment_id)
    _require(kit.platforms[comment.platform].manifest, kind)
    return await _enqueue(
        kit, comment, NewDeed(id=DeedId(time_ordered_id()), comment=comment.id, kind=kind)
    )


async def _enqueue(kit: Kit, comment: Comment, deed: NewDeed) -> DeedId:
    async with kit.mine() as unit:
        outcome = await deeds.enqueue(unit, deed)
    match outcome:
        case "enqueued" | "duplicate":
            return deed.id
        case "window_closed":
            raise WindowClosed(
                "The time for a private answer to this comment is over.",
                "Answer it in public instead.",
            )
        case "used":
            raise Refused(
                "This comment has had its one private answer.",
                "Wait until its author writes, or answer in public.",
            )
        case "removed":
            raise Refused("This comment has been removed.", "There is nothing to answer.")
        case _:
            raise NotFound(f"The comment {comment.id} is not in this inbox.")


async def _comment(kit: Kit, comment_id: CommentId) -> Comment:
    async with kit.mine() as unit:
        found = await comments.get(unit, comment_id)
    if found is None:
        raise NotFound(f"The comment {UUID(str(comment_id))} is not in this inbox.")
    return found


def _require(manifest: Manifest, kind: DeedKind) -> None:
    if kind not in deeds_of(manifest):
        raise Refused(
            f"{manifest.title} does not let us {_WORDS[kind]}.",
            "Do it on the platform itself.",
        )


async def _set_handled(kit: Kit, comment: CommentId, *, handled: bool) -> None:
    async with kit.mine() as unit:
        if await deeds.set_handled(unit, comment, handled=handled) == "not_found":
            raise NotFound(f"The comment {comment} is not in this inbox.")


async def _settle(kit: Kit, deed: DeedId, state: DeedState) -> None:
    async with kit.mine() as unit:
        outcome = await deeds.settle_by_hand(unit, deed, state)
    if outcome == "not_found":
        raise NotFound(f"There is no deed {deed} in this inbox.")
    if outcome == "too_late":
        raise AlreadyDecided("That was settled meanwhile.", "Look at its state.")
