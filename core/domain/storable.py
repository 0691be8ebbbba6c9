"""What PostgreSQL takes as text: anything but a zero byte and half a character."""

from typing import Any

from core.domain.errors import Refused


def require_storable(text: str, where: str) -> None:
    """Refuse a text that the database could not hold; `where` begins the message.

    Raises:
        Refused: says where the character stands.
    """
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        raise Refused(f"{where} holds a character that cannot be stored.", "Remove it.")


def storable(value: Any) -> Any:
    """Return a JSON value as `jsonb` takes it: half characters replaced, zero bytes dropped.

    Keys too; of two that become the same the later one stands. Other values stay as they are.
    """
    if isinstance(value, str):
        if value.isascii():  # nearly always: a snapshot holds some five hundred texts
            return value.replace("\x00", "")
        return (
            value.replace("\x00", "")
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable(inner) for inner in value]
    return value
