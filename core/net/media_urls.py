"""Addresses from which a platform fetches a file of ours, for an hour.

Instagram takes no bytes, only an address, and whoever has the address has the file. So
each names one file of one tenant until a moment, under a signature only this
installation can make; the companion serves nothing that was not signed.

    token = base64url( tenant (16) | attachment (16) | expiry, seconds (8) | HMAC (32) )
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from core.clock import Clock
from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import Vault
from core.domain.ids import AttachmentId, TenantId
from core.net.addresses import is_loopback

LIFE: Final = timedelta(hours=1)
"""Platforms fetch within seconds; the rest is for their retries."""
PATH: Final = "/media"
_KEY: Final = "media-urls"
_ID: Final = 16
_SIGNED: Final = 2 * _ID + 8
_DIGEST: Final = hashlib.sha256().digest_size
_ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - translated, not bound


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTicket:
    """What an address opens."""

    tenant: TenantId
    attachment: AttachmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaUrls:
    """Makes such addresses, and opens them again.

    `public` is the address from outside, None where nobody has said it; `own` is the
    companion's address on its own machine, good enough for a sandbox that runs there.
    """

    key: Secret
    clock: Clock
    public: str | None
    own: str

    def served_at(self, own: str) -> "MediaUrls":
        """Return the same for a companion that has bound its port."""
        return replace(self, own=_reachable(own))

    def address(self, ticket: MediaTicket, *, platform_url: str) -> str | None:
        """Return where the platform at `platform_url` may fetch a file; None if nowhere."""
        base = self.own if _is_here(platform_url) else self.public
        return None if base is None else f"{base}{PATH}/{self.token(ticket)}"

    def token(self, ticket: MediaTicket) -> str:
        """Return the last part of an address that opens from now on."""
        expiry = int((self.clock.now() + LIFE).timestamp())
        signed = ticket.tenant.bytes + ticket.attachment.bytes + expiry.to_bytes(8, "big")
        return base64.urlsafe_b64encode(signed + self._digest(signed)).decode("ascii")

    def opened(self, token: str) -> MediaTicket | None:
        """Return what a token opens; None if it is not ours, was altered or has expired."""
        try:
            raw = base64.b64decode(token, altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            return None
        signed, digest = raw[:_SIGNED], raw[_SIGNED:]
        if len(digest) != _DIGEST or not hmac.compare_digest(digest, self._digest(signed)):
            return None
        if int.from_bytes(signed[2 * _ID :], "big") <= self.clock.now().timestamp():
            return None
        return MediaTicket(
            tenant=TenantId(UUID(bytes=signed[:_ID])),
            attachment=AttachmentId(UUID(bytes=signed[_ID : 2 * _ID])),
        )

    def _digest(self, signed: bytes) -> bytes:
        return hmac.digest(self.key.reveal().encode(), signed, hashlib.sha256)


def media_urls(settings: Settings, vault: Vault, clock: Clock) -> MediaUrls:
    """Return the addresses of this installation; its key is made on first use."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return MediaUrls(
        key=vault.get_or_create(f"key/{_KEY}"),
        clock=clock,
        public=settings.public_url,
        own=_reachable(f"http://{host}:{settings.port}"),
    )


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == "localhost" or is_loopback(host)


def _reachable(own: str) -> str:
    """Return an address to call for one that is bound: "on all networks" is none."""
    parts = urlsplit(own)
    host = _ANYWHERE.get(parts.hostname or "", parts.hostname or "")
    return f"http://{f'[{host}]' if ':' in host else host}:{parts.port}"
