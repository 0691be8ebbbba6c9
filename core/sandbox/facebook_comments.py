"""Comments of a Page: page through them, reply, hide, edit, delete."""

from collections.abc import Iterator

from core.domain.channel import PlatformName
from core.sandbox.call import SUCCESS, Answer, Call, Json
from core.sandbox.facebook import page_of
from core.sandbox.facebook_state import PageComment, new_digits
from core.sandbox.facebook_webhooks import comment_change
from core.sandbox.faults import Endpoint
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import bad_parameter, no_such_object

PAGE_LIMIT = 100
DEFAULT_FIELDS = "id,message,created_time,from"


async def page(call: Call) -> Answer:
    """Return comments of a post or under a comment; without `filter=stream` no replies."""
    comments = list(_under(call))
    if call.params.get("order") == "reverse_chronological":
        comments.reverse()
    start = _position(call)
    limit = min(int(str(call.params.get("limit") or 25)), PAGE_LIMIT)
    memory = call.world.state.facebook
    if memory.empty_pages > 0 and comments:
        memory.empty_pages -= 1
        return Answer(body=_page(call, [], start, limit))
    wanted = parse_fields(str(call.params.get("fields", DEFAULT_FIELDS)))
    shown = [select(_node(call, one), wanted) for one in comments[start : start + limit]]
    end = start + limit
    return Answer(body=_page(call, shown, end if end < len(comments) else None, limit))


def _page(call: Call, nodes: list[Json], following: int | None, limit: int) -> Json:
    body: Json = {"data": nodes}
    if following is not None:
        query = f"limit={limit}&after={following}"
        body["paging"] = {
            "cursors": {"after": str(following)},
            "next": f"{call.world.url}/{call.node}/comments?{query}",
        }
    return body


def _position(call: Call) -> int:
    after = str(call.params.get("after") or 0)
    if not after.isdigit():
        raise bad_parameter("Invalid cursors values.")
    return int(after)


def _under(call: Call) -> Iterator[PageComment]:
    """Yield the comments below a post or comment, oldest first."""
    memory = call.world.state.facebook
    stream = call.params.get("filter") == "stream"
    for comment in memory.comments.values():
        if comment.page_id != page_of(call).account_id:
            continue
        at_top = comment.post_id == call.node and (stream or comment.parent_id is None)
        if at_top or comment.parent_id == call.node:
            yield comment


def _node(call: Call, comment: PageComment) -> Json:
    own = comment.author_id == page_of(call).account_id
    children = [
        one
        for one in call.world.state.facebook.comments.values()
        if one.parent_id == comment.id
    ]
    node: Json = {
        "id": comment.id,
        "from": {"id": comment.author_id, "name": comment.author_name},
        "message": comment.text,
        "created_time": graph_time(comment.created_at),
        "is_hidden": comment.hidden,
        "can_hide": not own,
        "can_reply_privately": not own and not comment.privately_answered,
        "comment_count": len(children),
        "like_count": 0,
    }
    if comment.parent_id is not None:
        node["parent"] = {"id": comment.parent_id}
    return node


async def show(call: Call) -> Answer:
    """Return one comment."""
    wanted = parse_fields(str(call.params.get("fields", DEFAULT_FIELDS)))
    return Answer(body=select(_node(call, _find(call, "GET")), wanted))


async def reply(call: Call) -> Answer:
    """Comment as the Page, under a post or under a comment."""
    page, memory = page_of(call), call.world.state.facebook
    above = memory.comments.get(call.node)
    post_id = call.node if above is None else above.post_id
    text = call.text("message")
    answer = PageComment(
        id=f"{post_id.rpartition('_')[2]}_{new_digits()}",
        post_id=post_id,
        page_id=page.account_id,
        author_id=page.account_id,
        author_name=page.name,
        text=text,
        created_at=call.world.now(),
        parent_id=None if above is None else above.id,
    )
    memory.comments[answer.id] = answer
    call.record(
        Endpoint.FACEBOOK_REPLIES,
        recipient=call.node,
        message_id=answer.id,
        type="comment",
    )
    return Answer(body={"id": answer.id}, receipts=lambda: _announce(call, answer))


async def _announce(call: Call, answer: PageComment) -> None:
    """Tell the Page of its own comment, as Facebook does; not where it tells nothing."""
    plan = call.world.config.receipts
    if not plan.facebook:
        return
    await call.world.config.sleep(plan.delay_seconds)
    payload = comment_change(page_of(call), answer, "add", call.world.now())
    await call.world.courier.deliver(PlatformName.FACEBOOK, payload)


async def change(call: Call) -> Answer:
    """Hide, show or reword a comment."""
    comment = _find(call, "POST")
    if "message" in call.params:
        comment.text = call.text("message")
        return SUCCESS
    wanted = str(call.params.get("is_hidden", "")).lower()
    if wanted not in ("true", "false"):
        raise bad_parameter("The parameter is_hidden is required.")
    if comment.author_id == page_of(call).account_id:
        raise bad_parameter("A Page's own comment cannot be hidden.")
    comment.hidden = wanted == "true"
    return SUCCESS


async def delete(call: Call) -> Answer:
    """Delete a comment and what hangs under it."""
    comment, comments = _find(call, "DELETE"), call.world.state.facebook.comments
    for below in [key for key, one in comments.items() if one.parent_id == comment.id]:
        del comments[below]
    del comments[comment.id]
    return SUCCESS


def _find(call: Call, method: str) -> PageComment:
    comment = call.world.state.facebook.comments.get(call.node)
    if comment is None or comment.page_id != page_of(call).account_id:
        raise no_such_object(call.node, method)
    return comment
