"""LinkedIn's numbers: lengths, sizes, how fast it lets us go, and what its codes mean."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.net.limits import Lane, read_retry_after
from core.platforms.pace import ReadingPace
from core.platforms.untyped import identifier, section, words

VERSION: Final = "202609"
"""The newest one that CONTRACTS 6 saw in use; each lives a year or more, then answers 426."""
COMMENT_LIMIT: Final = 1250
POST_LIMIT: Final = 3000
PICTURES_LIMIT: Final = 20
PART_BYTES: Final = 4 * 1024 * 1024
PAGE: Final = 20
READING_PACE: Final = ReadingPace(
    every=timedelta(minutes=90),
    pages=2,
    resumes_after=timedelta(minutes=30),
    lists_every=timedelta(hours=1),
)
"""The Development tier has 500 calls a day for an app and 100 for a member (CONTRACTS 6), which
LinkedIn counts for each resource: five quiet posts take 80 of those for comments."""
LOOKS_EVERY: Final = timedelta(hours=1)
"""A look asks each resource once or twice, so this takes up to 48 of the same hundred."""

READS_PER_SECOND: Final = 4.0
WRITES_PER_SECOND: Final = 1.0
"""LinkedIn publishes none but the day's (500 calls in the Development tier)."""
SHORT_PAUSE_SECONDS: Final = 60.0
"""How long "Comment create throttled" has been seen to last."""
_UNDATED_PAUSE_SECONDS: Final = 3600.0
_TITLE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: a status, perhaps only with a phrase in its message."""

    status: int
    meaning: AnswerClass
    phrase: str = ""

    def fits(self, error: "RestError") -> bool:
        """Return whether this line speaks about `error`."""
        return self.status == error.status and self.phrase in error.message.lower()


ERRORS: Final = (
    Row(status=400, meaning=AnswerClass.REFUSED),
    Row(status=401, meaning=AnswerClass.RECONNECT),  # revoked, expired
    Row(status=403, phrase="throttle", meaning=AnswerClass.SLOW_DOWN),
    Row(status=403, meaning=AnswerClass.RECONNECT),  # the role or a scope is gone
    Row(status=404, meaning=AnswerClass.REFUSED),
    Row(status=405, meaning=AnswerClass.REFUSED),
    Row(status=409, meaning=AnswerClass.UNKNOWN),  # perhaps it is there already
    Row(status=413, meaning=AnswerClass.REFUSED),
    Row(status=422, phrase="duplicate", meaning=AnswerClass.UNKNOWN),
    Row(status=422, meaning=AnswerClass.REFUSED),
    Row(status=426, meaning=AnswerClass.PERSON),  # this version has been switched off
    Row(status=429, meaning=AnswerClass.SLOW_DOWN),
)
"""The first line that fits decides; what none names, a 5xx above all, may have happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestError:
    """An error body: `{status, message, serviceErrorCode?, code?}`."""

    status: int
    code: str
    service_code: str
    message: str

    @property
    def name(self) -> str:
        """Return what a log and a support request call it."""
        code = self.code or self.service_code
        return f"{self.status}/{code}" if code else f"HTTP {self.status}"


def read_error(status: int, content: Any) -> RestError:
    """Return the error of an answer; the HTTP status counts, the body's may be missing."""
    body = section(content)
    return RestError(
        status=status,
        code=words(body.get("code")),
        service_code=identifier(body.get("serviceErrorCode")) or "",
        message=words(body.get("message"))[:_TITLE_LIMIT],
    )


def meaning_of(error: RestError) -> AnswerClass:
    """Return what an error means for a call that was to change something."""
    return next((row.meaning for row in ERRORS if row.fits(error)), AnswerClass.UNKNOWN)


def pause_after(answer: Answer, error: RestError) -> float:
    """Return how long to leave LinkedIn alone after "too many".

    It documents no Retry-After. A day's limit is over at 00:00 UTC by its own clock, a
    short one after about a minute (CONTRACTS 6).
    """
    told = read_retry_after(answer.headers)
    if told is not None:
        return told
    if " day " not in f" {error.message.lower()} ":
        return SHORT_PAUSE_SECONDS
    now = platform_time(answer)
    if now is None:
        return _UNDATED_PAUSE_SECONDS
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - now).total_seconds()


def platform_time(answer: Answer) -> datetime | None:
    """Return the time on LinkedIn's clock when it answered, None if it did not say."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None


def reading(account_id: str, endpoint: str) -> Lane:
    """Return the lane of questions of one kind: LinkedIn counts per resource."""
    return Lane(
        account_id=account_id, endpoint=f"{endpoint}.get", per_second=READS_PER_SECOND
    )


def writing(account_id: str, endpoint: str) -> Lane:
    """Return the lane of what changes something, apart from questions about the same."""
    return Lane(account_id=account_id, endpoint=endpoint, per_second=WRITES_PER_SECOND)
