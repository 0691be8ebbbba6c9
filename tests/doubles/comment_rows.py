"""Comments as the queries give them, for panes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.comment import Comment, Deed, DeedKind, DeedState
from core.domain.ids import ChannelId, CommentId, DeedId, MonitoredPostId, TenantId
from core.domain.incoming import CommentKind
from core.queries.comments import ShownComment
from tests.doubles.fake_bridge import NOON

ALL = frozenset(DeedKind)
AUTHORS = ("maya.k", "tom_brews", "Léa Martin", "cafe.addict", "j.ortiz")
TEXTS = (
    "Is the Guji roast back in stock?",
    "Love the new packaging! 😍",
    "Vous livrez aussi en Belgique ?",
    "Mine arrived broken, second time now. Not ok.",
    "Cheap followers at bestfollow.example",
)


def a_comment(number: int, *, post: int = 1, **more: Any) -> ShownComment:
    """Return a comment that waits; the higher the number, the older it is."""
    comment = Comment(
        id=CommentId(UUID(int=1000 + number)),
        tenant=TenantId(UUID(int=1)),
        channel_id=ChannelId(UUID(int=2)),
        platform=PlatformName.INSTAGRAM,
        account_id="1784140",
        account_name="Brûlerie des Trois Ponts",
        monitored_post_id=MonitoredPostId(UUID(int=50 + post)),
        post_id=f"post.{post}",
        post_caption="New in: Ethiopia Guji. Jasmine, peach and a whisper of bergamot.",
        platform_comment_id=f"comment.{number}",
        parent_id=None,
        kind=CommentKind.COMMENT,
        own=False,
        author_id=f"fan.{number}",
        author_name=AUTHORS[number % len(AUTHORS)],
        author_avatar_url=None,
        text=TEXTS[number % len(TEXTS)],
        like_count=0,
        url=f"https://instagram.example/c/{number}",
        at=NOON - timedelta(minutes=7 * number + 3),
        edited_at=None,
        hidden_at=None,
        deleted_at=None,
        handled_at=None,
        private_reply_ends_at=NOON + timedelta(days=5),
    )
    return ShownComment(comment=replace(comment, **more), deeds=(), obstacle=None, can=ALL)


def a_deed(shown: ShownComment, kind: DeedKind, state: DeedState, **more: Any) -> Deed:
    """Return something that was asked for about a comment."""
    deed = Deed(
        id=DeedId(UUID(int=shown.id.int + 500)),
        comment_id=shown.id,
        kind=kind,
        text="Yes, since this morning!" if kind.speaks else None,
        state=state,
        member_id=None,
        platform_id=None,
        error_title=None,
        error_next=None,
        created_at=NOON,
    )
    return replace(deed, **more)
