"""Find dates, times of day and days of the week in a text, as numbers to compare.

Works on folded text, like `amounts`. A date is (year, month, day) with None for what is
not said, twice for a stretch of days. Times are minutes after midnight.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.knowledge.amounts import Bound, Found, Kind

EVERY_DAY = frozenset(range(7))

_MONTHS = {
    word: at
    for at, words in enumerate(
        [
            "january janvier enero januar jan",
            "february fevrier febrero februar feb fev",
            "march mars marzo marz",
            "april avril abril avr apr",
            "may mai mayo",
            "june juin junio juni jun",
            "july juillet julio juli jul",
            "august aout agosto aug",
            "september septembre septiembre sept sep",
            "october octobre octubre oktober oct",
            "november novembre noviembre nov",
            "december decembre diciembre dezember dec dez",
        ],
        start=1,
    )
    for word in words.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NTH = r"(?:st|nd|rd|th|er|e|\.)?"
_YEAR = r"(?:19|20)\d\d"
_LONG = re.compile(
    rf"(?<![\w.,])(?:(?P<first>\d{{1,2}}){_NTH}(?:\s(?P<firstmonth>{_MONTH}))?"
    rf"\s?(?:-|to|until|au|a|bis|al|hasta)\s?(?:the |zum )?)?"
    rf"(?P<day>\d{{1,2}}){_NTH}\s(?:de |of )?(?P<month>{_MONTH})\b\.?"
    rf"(?:,?\s(?:de |del )?(?P<year>{_YEAR}))?(?![\d])"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:|\s?[ap]m)"
    rf"(?:,?\s(?P<year>{_YEAR}))?"
)
_DIGITS = re.compile(rf"(?<![\w/.])(\d{{1,2}})([/.])(\d{{1,2}})\2({_YEAR})(?![\w/])")
_ISO = re.compile(rf"(?<![\w-])({_YEAR})-(\d\d)-(\d\d)(?![\w-])")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\s(?:de |del )?(?P<year>{_YEAR})(?!\d)")
_LONE_YEAR = re.compile(r"(?<![\w.,/€$£-])(?P<year>20[1-9]\d)(?![\w€$£%]|[.,/-]\d)")
_NO_YEAR_BEFORE = re.compile(
    r"(?:since|depuis|founded(?: in)?|fonde(?:e)?(?: en)?|seit|desde|n°|©)\s?$"
)

_UNTIL = re.compile(
    r"(?:until|till|through|jusqu'au|jusqu'en|jusqu'a|avant le|bis(?: zum)?|hasta(?: el)?|by|before"
    r"|au plus tard le|ends?(?: on)?|closes?(?: on)?|ferment le|termine le|expires?(?: on)?"
    r"|expire le|au)\s(?:the )?$"
)
_SINCE = re.compile(
    r"(?:from|a partir du|a compter du|des le|ab(?: dem)?|desde(?: el)?|after|apres le|starting"
    r"|as of|since|depuis le)\s(?:the )?$"
)

_CLOCK = (
    r"(?:noon|midday|midnight|midi|minuit|mittag|mitternacht|mediodia|medianoche"
    r"|\d{1,2}(?:(?::|\.)\d\d|\s?h(?:eures?)?(?![a-z])(?:\s?\d\d(?!\d))?)?"
    r"\s?(?:a\.?m\b\.?|p\.?m\b\.?|uhr\b)?)"
)
_RANGE = re.compile(
    rf"(?<![\w.,:])(?P<one>{_CLOCK})\s?(?:-|to|till|until|a|bis|hasta|jusqu'a|and|et|y|und)\s?"
    rf"(?:las )?(?P<two>{_CLOCK})(?![\w€%$£]|[.,:]\d)"
)
_ALONE = re.compile(rf"(?<![\w.,:])(?<!apres[ -])(?P<one>{_CLOCK})(?![\w€%$£]|[.,:]\d)")
_READ = re.compile(r"(\d{1,2})(?:(?::|\.|\s?h(?:eures?)?\s?)(\d\d))?")
_NAMED = {
    "noon": 720, "midday": 720, "midi": 720, "mittag": 720, "mediodia": 720,
    "midnight": 1440, "minuit": 1440, "mitternacht": 1440, "medianoche": 1440,
}  # fmt: skip
_MARKED = re.compile(
    r"[ap]\.?m|uhr|:\d\d|h|noon|midday|midi|minuit|mittag|mitternacht|media?no|mediodia"
)
_SPAN_BEFORE = re.compile(
    r"\b(?:en|sous|in|within|dans les|pendant|environ|les|for|moins|least|every|of|d'une?|dure)\s$"
)
_SPAN_AFTER = re.compile(
    r"\s?(?:avant|apres|a l'avance|before|after|plus tot|in advance)\b"
)
_FRENCH_H = re.compile(r"\d{1,2}\s?h(?:eures?)?\s?(?:\d\d)?")
_TIME_BEFORE = re.compile(
    r"(?:\b(?:a|de|des|avant|apres|vers|jusqu'a|entre|et|par|at|from|by|before|until|partir de|ferme"
    r"|ouvre)\s|[:,(-]\s?)$"
)
_CLOSES = re.compile(
    r"\b(?:clos\w*|ferm\w*|until|till|by|before|avant|jusqu'a|au plus tard|cierra\w*|schliess\w*"
    r"|hasta|bis|vor|ends?|finit)\b[^\d.;]{0,16}$"
)

_DAY_NAMES = {
    name: at
    for at, names in enumerate(
        [
            "mondays? lundis? lunes montags?",
            "tuesdays? mardis? martes dienstags?",
            "wednesdays? mercredis? miercoles mittwochs?",
            "thursdays? jeudis? jueves donnerstags?",
            "fridays? vendredis? viernes freitags?",
            "saturdays? samedis? sabados? samstags?",
            "sundays? dimanches? domingos? sonntags?",
        ]
    )
    for name in names.split()
}
_SHORT_DAYS = {
    "en": "mon/tues?/wed/thu(?:rs?)?/fri/sat/sun",
    "fr": "lun/mar/mer/jeu/ven/sam/dim",
    "es": "lun/mar/mie/jue/vie/sab/dom",
    "de": "mo/di/mi/do/fr/sa/so",
}
_SEVERAL = {
    r"every day|daily|all week|seven days a week|7 days a week|tous les jours|7j/7|7 jours sur 7"
    r"|todos los dias|taglich|jeden tag": EVERY_DAY,
    r"weekdays?|en semaine|entre semana|unter der woche": frozenset(range(5)),
    r"(?:at the |on |le |am )?week-?ends?|wochenende|fin de semana": frozenset((5, 6)),
}
_TO_DAY = re.compile(r"\.?\s?(?:-|to|through|till|au|a|bis|al)\s?(?:le )?")
_AND_DAY = re.compile(r"\.?\s?(?:,|and|et|&|und|y|/|, and)\s?(?:le |on )?")


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of the week where they stand in the text; 0 is Monday."""

    start: int
    end: int
    days: frozenset[int]


