"""Instagram comments: page through them, reply, hide, delete."""

import base64
import binascii

from core.domain.channel import PlatformName
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.faults import Endpoint
from core.sandbox.fields import Selection, graph_time, parse_fields, select
from core.sandbox.graph_errors import bad_parameter, no_such_object
from core.sandbox.state import Comment, Person, new_node_id

PAGE_LIMIT = 50
DEFAULT_FIELDS = "id,text,timestamp"


async def page(call: Call) -> Answer:
    """Return a page of top-level comments, newest first; `after` continues it."""
    newest_first = [
        comment
        for comment in reversed(call.world.state.comments.values())
        if comment.post_id == call.node and comment.parent_id is None
    ]
    start = _position(newest_first, str(call.params.get("after", "")))
    limit = _limit(call)
    shown = newest_first[start : start + limit]
    wanted = parse_fields(str(call.params.get("fields", DEFAULT_FIELDS)))
    body: Json = {"data": [_shown(call, comment, wanted) for comment in shown]}
    if shown:
        cursors = {"before": _cursor(shown[0]), "after": _cursor(shown[-1])}
        paging: Json = {"cursors": cursors}
        if start + limit < len(newest_first):
            query = f"limit={limit}&after={cursors['after']}"
            paging["next"] = f"{call.world.url}/{call.node}/comments?{query}"
        body["paging"] = paging
    return Answer(body=body)


def _limit(call: Call) -> int:
    asked = str(call.params.get("limit", PAGE_LIMIT))
    if not asked.isdigit() or int(asked) < 1:
        raise bad_parameter("The parameter limit must be a positive number.")
    return min(int(asked), PAGE_LIMIT)


def _cursor(comment: Comment) -> str:
    return base64.urlsafe_b64encode(comment.id.encode("ascii")).decode("ascii")


def _position(comments: list[Comment], after: str) -> int:
    """Return where the page after this cursor begins; a deleted anchor is a bad cursor."""
    if not after:
        return 0
    try:
        anchor = base64.urlsafe_b64decode(after).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise bad_parameter("Invalid cursors values.") from error
    for position, comment in enumerate(comments):
        if comment.id == anchor:
            return position + 1
    raise bad_parameter("Invalid cursors values.")


def _shown(call: Call, comment: Comment, wanted: Selection) -> Json:
    replies = [
        _node(reply)
        for reply in call.world.state.comments.values()
        if reply.parent_id == comment.id
    ]
    node = _node(comment)
    if replies:
        node["replies"] = {"data": replies}
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
    account = call.instagram
    answer = Comment(
        id=new_node_id(),
        post_id=target.post_id,
        author=Person(
            platform=PlatformName.INSTAGRAM,
            id=account.account_id,
            name=account.name,
            username=account.username,
        ),
        text=call.text("message"),
        created_at=call.world.now(),
        parent_id=target.parent_id or target.id,
    )
    call.world.state.comments[answer.id] = answer
    call.record(
        Endpoint.INSTAGRAM_REPLIES,
        recipient=target.id,
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
