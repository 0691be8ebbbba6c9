"""What customers do on Instagram beside writing and commenting, each with its webhook.

The platform remembers first, where its API would tell of it later, and announces second.
"""

from dataclasses import replace

from core.domain.channel import PlatformName
from core.sandbox.accounts import InstagramAccount
from core.sandbox.call import World
from core.sandbox.courier import Delivery
from core.sandbox.state import (
    Comment,
    InstagramPost,
    Person,
    Thread,
    ThreadMessage,
    new_mid,
    new_node_id,
)
from core.sandbox.webhooks import Payload, instagram_event


async def react(world: World, person: Person, message_id: str, emoji: str) -> Delivery:
    """Put a sign on a message, or take it away with an empty one."""
    reaction: Payload = {"mid": message_id, "action": "react" if emoji else "unreact"}
    if emoji:
        reaction |= {"reaction": "other", "emoji": emoji}
    return await _announce(world, person, {"reaction": reaction})


async def unsend(world: World, person: Person, message_id: str) -> Delivery:
    """Take a message back: Instagram tells of it once, and lists it no more."""
    thread, place = _place(world, person, message_id)
    del thread.messages[place]
    message: Payload = {"mid": message_id, "is_deleted": True}
    return await _announce(world, person, {"message": message})


async def edit(world: World, person: Person, message_id: str, text: str) -> Delivery:
    """Reword a message, announced with its new text."""
    _reword(world, person, message_id, text)
    change: Payload = {"mid": message_id, "text": text, "num_edit": 1}
    return await _announce(world, person, {"message_edit": change})


async def edit_unsaid(world: World, person: Person, message_id: str, text: str) -> Delivery:
    """Reword a message, announced without its text or its author, as seen in the wild."""
    _reword(world, person, message_id, text)
    change: Payload = {"mid": message_id, "num_edit": 0}
    payload = instagram_event(_account(world), world.now(), {"message_edit": change})
    return await world.courier.deliver(PlatformName.INSTAGRAM, payload)


async def say(world: World, person: Person, message: Payload) -> tuple[str, Delivery]:
    """Send a message of any kind: `message` is its body without the mid."""
    world.state.people[person.id] = person
    message_id = new_mid()
    text = message.get("text")
    account = _account(world)
    world.state.thread(account.account_id, person.id).messages.append(
        ThreadMessage(
            id=message_id,
            created_at=world.now(),
            sender_id=person.id,
            recipient_id=account.account_id,
            text=text if isinstance(text, str) else "",
        )
    )
    body: Payload = {"mid": message_id, **message}
    return message_id, await _announce(world, person, {"message": body})


async def press(world: World, person: Person, title: str, payload: str) -> Delivery:
    """Press a button of a menu or an icebreaker."""
    world.state.people[person.id] = person
    postback: Payload = {"mid": new_mid(), "title": title, "payload": payload}
    return await _announce(world, person, {"postback": postback})


async def write_in_app(world: World, person: Person, text: str) -> tuple[str, Delivery]:
    """Write to a customer as the team does on its phone: only an echo tells of it."""
    account, message_id = _account(world), new_mid()
    world.state.thread(account.account_id, person.id).messages.append(
        ThreadMessage(
            id=message_id,
            created_at=world.now(),
            sender_id=account.account_id,
            recipient_id=person.id,
            text=text,
        )
    )
    body: Payload = {"mid": message_id, "text": text, "is_echo": True}
    parties: Payload = {
        "sender": {"id": account.account_id},
        "recipient": {"id": person.id},
        "message": body,
    }
    payload = instagram_event(account, world.now(), parties)
    return message_id, await world.courier.deliver(PlatformName.INSTAGRAM, payload)


async def mention_in_post(world: World, person: Person, caption: str) -> str:
    """Name the account in a post of somebody's own; return the post's id."""
    post = _post_of(world, person, caption)
    await _announce_mention(world, {"media_id": post.id})
    return post.id


async def mention_in_comment(
    world: World, person: Person, text: str, *, caption: str = "A post"
) -> str:
    """Name the account in a comment under somebody's own post; return the comment's id."""
    post = _post_of(world, person, caption)
    comment = Comment(
        id=new_node_id(),
        post_id=post.id,
        author=person,
        text=text,
        created_at=world.now(),
    )
    world.state.comments[comment.id] = comment
    await _announce_mention(world, {"media_id": post.id, "comment_id": comment.id})
    return comment.id


def publish_elsewhere(world: World, caption: str) -> InstagramPost:
    """Publish as the account, in Instagram's own app."""
    post = InstagramPost(
        id=new_node_id(),
        account_id=_account(world).account_id,
        caption=caption,
        published_at=world.now(),
    )
    world.state.posts[post.id] = post
    return post


def _post_of(world: World, person: Person, caption: str) -> InstagramPost:
    post = InstagramPost(
        id=new_node_id(), account_id=person.id, caption=caption, published_at=world.now()
    )
    world.state.posts[post.id] = post
    return post


async def _announce_mention(world: World, value: Payload) -> Delivery:
    entry: Payload = {
        "id": _account(world).account_id,
        "time": int(world.now().timestamp()),
        "changes": [{"field": "mentions", "value": value}],
    }
    payload: Payload = {"object": "instagram", "entry": [entry]}
    return await world.courier.deliver(PlatformName.INSTAGRAM, payload)


async def _announce(world: World, person: Person, event: Payload) -> Delivery:
    account = _account(world)
    parties: Payload = {
        "sender": {"id": person.id},
        "recipient": {"id": account.account_id},
        **event,
    }
    payload = instagram_event(account, world.now(), parties)
    return await world.courier.deliver(PlatformName.INSTAGRAM, payload)


def _reword(world: World, person: Person, message_id: str, text: str) -> None:
    thread, place = _place(world, person, message_id)
    thread.messages[place] = replace(thread.messages[place], text=text)


def _place(world: World, person: Person, message_id: str) -> tuple[Thread, int]:
    """Return where a message stands; KeyError when this person's thread has none such."""
    thread = world.state.thread(_account(world).account_id, person.id)
    for place, message in enumerate(thread.messages):
        if message.id == message_id:
            return thread, place
    raise KeyError(message_id)


def _account(world: World) -> InstagramAccount:
    return world.state.account(InstagramAccount)
