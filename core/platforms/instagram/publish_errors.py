"""What Instagram's codes for posts mean, row by row (CONTRACTS 3.4).

Containers tell them as `Error: ... 2207026` in their status, calls as `error_subcode`.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from core.domain.outbox import AnswerClass
from core.platforms.instagram.limits import ERRORS
from core.platforms.meta.errors import ErrorTable


class Remedy(StrEnum):
    """What to do about a post that met an error."""

    AGAIN = "again"
    """The same step once more, later."""
    AFRESH = "afresh"
    """A new container; this one is spent."""
    UNREADY = "unready"
    """Ask for the container's state until it is finished."""
    TOMORROW = "tomorrow"
    """The day's posts are used up."""
    PERSON = "person"
    REFUSED = "refused"


def _rows(remedy: Remedy, *codes: int) -> dict[int, Remedy]:
    return dict.fromkeys(codes, remedy)


REMEDIES: Final[Mapping[int, Remedy]] = {
    **_rows(Remedy.AGAIN, 2207001, 2207003, 2207032, 2207008),
    **_rows(Remedy.AFRESH, 2207020, 2207053, 2207006),
    **_rows(Remedy.UNREADY, 2207027),
    **_rows(Remedy.TOMORROW, 2207042),
    **_rows(Remedy.PERSON, 2207050, 2207051),
    **_rows(Remedy.REFUSED, 2207004, 2207005, 2207009, 2207010, 2207026, 2207052, 2207057),
    **_rows(Remedy.REFUSED, *range(2207023, 2207026), *range(2207028, 2207032)),
    **_rows(Remedy.REFUSED, *range(2207033, 2207041)),
}
"""Codes in no row (2207076, 2207077, 2207081, 2207082: nobody says what they mean) are
tried afresh once; a picture that failed twice in the same words is bad."""

_CLASSES: Final = {
    Remedy.AGAIN: AnswerClass.NOT_SENT,
    Remedy.AFRESH: AnswerClass.NOT_SENT,
    Remedy.UNREADY: AnswerClass.NOT_SENT,
    Remedy.TOMORROW: AnswerClass.SLOW_DOWN,
    Remedy.PERSON: AnswerClass.PERSON,
    Remedy.REFUSED: AnswerClass.REFUSED,
}

POST_ERRORS: Final = ErrorTable(
    subcodes={code: _CLASSES[remedy] for code, remedy in REMEDIES.items()},
    codes={
        -2: AnswerClass.NOT_SENT,
        -1: AnswerClass.NOT_SENT,
        9: AnswerClass.SLOW_DOWN,
        24: AnswerClass.REFUSED,
        25: AnswerClass.PERSON,
        352: AnswerClass.REFUSED,
        9004: AnswerClass.REFUSED,
        9007: AnswerClass.NOT_SENT,
        36000: AnswerClass.REFUSED,
        36001: AnswerClass.REFUSED,
        36003: AnswerClass.REFUSED,
        36004: AnswerClass.REFUSED,
    },
).over(ERRORS)

LOOK_ERRORS: Final = ErrorTable(
    subcodes={
        2207008: AnswerClass.REFUSED,
        **{
            code: AnswerClass.UNKNOWN
            for code, remedy in REMEDIES.items()
            if remedy is Remedy.AGAIN and code != 2207008
        },
    },
    codes={-2: AnswerClass.UNKNOWN},
).over(POST_ERRORS)
"""For questions, where what may be asked again is UNKNOWN and what is not there REFUSED."""

_CODE: Final = re.compile(r"\b2207\d{3}\b")


def code_in(text: str) -> int | None:
    """Return the 2207xxx in a container's status or an answer's code, None without one."""
    found = _CODE.search(text)
    return int(found.group()) if found else None


def class_of(code: int | None) -> AnswerClass:
    """Return how a failure for good is told to the person who wrote the post."""
    remedy = REMEDIES.get(code) if code is not None else None
    return AnswerClass.PERSON if remedy is Remedy.PERSON else AnswerClass.REFUSED
