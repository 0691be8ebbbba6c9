"""Judge what X answers: problem JSON, the older `errors` list, statuses.

A problem's `type` says more than its code, a code more than the status. What is in no
table is judged by its status, and a 5xx may follow a message that was accepted. A 200
with `data` is a success even when `errors` stands beside it (CONTRACTS 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.domain.errors import (
    BudgetSpent,
    ChannelSignedOut,
    NeedsPerson,
    NotFound,
    PlatformDown,
    RateLimited,
    Refused,
    SocialSyncError,
)
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer
from core.platforms.untyped import items, section, words

_TITLE_LIMIT: Final = 300
_DUPLICATE_CODE: Final = 187
_DUPLICATE_WORD: Final = "duplicate content"


def _rows(meaning: AnswerClass, *keys: Any) -> dict[Any, AnswerClass]:
    return dict.fromkeys(keys, meaning)


SPENT: Final = frozenset({"usage-capped", "credits", "credits-depleted"})

KINDS: Final[Mapping[str, AnswerClass]] = {
    **_rows(AnswerClass.PERSON, *SPENT, "client-forbidden"),
    **_rows(AnswerClass.RECONNECT, "unsupported-authentication", "oauth1-permissions"),
    **_rows(
        AnswerClass.REFUSED,
        "invalid-request",
        "resource-not-found",
        "resource-unavailable",
        "not-authorized-for-resource",
        "not-authorized-for-field",
        "disallowed-resource",
    ),
}
"""By the last part of a problem's `type`."""

CODES: Final[Mapping[int, AnswerClass]] = {
    **_rows(AnswerClass.RECONNECT, 32, 89, 99, 135, 215),
    **_rows(AnswerClass.PERSON, 63, 64, 87, 226, 261, 326, 453),
    **_rows(AnswerClass.SLOW_DOWN, 88, 185),
    **_rows(AnswerClass.UNKNOWN, 130, 131),
    **_rows(AnswerClass.REFUSED, 34, 136, 144, 150, 151, 179, 186, _DUPLICATE_CODE, 324),
    **_rows(AnswerClass.REFUSED, 349, 354, 385, 386, 433),
}
"""By the codes of the older shape, which still come, above all from DMs and limits."""

STATUSES: Final[Mapping[int, AnswerClass]] = {
    401: AnswerClass.RECONNECT,
    402: AnswerClass.PERSON,  # credits are used up
    429: AnswerClass.SLOW_DOWN,
    **_rows(AnswerClass.REFUSED, 400, 403, 404, 409, 410, 413, 415, 422),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, whichever way X wrote it down; `kind` is the end of its `type`."""

    kind: str = ""
    code: int | None = None
    title: str = ""


def read_problem(content: Any) -> Problem | None:
    """Return the problem in an answer's JSON, None when it holds none or data as well."""
    whole = section(content)
    if whole.get("data"):
        return None
    listed = [section(error) for error in items(whole.get("errors"))]
    error = listed[0] if listed else {}
    if not (error or whole.get("title") or whole.get("detail") or whole.get("type")):
        return None
    kind = words(whole.get("type")) or words(error.get("type"))
    code = error.get("code")
    return Problem(
        kind=kind.rstrip("/").rpartition("/")[2],
        code=code if isinstance(code, int) and not isinstance(code, bool) else None,
        title=_title(whole, error)[:_TITLE_LIMIT],
    )


def _title(whole: Mapping[str, Any], error: Mapping[str, Any]) -> str:
    found = (
        words(part.get(name))
        for part, name in (
            (whole, "detail"),
            (error, "detail"),
            (error, "message"),
            (whole, "title"),
            (error, "title"),
        )
    )
    return next(filter(None, found), "")


def judge(answer: Answer, found_id: str | None, closed_for: float) -> SendAnswer:
    """Return what an answer means for a send; `found_id` is the id that it names.

    `closed_for` is how long the limiter will keep the lane closed after this answer.
    """
    if answer.good and found_id is not None:
        return SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=found_id)
    problem = read_problem(answer.json)
    result = meaning(answer, problem)
    return SendAnswer(
        result=result,
        code=_name(answer, problem),
        title=problem.title if problem is not None else "",
        retry_after=(closed_for or None) if result is AnswerClass.SLOW_DOWN else None,
    )


def is_duplicate(answer: SendAnswer) -> bool:
    """Return whether X refused words that it says we have posted before."""
    return answer.code == str(_DUPLICATE_CODE) or _DUPLICATE_WORD in answer.title.lower()


def meaning(answer: Answer, problem: Problem | None) -> AnswerClass:
    """Return the class of an answer that is not a plain success."""
    if answer.status >= 500:
        return AnswerClass.UNKNOWN
    if problem is not None and problem.kind in KINDS:
        return KINDS[problem.kind]
    if answer.status == 429:
        return AnswerClass.SLOW_DOWN
    if problem is not None and problem.code is not None and problem.code in CODES:
        return CODES[problem.code]
    if answer.good and problem is not None:
        return AnswerClass.REFUSED
    return STATUSES.get(answer.status, AnswerClass.UNKNOWN)


def _name(answer: Answer, problem: Problem | None) -> str:
    if problem is not None and problem.kind not in ("", "about:blank"):
        return problem.kind
    if problem is not None and problem.code is not None:
        return str(problem.code)
    return f"HTTP {answer.status}"


def content_of(answer: Answer, closed_for: float) -> Mapping[str, Any]:
    """Return the JSON object of a question's answer, or raise what the refusal means.

    For questions only: nothing was sent, so what would be UNKNOWN for a message is merely
    worth asking again.
    """
    problem = read_problem(answer.json)
    if answer.good and problem is None:
        return section(answer.json)
    raise refusal(meaning(answer, problem), problem, closed_for)


def refusal(
    result: AnswerClass, problem: Problem | None, closed_for: float
) -> SocialSyncError:
    """Return the error that a class of answer is to whoever asked."""
    title = (problem.title if problem is not None else "") or "X refused."
    match result:
        case AnswerClass.RECONNECT:
            return ChannelSignedOut(title, "Connect the channel again.")
        case AnswerClass.SLOW_DOWN:
            return RateLimited(title, retry_after=closed_for or None)
        case AnswerClass.PERSON if problem is not None and problem.kind not in SPENT:
            return NeedsPerson(title, "Look at the account and the app on X.")
        case AnswerClass.PERSON:
            return BudgetSpent(title, "Raise the spending cap or add credits on X.")
        case AnswerClass.REFUSED if problem is not None and _is_gone(problem):
            return NotFound(title)
        case AnswerClass.REFUSED:
            return Refused(title)
        case _:
            return PlatformDown(title)


def _is_gone(problem: Problem) -> bool:
    return problem.kind == "resource-not-found" or problem.code in (34, 144)
