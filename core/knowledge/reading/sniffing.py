"""Tell what a file really is, and refuse it when its name says something else."""

import re

from core.knowledge.reading.decoding import decoded
from core.knowledge.reading.reasons import Reason, Unreadable

KINDS = {
    "pdf": "pdf",
    "docx": "docx",
    "pptx": "pptx",
    "xlsx": "xlsx",
    "csv": "csv",
    "html": "html",
    "htm": "html",
    "md": "md",
    "markdown": "md",
    "txt": "txt",
    "rtf": "rtf",
    "odt": "odt",
    "epub": "epub",
    "eml": "eml",
}
"""The kind that each ending of a name stands for."""

ZIPPED = frozenset({"docx", "pptx", "xlsx", "odt", "epub"})
WRITTEN = frozenset({"txt", "md", "csv", "html", "eml"})

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_OTHER_WRITTEN = (b"%PDF-", b"{\\rtf", b"GIF8", b"%!PS", b"#!/", b"PK\x03\x04", b"Rar!")
"""What begins with readable letters and still is no text."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)[\s>/]", re.IGNORECASE)
_MAIL_HEAD = re.compile(r"(?:From .*\n)?(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)+(?:\n|\Z)")
_MAIL_FIELD = re.compile(
    r"^(?:from|to|date|subject|received|message-id|mime-version|content-type|return-path):",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 64 * 1024


def check(kind: str, content: bytes) -> None:
    """Raise `Unreadable` unless the bytes are of this kind; archives are looked at later."""
    if content.startswith(_OLD_OFFICE):
        locked = kind in ZIPPED and _LOCKED_OFFICE in content
        raise Unreadable(Reason.ENCRYPTED if locked else Reason.OLD_OFFICE)
    if kind == "pdf":
        is_right = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-")
    elif kind in ZIPPED:
        is_right = content.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    elif kind == "rtf":
        is_right = content[:64].lstrip().startswith(b"{\\rtf")
    else:
        return
    if not is_right:
        raise Unreadable(Reason.MISLABELLED)


def written(kind: str, content: bytes) -> str:
    """Return the letters of a file that must be text of this kind."""
    if content.startswith(_OTHER_WRITTEN):
        raise Unreadable(Reason.MISLABELLED)
    text = decoded(content)
    if _CONTROL.search(text):
        raise Unreadable(Reason.NOT_TEXT)
    if kind == "html":
        is_right = bool(_TAG.search(text, 0, _HEAD))
    elif kind == "eml":
        head = text[:_HEAD]
        is_right = bool(_MAIL_HEAD.match(head) and _MAIL_FIELD.search(head))
    else:
        is_right = not _PAGE.match(text, 0, _HEAD)
    if text.strip() and not is_right:
        raise Unreadable(Reason.MISLABELLED)
    return text
