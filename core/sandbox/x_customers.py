"""What customers do on X: write, mention, answer, quote, reword."""

from core.domain.channel import PlatformName
from core.sandbox.accounts import XAccount
from core.sandbox.call import Json, World
from core.sandbox.courier import Delivery
from core.sandbox.state import Person
from core.sandbox.x_events import direct_received, event, post_event, wanted
from core.sandbox.x_shapes import add_post
from core.sandbox.x_state import XFile, XLetter, XPost, names_in

PICTURE_TYPE = "image/png"


def write_letter(
    world: World, person: Person, text: str, picture: bytes | None
) -> tuple[str, Json]:
    """Write to the account in private, and return the message's id and its webhook."""
    now, x = world.now(), world.state.x
    media_id = None if picture is None else _kept(world, picture).id
    letter = XLetter(
        id=x.new_id(now),
        sender_id=person.id,
        recipient_id=world.state.account(XAccount).account_id,
        text=text,
        created_at=now,
        media_id=media_id,
    )
    x.letters[letter.id] = letter
    return letter.id, direct_received(world, letter)


def write_reply(
    world: World, person: Person, post_id: str, text: str, parent_id: str | None = None
) -> tuple[str, Json]:
    """Answer a post, or another answer, and return the id and the webhook.

    Only direct answers to the account's own posts have one of their own; who answers
    somebody else is told of only where the account is named.
    """
    answered = world.state.x.posts[world.state.x.root_of(parent_id or post_id)]
    post = add_post(world, person.id, text, answered=answered)
    own = answered.author_id == world.state.account(XAccount).account_id
    return post.id, post_event(
        world, "post.reply.create" if own else "post.mention.create", post
    )


async def post_publicly(
    world: World, person: Person, text: str, *, quoted: str | None = None
) -> tuple[XPost, tuple[Delivery, ...]]:
    """Post under their own name; whoever names or quotes the account is told of so."""
    world.state.people[person.id] = person
    post = add_post(world, person.id, text)
    post.quoted = quoted
    return post, await announce(world, post)


async def announce(world: World, post: XPost) -> tuple[Delivery, ...]:
    """Deliver every webhook that a post causes; one post can cause several."""
    us = world.state.account(XAccount)
    x = world.state.x
    answered, quoted = x.posts.get(post.replied_to or ""), x.posts.get(post.quoted or "")
    kinds = []
    if us.username.lower() in names_in(post.typed):
        kinds.append("post.mention.create")
    if answered is not None and answered.author_id == us.account_id:
        kinds.append("post.reply.create")
    if quoted is not None and quoted.author_id == us.account_id:
        kinds.append("post.quote.create")
    payloads = [post_event(world, kind, post) for kind in kinds]
    return tuple(
        [
            await world.courier.deliver(PlatformName.X, payload)
            for payload in payloads
            if wanted(world, payload)
        ]
    )


async def reword(world: World, post: XPost, text: str) -> tuple[Delivery, ...]:
    """Edit a post: it gets another id, and is announced again."""
    post.id = world.state.x.new_id(world.now())
    post.history.append(post.id)
    post.typed = text
    return await announce(world, post)


async def revoke(world: World) -> Delivery:
    """Take the app's permission back, as the account's owner."""
    us = world.state.account(XAccount).account_id
    payload = event(
        us, "oauth.revoke", {"date_time": world.now().isoformat(), "user_id": us}
    )
    return await world.courier.deliver(PlatformName.X, payload)


def _kept(world: World, picture: bytes) -> XFile:
    file = XFile(
        id=world.state.x.new_id(world.now()),
        mime_type=PICTURE_TYPE,
        total_bytes=len(picture),
        category="dm_image",
        looks_left=0,
        parts={0: picture},
        whole=True,
    )
    world.state.x.files[file.id] = file
    return file