def _day_pattern(lang: str) -> re.Pattern[str]:
    short = _SHORT_DAYS.get(lang, "").split("/")
    groups = [f"(?P<s{at}>{words})" for at, words in enumerate(_SEVERAL)]
    for at in range(7):
        names = "|".join(name for name, day in _DAY_NAMES.items() if day == at)
        groups.append(f"(?P<d{at}>{names})")
        if len(short) == 7:
            # "mon" is French for "my" and "so" English: a short name needs its company.
            company = (
                r"(?=\.?\s?(?:[-/,&:\0]|to\s|and\s|au\s|a\s|et\s|bis\s|\d|closed|ferme))"
            )
            groups.append(f"(?P<a{at}>{short[at]}){company}")
            groups.append(f"(?P<b{at}>(?<=[-–/])(?:{short[at]}))")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


_DAYS = {lang: _day_pattern(lang) for lang in (*_SHORT_DAYS, "")}


def weekdays(plain: str, lang: str) -> list[Days]:
    """Return the days of the week a folded text names, ranges and lists put together."""
    found: list[Days] = []
    for match in _DAYS.get(lang, _DAYS[""]).finditer(plain):
        group = match.lastgroup or "s0"
        at = int(group[1:])
        days = [*_SEVERAL.values()][at] if group[0] == "s" else frozenset((at,))
        fresh = Days(match.start(), match.end(), days)
        joined = _together(plain, found[-1], fresh) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(fresh)
    return found


def _together(plain: str, last: Days, fresh: Days) -> Days | None:
    between = plain[last.end : fresh.start]
    if len(between) > 10:
        return None
    days = last.days | fresh.days
    if _TO_DAY.fullmatch(between) and last.days and fresh.days:
        first, final = max(last.days), min(fresh.days)
        length = (final - first) % 7
        days = last.days | {(first + step) % 7 for step in range(length + 1)}
    elif not _AND_DAY.fullmatch(between):
        return None
    return Days(last.start, fresh.end, frozenset(days))


