"""Instagram's Conversations API: what was said, for whoever has to make sure."""

from core.sandbox.call import Answer, Call, Json
from core.sandbox.fields import graph_time, parse_fields, select
from core.sandbox.graph_errors import no_such_object
from core.sandbox.instagram_pages import page
from core.sandbox.state import Thread, ThreadMessage

TOLD_LIMIT = 20
"""Messages of a conversation of which more is told than that they exist."""


async def list_all(call: Call) -> Answer:
    """List the account's conversations, the latest first, or the one with `user_id`."""
    person = call.params.get("user_id")
    threads = [
        thread
        for thread in call.world.state.threads.values()
        if thread.account_id == call.instagram.account_id
        and person in (None, thread.person_id)
    ]
    threads = [thread for thread in threads if thread.messages]
    threads.sort(key=lambda thread: thread.messages[-1].created_at, reverse=True)
    wanted = parse_fields(str(call.params.get("fields", "id,updated_time")))
    edge = f"{call.instagram.account_id}/conversations"
    part, told = page(call, [thread.id for thread in threads], edge)
    body: Json = {"data": [select(_thread(call, one), wanted) for one in threads[part]]}
    if told:
        body["paging"] = told
    return Answer(body=body)


async def show_message(call: Call) -> Answer:
    """Return one message, as it reads now."""
    wanted = parse_fields(str(call.params.get("fields", "id,created_time")))
    for thread in call.world.state.threads.values():
        for message in thread.messages:
            if message.id == call.node and thread.account_id == call.instagram.account_id:
                return Answer(body=select(_message(call, message), wanted))
    raise no_such_object(call.node, "GET")


async def show(call: Call) -> Answer:
    """Return a conversation with what `fields` asks for, messages included."""
    wanted = parse_fields(str(call.params.get("fields", "id,updated_time")))
    return Answer(body=select(_thread(call, _find_thread(call)), wanted))


async def list_messages(call: Call) -> Answer:
    """Return a conversation's messages, the latest first."""
    thread = _thread(call, _find_thread(call))
    wanted = parse_fields(f"messages{{{call.params.get('fields', 'id,created_time')}}}")
    messages = select(thread, wanted)["messages"]
    return Answer(body=messages if isinstance(messages, dict) else {"data": []})


def _find_thread(call: Call) -> Thread:
    thread = call.world.state.threads.get(call.node)
    if thread is None or thread.account_id != call.instagram.account_id:
        raise no_such_object(call.node, "GET")
    return thread


def _thread(call: Call, thread: Thread) -> Json:
    latest_first = list(reversed(thread.messages))
    return {
        "id": thread.id,
        "updated_time": graph_time(latest_first[0].created_at),
        "participants": {
            "data": [
                _participant(call, thread.account_id),
                _participant(call, thread.person_id),
            ]
        },
        "messages": {
            "data": [
                _message(call, message) if place < TOLD_LIMIT else _bare(message)
                for place, message in enumerate(latest_first)
            ]
        },
    }


def _bare(message: ThreadMessage) -> Json:
    return {"id": message.id, "created_time": graph_time(message.created_at)}


def _message(call: Call, message: ThreadMessage) -> Json:
    node: Json = {
        **_bare(message),
        "from": _participant(call, message.sender_id),
        "to": {"data": [_participant(call, message.recipient_id)]},
        "message": message.text,
    }
    if message.picture_url:
        picture = {"mime_type": "image/png", "image_data": {"url": message.picture_url}}
        node["attachments"] = {"data": [{"id": message.id, **picture}]}
    return node


def _participant(call: Call, person_id: str) -> Json:
    if person_id == call.instagram.account_id:
        return {"id": person_id, "username": call.instagram.username}
    person = call.world.state.people.get(person_id)
    return {"id": person_id, "username": person.username} if person else {"id": person_id}
