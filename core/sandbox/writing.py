"""What customers do: write a message, send a picture, comment under a post.

Each act is remembered by the platform first and announced by a signed webhook second,
so that a companion which asks back finds what it was told about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.channel import PlatformName
from core.sandbox import facebook_acts
from core.sandbox.accounts import InstagramAccount, WhatsAppAccount
from core.sandbox.call import World
from core.sandbox.courier import Delivery
from core.sandbox.linkedin_customers import linkedin_comment
from core.sandbox.state import (
    Comment,
    Media,
    Person,
    ThreadMessage,
    new_mid,
    new_node_id,
    new_wamid,
)
from core.sandbox.webhooks import (
    Payload,
    instagram_comment,
    instagram_image,
    instagram_message,
    whatsapp_image,
    whatsapp_message,
    whatsapp_text,
)
from core.sandbox.x_customers import post_publicly, write_letter, write_reply
from core.sandbox.x_events import wanted

PICTURE_TYPE = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A customer's act that has left: its id, and how its webhook fared."""

    id: str
    delivery: Delivery


async def write_message(
    world: World, person: Person, text: str, picture: bytes | None = None
) -> Written:
    """Write to the business: `text`, or a picture with `text` as its caption."""
    world.state.people[person.id] = person
    message_id, payload = _MESSAGES[person.platform](world, person, text, picture)
    return Written(id=message_id, delivery=await _deliver(world, person.platform, payload))


async def write_comment(
    world: World, person: Person, post_id: str, text: str, parent_id: str | None = None
) -> Written:
    """Comment under a post, or under another comment."""
    world.state.people[person.id] = person
    writer = _COMMENTS[person.platform]
    comment_id, announced = writer(world, person, post_id, text, parent_id)
    delivery = await _deliver(world, person.platform, announced)
    return Written(id=comment_id, delivery=delivery)


async def write_mention(world: World, person: Person, text: str) -> Written:
    """Name the business in a post of one's own on X, the one place where demos need it.

    ValueError on any other platform, or where the text does not name the business.
    """
    if person.platform is not PlatformName.X:
        raise ValueError(f"nobody posts on {person.platform} here")
    post, deliveries = await post_publicly(world, person, text)
    if not deliveries:
        raise ValueError("the post names nobody who listens")
    return Written(id=post.id, delivery=deliveries[0])


def _comment_on_instagram(
    world: World, person: Person, post_id: str, text: str, parent_id: str | None
) -> tuple[str, Payload]:
    comment = Comment(
        id=new_node_id(),
        post_id=post_id,
        author=person,
        text=text,
        created_at=world.now(),
        parent_id=parent_id,
    )
    world.state.comments[comment.id] = comment
    return comment.id, instagram_comment(_instagram(world), comment)


def _by_whatsapp(
    world: World, person: Person, text: str, picture: bytes | None
) -> tuple[str, Payload]:
    part = whatsapp_text(text)
    if picture is not None:
        part = whatsapp_image(_keep_picture(world, picture), text)
    message_id = new_wamid()
    account = world.state.account(WhatsAppAccount)
    return message_id, whatsapp_message(account, person, message_id, world.now(), part)


def _by_instagram(
    world: World, person: Person, text: str, picture: bytes | None
) -> tuple[str, Payload]:
    account, at, message_id = _instagram(world), world.now(), new_mid()
    message: Payload = {"mid": message_id, "text": text}
    address = ""
    if picture is not None:
        address = _picture_address(world, picture)
        message = instagram_image(message_id, address, text)
    world.state.thread(account.account_id, person.id).messages.append(
        ThreadMessage(
            id=message_id,
            created_at=at,
            sender_id=person.id,
            recipient_id=account.account_id,
            text=text,
            picture_url=address,
        )
    )
    return message_id, instagram_message(account, person.id, at, message)


def _by_facebook(
    world: World, person: Person, text: str, picture: bytes | None
) -> tuple[str, Payload]:
    address = None if picture is None else _picture_address(world, picture)
    return facebook_acts.written(world, person, text, address)


def _picture_address(world: World, picture: bytes) -> str:
    media = _keep_picture(world, picture)
    return f"{world.url}/ig_messaging_cdn/?asset_id={media.id}&signature={new_mid()}"


def _instagram(world: World) -> InstagramAccount:
    return world.state.account(InstagramAccount)


def _keep_picture(world: World, picture: bytes) -> Media:
    media = Media(
        id=new_node_id(), mime_type=PICTURE_TYPE, content=picture, created_at=world.now()
    )
    world.state.media[media.id] = media
    return media


_Writer = Callable[[World, Person, str, bytes | None], tuple[str, Payload]]
_MESSAGES: Mapping[PlatformName, _Writer] = {
    PlatformName.WHATSAPP: _by_whatsapp,
    PlatformName.INSTAGRAM: _by_instagram,
    PlatformName.X: write_letter,
    PlatformName.FACEBOOK: _by_facebook,
}
"""How customers of each platform write: an act remembered, and the webhook that tells it."""

_Commenter = Callable[[World, Person, str, str, str | None], tuple[str, Payload]]
_COMMENTS: Mapping[PlatformName, _Commenter] = {
    PlatformName.INSTAGRAM: _comment_on_instagram,
    PlatformName.FACEBOOK: facebook_acts.commented,
    PlatformName.X: write_reply,
    PlatformName.LINKEDIN: linkedin_comment,
}
"""How they comment, where there are comments."""

_HEARD: Mapping[PlatformName, Callable[[World, Payload], bool]] = {PlatformName.X: wanted}
"""Which webhooks have a subscriber, where single events are subscribed to."""


async def _deliver(world: World, platform: PlatformName, payload: Payload) -> Delivery:
    """Deliver a webhook, unless the platform knows subscriptions and has none for it."""
    heard = _HEARD.get(platform)
    if heard is not None and not heard(world, payload):
        return Delivery(platform=platform, body=b"", statuses=())
    return await world.courier.deliver(platform, payload)
