"""What a platform adds that announces less than it knows: one thing, as it reads now.

Some announce that a message has changed without saying how, or that somebody named us
without saying with which words. It is then asked for by its id, and what comes back is
the fact that a complete webhook would have brought.
"""

from typing import Protocol

from core.domain.incoming import IncomingComment, IncomingEcho, IncomingMessage
from core.platforms.base import ChannelSession


class Rereading(Protocol):
    """Asking one platform for one message, or for one mention."""

    async def message(
        self, session: ChannelSession, platform_message_id: str, /
    ) -> IncomingMessage | IncomingEcho | None:
        """Return the message, None when the platform does not tell it (any more).

        Raises as `Platform.fetch_media` does.
        """
        ...

    async def mention(
        self, session: ChannelSession, told: IncomingComment, /
    ) -> IncomingComment | None:
        """Return a mention that came by its ids alone with its words, None as above.

        Raises as `Platform.fetch_media` does.
        """
        ...
