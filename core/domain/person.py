"""A person: the customers, on one channel or several, that are one human being."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.channel import PlatformName
from core.domain.ids import ConversationId, CustomerId, MergeId, PersonId


class Likeness(StrEnum):
    """Why two customers may be one person, the strongest reason first."""

    SAME_USERNAME_HERE = "same_username_here"
    """The same user name on the same channel: a comment's author and who wrote a message."""
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_USERNAME = "same_username"
    SAME_NAME = "same_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A customer as one face of a person; `conversation_id` None where only comments exist."""

    customer_id: CustomerId
    platform: PlatformName
    account_name: str
    name: str | None
    username: str | None
    phone_number: str | None
    platform_customer_id: str
    conversation_id: ConversationId | None
    last_message_at: datetime | None
    comments: int
    merge_id: MergeId | None = None

    @property
    def display_name(self) -> str:
        """Return the best name we know, never empty."""
        return self.name or self.username or self.phone_number or self.platform_customer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance(Identity):
    """A customer who may be the same person."""

    why: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Who a customer is elsewhere: known by our word, and supposed."""

    customer_id: CustomerId
    person_id: PersonId | None
    identities: tuple[Identity, ...]
    suggestions: tuple[Resemblance, ...]
