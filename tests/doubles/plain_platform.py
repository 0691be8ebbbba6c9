"""A platform that nobody can log in to, and that can be asked nothing."""

from typing import Any, cast

from core.platforms.base import Platform


class _Plain:
    """A platform without its login."""

    connecting = None
    catching_up = None

    def __init__(self, inner: Platform) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def plain(inner: Platform) -> Platform:
    """Return `inner` with nothing to connect to and nothing to catch up with."""
    return cast("Platform", _Plain(inner))
