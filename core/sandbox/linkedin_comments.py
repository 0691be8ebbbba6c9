"""Comments on LinkedIn: lists paged by position, answers two levels deep."""

from typing import Any

from core.domain.channel import PlatformName
from core.sandbox.faults import Endpoint
from core.sandbox.linkedin_call import RestAnswer, RestCall, bad, missing
from core.sandbox.linkedin_customers import told
from core.sandbox.linkedin_state import LinkedInComment, LinkedInPost, milliseconds

TEXT_LIMIT = 1250


def page(call: RestCall) -> RestAnswer:
    """List the comments under a post, or the answers under one, newest first."""
    post, above = _under(call)
    listed = [
        comment
        for comment in reversed(call.state.comments.values())
        if comment.activity == post.activity
        and comment.parent == (above.id if above is not None else None)
    ]
    start, count = _whole(call, "start", 0), _whole(call, "count", 10)
    paging: dict[str, Any] = {"start": start, "count": count, "links": []}
    if call.state.tells_total:
        paging["total"] = len(listed)
    shown = [_shown(call, comment) for comment in listed[start : start + count]]
    return RestAnswer(body={"paging": paging, "elements": shown})


def create(call: RestCall) -> RestAnswer:
    """Comment as the organisation."""
    post, above = _under(call)
    text = _text(call.body.get("message"))
    if call.body.get("actor") != call.account.account_id:
        raise bad("actor must be an organization you administer")
    if call.body.get("object") not in (post.urn, post.activity):
        raise bad("object does not match the thread")
    if above is not None and above.parent is not None:
        raise bad("Comments nest two levels deep.")
    comment = call.state.add_comment(
        post,
        call.account.account_id,
        text,
        call.world.now(),
        above.id if above is not None else None,
    )
    call.record(Endpoint.LINKEDIN_REPLIES, above.urn if above else post.urn, comment.urn)
    webhook = told(call.world, "ADMIN_COMMENT", post, comment)
    courier = call.world.courier
    courier.start(_deliver(call, webhook))
    return RestAnswer(
        status=201, body=_shown(call, comment), headers={"x-restli-id": comment.id}
    )


async def _deliver(call: RestCall, webhook: dict[str, Any]) -> None:
    await call.world.courier.deliver(PlatformName.LINKEDIN, webhook)


def edit(call: RestCall) -> RestAnswer:
    """Reword a comment of the organisation's."""
    comment = _own(call)
    patch = call.body.get("patch")
    message = patch.get("message") if isinstance(patch, dict) else None
    comment.text = _text(message.get("$set") if isinstance(message, dict) else None)
    comment.modified_at = call.world.now()
    return RestAnswer(status=204)


def delete(call: RestCall) -> RestAnswer:
    """Delete a comment and what hangs under it."""
    comment = _own(call)
    comments = call.state.comments
    for key in [key for key, one in comments.items() if one.parent == comment.id]:
        del comments[key]
    del comments[comment.id]
    return RestAnswer(status=204)


def _under(call: RestCall) -> tuple[LinkedInPost, LinkedInComment | None]:
    """Return the post of a thread, and the comment where it is one that is answered."""
    above = call.state.comment(call.path["urn"])
    post = call.state.post(call.path["urn"] if above is None else above.activity)
    if post is None:
        raise missing("the thread")
    return post, above


def _own(call: RestCall) -> LinkedInComment:
    if call.params.get("actor") != call.account.account_id:
        raise bad("actor is required")
    comment = call.state.comments.get(call.path["id"])
    if comment is None:
        raise missing("the comment")
    return comment


def _text(message: object) -> str:
    text = message.get("text") if isinstance(message, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise bad("message.text is required")
    if len(text) > TEXT_LIMIT:
        raise bad("message.text is too long")
    return text


def _whole(call: RestCall, name: str, default: int) -> int:
    value = call.params.get(name, str(default))
    if not value.isdecimal():
        raise bad(f"{name} must be a number")
    return int(value)


def _shown(call: RestCall, comment: LinkedInComment) -> dict[str, Any]:
    created = {"actor": comment.actor, "time": milliseconds(comment.created_at)}
    shown: dict[str, Any] = {
        "id": comment.id,
        "commentUrn": comment.urn,
        "actor": comment.actor,
        "object": comment.activity,
        "message": {"text": comment.text, "attributes": []},
        "created": created,
        "lastModified": {
            "actor": comment.actor,
            "time": milliseconds(comment.modified_at or comment.created_at),
        },
    }
    if comment.parent is not None:
        shown["parentComment"] = f"urn:li:comment:({comment.activity},{comment.parent})"
    else:
        answers = sum(one.parent == comment.id for one in call.state.comments.values())
        shown["commentsSummary"] = {"aggregatedTotalComments": answers}
    return shown
