"""Posts on X: publish, answer, delete, hide, list, search."""

import hashlib
import html
import re

from core.platforms.weighing import weigh
from core.sandbox.accounts import XAccount
from core.sandbox.call import Json, World
from core.sandbox.faults import Endpoint
from core.sandbox.x_call import XAnswer, XCall, paged
from core.sandbox.x_errors import forbidden, invalid, unknown
from core.sandbox.x_state import XPost, names_in

TEXT_LIMIT = 280
SEARCH_DAYS = 7
_ALWAYS = ("id", "text", "edit_history_tweet_ids")
_ADDRESS = re.compile(r"https?://[^\s]+")


async def create(call: XCall) -> XAnswer:
    """Publish a post or an answer."""
    text = call.text("text")
    media = call.member("media").get("media_ids")
    media_ids = tuple(str(one) for one in media) if isinstance(media, list) else ()
    target = call.member("reply").get("in_reply_to_tweet_id")
    _check_text(text, media_ids)
    _check_media(call, media_ids)
    answered = None if target is None else _answerable(call, str(target))
    mine = [
        one for one in call.state.posts.values() if one.author_id == call.account.account_id
    ]
    if any((one.typed, one.media_ids) == (text, media_ids) for one in mine):
        raise forbidden("You are not allowed to create a Tweet with duplicate content.")
    post = add_post(call.world, call.account.account_id, text, answered=answered)
    post.media_ids = media_ids
    call.record(
        Endpoint.X_POSTS,
        recipient="" if answered is None else answered.id,
        message_id=post.id,
        type="post" if answered is None else "reply",
    )
    return XAnswer(
        body={"data": {"id": post.id, "text": text, "edit_history_tweet_ids": [post.id]}},
        status=201,
    )


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


def _check_text(text: str, media_ids: tuple[str, ...]) -> None:
    if not text and not media_ids:
        raise invalid("You must provide either text or media.")
    if weigh(text) > TEXT_LIMIT:
        raise invalid("Your Tweet text is too long.")
    if len(re.findall(r"\$[A-Za-z]{1,6}\b", text)) > 1:
        raise forbidden("Posts may hold one cashtag.")


def _check_media(call: XCall, media_ids: tuple[str, ...]) -> None:
    files = [call.state.files.get(one) for one in media_ids]
    if len(files) > 4 or any(
        file is None or not file.whole or file.looks_left for file in files
    ):
        raise invalid("Your media IDs are invalid.")


def _answerable(call: XCall, target: str) -> XPost:
    """Return the post to answer; self-serve apps answer only who named or quoted them."""
    post = call.state.posts.get(call.state.root_of(target))
    if post is None:
        raise forbidden("You attempted to reply to a Tweet that is deleted or not visible.")
    own = call.account.account_id
    quoted = call.state.posts.get(post.quoted or "")
    engaged = call.account.username.lower() in names_in(post.typed)
    if (
        post.author_id != own
        and not engaged
        and (quoted is None or quoted.author_id != own)
    ):
        raise forbidden("The author of this post has neither mentioned nor quoted you.")
    return post


async def delete(call: XCall) -> XAnswer:
    """Delete a post of the account's own."""
    post = _post(call)
    if post.author_id != call.account.account_id:
        raise forbidden("You are not authorized to delete this Tweet.")
    del call.state.posts[post.history[0]]
    return XAnswer(body={"data": {"deleted": True}})


async def hide(call: XCall) -> XAnswer:
    """Hide a reply in one of the account's conversations, or show it again."""
    post = _post(call)
    root = call.state.posts.get(call.state.root_of(post.conversation_id))
    if root is None or root is post or root.author_id != call.account.account_id:
        raise forbidden("You can only hide replies in your own conversations.")
    post.hidden = call.params.get("hidden") is True
    return XAnswer(body={"data": {"hidden": post.hidden}})


def _post(call: XCall) -> XPost:
    post = call.state.posts.get(call.state.root_of(call.path["id"]))
    if post is None:
        raise unknown("tweet", call.path["id"])
    return post


async def timeline(call: XCall) -> XAnswer:
    """List what an account has posted, newest first."""
    excluded = call.names("exclude")
    found = [
        post
        for post in call.state.posts.values()
        if post.author_id == call.path["id"]
        and not ("replies" in excluded and post.replied_to is not None)
    ]
    return _listing(call, found, call.size(5, 10), "pagination_token")


async def mentions(call: XCall) -> XAnswer:
    """List posts that name an account, also those that only answer it."""
    me = call.account
    found = [
        post
        for post in call.state.posts.values()
        if post.author_id != me.account_id
        and (me.username.lower() in names_in(_full_text(call.world, post)))
    ]
    return _listing(call, found, call.size(5, 10), "pagination_token")


async def search(call: XCall) -> XAnswer:
    """Find the posts of conversations, of the last seven days."""
    query = call.text("query")
    if not query:
        raise invalid("The 'query' parameter is required.")
    wanted = set(re.findall(r"conversation_id:(\d+)", query))
    if not wanted:
        raise invalid("This query is not understood here.")
    age = call.world.now()
    found = [
        post
        for post in call.state.posts.values()
        if post.conversation_id in wanted and (age - post.created_at).days < SEARCH_DAYS
    ]
    return _listing(call, found, call.size(10, 10), "next_token")


def _listing(call: XCall, found: list[XPost], size: int, token: str) -> XAnswer:
    since = int(call.text("since_id") or 0)
    newest = sorted(
        (post for post in found if int(post.id) > since), key=lambda post: -int(post.id)
    )
    shown = [shape(call.world, post, call.names("tweet.fields")) for post in newest]
    page, meta = paged(call, shown, size, token)
    body: Json = {"data": page, "meta": meta} if page else {"meta": meta}
    includes = _includes(call, [post for post in newest if post.id in _ids(page)])
    return XAnswer(body={**body, **({"includes": includes} if includes else {})})


def _ids(page: list[Json]) -> set[object]:
    return {one["id"] for one in page}


def _includes(call: XCall, posts: list[XPost]) -> Json:
    wanted, fields = call.names("expansions"), call.names("user.fields")
    includes: Json = {}
    if "author_id" in wanted and posts:
        includes["users"] = [
            user(call.world, author, fields)
            for author in sorted({one.author_id for one in posts})
        ]
    beside = [
        call.state.posts.get(ref)
        for one in posts
        for ref in (one.replied_to, one.quoted)
        if ref
    ]
    if "referenced_tweets.id" in wanted and any(beside):
        includes["tweets"] = [
            shape(call.world, one, call.names("tweet.fields"))
            for one in beside
            if one is not None
        ]
    return includes


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


def _full_text(world: World, post: XPost) -> str:
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
