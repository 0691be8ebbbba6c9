"""Find personal data in a text by its form: where it stands, and what it is.

Pure. Patterns are wide and check digits narrow them: a price, a date or opening hours are
numbers as well, and a text whose prices are hidden cannot be answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of personal data is; the word in its token."""

    EMAIL = "EMAIL"
    IBAN = "IBAN"
    CARD = "CARD"
    ID = "ID"
    PHONE = "PHONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of personal data and where it stands."""

    kind: Kind
    start: int
    end: int
    value: str


def found_in(text: str) -> list[Found]:
    """Return the personal data of a text in the order it stands, none inside another."""
    found: list[Found] = []
    taken = bytearray(len(text))
    for kind, pattern, holds in _RULES:
        for match in pattern.finditer(text):
            value = holds(match)
            if value is None:
                continue
            start = match.start() + match.group().index(value)
            end = start + len(value)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(value)
                found.append(Found(kind=kind, start=start, end=end, value=value))
    return sorted(found, key=lambda one: one.start)


_GAP = r"[ \u00a0\u202f.\-/]?"
"""What may stand between the digits of one number."""
_DIGITS = re.compile(r"\d")
_FREE = r"(?<![\w+])(?<!\d[.,:\-])"
_END = r"(?!\w|[.,:]\d)"
_MONEY_AFTER = re.compile(r"\s?(?:€|\$|£|eur\b|euros?\b|usd\b|gbp\b|%|kg\b|km\b)", re.I)

_LOCAL = r"[^\s\\@<>()\[\],;:/\"'«»“”]"
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}(?:@|\s?[(\[]\s?(?:at|arobase|arroba)\s?[)\]]\s?)"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@-])"
)
_IBAN = re.compile(rf"(?<!\w)[A-Z]{{2}}\d{{2}}(?:{_GAP}[A-Z0-9]){{11,30}}(?!\w)", re.I)
_CARD = re.compile(rf"{_FREE}\d(?:[ \u00a0\u202f.\-]?\d){{12,18}}{_END}")
_NIR = re.compile(
    rf"{_FREE}[1-478]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|[1-9]\d){_GAP}(?:\d{{2}}|2[AB])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d{{2}})?{_END}",
    re.I,
)
_DNI = re.compile(r"(?<!\w)(?:[XYZ][ \-]?\d{7}|\d{8})[ \-]?[A-Z](?!\w)", re.I)
_NINO = re.compile(
    r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", re.I
)
_SSN = re.compile(rf"{_FREE}\d{{3}}-\d{{2}}-\d{{4}}{_END}")
_PASSPORT = re.compile(r"(?<!\w)\d{2}[A-Z]{2}\d{5}(?!\w)")
_LETTERED_ID = re.compile(
    r"(?<!\w)(?=[0-9]{0,3}[A-Z])[A-Z0-9]{1,4}\d{8,20}[A-Z]{0,2}(?!\w)"
)
_LONG_ID = re.compile(rf"{_FREE}\d{{9,30}}{_END}")
_GROUPED_ID = re.compile(rf"{_FREE}\d{{3}}(?:[ \u00a0]\d{{3}}){{2}}[ \u00a0]\d{{5}}{_END}")

_ABROAD = re.compile(
    rf"{_FREE}(?:\(\+[1-9]\d{{0,2}}\)|(?:\+|00){_GAP}[1-9]\d{{0,2}}){_GAP}(?:\(0?\d{{0,4}}\){_GAP})?"
    rf"\d(?:{_GAP}\d){{5,12}}{_END}"
)
_AT_HOME = re.compile(
    "|".join(
        rf"{_FREE}{form}{_END}"
        for form in (
            # France, Belgium, Switzerland: a zero and pairs, or 3 and pairs
            rf"(?:\(0[1-9]\)|0[1-9])(?:{_GAP}\d{{2}}){{4}}",
            r"0[1-9]\d[ .\-/]\d{3}(?:[ .\-]\d{2}){2}",
            r"04\d{2}[ .\-/]?(?:\d{2}[ .\-]?){2}\d{2}",
            r"0\d[ .\-/]\d{3}(?:[ .\-]\d{2}){2}",
            # Spain: nine digits from 6 to 9 in threes, or in pairs after two or three
            r"[6-9]\d{2}(?:[ .\-]\d{3}){2}",
            r"[6-9]\d[ .\-]\d{3}(?:[ .\-]\d{2}){2}",
            r"[6-9]\d{2}(?:[ .\-]\d{2}){3}",
            # United Kingdom and Ireland
            r"(?:\(0\d{2,4}\)|0\d{2,4})[ \-]?\d{3,4}[ \-]?\d{3,4}",
            # North America
            r"\(\d{3}\)[ \-]?\d{3}[ .\-]\d{4}",
            r"(?:1[ .\-])?[2-9]\d{2}[.\-][2-9]\d{2}[.\-]\d{4}",
            r"(?:1 )?[2-9]\d{2} [2-9]\d{2} \d{4}",
        )
    )
)
_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22,
    "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21,
    "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "MA": 28, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
    "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26,
}  # fmt: skip
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CARD_STARTS = "23456"


def _whole(match: re.Match[str]) -> str | None:
    return match.group()


def _not_money(match: re.Match[str]) -> str | None:
    """Return the number unless it is an amount of something."""
    return None if _MONEY_AFTER.match(match.string, match.end()) else match.group()


def _iban(match: re.Match[str]) -> str | None:
    """Return the part of a match that is an account: words may follow it without a stop."""
    written = match.group()
    wanted = _IBAN_LENGTHS.get(written[:2].upper())
    solid = 0
    for at, char in enumerate(written, start=1):
        solid += char.isalnum()
        if solid == wanted and char.isalnum():
            return written[:at] if _is_account(written[:at]) else None
    return written if wanted is None and _is_account(written) else None


def _is_account(written: str) -> bool:
    solid = "".join(char for char in written.upper() if char.isalnum())
    moved = solid[4:] + solid[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _card(match: re.Match[str]) -> str | None:
    digits = _DIGITS.findall(match.group())
    if digits[0] not in _CARD_STARTS or len(set(digits)) == 1:
        return None
    doubled = (
        sum(divmod(int(digit) * (1 + at % 2), 10))
        for at, digit in enumerate(reversed(digits))
    )
    return match.group() if sum(doubled) % 10 == 0 else None


def _dni(match: re.Match[str]) -> str | None:
    solid = re.sub(r"[ \-]", "", match.group()).upper()
    number = int(solid[:-1].translate(str.maketrans("XYZ", "012")))
    return match.group() if solid[-1] == _DNI_LETTERS[number % 23] else None


_Holds = Callable[[re.Match[str]], str | None]
_RULES: tuple[tuple[Kind, re.Pattern[str], _Holds], ...] = (
    (Kind.EMAIL, _EMAIL, _whole),
    (Kind.IBAN, _IBAN, _iban),
    (Kind.CARD, _CARD, _card),
    (Kind.ID, _NIR, _whole),
    (Kind.ID, _DNI, _dni),
    (Kind.ID, _NINO, _whole),
    (Kind.ID, _SSN, _whole),
    (Kind.ID, _PASSPORT, _whole),
    (Kind.ID, _LETTERED_ID, _whole),
    (Kind.ID, _GROUPED_ID, _not_money),
    (Kind.PHONE, _ABROAD, _whole),
    (Kind.PHONE, _AT_HOME, _not_money),
    (Kind.ID, _LONG_ID, _not_money),
)
"""In this order: what a narrower rule has taken, a wider one leaves alone."""
