"""What a platform with message templates adds: the list of an account's templates.

A template is the one message that may be sent when the reply window is closed. Its
platform's manifest names `RichKind.TEMPLATE` among its `rich` kinds.
"""

from typing import Protocol, runtime_checkable

from core.domain.rich import Template
from core.platforms.base import ChannelSession


@runtime_checkable
class Templating(Protocol):
    """A platform on which an account keeps templates."""

    async def templates(self, session: ChannelSession, /) -> list[Template]:
        """Return all templates of the account, whatever their status.

        Raises as `Platform.fetch_media` does.
        """
        ...
