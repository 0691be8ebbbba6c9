"""What states and deeds of comments are called on the screen."""

from PySide6.QtCore import QCoreApplication

from core.domain.comment import Comment, Deed, DeedKind, DeedState
from core.domain.incoming import CommentKind
from core.queries.comments import ShownComment
from desktop.style.channels import channel_mark
from desktop.style.tokens import Tone

_UNDER_WAY = frozenset({DeedState.QUEUED, DeedState.CLAIMED, DeedState.SENDING})
_UNCERTAIN = frozenset({DeedState.UNKNOWN, DeedState.NEEDS_HUMAN})


def author_words(comment: Comment) -> str:
    """Return who wrote, in words where the platform gives an id at best, as LinkedIn does."""
    if comment.own:
        return comment.account_name
    words = QCoreApplication.translate("Comments", "Somebody on %1")
    return comment.author_name or words.replace("%1", channel_mark(comment.platform).name)


def text_words(shown: ShownComment) -> str:
    """Return what was written, or that it was taken away or had to be forgotten."""
    comment = shown.comment
    if comment.deleted_at is not None:
        return QCoreApplication.translate("Comments", "This comment was removed.")
    if shown.expired_by:
        words = QCoreApplication.translate("Comments", "Expired by %1's terms.")
        return words.replace("%1", shown.expired_by)
    return comment.text or QCoreApplication.translate("Comments", "A comment without words")


def mark_of(shown: ShownComment) -> tuple[str, Tone] | None:
    """Return the one thing worth saying about a comment in the list, None if nothing is."""
    translate = QCoreApplication.translate
    states = {deed.state for deed in shown.deeds}
    comment = shown.comment
    if states & _UNCERTAIN:
        return translate("Comments", "uncertain"), Tone.DANGER
    if DeedState.FAILED in states and not comment.deleted_at:
        return translate("Comments", "not sent"), Tone.DANGER
    if comment.deleted_at is not None:
        return translate("Comments", "removed"), Tone.NEUTRAL
    if comment.hidden_at is not None:
        return translate("Comments", "hidden"), Tone.NEUTRAL
    if states & _UNDER_WAY:
        return translate("Comments", "sending"), Tone.ACCENT
    if any(deed.kind.speaks and deed.state is DeedState.ACCEPTED for deed in shown.deeds):
        return translate("Comments", "answered"), Tone.GOOD
    return _kind_mark(comment.kind)


def _kind_mark(kind: CommentKind) -> tuple[str, Tone] | None:
    translate = QCoreApplication.translate
    words = {
        CommentKind.MENTION: translate("Comments", "mention"),
        CommentKind.QUOTE: translate("Comments", "quote"),
    }
    word = words.get(kind)
    return None if word is None else (word, Tone.ACCENT)


def deed_words(deed: Deed) -> tuple[str, Tone] | None:
    """Return how a deed stands, None once it is done and shows by itself."""
    translate = QCoreApplication.translate
    kinds = {
        DeedKind.REPLY: translate("Comments", "Answer"),
        DeedKind.PRIVATE_REPLY: translate("Comments", "Private answer"),
        DeedKind.HIDE: translate("Comments", "Hiding"),
        DeedKind.SHOW: translate("Comments", "Showing again"),
        DeedKind.DELETE: translate("Comments", "Removing"),
    }
    states = {
        DeedState.QUEUED: (translate("Comments", "waiting to be sent"), Tone.ACCENT),
        DeedState.CLAIMED: (translate("Comments", "being sent"), Tone.ACCENT),
        DeedState.SENDING: (translate("Comments", "being sent"), Tone.ACCENT),
        DeedState.FAILED: (translate("Comments", "not sent"), Tone.DANGER),
        DeedState.UNKNOWN: (translate("Comments", "perhaps sent"), Tone.WARNING),
        DeedState.NEEDS_HUMAN: (translate("Comments", "perhaps sent"), Tone.DANGER),
        DeedState.CANCELLED: (translate("Comments", "cancelled"), Tone.NEUTRAL),
    }
    if deed.state is DeedState.ACCEPTED:
        if deed.kind is not DeedKind.PRIVATE_REPLY:
            return None
        return translate("Comments", "Private answer sent"), Tone.GOOD
    state, tone = states[deed.state]
    words = translate("Comments", "%1: %2").replace("%1", kinds[deed.kind])
    return words.replace("%2", state), tone