def dates(plain: str) -> Iterator[Found]:
    """Give the dates of a folded text that say at least the day and the month."""
    for match in _ISO.finditer(plain):
        yield from _date(plain, match, (match[1], match[2], match[3]))
    for match in _DIGITS.finditer(plain):
        day, month = match[1], match[3]
        if int(month) > 12:  # the American order
            day, month = month, day
        yield from _date(plain, match, (match[4], month, day))
    for match in _LONG.finditer(plain):
        yield from _long_date(plain, match)
    for match in _MONTH_FIRST.finditer(plain):
        if match["day"]:
            parts = (match["year"], str(_MONTHS[match["month"]]), match["day"])
            yield from _date(plain, match, parts)


def years(plain: str) -> Iterator[Found]:
    """Give months of a year and lone years of a text without its `dates`."""
    for match in _MONTH_YEAR.finditer(plain):
        yield from _date(plain, match, (match["year"], str(_MONTHS[match["month"]]), None))
    for match in _LONE_YEAR.finditer(plain):
        if not _NO_YEAR_BEFORE.search(plain[max(0, match.start() - 14) : match.start()]):
            yield from _date(plain, match, (match["year"], None, None))


def _long_date(plain: str, match: re.Match[str]) -> Iterator[Found]:
    month = str(_MONTHS[match["month"]])
    last = (match["year"], month, match["day"])
    if not match["first"]:
        yield from _date(plain, match, last)
        return
    first_month = match["firstmonth"]
    opening = str(_MONTHS[first_month]) if first_month else month
    yield from _date(plain, match, (match["year"], opening, match["first"]), last)


def _date(
    plain: str,
    match: re.Match[str],
    parts: tuple[str | None, str | None, str | None],
    last: tuple[str | None, str | None, str | None] | None = None,
) -> Iterator[Found]:
    value = tuple(Decimal(part) if part else None for part in (*parts, *(last or ())))
    month, day = value[1], value[2]
    if (month and not 1 <= month <= 12) or (day and not 1 <= day <= 31):
        return
    before = plain[max(0, match.start() - 20) : match.start()]
    bound = Bound.EXACT
    if last is None and _UNTIL.search(before):
        bound = Bound.UP_TO
    elif last is None and _SINCE.search(before):
        bound = Bound.FROM
    yield Found(
        kind=Kind.DATE, start=match.start(), end=match.end(), value=value, bound=bound
    )


def times(plain: str) -> Iterator[Found]:
    """Give the stretches of hours, and the hours that stand alone, of a folded text.

    An hour alone is the end of something after "until" or "closes", else its beginning.
    """
    ranges = [found for match in _RANGE.finditer(plain) for found in _stretch(match)]
    yield from ranges
    for match in _ALONE.finditer(plain):
        if any(each.start <= match.start() < each.end for each in ranges):
            continue
        at = _minutes(match["one"].strip())
        if at is None or not _is_time_of_day(plain, match):
            continue
        closes = _CLOSES.search(plain[max(0, match.start() - 28) : match.start()])
        yield Found(
            kind=Kind.HOURS,
            start=match.start(),
            end=match.start() + len(match["one"].rstrip()),
            value=(None, at) if closes else (at, None),
        )


def _stretch(match: re.Match[str]) -> Iterator[Found]:
    one, two = match["one"].strip(), match["two"].strip()
    if not (_MARKED.search(one) or _MARKED.search(two)):
        return
    opens, closes = _minutes(one), _minutes(two)
    if opens is None or closes is None:
        return
    if "m" in two[-3:] and not re.search(r"m|noon|midi", one) and opens < 720:
        # "1-5 pm" begins in the afternoon, "9-6 pm" in the morning.
        opens = (
            opens + 720
            if two.replace(".", "").endswith("pm") and opens + 720 < closes
            else opens
        )
    yield Found(
        kind=Kind.HOURS,
        start=match.start(),
        end=match.start("two") + len(match["two"].rstrip()),
        value=(opens, closes),
    )


def _minutes(clock: str) -> Decimal | None:
    if clock in _NAMED:
        return Decimal(_NAMED[clock])
    match = _READ.match(clock)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = clock.replace(".", "")[-2:]
    if half in {"am", "pm"}:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Decimal(hour * 60 + minute) if hour < 24 and minute < 60 else None


def _is_time_of_day(plain: str, match: re.Match[str]) -> bool:
    """Tell "at 18 h" from "in 2 h", and a time from a bare number."""
    clock = match["one"].strip()
    before = plain[max(0, match.start() - 14) : match.start()]
    if not _MARKED.search(clock) or ("." in clock and not re.search("[mr]", clock)):
        return False
    if not _FRENCH_H.fullmatch(clock):
        return True
    if _SPAN_BEFORE.search(before) or _SPAN_AFTER.match(plain, match.end("one")):
        return False
    return bool(re.search(r"h\s?\d\d", clock) or _TIME_BEFORE.search(before))
