"""The table of platforms; adding one adds a line."""

from collections.abc import Mapping

from core.domain.channel import PlatformName
from core.platforms.base import Platform
from core.platforms.facebook import Facebook
from core.platforms.instagram import Instagram
from core.platforms.sandbox import MANIFEST as SANDBOX
from core.platforms.whatsapp import WhatsApp
from core.platforms.x import X


def platforms() -> Mapping[PlatformName, Platform]:
    """Return every platform that we can talk to, by name."""
    known: tuple[Platform, ...] = (
        WhatsApp(),
        Instagram(),
        Facebook(),
        X(),
        WhatsApp(SANDBOX),
    )
    return {platform.manifest.name: platform for platform in known}
