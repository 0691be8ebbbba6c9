"""What LinkedIn's refusals mean, row by row."""

import pytest

from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.linkedin.limits import (
    SHORT_PAUSE_SECONDS,
    meaning_of,
    pause_after,
    read_error,
)

TABLE = [
    (400, "ILLEGAL_ARGUMENT", "", AnswerClass.REFUSED),
    (401, "REVOKED_ACCESS_TOKEN", "", AnswerClass.RECONNECT),
    (403, "ACCESS_DENIED", "", AnswerClass.RECONNECT),
    (403, "ACCESS_DENIED", "Throttled for a while", AnswerClass.SLOW_DOWN),
    (404, "NOT_FOUND", "", AnswerClass.REFUSED),
    (409, "CONFLICT", "", AnswerClass.UNKNOWN),
    (422, "UNPROCESSABLE_ENTITY", "No such mention", AnswerClass.REFUSED),
    (422, "DUPLICATE_POST", "Content is a duplicate of it", AnswerClass.UNKNOWN),
    (426, "NONEXISTENT_VERSION", "", AnswerClass.PERSON),
    (429, "TOO_MANY_REQUESTS", "", AnswerClass.SLOW_DOWN),
    (500, "INTERNAL_SERVER_ERROR", "", AnswerClass.UNKNOWN),
    (503, "", "", AnswerClass.UNKNOWN),
    (418, "", "", AnswerClass.UNKNOWN),
]


@pytest.mark.parametrize(("status", "code", "message", "meaning"), TABLE)
def test_a_refusal_means_what_must_happen(
    status: int, code: str, message: str, meaning: AnswerClass
) -> None:
    body = {"status": status, "code": code, "message": message}
    assert meaning_of(read_error(status, body)) is meaning


@pytest.mark.parametrize("body", [None, [], "text", {"message": 5, "code": None}])
def test_an_error_without_a_body_is_known_by_its_status(body: object) -> None:
    error = read_error(401, body)
    assert meaning_of(error) is AnswerClass.RECONNECT
    assert error.name == "HTTP 401"


@pytest.mark.parametrize(
    ("message", "headers", "seconds"),
    [
        ("Comment create throttled", {}, SHORT_PAUSE_SECONDS),
        ("anything", {"retry-after": "7"}, 7),
        ("MEMBER DAY limit", {"date": "Tue, 03 Nov 2026 23:59:00 GMT"}, 60),
        ("APPLICATION DAY limit", {"date": "Tue, 03 Nov 2026 00:00:00 GMT"}, 24 * 3600),
        ("APPLICATION DAY limit", {}, 3600),
        ("APPLICATION DAY limit", {"date": "yesterday"}, 3600),
    ],
)
def test_a_limit_lasts_as_long_as_its_words_say(
    message: str, headers: dict[str, str], seconds: float
) -> None:
    answer = Answer(status=429, headers=headers, json={"message": message})
    assert pause_after(answer, read_error(429, answer.json)) == seconds
