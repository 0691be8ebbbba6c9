"""Where others reach this companion."""

from typing import Final
from urllib.parse import urlsplit

from core.config.settings import Settings
from core.domain.channel import PlatformName

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(url: str) -> bool:
    """Return whether an address is one of this machine."""
    return urlsplit(url).hostname in _LOOPBACK


def webhook_address(
    settings: Settings, platform: PlatformName, base_url: str
) -> str | None:
    """Return where a platform delivers, None where it cannot reach this machine.

    A sandbox on this machine can, also without a public address.
    """
    if settings.public_url is not None:
        return f"{settings.public_url}/webhooks/{platform}"
    if is_loopback(base_url):
        return f"http://{settings.host}:{settings.port}/webhooks/{platform}"
    return None
