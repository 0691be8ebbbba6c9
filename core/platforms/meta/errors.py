"""Judge what the Graph API answers, by tables.

The HTTP status of one code varies, and an `error` has been seen under 200, so the code
decides and `error` is looked for everywhere. Each platform lays its own table over
`GRAPH_ERRORS`; a code in no table means "it may have been sent".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.domain.errors import (
    ChannelSignedOut,
    NeedsPerson,
    NotFound,
    PlatformDown,
    RateLimited,
    SocialSyncError,
)
from core.domain.outbox import AnswerClass, SendAnswer
from core.net.client import Answer
from core.net.limits import read_retry_after, read_usage
from core.platforms.untyped import section, words

_TITLE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorTable:
    """What error codes mean for a send; subcodes are more exact than codes, codes than ranges."""

    codes: Mapping[int, AnswerClass] = field(default_factory=dict)
    subcodes: Mapping[int, AnswerClass] = field(default_factory=dict)
    ranges: tuple[tuple[range, AnswerClass], ...] = ()

    def over(self, other: "ErrorTable") -> "ErrorTable":
        """Return this table laid over `other`."""
        return ErrorTable(
            codes={**other.codes, **self.codes},
            subcodes={**other.subcodes, **self.subcodes},
            ranges=(*self.ranges, *other.ranges),
        )

    def meaning(self, code: int | None, subcode: int | None) -> AnswerClass:
        """Return the class of an error; UNKNOWN for what no row names."""
        if subcode is not None and subcode in self.subcodes:
            return self.subcodes[subcode]
        if code is None:
            return AnswerClass.UNKNOWN
        if code in self.codes:
            return self.codes[code]
        for codes, meaning in self.ranges:
            if code in codes:
                return meaning
        return AnswerClass.UNKNOWN


def _rows(meaning: AnswerClass, *codes: int) -> dict[int, AnswerClass]:
    return dict.fromkeys(codes, meaning)


GRAPH_ERRORS: Final = ErrorTable(
    codes={
        **_rows(AnswerClass.UNKNOWN, -1, 1, 2),
        **_rows(AnswerClass.SLOW_DOWN, 4, 17, 32, 341, 613),
        **_rows(AnswerClass.SLOW_DOWN, 80001, 80002, 80006, 80007, 80008),
        **_rows(AnswerClass.RECONNECT, 0, 3, 10, 102, 104, 190),
        **_rows(AnswerClass.PERSON, 368),  # blocked for policy for a while
        **_rows(AnswerClass.REFUSED, 33, 100, 506, 551),
    },
    subcodes={
        1357046: AnswerClass.UNKNOWN,  # "invalid JSON reply" to a message that was sent
        1545041: AnswerClass.REFUSED,
    },
    ranges=((range(200, 300), AnswerClass.RECONNECT),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphError:
    """The `error` of a Graph answer."""

    code: int | None
    subcode: int | None
    message: str

    @property
    def name(self) -> str | None:
        """Return how a person looks it up: `131047`, or `10/2534022`."""
        if self.code is None:
            return None
        return f"{self.code}/{self.subcode}" if self.subcode is not None else str(self.code)


def read_error(content: Any) -> GraphError | None:
    """Return the error in an answer's JSON, None when it holds none."""
    if not isinstance(content, dict) or not content.get("error"):
        return None
    error = section(content["error"])
    details = words(section(error.get("error_data")).get("details"))
    message = words(error.get("error_user_msg")) or words(error.get("message"))
    title = f"{message} {details}".strip() if details not in message else message
    return GraphError(
        code=_number(error.get("code")),
        subcode=_number(error.get("error_subcode")),
        message=title[:_TITLE_LIMIT],
    )


def judge(answer: Answer, table: ErrorTable, message_id: str | None) -> SendAnswer:
    """Return what an answer means for the message; `message_id` is the id found in it."""
    error = read_error(answer.json)
    if error is None and answer.good and message_id is not None:
        return SendAnswer(result=AnswerClass.ACCEPTED, platform_message_id=message_id)
    result = _result(answer, table, error)
    return SendAnswer(
        result=result,
        code=error.name if error is not None else f"HTTP {answer.status}",
        title=error.message if error is not None else "",
        retry_after=_pause(answer) if result is AnswerClass.SLOW_DOWN else None,
    )


def _result(answer: Answer, table: ErrorTable, error: GraphError | None) -> AnswerClass:
    """Return the class; a 5xx may follow an accepted message, whatever code it carries."""
    if answer.status >= 500:
        return AnswerClass.UNKNOWN
    meaning = (
        table.meaning(error.code, error.subcode)
        if error is not None
        else AnswerClass.UNKNOWN
    )
    if meaning is AnswerClass.UNKNOWN and answer.status == 429:
        return AnswerClass.SLOW_DOWN
    return meaning


def _pause(answer: Answer) -> float | None:
    """Return how long the platform wants to be left alone, None when it does not say."""
    told = read_retry_after(answer.headers)
    return told if told is not None else read_usage(answer.headers).regain_seconds or None


def content_of(answer: Answer, table: ErrorTable) -> Mapping[str, Any]:
    """Return the JSON object of a question's answer, or raise what the refusal means.

    For questions only: nothing was sent, so what would be UNKNOWN for a message is
    merely worth asking again.
    """
    error = read_error(answer.json)
    if error is None and answer.good:
        return section(answer.json)
    raise _refusal(_result(answer, table, error), answer, error)


def _refusal(
    meaning: AnswerClass, answer: Answer, error: GraphError | None
) -> SocialSyncError:
    title = (
        error.message if error is not None and error.message else "The platform refused."
    )
    if meaning is AnswerClass.RECONNECT:
        return ChannelSignedOut(title, "Connect the channel again.")
    if meaning in (AnswerClass.SLOW_DOWN, AnswerClass.WAIT_PAIR):
        return RateLimited(title, retry_after=_pause(answer))
    if meaning is AnswerClass.PERSON:
        return NeedsPerson(title, "See on the platform what it wants from the account.")
    if meaning is AnswerClass.NOT_SENT:
        return PlatformDown(title)
    if meaning is AnswerClass.UNKNOWN and answer.status != 404:
        return PlatformDown(title)
    return NotFound(title)


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit()
        else None
    )
