"""Instagram comments: page through them, reply, hide, delete; answer where we are named."""

from core.domain.channel import PlatformName
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.faults import Endpoint
from core.sandbox.fields import Selection, graph_time, parse_fields, select
from core.sandbox.graph_errors import bad_parameter, no_such_object
from core.sandbox.instagram_pages import page as page_of
from core.sandbox.instagram_pages import paging
from core.sandbox.state import Comment, Person, new_node_id

REPLIES_SHOWN = 10
"""Replies that come with their comment; the others are behind a cursor of their own."""
DEFAULT_FIELDS = "id,text,timestamp"


async def page(call: Call) -> Answer:
    """Return a page of top-level comments, newest first; `after` continues it."""
    newest_first = [
        comment
        for comment in reversed(call.world.state.comments.values())
        if comment.post_id == call.node and comment.parent_id is None
    ]
    return _paged(call, newest_first, f"{call.node}/comments")


async def replies(call: Call) -> Answer:
    """Return a page of the replies to a comment, oldest first."""
    return _paged(call, _replies(call, _find(call, "GET")), f"{call.node}/replies")


def _paged(call: Call, comments: list[Comment], edge: str) -> Answer:
    part, told = page_of(call, [comment.id for comment in comments], edge)
    wanted = parse_fields(str(call.params.get("fields", DEFAULT_FIELDS)))
    body: Json = {"data": [_shown(call, comment, wanted) for comment in comments[part]]}
    if told:
        body["paging"] = told
    return Answer(body=body)


def _replies(call: Call, to: Comment) -> list[Comment]:
    return [
        comment
        for comment in call.world.state.comments.values()
        if comment.parent_id == to.id
    ]


def _shown(call: Call, comment: Comment, wanted: Selection) -> Json:
    node = _node(comment)
    found = _replies(call, comment)
    if found:
        part = slice(0, REPLIES_SHOWN)
        ids = [reply.id for reply in found]
        node["replies"] = {
            "data": [_node(reply) for reply in found[part]],
            "paging": paging(call, ids, part, f"{comment.id}/replies"),
        }
    return select(node, wanted)


def _node(comment: Comment) -> Json:
    node: Json = {
        "id": comment.id,
        "text": comment.text,
        "timestamp": graph_time(comment.created_at),
        "hidden": comment.hidden,
        "like_count": 0,
        "media": {"id": comment.post_id},
    }
    if comment.author is not None:
        node["username"] = comment.author.username
        node["from"] = {"id": comment.author.id, "username": comment.author.username}
    if comment.parent_id is not None:
        node["parent_id"] = comment.parent_id
    return node


async def show(call: Call) -> Answer:
    """Return one comment."""
    wanted = parse_fields(str(call.params.get("fields", DEFAULT_FIELDS)))
    return Answer(body=_shown(call, _find(call, "GET"), wanted))


async def reply(call: Call) -> Answer:
    """Answer a comment in public; an answer to a reply hangs under the top comment."""
    target = _find(call, "POST")
    return _say(call, target.post_id, target.parent_id or target.id, recipient=target.id)


async def answer_mention(call: Call) -> Answer:
    """Answer where somebody named us: under their post, or under their comment."""
    comment_id = call.params.get("comment_id")
    parent_id = None if comment_id is None else str(comment_id)
    post_id = call.text("media_id")
    return _say(call, post_id, parent_id, recipient=parent_id or post_id)


def _say(call: Call, post_id: str, parent_id: str | None, *, recipient: str) -> Answer:
    account = call.instagram
    answer = Comment(
        id=new_node_id(),
        post_id=post_id,
        author=Person(
            platform=PlatformName.INSTAGRAM,
            id=account.account_id,
            name=account.name,
            username=account.username,
        ),
        text=call.text("message"),
        created_at=call.world.now(),
        parent_id=parent_id,
    )
    call.world.state.comments[answer.id] = answer
    call.record(
        Endpoint.INSTAGRAM_REPLIES,
        recipient=recipient,
        message_id=answer.id,
        type="comment",
    )
    return Answer(body={"id": answer.id})


async def hide(call: Call) -> Answer:
    """Hide or show a comment, as the parameter `hide` says."""
    comment = _find(call, "POST")
    wanted = str(call.params.get("hide", "")).lower()
    if wanted not in ("true", "false"):
        raise bad_parameter("The parameter hide is required.")
    own = comment.author is not None and comment.author.id == call.instagram.account_id
    comment.hidden = wanted == "true" and not own
    return SUCCESS


async def delete(call: Call) -> Answer:
    """Delete a comment and what hangs under it."""
    comment = _find(call, "DELETE")
    comments = call.world.state.comments
    for reply_id in [
        key for key, other in comments.items() if other.parent_id == comment.id
    ]:
        del comments[reply_id]
    del comments[comment.id]
    return SUCCESS


def _find(call: Call, method: str) -> Comment:
    comment = call.world.state.comments.get(call.node)
    post = call.world.state.posts.get(comment.post_id) if comment else None
    if comment is None or post is None or post.account_id != call.instagram.account_id:
        raise no_such_object(call.node, method)
    return comment
