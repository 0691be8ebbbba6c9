"""What a platform that tells single messages adds: one message, as it reads now.

Some announce that a message has changed without saying how; it is then asked for by its
id, and what comes back is the fact that its own webhook would have brought.
"""

from typing import Protocol

from core.domain.incoming import IncomingEcho, IncomingMessage
from core.platforms.base import ChannelSession


class Rereading(Protocol):
    """Asking one platform for one message."""

    async def message(
        self, session: ChannelSession, platform_message_id: str, /
    ) -> IncomingMessage | IncomingEcho | None:
        """Return the message, None when the platform does not tell it (any more).

        Raises as `Platform.fetch_media` does.
        """
        ...
