"""Messenger's side of the Conversations API."""

import re

from core.sandbox.call import Answer, Call, Json
from core.sandbox.facebook import page_of
from core.sandbox.facebook_state import PageMessage, PageThread
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import no_such_object

_NESTED_LIMIT = re.compile(r"messages\.limit\((\d+)\)")
DEFAULT_LIMIT = 25


async def list_all(call: Call) -> Answer:
    """List the Page's conversations, the latest first, or the one with `user_id`."""
    person = call.params.get("user_id")
    threads = [
        thread
        for thread in call.world.state.facebook.threads.values()
        if thread.page_id == page_of(call).account_id
        and thread.messages
        and person in (None, thread.person_id)
    ]
    threads.sort(key=lambda thread: thread.messages[-1].created_at, reverse=True)
    fields = str(call.params.get("fields", "id,updated_time"))
    nested = _NESTED_LIMIT.search(fields)
    limit = int(nested[1]) if nested else DEFAULT_LIMIT
    wanted = parse_fields(fields)
    nodes = [select(_thread(call, thread, limit), wanted) for thread in threads]
    return Answer(body=_paged(call, nodes, f"{page_of(call).account_id}/conversations"))


async def show(call: Call) -> Answer:
    """Return a conversation with what `fields` asks for, messages included."""
    wanted = parse_fields(str(call.params.get("fields", "id,updated_time")))
    return Answer(body=select(_thread(call, _find(call), DEFAULT_LIMIT), wanted))


async def list_messages(call: Call) -> Answer:
    """Return a conversation's messages, the latest first."""
    thread = _find(call)
    wanted = parse_fields(str(call.params.get("fields", "id,created_time")))
    nodes = [select(_message(call, one), wanted) for one in reversed(thread.messages)]
    return Answer(body=_paged(call, nodes, f"{thread.id}/messages"))


def _paged(call: Call, nodes: list[Json], path: str) -> Json:
    """Return a page of `nodes`; cursors are positions here."""
    start = int(str(call.params.get("after") or 0))
    limit = int(str(call.params.get("limit") or DEFAULT_LIMIT))
    return _page(call, nodes, path, start, limit)


def _page(call: Call, nodes: list[Json], path: str, start: int, limit: int) -> Json:
    end = start + limit
    body: Json = {"data": nodes[start:end]}
    if end < len(nodes):
        following = f"{call.world.url}/{path}?limit={limit}&after={end}"
        body["paging"] = {"cursors": {"after": str(end)}, "next": following}
    return body


def _find(call: Call) -> PageThread:
    thread = call.world.state.facebook.threads.get(call.node)
    if thread is None or thread.page_id != page_of(call).account_id:
        raise no_such_object(call.node, "GET")
    return thread


def _thread(call: Call, thread: PageThread, limit: int) -> Json:
    nodes = [_message(call, message) for message in reversed(thread.messages)]
    return {
        "id": thread.id,
        "updated_time": graph_time(thread.messages[-1].created_at),
        "messages": _page(call, nodes, f"{thread.id}/messages", 0, limit),
    }


def _message(call: Call, message: PageMessage) -> Json:
    node: Json = {
        "id": message.id,
        "created_time": graph_time(message.created_at),
        "from": _participant(call, message.sender_id),
        "to": {"data": [_participant(call, message.recipient_id)]},
        "message": message.text,
    }
    if message.picture_url is not None:
        picture = {"url": message.picture_url}
        attachment = {"id": "1", "mime_type": "image/png", "image_data": picture}
        node["attachments"] = {"data": [attachment]}
    return node


def _participant(call: Call, person_id: str) -> Json:
    if person_id == page_of(call).account_id:
        return {"id": person_id, "name": page_of(call).name}
    person = call.world.state.people.get(person_id)
    return {"id": person_id, "name": person.name} if person else {"id": person_id}
