"""Read the text out of bytes that must be text, as it will be stored and quoted.

Files that people drag in have a reader of their own, in a child: see `reading.reader`.
"""

from core.domain.errors import BadDocument
from core.knowledge.reading import decoding


def decoded(content: bytes) -> str:
    """Return the characters of a text file, whichever of the usual encodings it has.

    Raises:
        BadDocument: it is not a text file.
    """
    text = decoding.decoded(content)
    if "\x00" in text:
        raise BadDocument("The file is not a text file.", "Export it as text and add that.")
    return text
