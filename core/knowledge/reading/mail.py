"""Read an e-mail that was saved as a file: who wrote when, and what."""

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from core.knowledge.reading import markup, sniffing
from core.knowledge.reading.decoding import decoded
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning

_SHOWN = ("From", "To", "Date")
_LONGEST_FIELD = 2_000
_MOST_PARTS = 1_000
_MOST_ATTACHMENTS = 100


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write a message: its subject as title, its plain text before its HTML."""
    sniffing.written("eml", content)
    message = message_from_bytes(content)
    subject = _field(message, "Subject")
    manuscript.put_title(subject)
    manuscript.heading_line(1, subject)
    fields = [(name, _field(message, name)) for name in _SHOWN]
    manuscript.paragraph("\n".join(f"{name}: {value}" for name, value in fields if value))
    _put_body(message, manuscript)


def _put_body(message: Message, manuscript: Manuscript) -> None:
    attached: list[str] = []
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _parts(message):
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment":
            attached.append(_shown(str(name or part.get_content_type())))
        elif part.get_content_type() in texts:
            texts[part.get_content_type()].append(_text(part))
    _put_texts(texts, manuscript)
    if attached:
        manuscript.warn(ReadWarning.ATTACHMENTS_IGNORED)
    for name in attached[:_MOST_ATTACHMENTS]:
        manuscript.item(f"Attachment: {name}")


def _put_texts(texts: dict[str, list[str]], manuscript: Manuscript) -> None:
    """Write the plain text, or the HTML of a message that has no other."""
    if any(text.strip() for text in texts["text/plain"]):
        for text in texts["text/plain"]:
            manuscript.verbatim("\n".join(map(str.rstrip, text.split("\n"))))
        return
    for text in texts["text/html"]:
        markup.write(text, manuscript)


def _parts(message: Message) -> Iterator[Message]:
    """Return the parts that hold something; a message that came along is an attachment."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822":
            part.add_header("Content-Disposition", "attachment")
            yield part
        elif isinstance(payload, list):
            waiting += [each for each in reversed(payload) if isinstance(each, Message)]
        else:
            yield part


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset()
    if charset is None:
        return decoded(raw)
    try:
        return raw.decode(charset, errors="replace").replace("\r\n", "\n")
    except (LookupError, UnicodeError):
        return decoded(raw)


def _field(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:_LONGEST_FIELD]
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return " ".join(raw.split())


def _shown(name: str) -> str:
    """Return a file's name as text: no path, nothing that turns its letters around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:120] or "file"
