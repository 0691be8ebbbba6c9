"""Wait a little, for conditions of other processes that nobody announces."""

import threading
from collections.abc import Callable
from time import monotonic

_STEP_SECONDS = 0.01


def pause(seconds: float = _STEP_SECONDS) -> None:
    """Let some time pass; signals are handled meanwhile."""
    threading.Event().wait(seconds)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether `condition` came true within so many seconds."""
    deadline = monotonic() + seconds
    while not condition():
        if monotonic() > deadline:
            return False
        pause()
    return True
