"""Show the numbers of a spreadsheet as it shows them: dates, percentages, prices."""

import re
from datetime import datetime, timedelta
from typing import Final

from core.knowledge.reading.archive import Archive, Element

_DATES: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_NUMBER: Final = re.compile(r"[#0?][#0?,]*(?:\.([#0?]+))?[#0?,.]*")
_DATE_LETTERS: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet knows no zones
_FIRST_DAY_MAC: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL: Final = 2_958_465


class Formats:
    """The number formats of a workbook, by the style that a cell names."""

    def __init__(self, archive: Archive, part: str | None, *, is_mac: bool) -> None:
        root = archive.xml_or_none(part) if part else None
        self._first_day = _FIRST_DAY_MAC if is_mac else _FIRST_DAY
        self._codes: list[str] = []
        if root is not None:
            own = {
                each.get("numFmtId"): each.get("formatCode", "")
                for each in root.iterfind("{*}numFmts/{*}numFmt")
            }
            self._codes = [_code(xf, own) for xf in root.iterfind("{*}cellXfs/{*}xf")]

    def shown(self, raw: str, style: str | None) -> str:
        """Return a number as its cell shows it, in letters that need no column width."""
        try:
            value = float(raw)
        except ValueError:
            return raw
        at = int(style) if style and style.isdigit() else -1
        code = self._codes[at] if 0 <= at < len(self._codes) else ""
        section = code.split(";")[0]
        bare = _LITERAL.sub("", section)
        if code == "date" or (_DATE_LETTERS.search(bare) and not _NUMBER.search(bare)):
            return self._date(value, bare)
        return _number(value, section)

    def _date(self, value: float, bare: str) -> str:
        if not 0 <= value <= _LAST_SERIAL:
            return _plain(value)
        seconds = round(value % 1 * 86_400)
        moment = self._first_day + timedelta(days=int(value), seconds=seconds)
        if value < 1 and "y" not in bare.lower():
            return f"{moment:%H:%M}"
        return f"{moment:%Y-%m-%d %H:%M}" if seconds else f"{moment:%Y-%m-%d}"


def _code(xf: Element, own: dict[str | None, str]) -> str:
    name = xf.get("numFmtId", "0")
    if name in own:
        return own[name]
    number = int(name) if name.isdigit() else 0
    return "date" if number in _DATES else _BUILT_IN.get(number, "")


def _number(value: float, section: str) -> str:
    """Return a number with the decimals, the percent sign and the currency of a format."""
    kept = _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", section)
    bare = _LITERAL.sub("", section)
    digits = _NUMBER.search(bare)
    if digits is None or "E" in bare.upper().replace("GENERAL", ""):
        return _plain(value)
    decimals = min(len(digits[1] or ""), 10)
    places = _NUMBER.search(kept)
    before, after = (kept[: places.start()], kept[places.end() :]) if places else ("", "")
    if "%" in bare:
        value *= 100
    shown = f"{abs(value):.{decimals}f}"
    sign = "-" if value < 0 and float(shown) else ""
    return (
        f"{sign}{before.strip()}{' ' if before[-1:] == ' ' else ''}{shown}{after}".strip()
    )


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
