"""Find prices, shares, spans of time and other amounts in a text, as numbers to compare.

Works on folded text (`topics.folded`), so that one pattern serves every spelling. What is
found is blanked out for the patterns that come after: the 14 of "14 days" is no price.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What sort of thing a fact states; only facts of one kind can contradict."""

    PRICE = "price"
    PERCENT = "percent"
    DURATION = "duration"
    DATE = "date"
    HOURS = "hours"
    QUANTITY = "quantity"
    AGE = "age"
    PHONE = "phone"
    EMAIL = "email"
    CAPABILITY = "capability"


class Bound(StrEnum):
    """Whether a value is meant as it stands, as the least, or as the most."""

    EXACT = "exact"
    FROM = "from"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value where it stands in the text; `word` is for what has no number."""

    kind: Kind
    start: int
    end: int
    value: tuple[Decimal | None, ...] = ()
    unit: str = ""
    bound: Bound = Bound.EXACT
    word: str = ""


ZERO = Decimal(0)
ANY_CURRENCY = ""
"""The unit of "free": nothing is nothing in every currency."""
WORKING = "working minutes"
LINK = "link"

NUMBER = r"(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d])"
_THOUSANDS = re.compile(r"[ .,'](?=\d{3}(?:\D|$))")
_WORDS = {
    word: at
    for at, words in enumerate(
        [
            "one un une uno una ein eine einen einem",
            "two deux dos zwei",
            "three trois tres drei",
            "four quatre cuatro vier",
            "five cinq cinco funf",
            "six seis sechs",
            "seven sept siete sieben",
            "eight huit ocho acht",
            "nine neuf nueve neun",
            "ten dix diez zehn",
            "eleven onze once elf",
            "twelve douze doce zwolf",
            "thirteen",
            "fourteen",
            "fifteen quinze quince",
        ],
        start=1,
    )
    for word in words.split()
}

_MINUTE, _HOUR, _DAY = Decimal(1), Decimal(60), Decimal(1440)
_MONTH = _DAY * 365 / 12
_MINUTES = "minutes"
_UNITS = {
    # pattern of the word: kind, unit the value is turned into, how much of it one is
    r"€|euros?|eur": (Kind.PRICE, "EUR", Decimal(1)),
    r"\$|usd|dollars?": (Kind.PRICE, "USD", Decimal(1)),
    r"£|gbp|pounds?": (Kind.PRICE, "GBP", Decimal(1)),
    r"chf|francs?": (Kind.PRICE, "CHF", Decimal(1)),
    r"%|percent|per cent|pour cent|prozent|por ciento": (Kind.PERCENT, "%", Decimal(1)),
    r"(?:working|business) days?|jours? (?:ouvres?|ouvrables?)|dias? (?:habiles|laborables)"
    r"|werktagen?": (Kind.DURATION, WORKING, _DAY),
    r"seconds?|secondes?|sekunden?|segundos?": (Kind.DURATION, _MINUTES, _MINUTE / 60),
    r"minutes?|mins?|minuten?|minutos?": (Kind.DURATION, _MINUTES, _MINUTE),
    r"hours?|hrs?|heures?|h|horas?|stunden?|std": (Kind.DURATION, _MINUTES, _HOUR),
    r"days?|jours?|dias?|tagen?|tage?": (Kind.DURATION, _MINUTES, _DAY),
    r"weeks?|semaines?|semanas?|wochen?": (Kind.DURATION, _MINUTES, 7 * _DAY),
    r"months?|mois|mes(?:es)?|monaten?|monate?": (Kind.DURATION, _MINUTES, _MONTH),
    r"years?|ans?|annees?|anos?|jahren?|jahre?": (Kind.DURATION, _MINUTES, 12 * _MONTH),
    r"mg": (Kind.QUANTITY, "g", Decimal("0.001")),
    r"g|gr|grams?|grammes?|gramm|gramos?": (Kind.QUANTITY, "g", Decimal(1)),
    r"kg|kilos?|kilogram(?:me)?s?": (Kind.QUANTITY, "g", Decimal(1000)),
    r"ml": (Kind.QUANTITY, "ml", Decimal(1)),
    r"cl": (Kind.QUANTITY, "ml", Decimal(10)),
    r"l|lit(?:re|er)s?|litros?": (Kind.QUANTITY, "ml", Decimal(1000)),
    r"mm": (Kind.QUANTITY, "cm", Decimal("0.1")),
    r"cm": (Kind.QUANTITY, "cm", Decimal(1)),
    r"m|met(?:re|er)s?|metros?": (Kind.QUANTITY, "cm", Decimal(100)),
    r"km|kilomet(?:re|er)s?": (Kind.QUANTITY, "cm", Decimal(100000)),
    r"people|persons?|personnes?|personas?|personen|participants?|guests?|places|seats": (
        Kind.QUANTITY,
        "people",
        Decimal(1),
    ),
    r"points?|puntos?|punkte?n?": (Kind.QUANTITY, "points", Decimal(1)),
    r"°c|degrees?|degres?": (Kind.QUANTITY, "degrees", Decimal(1)),
}
_UNIT_OF = {f"u{at}": meaning for at, meaning in enumerate(_UNITS.values())}
_UNIT = "|".join(f"(?P<u{at}>{words})" for at, words in enumerate(_UNITS))
_TO = r"\s?(?:-|to|a|bis|hasta)\s?"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<low>{NUMBER}|(?:{_WORD})(?=\s))(?:\s?(?:€|euros?|%|g|kg|h|jours|days))?{_TO})?"
    rf"(?P<high>{NUMBER}|(?<!\w)(?:{_WORD}))"
    rf"[\s-]?(?:{_UNIT})(?:(?!\w)|(?=\d\d(?!\d)))"
)
_PART = re.compile(
    r"(?P<gap>\s?)(?P<far>\d\d)(?P<minutes>\s?min\w*)?(?![\w%€]|[.,:]\d|\s?(?:[%€$£°]|[a-z]{1,3}\b))"
)
"""The cents after a price and the minutes after an hour, where no unit claims them."""
_SIGN_FIRST = re.compile(
    rf"(?P<sign>[€$£]|chf )\s?(?P<low>{NUMBER})(?:{_TO}(?P=sign)?\s?(?P<high>{NUMBER}))?(?!\w)"
)
_BETWEEN = re.compile(r"(?:between|entre|zwischen|von)\s*$")
_AND = re.compile(r"\s?(?:and|et|und|y|to|a|bis|-)\s?(?:de\s)?")
_FREE = re.compile(
    r"(?<![\w-])(?:free(?! (?:up|time|of (?!charge)|from the|range|to\b))(?: of charge)?"
    r"|gratuit(?:e|s|es|ement)?|offerte?s?|at no charge|sans frais|gratis|kostenlos)(?![\w-])"
)
_FEEL = re.compile(r"(?:feel|gluten|sugar|lactose|hands)[ -]$")
_AGE = re.compile(
    r"(?:(?P<under>under(?: the age of)?|moins de|unter|menores de|younger than)"
    r"|(?P<over>over|plus de|uber|mayores de|aged|des|from age|ab))[ -]"
    r"(?P<age>\d{1,2})(?:s\b|(?P<years>[ -](?:ans|years?|jahren?|anos))|(?=\s*[.,;:)](?!\d)|\s*$"
    r"|\s(?:pay|are|get|sont|paient|ont)\b))"
)
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]?\(?\d{2,4}\)?){3,5}(?![\w€%]|[.,]\d)"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")

_FROM_BEFORE = re.compile(
    r"\b(?:from|starts at|starting at|commencent? a|a partir de|des|ab|desde|at least|au moins|minimum(?: of| de)?"
    r"|more than|plus de|mindestens|above|over|al menos)\s*$"
)
_UP_TO_BEFORE = re.compile(
    r"\b(?:up to|until|till|jusqu'a|at most|maximum(?: of| de)?|max\.?|bis zu|hasta|less than|moins de"
    r"|limited to|limite(?:e|s|es)? a|not more than|no more than|hochstens)\s*$"
)
_FROM_AFTER = re.compile(r"\s?(?:or more|et plus|ou plus|oder mehr|minimum|at least)\b")
_UP_TO_AFTER = re.compile(
    r"\s?(?:at most|au plus|au maximum|maximum|max\b|or less|ou moins)"
)
_CUE = 24


def number(digits: str) -> Decimal:
    """Return what a number says, whichever signs part its thousands and its cents."""
    if digits in _WORDS:
        return Decimal(_WORDS[digits])
    # "0.125" is a fraction: nobody writes thousands after a nought.
    plain = digits if digits.startswith("0") else _THOUSANDS.sub("", digits)
    return Decimal(plain.replace(",", ".").replace(" ", "").replace("'", ""))


def amounts(plain: str) -> tuple[list[Found], str]:
    """Return the amounts of a folded text, and the text with them blanked out."""
    found = [*_ages(plain)]
    plain = blanked(plain, found)
    for read in (_sign_first, _with_unit):
        fresh = list(read(plain))
        plain = blanked(plain, fresh)
        found += fresh
    joined = _joined(plain, sorted(found, key=lambda each: each.start))
    return joined + list(_free(plain)), plain


def addresses(plain: str) -> Iterator[Found]:
    """Give the e-mail addresses and the links of a folded text."""
    for match in _LINK.finditer(plain):
        yield Found(kind=Kind.EMAIL, start=match.start(), end=match.end(), unit=LINK)
    for match in EMAIL.finditer(plain):
        yield Found(
            kind=Kind.EMAIL, start=match.start(), end=match.end(), word=match.group()
        )


def phones(plain: str) -> Iterator[Found]:
    """Give the telephone numbers of a folded text."""
    for match in _PHONE.finditer(plain):
        digits = re.sub(r"\D", "", match.group())
        if 8 <= len(digits) <= 14:
            # The last eight digits are the subscriber's: "+33 4 78..." is "04 78...".
            yield Found(
                kind=Kind.PHONE, start=match.start(), end=match.end(), word=digits[-8:]
            )


class Placed(Protocol):
    """What stands in a text from `start` to `end`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def blanked(plain: str, found: Iterable[Placed]) -> str:
    """Return the text with what was found replaced, at the same length."""
    for each in found:
        gap = "\0" * (each.end - each.start)
        plain = plain[: each.start] + gap + plain[each.end :]
    return plain


