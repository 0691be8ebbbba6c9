"""The webhooks of the X Activity API, as X words them."""

import secrets

from core.sandbox.accounts import XAccount
from core.sandbox.call import Json, World
from core.sandbox.x_shapes import EVERYTHING, shape, short_url, user
from core.sandbox.x_state import XLetter, XPost

_PICTURE = frozenset({"profile_image_url"})


def event(account_id: str, kind: str, payload: Json, **more: object) -> Json:
    """Return the envelope of one event; its own id may be negative."""
    number = secrets.randbits(62) - 2**61
    data: Json = {
        "event_uuid": str(number),
        "filter": {"user_id": account_id},
        "event_type": kind,
        "tag": kind,
        "payload": payload,
        **more,
    }
    return {"data": data}


def wanted(world: World, payload: Json) -> bool:
    """Return whether the event is subscribed to; before the first subscription all are."""
    data = payload["data"]
    known = world.state.x.subscriptions.values()
    if not known or not isinstance(data, dict):
        return True
    return data["event_type"] in {one.event_type for one in known}


def post_event(world: World, kind: str, post: XPost) -> Json:
    """Return the event of a post that mentions, answers or quotes us."""
    people = [user(world, post.author_id, _PICTURE), user(world, _us(world), _PICTURE)]
    beside = [
        shape(world, one, EVERYTHING)
        for ref in (post.quoted, post.replied_to)
        if ref is not None and (one := world.state.x.posts.get(ref)) is not None
    ]
    includes: Json = {"users": people, "tweets": beside}
    return event(_us(world), kind, shape(world, post, EVERYTHING), includes=includes)


def direct_sent(world: World, letter: XLetter) -> Json:
    """Return the event of a message of ours."""
    return _direct(world, "dm.sent", letter)


def direct_received(world: World, letter: XLetter) -> Json:
    """Return the event of a message to us."""
    return _direct(world, "dm.received", letter)


def direct_read(world: World, letter: XLetter) -> Json:
    """Return the event of the other side having read up to this message."""
    mark: Json = {
        "type": "MarkRead",
        "created_timestamp": str(int(world.now().timestamp() * 1000)),
        "sender_id": letter.recipient_id,
        "target": {"recipient_id": letter.sender_id},
        "last_read_event_id": letter.id,
    }
    return event(letter.sender_id, "dm.read", {"direct_message_mark_read_events": [mark]})


def _direct(world: World, kind: str, letter: XLetter) -> Json:
    data: Json = {"text": letter.text, "entities": {"urls": []}}
    if letter.media_id is not None:
        short = short_url(letter.media_id)
        data["text"] = f"{letter.text} {short}".strip()
        address = f"https://ton.twitter.com/1.1/ton/data/dm/{letter.id}/{letter.media_id}/file.png"
        media = {
            "id": int(letter.media_id),
            "id_str": letter.media_id,
            "type": "photo",
            "url": short,
            "media_url_https": address,
        }
        data["attachment"] = {"type": "media", "media": media}
    made = {
        "type": "message_create",
        "id": letter.id,
        "created_timestamp": str(int(letter.created_at.timestamp() * 1000)),
        "message_create": {
            "target": {"recipient_id": letter.recipient_id},
            "sender_id": letter.sender_id,
            "message_data": data,
        },
    }
    parties = (letter.sender_id, letter.recipient_id)
    known = [each for each in parties if each in world.state.people or each == _us(world)]
    users = {each: {"data": user(world, each, _PICTURE)} for each in known}
    payload: Json = {"direct_message_events": [made], "users": users}
    return event(_us(world), kind, payload)


def _us(world: World) -> str:
    return world.state.account(XAccount).account_id
