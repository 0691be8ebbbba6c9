"""What the assistant is told of a conversation before the messages it looks at."""

from core.domain.message import Direction
from core.llm.base import Speaker, Turn

HISTORY = 12
"""Earlier messages it is shown."""


def turn_of(direction: str, text: str) -> Turn:
    """Return an earlier message as a turn; `direction` is as it is stored."""
    is_theirs = direction == Direction.INBOUND
    return Turn(speaker=Speaker.USER if is_theirs else Speaker.ASSISTANT, text=text)