def bound_at(plain: str, start: int, end: int) -> Bound:
    """Return how the words around a value limit it."""
    before, after = plain[max(0, start - _CUE) : start], plain[end : end + _CUE]
    # "No more than" ends like "more than": the upper limits are read first.
    if _UP_TO_BEFORE.search(before) or _UP_TO_AFTER.match(after):
        return Bound.UP_TO
    if _FROM_BEFORE.search(before) or _FROM_AFTER.match(after):
        return Bound.FROM
    return Bound.EXACT


def _ages(plain: str) -> Iterator[Found]:
    for match in _AGE.finditer(plain):
        if match["over"] in {"des", "ab", "over"} and not match["years"]:
            continue
        yield Found(
            kind=Kind.AGE,
            start=match.start("age"),
            end=match.end(),
            value=(Decimal(match["age"]),) * 2,
            unit="years",
            bound=Bound.UP_TO if match["under"] else Bound.FROM,
        )


def _sign_first(plain: str) -> Iterator[Found]:
    units = {"€": "EUR", "$": "USD", "£": "GBP", "chf ": "CHF"}
    for match in _SIGN_FIRST.finditer(plain):
        # "4 € 90" begins with its number and is left for the other pattern.
        before = plain[max(0, match.start() - 2) : match.start()].strip()
        if before[-1:].isdigit():
            continue
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else low
        yield _amount(plain, match.span(), (low, high), (Kind.PRICE, units[match["sign"]]))


