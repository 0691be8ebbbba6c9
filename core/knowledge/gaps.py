"""Group what the assistant could not answer: who asks the same, in whatever words.

Average link: a message joins a group when it is like all of its messages on the average,
which keeps a chain of small resemblances from making one group of everything. Meaning (the
cosine of the embedder) and letters count together, as in `duplicates`: the local embedder
knows English best, so in other languages letters count more. Messages in different
languages never stand together, because an entry has one language.

Groups of two and more are stable: what is grouped stays where it is. What is new joins the
group it is most like, and only what joins none makes new groups, together with those that
still stand alone. The same messages in the same order always give the same groups.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from core.knowledge.asking import telling
from core.knowledge.grams import grams
from core.knowledge.language import unaccented
from core.llm.base import Vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

TOGETHER = 0.3
"""From this average likeness on, messages ask the same. Chosen on ten needs in five wordings
each, in English and in French; `tests/knowledge/test_gaps.py` measures ten others."""
_LETTERS = 0.35
_LETTERS_ABROAD = 0.6
_WORD = re.compile(r"[^\W_]+")
_BUCKETS = 4096
"""Letter groups are counted by their hash, so that a matrix holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message that was not answered; `id` is whatever the caller knows it by.

    `vector` is that of its `essence`. Where the language `is_sure` no other one stands with
    it; three words like "gift card available??" may be anything.
    """

    id: int
    text: str
    lang_code: str
    vector: Vector
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group that there is. One that is `firm` keeps its messages, whatever comes."""

    members: tuple[Asked, ...]
    is_firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Where messages belong: by id to the position of a group, or together in new groups.

    `joined` also names messages that move from a loose group to another one.
    """

    joined: Mapping[int, int]
    new: tuple[tuple[int, ...], ...]


def essence(text: str) -> str:
    """Return the words that a message is about, in their order: what is embedded.

    "Could I", "est-ce que vous" and "je voudrais savoir" pull messages together that have
    nothing else in common; without them a quarter fewer pairs are missed in English.
    """
    about = telling(text)
    words = [word for word in _WORD.findall(unaccented(text)) if word in about]
    return " ".join(words) or text


def grouped(fresh: Sequence[Asked], standing: Sequence[Standing] = ()) -> Grouping:
    """Return where each of `fresh` belongs; `standing` groups are named by their position.

    Fresh messages and those of loose groups are compared with the firm groups first, each
    as it stood, and then with each other. A message that stands alone is no group yet: held
    fast, it would draw in whatever comes next.
    """
    firm = [at for at, group in enumerate(standing) if group.is_firm]
    at_home = {
        one.id: at
        for at, group in enumerate(standing)
        if not group.is_firm
        for one in group.members
    }
    loose = [
        *(one for at in sorted(at_home.values()) for one in standing[at].members),
        *fresh,
    ]
    if not fresh or not loose:
        return Grouping(joined={}, new=())
    joined = _joined(loose, [standing[at].members for at in firm])
    places = {one: firm[at] for one, at in joined.items()}
    left = [one for one in loose if one.id not in joined]
    new: list[tuple[int, ...]] = []
    for group in _linked(_likeness(left, left), TOGETHER) if left else []:
        ids = [left[at].id for at in group]
        homes = [at_home[one] for one in ids if one in at_home]
        if homes:
            places |= {one: homes[0] for one in ids if at_home.get(one) != homes[0]}
        else:
            new.append(tuple(ids))
    return Grouping(joined=places, new=tuple(new))


def spoken(group: Sequence[Asked]) -> str:
    """Return the language of a group: that of most messages of which it is sure."""
    sure = [one.lang_code for one in group if one.is_sure]
    votes = Counter(sure or [one.lang_code for one in group])
    return max(votes, key=lambda code: (votes[code], code))


def central(group: Sequence[Asked]) -> int:
    """Return the position of the message that is most like the others, the first of equals.

    In a pair both are equally central: the shorter says it with less around it.
    """
    if len(group) == 2:
        return 0 if len(group[0].text) <= len(group[1].text) else 1
    alike = _likeness(group, group)
    return int(alike.sum(axis=1).round(4).argmax())


def _joined(loose: Sequence[Asked], firm: Sequence[Sequence[Asked]]) -> dict[int, int]:
    """Return which firm group each message joins, of those that join one."""
    import numpy as np

    if not firm:
        return {}
    alike = _likeness(loose, [one for group in firm for one in group])
    starts = np.cumsum([0, *(len(group) for group in firm)])
    averages = np.stack(
        [alike[:, start:end].mean(axis=1) for start, end in pairwise(starts)], axis=1
    )
    best = averages.argmax(axis=1)
    return {
        one.id: int(best[at])
        for at, one in enumerate(loose)
        if averages[at, best[at]] >= TOGETHER
    }


def _likeness(some: Sequence[Asked], others: Sequence[Asked]) -> "Matrix":
    """Return how alike each of `some` is to each of `others`, 0..1."""
    import numpy as np

    meaning = _vectors(some) @ _vectors(others).T
    first, second = _letters(some), _letters(others)
    sizes = first.sum(axis=1)[:, None] + second.sum(axis=1)[None, :]
    letters = 2 * (first @ second.T) / np.maximum(sizes, 1)
    codes, other_codes = _codes(some), _codes(others)
    english = (codes == "en")[:, None] | (other_codes == "en")[None, :]
    share = np.where(english, _LETTERS, _LETTERS_ABROAD).astype(np.float32)
    alike = (1 - share) * meaning.clip(0, 1) + share * letters
    unsure = ~_sure(some)[:, None] | ~_sure(others)[None, :]
    speaks = unsure | (codes[:, None] == other_codes[None, :])
    result: Matrix = np.where(speaks, alike, 0).astype(np.float32)
    return result


def _codes(asked: Sequence[Asked]) -> "NDArray[np.str_]":
    import numpy as np

    return np.array([one.lang_code for one in asked])


def _sure(asked: Sequence[Asked]) -> "NDArray[np.bool_]":
    import numpy as np

    return np.array([one.is_sure for one in asked])


def _vectors(asked: Sequence[Asked]) -> "Matrix":
    import numpy as np

    return np.array([one.vector for one in asked], dtype=np.float32)


def _letters(asked: Sequence[Asked]) -> "Matrix":
    """Return which letter groups of telling words each message has."""
    import numpy as np

    found = np.zeros((len(asked), _BUCKETS), dtype=np.float32)
    for at, one in enumerate(asked):
        found[at, list(_buckets(one.text))] = 1
    return found


@lru_cache(maxsize=8192)
def _buckets(text: str) -> tuple[int, ...]:
    """Return the letter groups of a text by their hash; it is compared again and again."""
    return tuple({crc32(gram.encode()) % _BUCKETS for gram in grams(essence(text))})


def _linked(alike: "Matrix", bar: float) -> list[list[int]]:
    """Return groups of positions by average link, each in order, the earliest first.

    The two groups that are most alike become one, until none are alike enough. Each row
    remembers its best partner, so that a merge costs one pass and not the whole matrix.
    """
    import numpy as np

    count = len(alike)
    near = alike.copy()
    np.fill_diagonal(near, -1)
    sizes = np.ones(count, dtype=np.float32)
    groups = [[at] for at in range(count)]
    best = near.argmax(axis=1) if count else np.array([], dtype=int)
    while count > 1:
        tops = near[np.arange(count), best]
        one = int(tops.argmax())
        if tops[one] < bar:
            break
        one, other = sorted((one, int(best[one])))
        merged = (sizes[one] * near[one] + sizes[other] * near[other]) / (
            sizes[one] + sizes[other]
        )
        merged[[one, other]] = -1
        near[one, :] = near[:, one] = merged
        near[other, :] = near[:, other] = -1
        sizes[one] += sizes[other]
        groups[one] += groups[other]
        groups[other] = []
        stale = np.flatnonzero((best == one) | (best == other))
        best[stale] = near[stale].argmax(axis=1)
        best[one] = near[one].argmax()
    return sorted((sorted(group) for group in groups if group), key=lambda group: group[0])
