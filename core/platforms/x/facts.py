"""Make facts of posts: who speaks to us in public, and how.

One post can reach us several times: as a mention and as a reply, by webhook and by poll.
Its id is the key everywhere, and what it is to us follows from the post as far as the post
tells, so all of them are one fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    IncomingOther,
    Sender,
)
from core.platforms.x.posts import Account, Post

WEB: Final = "https://x.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands beside a post: whose channel it came to, who is who, other posts by id.

    `told` is what the event itself says the post is to us, None where it says nothing.
    """

    account_id: str
    people: Mapping[str, Account] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    told: CommentKind | None = None


def facts_of(post: Post, context: Context) -> list[Incoming]:
    """Return what a post says to us.

    An edited post has a new id and the words of now: it is still the comment it was
    (under its first id), and a change to it. One of our own posts that answers nobody is
    no comment; neither is a repost.
    """
    own = post.author_id == context.account_id
    if post.reposted or (own and post.replied_to is None):
        return [_aside(post, context)]
    comment = _comment(post, context, own=own)
    if post.first_id == post.id:
        return [comment]
    change = IncomingCommentChange(
        account_id=context.account_id,
        key=post.id,
        at=post.at,
        raw=post.raw,
        comment_id=post.first_id,
        post_id=comment.post_id,
        text=post.text,
    )
    return [comment, change]


def link_to(post_id: str, username: str | None = None) -> str:
    """Return the address of a post on the web; X finds it under any name."""
    return f"{WEB}/{username or 'i'}/status/{post_id}"


def _comment(post: Post, context: Context, *, own: bool) -> IncomingComment:
    author = context.people.get(post.author_id or "")
    quoted = context.posts.get(post.quoted or "")
    kind = CommentKind.COMMENT if own else _kind(post, context)
    conversation = post.conversation_id
    return IncomingComment(
        account_id=context.account_id,
        key=post.first_id,
        at=post.at,
        raw=post.raw,
        post_id=post.first_id if conversation == post.id else conversation,
        sender=_sender(post, author),
        text=post.text,
        parent_id=post.parent_id,
        own=own,
        kind=kind,
        url=link_to(post.id, author.username if author is not None else None),
        avatar_url=author.picture_url if author is not None else None,
        like_count=post.like_count,
        post_text=quoted.text if quoted is not None else None,
    )


def _kind(post: Post, context: Context) -> CommentKind:
    """Return what a post of somebody else is to us.

    Quoting and naming us come first, also within a reply: they are what X lets us answer.
    """
    if _quotes_us(post, context):
        return CommentKind.QUOTE
    if context.account_id in post.names:
        return CommentKind.MENTION
    if post.replied_to is None:
        return context.told or CommentKind.MENTION
    named_in_words_only = context.told is CommentKind.MENTION and not post.names
    return CommentKind.MENTION if named_in_words_only else CommentKind.COMMENT


def _quotes_us(post: Post, context: Context) -> bool:
    if post.quoted is None:
        return False
    quoted = context.posts.get(post.quoted)
    author = post.quoted_author or (quoted.author_id if quoted is not None else None)
    if author is not None:
        return author == context.account_id
    return context.told is CommentKind.QUOTE


def _sender(post: Post, author: Account | None) -> Sender | None:
    if post.author_id is None:
        return None
    return Sender(
        platform_customer_id=post.author_id,
        name=author.name if author is not None else None,
        username=author.username if author is not None else None,
    )


def _aside(post: Post, context: Context) -> IncomingOther:
    return IncomingOther(
        account_id=context.account_id,
        key=post.id,
        at=post.at,
        raw=post.raw,
        kind="repost" if post.reposted else "own_post",
    )
