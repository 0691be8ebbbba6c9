"""Read Rich Text: paragraphs, headings by style, lists, tables and links.

Of the libraries that read RTF, those that keep headings and tables are not free to use,
and the free ones keep neither. The format is a run of words and braces, and small.
"""

import re
from dataclasses import dataclass, replace

from core.knowledge.reading.grid import Grid
from core.knowledge.reading.manuscript import Manuscript
from core.knowledge.reading.reasons import ReadWarning, Reason, Unreadable

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|"
    r"([^\\{}\r\n]+)",
)
_LEFT_OUT = frozenset(
    [
        "colortbl",
        "info",
        "pict",
        "object",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "fldinst",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "latentstyles",
        "xmlnstbl",
        "mmathPr",
        "datastore",
        "private",
        "template",
        "bkmkstart",
        "bkmkend",
        "annotation",
        "atnid",
        "atnauthor",
        "revtbl",
        "filetbl",
        "nonshppict",
        "shppict",
    ]
)
_LETTERS = {
    "tab": " ",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "~": "\xa0",
    "_": "-",
}
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_PLACES = {
    "fonttbl": "fonttbl",
    "stylesheet": "stylesheet",
    "listtext": "mark",
    "pntext": "mark",
}
_DEEPEST = 1_000
_HEADING = re.compile(
    r"(?:heading|titre|überschrift|título|titolo)\s*([1-9])", re.IGNORECASE
)
_MARK = re.compile(r"\s*(?:(\d{1,3})[.)]|\S)\s*$")


def read(content: bytes, manuscript: Manuscript) -> None:
    """Write a text in Rich Text Format."""
    reading = _Reading(manuscript)
    reading.take(content.decode("latin-1"))


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    place: str = "body"
    is_hidden: bool = False
    encoding: str = "cp1252"
    skip_after_unicode: int = 1


