"""When a token is renewed: well ahead, so that a day's trouble does not end it."""

from datetime import datetime, timedelta
from typing import Final

SHARE_LEFT: Final = 3
"""A third of the life: 20 days of Meta's and LinkedIn's 60, 40 minutes of X's 2 hours."""
LONG_LIFE: Final = timedelta(days=2)
LEFT_OF_LONG: Final = timedelta(days=7)
LEFT_OF_SHORT: Final = timedelta(minutes=20)


def due_at(
    expires_at: datetime | None, issued_at: datetime | None, now: datetime
) -> datetime | None:
    """Return when to renew a token, None for one that does not end.

    Where nobody knows how old it is, its end says whether it is of the long or short kind.
    One that lives for minutes is renewed when a third of them is over, not without pause.
    """
    if expires_at is None:
        return None
    life = expires_at - (issued_at or now)
    least = LEFT_OF_LONG if life > LONG_LIFE else LEFT_OF_SHORT
    return expires_at - min(max(least, life / SHARE_LEFT), life - life / SHARE_LEFT)
