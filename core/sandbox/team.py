"""What the team does in the platforms' own apps: publish, where no webhook tells of it."""

from collections.abc import Callable, Mapping

from core.domain.channel import PlatformName
from core.sandbox import facebook_acts, instagram_events
from core.sandbox.accounts import LinkedInAccount, XAccount
from core.sandbox.call import World
from core.sandbox.x_shapes import add_post


def publish(world: World, platform: PlatformName, text: str) -> str:
    """Publish as the business and return the post's id; KeyError where there are no posts."""
    return _PUBLISHERS[platform](world, text)


def _on_instagram(world: World, text: str) -> str:
    return instagram_events.publish_elsewhere(world, text).id


def _on_facebook(world: World, text: str) -> str:
    return facebook_acts.publish_elsewhere(world, text).id


def _on_x(world: World, text: str) -> str:
    return add_post(world, world.state.account(XAccount).account_id, text).id


def _on_linkedin(world: World, text: str) -> str:
    author = world.state.account(LinkedInAccount).account_id
    return world.state.linkedin.add_post(author, text, {}, world.now()).urn


_PUBLISHERS: Mapping[PlatformName, Callable[[World, str], str]] = {
    PlatformName.INSTAGRAM: _on_instagram,
    PlatformName.FACEBOOK: _on_facebook,
    PlatformName.X: _on_x,
    PlatformName.LINKEDIN: _on_linkedin,
}
