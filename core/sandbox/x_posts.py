"""Posts on X: publish, answer, delete, hide, list, search."""

import re

from core.domain.channel import PlatformName
from core.domain.weighing import weigh
from core.sandbox.call import Json, World
from core.sandbox.faults import Endpoint
from core.sandbox.x_call import XAnswer, XCall, paged
from core.sandbox.x_errors import forbidden, invalid, unknown
from core.sandbox.x_events import post_event, wanted
from core.sandbox.x_shapes import add_post, full_text, shape, user
from core.sandbox.x_state import XPost, names_in

TEXT_LIMIT = 280
SEARCH_DAYS = 7


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
        receipts=lambda: _announce(call.world, post),
    )


async def _announce(world: World, post: XPost) -> None:
    """Tell the companion of what its own account has posted."""
    payload = post_event(world, "post.create", post)
    if "sent" in world.config.receipts.x and wanted(world, payload):
        await world.courier.deliver(PlatformName.X, payload)


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
        and (me.username.lower() in names_in(full_text(call.world, post)))
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
