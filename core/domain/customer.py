"""A customer: somebody who writes to us on one channel."""

from dataclasses import dataclass

from core.domain.ids import ChannelId, CustomerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A row of `customers`."""

    id: CustomerId
    channel_id: ChannelId
    platform_customer_id: str
    name: str | None
    username: str | None
    phone_number: str | None
    profile_pic_url: str | None = None

    @property
    def display_name(self) -> str:
        """Return the best name we know, never empty."""
        return self.name or self.username or self.phone_number or self.platform_customer_id