def _with_unit(plain: str) -> Iterator[Found]:
    for match in _AMOUNT.finditer(plain):
        name = _unit_group(match)
        kind, unit, factor = _UNIT_OF[name]
        high = number(match["high"])
        if kind is Kind.QUANTITY and match["high"] in _WORDS and high == 1:
            continue  # "une personne de l'équipe" counts nobody
        end = match.end(name)
        part = _PART.match(plain, end)
        if part and kind is Kind.PRICE and _is_cents(match[name], part):
            high, end = high + Decimal(part["far"]) / 100, part.end("far")
        elif part and match[name][:1] == "h" and match[name] != "hrs":
            high, end = high + Decimal(part["far"]) / 60, part.end()
        low = number(match["low"]) if match["low"] else high
        value = (low * factor, high * factor)
        yield _amount(plain, (match.start(), end), value, (kind, unit))


def _is_cents(sign: str, part: re.Match[str]) -> bool:
    """Tell the cents of "4 € 90" from the first number of what follows a price."""
    return not part["minutes"] and (not part["gap"] or len(sign) == 1)


def _unit_group(match: re.Match[str]) -> str:
    return next(name for name in _UNIT_OF if match[name] is not None)


def _amount(
    plain: str,
    place: tuple[int, int],
    value: tuple[Decimal, Decimal],
    what: tuple[Kind, str],
) -> Found:
    low, high = value
    is_range = low != high
    return Found(
        kind=what[0],
        start=place[0],
        end=place[1],
        value=value,
        unit=what[1],
        bound=Bound.EXACT if is_range else bound_at(plain, *place),
    )


def _joined(plain: str, found: list[Found]) -> list[Found]:
    """Join the two ends of "between 20 € and 150 €" into one range."""
    joined: list[Found] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and _are_ends(plain, last, each):
            joined[-1] = Found(
                kind=each.kind,
                start=last.start,
                end=each.end,
                value=(last.value[0], each.value[-1]),
                unit=each.unit,
            )
        else:
            joined.append(each)
    return joined


def _are_ends(plain: str, one: Found, other: Found) -> bool:
    if (one.kind, one.unit) != (other.kind, other.unit) or one.kind is Kind.AGE:
        return False
    between = plain[one.end : other.start]
    before = plain[max(0, one.start - 12) : one.start]
    if len(between) > 6 or not _AND.fullmatch(between):
        return False
    is_listed = between.strip() in {"and", "et", "und", "y"}
    return not is_listed or bool(_BETWEEN.search(before))


def _free(plain: str) -> Iterator[Found]:
    for match in _FREE.finditer(plain):
        if not _FEEL.search(plain[max(0, match.start() - 9) : match.start()]):
            yield Found(
                kind=Kind.PRICE,
                start=match.start(),
                end=match.end(),
                value=(ZERO, ZERO),
                unit=ANY_CURRENCY,
            )
