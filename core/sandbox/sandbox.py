"""A running sandbox, as tests and the demo hold it in their hands."""

from dataclasses import dataclass

from core.domain.channel import PlatformName
from core.sandbox import instagram_events
from core.sandbox.call import World
from core.sandbox.courier import Delivery
from core.sandbox.faults import Faults
from core.sandbox.state import (
    ContainerStatus,
    InstagramPost,
    Person,
    SandboxState,
    Send,
)
from core.sandbox.team import publish
from core.sandbox.writing import Written, write_comment, write_mention, write_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """The platform's accounts, its customers' pen, and its bad days."""

    world: World
    faults: Faults

    @property
    def url(self) -> str:
        """Return the base address that channels are pointed at."""
        return self.world.url

    @property
    def state(self) -> SandboxState:
        """Return what the platform remembers."""
        return self.world.state

    def sends(self) -> tuple[Send, ...]:
        """Return every call that took effect, in the order it did."""
        return tuple(self.state.sends)

    async def write(
        self, person: Person, text: str, picture: bytes | None = None
    ) -> Written:
        """Write to the business as `person`; returns once the companion has taken it."""
        return await write_message(self.world, person, text, picture)

    async def comment(
        self, person: Person, post_id: str, text: str, parent_id: str | None = None
    ) -> Written:
        """Comment under a post as `person`; returns once the companion has taken it."""
        return await write_comment(self.world, person, post_id, text, parent_id)

    async def repeat(self, written: Written) -> Delivery:
        """Deliver a webhook once more, byte for byte, as Meta does now and then."""
        return await self.world.courier.carry(
            written.delivery.platform, written.delivery.body
        )

    def fail_container(self, container_id: str, code: int) -> None:
        """Let a post in the making fail with one of Instagram's 2207xxx codes."""
        container = self.state.containers[container_id]
        container.status_code = ContainerStatus.ERROR
        container.status = f"Error: Media upload has failed with error code {code}"

    def add_post(self, caption: str) -> InstagramPost:
        """Publish a post from the Instagram app, behind the companion's back."""
        return instagram_events.publish_elsewhere(self.world, caption)

    def publish(self, platform: PlatformName, text: str) -> str:
        """Publish a post in the platform's own app, and return its id."""
        return publish(self.world, platform, text)

    async def mention(self, person: Person, text: str) -> Written:
        """Name the business in a post of `person`'s own; returns once that was taken."""
        return await write_mention(self.world, person, text)

    def listen_at(self, webhook_base: str) -> None:
        """Deliver webhooks below this address from now on: `<base>/whatsapp` and so on."""
        self.world.courier.webhook_base = webhook_base.rstrip("/")

    async def settle(self) -> None:
        """Wait until every receipt under way has been delivered or given up."""
        await self.world.courier.settle()

    def reset(self) -> None:
        """Start over: no sends, no customers, no posts, no faults; the accounts stay."""
        self.state.clear()
        self.faults.clear()
        self.world.courier.deliveries.clear()
