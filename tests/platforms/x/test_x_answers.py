"""What X's answers mean: problem JSON, the older list of errors, statuses."""

from typing import Any

import pytest

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
from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.x.errors import content_of, is_duplicate, judge, read_problem
from core.platforms.x.limits import cashtags


def answer(status: int, content: Any) -> Answer:
    return Answer(status=status, headers={}, json=content)


def problem(kind: str, title: str = "No", detail: str = "Because.") -> dict[str, str]:
    return {
        "title": title,
        "detail": detail,
        "type": f"https://api.x.com/2/problems/{kind}" if kind else "about:blank",
    }


def old(code: int) -> dict[str, Any]:
    return {"errors": [{"code": code, "message": f"refused with {code}"}]}


@pytest.mark.parametrize(
    ("status", "content", "result", "code"),
    [
        (400, problem("invalid-request"), AnswerClass.REFUSED, "invalid-request"),
        (401, problem(""), AnswerClass.RECONNECT, "HTTP 401"),
        (401, None, AnswerClass.RECONNECT, "HTTP 401"),
        (401, old(89), AnswerClass.RECONNECT, "89"),
        (402, {"title": "CreditsDepleted"}, AnswerClass.PERSON, "HTTP 402"),
        (402, problem("credits"), AnswerClass.PERSON, "credits"),
        (403, problem(""), AnswerClass.REFUSED, "HTTP 403"),
        (403, old(187), AnswerClass.REFUSED, "187"),
        (403, old(349), AnswerClass.REFUSED, "349"),
        (403, old(326), AnswerClass.PERSON, "326"),
        (403, problem("client-forbidden"), AnswerClass.PERSON, "client-forbidden"),
        (403, problem("usage-capped"), AnswerClass.PERSON, "usage-capped"),
        (
            403,
            problem("unsupported-authentication"),
            AnswerClass.RECONNECT,
            "unsupported-authentication",
        ),
        (404, problem("resource-not-found"), AnswerClass.REFUSED, "resource-not-found"),
        (429, problem(""), AnswerClass.SLOW_DOWN, "HTTP 429"),
        (429, old(88), AnswerClass.SLOW_DOWN, "88"),
        (429, problem("usage-capped"), AnswerClass.PERSON, "usage-capped"),
        (429, None, AnswerClass.SLOW_DOWN, "HTTP 429"),
        (500, old(131), AnswerClass.UNKNOWN, "131"),
        (503, problem("client-forbidden"), AnswerClass.UNKNOWN, "client-forbidden"),
        (503, None, AnswerClass.UNKNOWN, "HTTP 503"),
        (418, None, AnswerClass.UNKNOWN, "HTTP 418"),
        (302, None, AnswerClass.UNKNOWN, "HTTP 302"),
        (200, {"errors": [problem("resource-not-found")]}, AnswerClass.REFUSED, None),
        (200, {}, AnswerClass.UNKNOWN, "HTTP 200"),
        (200, {"data": {}}, AnswerClass.UNKNOWN, "HTTP 200"),
        (201, None, AnswerClass.UNKNOWN, "HTTP 201"),
        (403, {"errors": "no list", "title": 5}, AnswerClass.REFUSED, "HTTP 403"),
        (403, {"errors": [{"code": True}]}, AnswerClass.REFUSED, "HTTP 403"),
    ],
)
def test_an_answer_to_a_send_has_one_meaning(
    status: int, content: Any, result: AnswerClass, code: str | None
) -> None:
    judged = judge(answer(status, content), None, 42.0)
    assert judged.result is result
    assert judged.code == (code or "resource-not-found")
    assert judged.retry_after == (42.0 if result is AnswerClass.SLOW_DOWN else None)


def test_what_was_made_is_a_success_whatever_stands_beside_it() -> None:
    content = {"data": {"id": "7"}, "errors": [problem("resource-not-found")]}
    judged = judge(answer(201, content), "7", 0)
    assert (judged.result, judged.platform_message_id) == (AnswerClass.ACCEPTED, "7")
    assert content_of(answer(200, content), 0) == content


def test_an_id_under_an_error_status_proves_nothing() -> None:
    assert judge(answer(503, {"data": {"id": "7"}}), "7", 0).result is AnswerClass.UNKNOWN


@pytest.mark.parametrize(
    ("status", "content", "error"),
    [
        (401, None, ChannelSignedOut),
        (403, problem("client-forbidden"), NeedsPerson),
        (429, problem("usage-capped"), BudgetSpent),
        (402, problem("credits"), BudgetSpent),
        (429, old(88), RateLimited),
        (404, problem("resource-not-found"), NotFound),
        (200, {"errors": [problem("resource-not-found")]}, NotFound),
        (400, problem("invalid-request"), Refused),
        (503, None, PlatformDown),
        (418, None, PlatformDown),
    ],
)
def test_a_refused_question_says_what_must_happen_next(
    status: int, content: Any, error: type[SocialSyncError]
) -> None:
    with pytest.raises(error) as caught:
        content_of(answer(status, content), 42.0)
    assert caught.value.title
    if isinstance(caught.value, RateLimited):
        assert caught.value.retry_after == 42.0


def test_words_that_were_posted_before_are_known_by_code_or_text() -> None:
    said = problem(
        "", detail="You are not allowed to create a Tweet with duplicate content."
    )
    for content in (old(187), said):
        assert is_duplicate(judge(answer(403, content), None, 0))
    assert not is_duplicate(judge(answer(403, problem("")), None, 0))


def test_a_title_is_cut_before_it_fills_the_screen() -> None:
    found = read_problem(problem("", detail="x" * 5000))
    assert found is not None
    assert len(found.title) == 300


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("$ACME", 1),
        ("buy $ACME, sell $BRK.B", 2),
        ("costs $5 or US$ACME or $$ACME", 0),
        ("$TOOLONGTAG", 0),
    ],
)
def test_cashtags_are_counted(text: str, count: int) -> None:
    assert cashtags(text) == count
