"""What people do to a Page: write, comment, post on its wall, change their minds.

Each act is remembered first and announced by a signed webhook second.
"""

from core.domain.channel import PlatformName
from core.sandbox.accounts import FacebookAccount
from core.sandbox.call import World
from core.sandbox.courier import Delivery
from core.sandbox.facebook_state import (
    PageComment,
    PageMessage,
    PagePost,
    new_digits,
    new_message_id,
)
from core.sandbox.facebook_webhooks import (
    comment_change,
    mention_change,
    page_event,
    page_image,
    page_message,
    page_policy,
    post_change,
)
from core.sandbox.state import Person
from core.sandbox.webhooks import Payload


def page(world: World) -> FacebookAccount:
    """Return the Page that people write to."""
    return world.state.account(FacebookAccount)


def written(
    world: World, person: Person, text: str, picture_url: str | None
) -> tuple[str, Payload]:
    """Remember a customer's message, and return its id and webhook.

    Messenger takes words and pictures apart; here they come in one message.
    """
    account, at, message_id = page(world), world.now(), new_message_id()
    message: Payload = {"mid": message_id}
    if picture_url is not None:
        message = page_image(message_id, picture_url)
    if text:
        message["text"] = text
    world.state.facebook.thread(account.account_id, person.id).messages.append(
        PageMessage(
            id=message_id,
            created_at=at,
            sender_id=person.id,
            recipient_id=account.account_id,
            text=text,
            picture_url=picture_url,
        )
    )
    return message_id, page_message(account, person.id, at, message)


def commented(
    world: World, person: Person, post_id: str, text: str, parent_id: str | None
) -> tuple[str, Payload]:
    """Remember a comment, and return its id and webhook."""
    account = page(world)
    comment = PageComment(
        id=f"{post_id.rpartition('_')[2]}_{new_digits()}",
        post_id=post_id,
        page_id=account.account_id,
        author_id=person.id,
        author_name=person.name,
        text=text,
        created_at=world.now(),
        parent_id=parent_id,
    )
    world.state.facebook.comments[comment.id] = comment
    return comment.id, comment_change(account, comment, "add", world.now())


async def act(world: World, person: Person, event: Payload) -> Delivery:
    """Do something else in the conversation: a button, a reaction, an edit."""
    payload = page_event(page(world), person.id, world.now(), event)
    return await world.courier.deliver(PlatformName.FACEBOOK, payload)


async def reword(world: World, comment_id: str, text: str) -> Delivery:
    """Change a comment's words."""
    comment = world.state.facebook.comments[comment_id]
    comment.text = text
    payload = comment_change(page(world), comment, "edited", world.now())
    return await world.courier.deliver(PlatformName.FACEBOOK, payload)


async def remove(world: World, comment_id: str) -> Delivery:
    """Take a comment back."""
    comment = world.state.facebook.comments.pop(comment_id)
    payload = comment_change(page(world), comment, "remove", world.now())
    return await world.courier.deliver(PlatformName.FACEBOOK, payload)


async def post_on_wall(world: World, person: Person, text: str) -> PagePost:
    """Post on the Page's wall as a visitor."""
    post = _post(world, person.id, text)
    payload = post_change(page(world), post, person.name, world.now())
    await world.courier.deliver(PlatformName.FACEBOOK, payload)
    return post


async def mention(world: World, person: Person, text: str) -> PagePost:
    """Name the Page in a post elsewhere."""
    post = _post(world, person.id, text)
    payload = mention_change(page(world), post, world.now())
    await world.courier.deliver(PlatformName.FACEBOOK, payload)
    return post


def publish_elsewhere(world: World, text: str) -> PagePost:
    """Publish as the Page, in Facebook's own app."""
    return _post(world, page(world).account_id, text)


def _post(world: World, author_id: str, text: str) -> PagePost:
    page_id = page(world).account_id
    post = PagePost(
        id=f"{page_id}_{new_digits()}",
        page_id=page_id,
        author_id=author_id,
        text=text,
        created_at=world.now(),
    )
    world.state.facebook.posts[post.id] = post
    return post


async def judge(world: World, action: str, reason: str) -> Delivery:
    """Have Facebook block, unblock or warn the Page."""
    payload = page_policy(page(world), action, reason, world.now())
    return await world.courier.deliver(PlatformName.FACEBOOK, payload)
