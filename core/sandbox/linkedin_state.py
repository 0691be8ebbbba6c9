"""What LinkedIn remembers: an organisation's posts, comments, files, notifications."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MEMBER = "urn:li:person:sandbox-admin"
"""Who owns every login here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedInPost:
    """A post: the Posts API knows it as `urn`, comments as `activity`, with other digits."""

    urn: str
    activity: str
    author: str
    commentary: str
    content: Mapping[str, Any]
    published_at: datetime


@dataclass(slots=True, kw_only=True)
class LinkedInComment:
    """A comment; `parent` is the id of the one at the top, never deeper."""

    id: str
    activity: str
    actor: str
    text: str
    created_at: datetime
    parent: str | None = None
    modified_at: datetime | None = None

    @property
    def urn(self) -> str:
        """Return its whole name."""
        return f"urn:li:comment:({self.activity},{self.id})"


@dataclass(slots=True, kw_only=True)
class LinkedInAsset:
    """An uploaded file; AVAILABLE after `polls_left` looks once all `parts` are there."""

    urn: str
    owner: str
    size: int
    parts: dict[int, bytes] = field(default_factory=dict)
    etags: tuple[str, ...] = ()
    finalized: bool = False
    polls_left: int = 1
    broken: bool = False


@dataclass(slots=True, kw_only=True)
class LinkedInState:
    """One organisation's world; the switches below are LinkedIn's moods.

    `role` is what the login's member is to the organisation, None for a stranger.
    `tells_total` puts `paging.total` into lists; `refuses_duplicates` answers 422 to a post
    with the words of an earlier one.
    """

    posts: dict[str, LinkedInPost] = field(default_factory=dict)
    comments: dict[str, LinkedInComment] = field(default_factory=dict)
    assets: dict[str, LinkedInAsset] = field(default_factory=dict)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    subscriptions: dict[str, str] = field(default_factory=dict)
    role: str | None = "ADMINISTRATOR"
    tells_total: bool = True
    refuses_duplicates: bool = False

    def clear(self) -> None:
        """Forget everything; the moods go back to what they were."""
        for memory in (self.posts, self.comments, self.assets, self.subscriptions):
            memory.clear()
        self.notifications.clear()
        self.role, self.tells_total, self.refuses_duplicates = "ADMINISTRATOR", True, False

    def post(self, name: str) -> LinkedInPost | None:
        """Return the post that goes by any of its names."""
        return next(
            (post for post in self.posts.values() if name in (post.urn, post.activity)),
            None,
        )

    def comment(self, urn: str) -> LinkedInComment | None:
        """Return the comment with this whole name."""
        return next((one for one in self.comments.values() if one.urn == urn), None)

    def add_post(
        self, author: str, commentary: str, content: Mapping[str, Any], at: datetime
    ) -> LinkedInPost:
        """Publish."""
        post = LinkedInPost(
            urn=f"urn:li:share:{digits()}",
            activity=f"urn:li:activity:{digits()}",
            author=author,
            commentary=commentary,
            content=content,
            published_at=at,
        )
        self.posts[post.urn] = post
        return post

    def add_comment(
        self, post: LinkedInPost, actor: str, text: str, at: datetime, parent: str | None
    ) -> LinkedInComment:
        """Add a comment, under the one at the top if it answers one."""
        above = self.comments.get(parent or "")
        top = above.parent or above.id if above is not None else None
        comment = LinkedInComment(
            id=digits(),
            activity=post.activity,
            actor=actor,
            text=text,
            created_at=at,
            parent=top,
        )
        self.comments[comment.id] = comment
        return comment


def digits() -> str:
    """Return fresh digits, more than a float can hold."""
    return "7" + "".join(secrets.choice("0123456789") for _ in range(18))


def milliseconds(at: datetime) -> int:
    """Return a time as LinkedIn writes it."""
    return int(at.timestamp() * 1000)
