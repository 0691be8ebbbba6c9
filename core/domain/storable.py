"""What PostgreSQL takes as text: anything but a zero byte and half a character."""

from core.domain.errors import Refused


def require_storable(text: str, where: str) -> None:
    """Refuse a text that the database could not hold; `where` begins the message.

    Raises:
        Refused: says where the character stands.
    """
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        raise Refused(f"{where} holds a character that cannot be stored.", "Remove it.")
