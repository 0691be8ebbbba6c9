"""What a platform that can be asked adds: what was missed while nobody listened.

Webhooks are given up after hours or days, and a subscription can die without a word. A
cheap look at the newest conversations finds both; its facts are those of the webhooks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.incoming import Incoming
from core.platforms.base import ChannelSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What a look found; `complete` is False where the platform does not reach back so far."""

    facts: tuple[Incoming, ...]
    complete: bool


class CatchingUp(Protocol):
    """Asking one platform for what it told, or should have told, by webhook."""

    async def since(self, session: ChannelSession, moment: datetime, /) -> Missed:
        """Return the messages since `moment`, both ways, in a bounded number of calls.

        Raises as `Platform.fetch_media` does.
        """
        ...