class _Reading:
    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._state = _State()
        self._stack: list[_State] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, int] = {}
        self._number = 0
        self._style_name: list[str] = []
        self._pending = bytearray()
        self._skip = 0
        self._text: list[str] = []
        self._mark: list[str] = []
        self._level: int | None = None
        self._depth = 0
        self._in_table = False
        self._grid = Grid()

    def take(self, text: str) -> None:
        """Read a whole file."""
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                at += 1
                continue
            at = found.end()
            if found[1] == "bin":
                # Raw bytes follow, which may look like anything.
                at += max(int(found[2] or 0), 0)
            elif found[3]:
                self._byte(int(found[3], 16))
            else:
                self._finish_bytes()
                self._token(found)
        self._finish_bytes()
        self._end_paragraph()
        self._end_table()
        if self._stack:
            # A file that ends inside a group was cut off.
            if self._manuscript.is_empty:
                raise Unreadable(Reason.BROKEN)
            self._manuscript.warn(ReadWarning.TRUNCATED)

    def _token(self, found: re.Match[str]) -> None:
        if found[5] == "{":
            if len(self._stack) >= _DEEPEST:
                raise Unreadable(Reason.BROKEN)
            self._stack.append(self._state)
        elif found[5] == "}":
            self._close()
        elif found[6]:
            self._plain(found[6])
        elif found[4]:
            self._symbol(found[4])
        elif found[1]:
            self._word(found[1], None if found[2] is None else int(found[2]))

    def _close(self) -> None:
        if self._state.place == "stylesheet" and self._style_name:
            named = _HEADING.match("".join(self._style_name).strip())
            if named:
                self._styles[self._number] = int(named[1])
            self._style_name = []
        if self._stack:
            self._state = self._stack.pop()

    def _plain(self, text: str) -> None:
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if not text.isascii():
            text = text.encode("latin-1").decode(self._state.encoding, errors="replace")
        self._put(text)

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._pending.append(value)

    def _finish_bytes(self) -> None:
        """Turn bytes into letters together: Chinese ones come in pairs."""
        if self._pending:
            raw, self._pending = bytes(self._pending), bytearray()
            self._put(raw.decode(self._state.encoding, errors="replace"))

    def _put(self, text: str) -> None:
        place = self._state.place
        if place == "stylesheet":
            self._style_name.append(text)
        elif place == "mark":
            self._mark.append(text)
        elif place == "body":
            if not self._state.is_hidden:
                self._text.append(text)
            elif text.strip():
                self._manuscript.warn(ReadWarning.HIDDEN_TEXT)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            # What a reader does not know, it must leave out.
            self._state = replace(self._state, place="unknown")
        elif symbol in "\\{}":
            self._put(symbol)
        elif symbol in "~_":
            self._put(_LETTERS[symbol])
        elif symbol in "\r\n":
            self._end_paragraph()

    def _word(self, word: str, number: int | None) -> None:
        if word in _LEFT_OUT:
            self._state = replace(self._state, place="left out")
        elif word in _PLACES:
            self._state = replace(self._state, place=_PLACES[word])
        elif word == "u":
            self._unicode(number or 0)
        elif word in _LETTERS:
            self._put(_LETTERS[word])
        elif word in {"f", "fcharset", "ansicpg", "uc", "v", "plain"}:
            self._letters_word(word, number)
        elif self._state.place in {"body", "stylesheet"}:
            self._paragraph_word(word, number)

    def _unicode(self, number: int) -> None:
        self._put(chr(number % 0x10000))
        self._skip = self._state.skip_after_unicode

    def _letters_word(self, word: str, number: int | None) -> None:
        if word == "f":
            self._number = number or 0
            encoding = self._fonts.get(self._number, self._default)
            self._state = replace(self._state, encoding=encoding)
        elif word == "fcharset":
            if self._state.place == "fonttbl":
                self._fonts[self._number] = _CHARSETS.get(number or 0, self._default)
        elif word == "ansicpg":
            self._default = _known(f"cp{number}")
            self._state = replace(self._state, encoding=self._default)
        elif word == "uc":
            self._state = replace(self._state, skip_after_unicode=max(number or 0, 0))
        else:
            is_hidden = word == "v" and number != 0
            self._state = replace(self._state, is_hidden=is_hidden)

    def _paragraph_word(self, word: str, number: int | None) -> None:
        if self._state.place == "stylesheet":
            if word == "s":
                self._number = number or 0
        elif word in {"cell", "row", "intbl"}:
            self._table_word(word)
        elif word in {"par", "sect", "page"}:
            self._end_paragraph()
        else:
            self._style_word(word, number)

    def _style_word(self, word: str, number: int | None) -> None:
        if word == "pard":
            self._level, self._depth, self._in_table = None, 0, False
        elif word == "s":
            self._level = self._styles.get(number or 0)
        elif word == "outlinelevel":
            self._level = (number or 0) + 1 if (number or 0) < 9 else None
        elif word == "ilvl":
            self._depth = number or 0

    def _table_word(self, word: str) -> None:
        self._in_table = word != "row"
        if word == "cell":
            self._grid.put_cell(self._taken())
        elif word == "row":
            self._grid.end_row()

    def _taken(self) -> str:
        text = _with_pairs("".join(self._text))
        self._text = []
        self._mark = []
        return text

    def _end_paragraph(self) -> None:
        if self._in_table:
            self._text.append(" ")
            return
        mark = _MARK.match("".join(self._mark))
        text = self._taken()
        if not text.strip():
            return
        self._end_table()
        if self._level is not None:
            self._manuscript.heading_line(self._level, text)
        elif mark:
            self._manuscript.item(text, self._depth, int(mark[1]) if mark[1] else None)
        else:
            self._manuscript.paragraph(text)

    def _end_table(self) -> None:
        self._manuscript.table(self._grid.finished())


def _with_pairs(text: str) -> str:
    """Join the halves in which letters beyond the first 65,536 are written."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", errors="replace")


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
