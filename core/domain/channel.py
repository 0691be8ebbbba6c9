"""A channel: one connected account of the team on one platform."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.domain.ids import ChannelId, TenantId


class PlatformName(StrEnum):
    """The services customers write from."""

    WHATSAPP = "whatsapp"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    X = "x"
    LINKEDIN = "linkedin"
    SANDBOX = "sandbox"


class ChannelStatus(StrEnum):
    """Whether the platform still accepts our token."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class AssistantMode(StrEnum):
    """What the assistant may do in a channel; the owner alone raises it."""

    OFF = "off"
    DRAFT = "draft"
    AUTO = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformNotice:
    """What a platform said about an account of ours, in its own words."""

    title: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A row of `social_accounts` without its tokens."""

    id: ChannelId
    tenant: TenantId
    platform: PlatformName
    account_id: str
    account_name: str
    status: ChannelStatus
    assistant_mode: AssistantMode
    paused_reason: str | None = None
    last_inbound_at: datetime | None = None
    token_expires_at: datetime | None = None
    token_changed_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    removed_at: datetime | None = None
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def base_url(self) -> str | None:
        """Return the channel's own API base, set when it does not talk to the real platform."""
        value = self.metadata.get("base_url")
        return value if isinstance(value, str) else None

    @property
    def flavour(self) -> str | None:
        """Return which of the platform's logins gave the token, None for a pasted one."""
        value = self.metadata.get("flavour")
        return value if isinstance(value, str) else None

    @property
    def notices(self) -> tuple[PlatformNotice, ...]:
        """Return what the platform said about the account, newest first."""
        kept = self.metadata.get("notices")
        found = map(_notice, kept if isinstance(kept, list) else [])
        known = (notice for notice in found if notice is not None)
        return tuple(sorted(known, key=lambda notice: notice.at, reverse=True))


def _notice(kept: Any) -> PlatformNotice | None:
    """Return a notice as metadata keeps it, None for what is not one."""
    try:
        at = datetime.fromisoformat(kept["at"])
        title = str(kept["title"])
    except (TypeError, KeyError, ValueError):
        return None
    return PlatformNotice(title=title, at=at if at.tzinfo else at.replace(tzinfo=UTC))
