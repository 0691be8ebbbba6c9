"""How alike two short texts are, in letters and in words, without any model.

Used on replies in the owner's language, so that an opinion about agreement can be
recomputed anywhere and always comes out the same.
"""

import re
import unicodedata

MOST_CHARS = 4000
"""Longer texts are compared by their beginnings."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,:h]\d+)*")
_HOUR = re.compile(r"(\d)[ \u00a0\u202f]?(?:h|:)[ \u00a0\u202f]?(\d\d)?(?!\d)")
_NO = re.compile(
    r"\b(?:no|not|never|none|cannot|non|ne|pas|jamais|aucune?|nunca|ningun\w*)\b"
    r"|\bn'|n't\b|\bunfortunately\b|\bmalheureusement\b|\bdesole|\bsorry\b"
)


def _numbered(words: str, first: int) -> dict[str, str]:
    return {word: str(first + at) for at, word in enumerate(words.split())}


# Not "one", "un": they are articles more often than numbers.
_NAMED = {
    **_numbered("two three four five six seven eight nine ten eleven twelve thirteen", 2),
    **_numbered("deux trois quatre cinq six sept huit neuf dix onze douze treize", 2),
    **_numbered("dos tres cuatro cinco seis siete ocho nueve diez once doce trece", 2),
    **{"noon": "12", "midi": "12", "mediodia": "12", "midnight": "0", "minuit": "0"},
    **{"fifteen": "15", "quinze": "15", "quince": "15", "twenty": "20", "vingt": "20"},
    **{"thirty": "30", "trente": "30", "treinta": "30", "veinte": "20", "hundred": "100"},
    **{"quarante": "40", "forty": "40", "cinquante": "50", "fifty": "50", "cent": "100"},
    **{
        word: days.split()[0]
        for days in (
            "monday mondays lundi lundis lunes",
            "tuesday tuesdays mardi mardis martes",
            "wednesday wednesdays mercredi mercredis miercoles",
            "thursday thursdays jeudi jeudis jueves",
            "friday fridays vendredi vendredis viernes",
            "saturday saturdays samedi samedis sabado sabados",
            "sunday sundays dimanche dimanches domingo domingos",
        )
        for word in days.split()
    },
}
_STEM = 5
"""Words that begin with the same five letters are taken for forms of one."""
_SHORTEST = 4


def edit_share(before: str, after: str) -> float:
    """Return the part of the longer text that was inserted, removed or replaced, 0..1.

    The Levenshtein distance in characters over the longer length; bit-parallel (Myers
    1999), so that two thousand characters take about a millisecond.
    """
    one, other = before[:MOST_CHARS], after[:MOST_CHARS]
    longer = max(len(one), len(other))
    return _distance(*_differing(one, other)) / longer if longer else 0.0


def _differing(one: str, other: str) -> tuple[str, str]:
    """Return two texts without their common beginning and end: most edits are small."""
    start = _common_start(one, other)
    one, other = one[start:], other[start:]
    end = _common_start(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _common_start(one: str, other: str) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _distance(pattern: str, text: str) -> int:
    if not pattern:
        return len(text)
    places: dict[str, int] = {}
    for at, char in enumerate(pattern):
        places[char] = places.get(char, 0) | 1 << at
    everything = (1 << len(pattern)) - 1
    last = 1 << (len(pattern) - 1)
    up, down, distance = everything, 0, len(pattern)
    for char in text:
        equal = places.get(char, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        more, less = down | (everything & ~(diagonal | up)), up & diagonal
        distance += bool(more & last) - bool(less & last)
        more, less = (more << 1 | 1) & everything, (less << 1) & everything
        up, down = less | (everything & ~(diagonal | more)), more & diagonal
    return distance


def facts(text: str) -> frozenset[str]:
    """Return the numbers and weekdays of a text, in figures or in words.

    Prices, hours, delays: what a customer acts on. "9 h 00", "9h" and "neuf" are one.
    """
    plain = _HOUR.sub(r"\1h\2", _plain(text)).replace("h00", "h")
    plain = re.sub(r"(?<=\d)h(?!\d)", "", plain)
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", plain)
    figures = {one.replace(",", ".") for one in _NUMBER.findall(plain)}
    return frozenset(
        figures | {_NAMED[one] for one in _WORD.findall(plain) if one in _NAMED}
    )


def denies(text: str) -> bool:
    """Return whether a text says no to something, in English, French or Spanish."""
    return _NO.search(_plain(text)) is not None


def shared_words(one: str, other: str) -> float:
    """Return which part of the telling words of the shorter text the other one has, 0..1.

    A colleague who answers in six words what the assistant says in thirty agrees with it.
    """
    first, second = _stems(one), _stems(other)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def _stems(text: str) -> set[str]:
    words = _WORD.findall(_plain(text))
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST or word.isdigit()}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
