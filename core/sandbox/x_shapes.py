"""How X shows posts and accounts, and what it does to their words."""

import hashlib
import html
import re

from core.sandbox.accounts import XAccount
from core.sandbox.call import Json, World
from core.sandbox.x_errors import unknown
from core.sandbox.x_state import XPost

_ALWAYS = ("id", "text", "edit_history_tweet_ids")
_ADDRESS = re.compile(r"https?://[^\s]+")


def add_post(
    world: World, author_id: str, text: str, *, answered: XPost | None = None
) -> XPost:
    """Put a post into the world."""
    post_id = world.state.x.new_id(world.now())
    post = XPost(
        id=post_id,
        author_id=author_id,
        typed=text,
        created_at=world.now(),
        conversation_id=post_id if answered is None else answered.conversation_id,
        history=[post_id],
        replied_to=None if answered is None else answered.id,
    )
    world.state.x.posts[post.history[0]] = post
    return post


def user(world: World, user_id: str, fields: frozenset[str]) -> Json:
    """Return an account as X shows it: id, name and username always, the rest if asked."""
    known = _person(world, user_id)
    if "profile_image_url" in fields:
        known["profile_image_url"] = f"https://pbs.twimg.example/{user_id}_normal.jpg"
    return known


def _person(world: World, user_id: str) -> Json:
    for account in world.config.accounts:
        if isinstance(account, XAccount) and account.account_id == user_id:
            return {"id": user_id, "name": account.name, "username": account.username}
    person = world.state.people.get(user_id)
    if person is None:
        raise unknown("user", user_id)
    return {"id": user_id, "name": person.name, "username": person.username}


def username_of(world: World, user_id: str) -> str:
    """Return what stands after the @."""
    return str(_person(world, user_id)["username"])


def _lead(world: World, post: XPost) -> str:
    """Return the names that X puts in front of an answer."""
    answered = world.state.x.posts.get(post.replied_to or "")
    if answered is None or answered.author_id == post.author_id:
        return ""
    return f"@{username_of(world, answered.author_id)} "


def full_text(world: World, post: XPost) -> str:
    return _lead(world, post) + post.typed


def shape(world: World, post: XPost, fields: frozenset[str]) -> Json:
    """Return a post as API v2 shows it, with the members that were asked for."""
    lead = _lead(world, post)
    text, urls = _shortened(lead + post.typed, post)
    whole: Json = {
        "id": post.id,
        "text": text,
        "edit_history_tweet_ids": list(post.history),
        "author_id": post.author_id,
        "conversation_id": post.conversation_id,
        "created_at": post.created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "display_text_range": [len(lead), len(lead) + len(post.typed)],
        "public_metrics": {"like_count": 0, "reply_count": 0},
        "entities": {"mentions": _mentions(world, text), "urls": urls},
    }
    references = []
    if post.replied_to is not None:
        references.append({"type": "replied_to", "id": post.replied_to})
        answered = world.state.x.posts.get(post.replied_to)
        if answered is not None:
            whole["in_reply_to_user_id"] = answered.author_id
    if post.quoted is not None:
        references.append({"type": "quoted", "id": post.quoted})
    if references:
        whole["referenced_tweets"] = references
    return {
        name: value for name, value in whole.items() if name in fields or name in _ALWAYS
    }


EVERYTHING = frozenset(
    [
        "author_id",
        "conversation_id",
        "created_at",
        "display_text_range",
        "public_metrics",
        "entities",
        "in_reply_to_user_id",
        "referenced_tweets",
    ]
)
"""The members that webhooks carry."""


def _shortened(text: str, post: XPost) -> tuple[str, list[Json]]:
    """Return the text as X keeps it: addresses shortened, three characters escaped."""
    urls: list[Json] = []

    def shorten(found: re.Match[str]) -> str:
        short = short_url(found[0])
        urls.append({"url": short, "expanded_url": found[0]})
        return short

    kept = _ADDRESS.sub(shorten, html.escape(text, quote=False))
    for media_id in post.media_ids:
        short = short_url(media_id)
        expanded = f"https://x.com/i/status/{post.id}/photo/1"
        urls.append({"url": short, "expanded_url": expanded, "media_key": f"3_{media_id}"})
        kept = f"{kept} {short}".strip()
    if post.quoted is not None:
        short = short_url(post.quoted)
        urls.append({"url": short, "expanded_url": f"https://x.com/i/status/{post.quoted}"})
        kept = f"{kept} {short}".strip()
    return kept, urls


def short_url(what: str) -> str:
    """Return the short address for something; the same one for the same thing."""
    return f"https://t.co/{hashlib.sha256(what.encode()).hexdigest()[:10]}"


def _mentions(world: World, text: str) -> list[Json]:
    known = {username_of(world, each).lower(): each for each in _everybody(world)}
    return [
        {
            "start": found.start(),
            "end": found.end(),
            "username": found[1],
            "id": known[found[1].lower()],
        }
        for found in re.finditer(r"(?<!\w)@(\w{1,15})", text)
        if found[1].lower() in known
    ]


def _everybody(world: World) -> list[str]:
    ours = [one.account_id for one in world.config.accounts if isinstance(one, XAccount)]
    return [*ours, *(one.id for one in world.state.people.values() if one.username)]
