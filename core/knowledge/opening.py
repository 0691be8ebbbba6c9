"""Tell from a text whether it says when a house is open.

Few pages call their hours so: under "Visiting us" stands "Monday to Friday: 9 am – 6 pm".
Such a line is days and hours and nothing else. In a sentence with other words, one of them
has to say that something opens or closes, or it may be the hours of a workshop.
"""

import re

from core.knowledge.amounts import Placed, blanked
from core.knowledge.moments import Days, times, weekdays
from core.knowledge.sentences import Span, sentences
from core.knowledge.topics import folded

_LANGUAGES = ("en", "fr", "es", "de")
_OPENS = re.compile(
    r"\b(?:opens?|opening|closed?|closes|closing|(?:business|our|shop|store) hours"
    r"|ouvr\w*|ouvert\w*|ferm(?:e|es|ee|ees|ons|ent)|fermeture|horaires?"
    r"|abr(?:e|en|imos)|abiert[oa]s?|cierra|cierran|cerramos|cerrad[oa]s?|horarios?)\b"
)
_SMALL_WORDS = (
    "from to and the on at in until till of we are is le la les du de des au aux et a "
    "nous sommes est dans el los las del y al hasta por en am pm h only all day each every "
    "morning mornings afternoon afternoons evening evenings seulement toute toutes journee "
    "matin matins apres midi soir soirs chaque solo todo dia mananas tardes"
)
_WEEKENDS = re.compile(r"\bweek-?ends?\b|\bfin(?:es)? de semana\b")
_BARE_HOURS = re.compile(r"(?<![\w:.,/-])\d{1,2} ?- ?\d{1,2}(?![\w:.,/€$£%-])")
"""Beside days, "9-18" needs no other mark."""
_NUMBER = re.compile(r"\d")
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 160
"""No line of a timetable has more letters; most sentences are told apart by that."""
_MOST_OTHER = 1
"""Words that a line of a timetable may have besides: "Summer: Monday to Friday, 9-18"."""


def is_timetable(line: str) -> bool:
    """Tell whether a line says at what hours, or not, on which days, and no more."""
    if len(line) > _LONGEST:
        return False
    plain = folded(line)
    if not _NUMBER.search(plain) and not _OPENS.search(plain):
        return False
    days = _days(plain)
    if not days:
        return False
    hours: list[Placed] = [*times(plain)] or _spans(_BARE_HOURS, plain)
    states = _spans(_OPENS, plain)
    rest = blanked(plain, [*days, *hours, *states])
    other = [word for word in _WORD.findall(rest) if word not in _SMALL]
    return bool(hours or states) and len(other) <= _MOST_OTHER


def tells_opening(text: str) -> bool:
    """Tell whether some sentence of a text says when something is open."""
    return any(_tells(span.of(text)) for span in sentences(text))


def _tells(sentence: str) -> bool:
    plain = folded(sentence)
    if _OPENS.search(plain):
        return bool(_NUMBER.search(plain)) or bool(_days(plain))
    return is_timetable(sentence)


def _days(plain: str) -> list[Placed]:
    """Return the days of the week, in whichever language names most of them, and weekends."""
    named = (weekdays(plain, code) for code in _LANGUAGES)
    days: list[Days] = max(named, key=lambda each: sum(one.end - one.start for one in each))
    return [*days, *_spans(_WEEKENDS, plain)]


def _spans(pattern: re.Pattern[str], plain: str) -> list[Placed]:
    return [Span(*match.span()) for match in pattern.finditer(plain)]
