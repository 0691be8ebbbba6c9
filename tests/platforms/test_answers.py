"""What each code means for a message: the tables, row by row, and what is in none."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.errors import ChannelSignedOut, NotFound, PlatformDown, RateLimited
from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.instagram.limits import ERRORS as INSTAGRAM
from core.platforms.meta.errors import ErrorTable, content_of, judge, read_error
from core.platforms.whatsapp.limits import ERRORS as WHATSAPP
from core.platforms.whatsapp.limits import pair_pause

BOTH = (WHATSAPP, INSTAGRAM)

COMMON: Mapping[AnswerClass, tuple[int, ...]] = {
    AnswerClass.UNKNOWN: (-1, 1, 2, 400, 36000, 999999),
    AnswerClass.SLOW_DOWN: (4, 17, 32, 341, 613, 80001, 80002, 80006, 80007, 80008),
    AnswerClass.RECONNECT: (0, 3, 10, 102, 104, 190, 200, 250, 299),
    AnswerClass.PERSON: (368,),
    AnswerClass.REFUSED: (33, 100, 506, 551),
}
ON_WHATSAPP: Mapping[AnswerClass, tuple[int, ...]] = {
    AnswerClass.UNKNOWN: (131000, 131016, 131099),
    AnswerClass.NOT_SENT: (131057, 132069, 133004),
    AnswerClass.SLOW_DOWN: (130429,),
    AnswerClass.WAIT_PAIR: (131056,),
    AnswerClass.WINDOW: (131047,),
    AnswerClass.RECONNECT: (131005,),
    AnswerClass.PERSON: (
        *(131031, 131037, 131042, 131044, 131045, 131048),
        *(133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016),
    ),
    AnswerClass.REFUSED: (
        *(130472, 130497, 131008, 131009, 131021, 131026, 131030, 131049, 131050, 131051),
        *(131052, 131053, 131062, 131063, 131064, 131215, 132000, 132001, 132005, 132007),
        *(132008, 132012, 132015, 132016, 132068, 134011, 135000, 137000),
    ),
}
BY_SUBCODE: tuple[tuple[int, int, AnswerClass], ...] = (
    (1, 1357046, AnswerClass.UNKNOWN),
    (551, 1545041, AnswerClass.REFUSED),
    (100, 33, AnswerClass.REFUSED),
    (613, 1996, AnswerClass.SLOW_DOWN),
    (190, 463, AnswerClass.RECONNECT),
)
ON_INSTAGRAM: tuple[tuple[int, int, AnswerClass], ...] = (
    (10, 2534022, AnswerClass.WINDOW),
    (100, 2534014, AnswerClass.REFUSED),
    (100, 2534029, AnswerClass.REFUSED),
    (200, 2534041, AnswerClass.RECONNECT),
    (613, 2534040, AnswerClass.SLOW_DOWN),
    (10, 1893063, AnswerClass.PERSON),
    (10, 2534025, AnswerClass.REFUSED),
)


def answer(
    error: Mapping[str, Any] | None = None, status: int = 400, **headers: str
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if error is None else {"error": error}
    return Answer(status=status, headers=named, json=content)


def rows(table: Mapping[AnswerClass, tuple[int, ...]]) -> list[tuple[int, AnswerClass]]:
    return [(code, meaning) for meaning, codes in table.items() for code in codes]


@pytest.mark.parametrize(("code", "meaning"), rows(COMMON))
@pytest.mark.parametrize("table", BOTH, ids=["whatsapp", "instagram"])
def test_a_common_code_means_the_same_everywhere(
    table: ErrorTable, code: int, meaning: AnswerClass
) -> None:
    assert judge(answer({"code": code}), table, None).result is meaning


@pytest.mark.parametrize(("code", "meaning"), rows(ON_WHATSAPP))
def test_a_code_of_whatsapp(code: int, meaning: AnswerClass) -> None:
    assert judge(answer({"code": code}), WHATSAPP, None).result is meaning


@pytest.mark.parametrize(("code", "subcode", "meaning"), BY_SUBCODE)
@pytest.mark.parametrize("table", BOTH, ids=["whatsapp", "instagram"])
def test_a_subcode_is_heard_before_its_code(
    table: ErrorTable, code: int, subcode: int, meaning: AnswerClass
) -> None:
    error = {"code": code, "error_subcode": subcode}
    assert judge(answer(error), table, None).result is meaning


@pytest.mark.parametrize(("code", "subcode", "meaning"), ON_INSTAGRAM)
def test_a_subcode_of_instagram(code: int, subcode: int, meaning: AnswerClass) -> None:
    got = judge(answer({"code": code, "error_subcode": subcode}), INSTAGRAM, None)
    assert (got.result, got.code) == (meaning, f"{code}/{subcode}")


@pytest.mark.parametrize("code", [4, 131047, 131056, 133004, 100])
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_5xx_may_hide_a_message_that_was_sent(status: int, code: int) -> None:
    assert (
        judge(answer({"code": code}, status), WHATSAPP, None).result is AnswerClass.UNKNOWN
    )
    assert judge(answer(None, status), WHATSAPP, None).result is AnswerClass.UNKNOWN


def test_a_code_decides_whatever_the_status() -> None:
    for status in (200, 400, 401, 403, 429):
        got = judge(answer({"code": 131047}, status), WHATSAPP, "wamid.1")
        assert got.result is AnswerClass.WINDOW


def test_an_error_under_200_is_an_error() -> None:
    got = judge(answer({"code": 190, "message": "expired"}, 200), INSTAGRAM, None)
    assert (got.result, got.code, got.title) == (AnswerClass.RECONNECT, "190", "expired")


@pytest.mark.parametrize("code", [None, "busy", True, 1.5, 999999, 131000])
def test_a_429_without_a_code_of_its_own_slows_down(code: Any) -> None:
    got = judge(answer({"code": code}, 429, retry_after="9"), WHATSAPP, None)
    assert (got.result, got.retry_after) == (AnswerClass.SLOW_DOWN, 9)


def test_regain_time_serves_where_retry_after_is_absent() -> None:
    usage = '{"1": [{"estimated_time_to_regain_access": 3}]}'
    told = answer({"code": 80007}, x_business_use_case_usage=usage)
    assert judge(told, WHATSAPP, None).retry_after == 180


def test_a_success_without_an_id_is_not_known_to_be_one() -> None:
    got = judge(Answer(status=200, headers={}, json={"success": True}), WHATSAPP, None)
    assert got.result is AnswerClass.UNKNOWN


@pytest.mark.parametrize("status", [301, 401, 403, 404])
def test_a_refusal_in_unknown_words_is_not_known_to_be_one(status: int) -> None:
    assert judge(answer(None, status), WHATSAPP, None).result is AnswerClass.UNKNOWN


@pytest.mark.parametrize("content", [None, [], "x", {}, {"error": None}, {"error": {}}])
def test_a_body_without_error_has_none(content: Any) -> None:
    assert read_error(content) is None


@pytest.mark.parametrize("error", ["boom", ["boom"], {"code": "x"}, {"message": 5}])
def test_an_error_in_a_strange_shape_is_still_one(error: Any) -> None:
    found = read_error({"error": error})
    assert found is not None
    assert (found.code, found.name) == (None, None)


def test_a_title_says_what_the_platform_says_to_people() -> None:
    error = {
        "message": "(#131026) Undeliverable",
        "code": 131026,
        "error_data": {"details": "The number is not on WhatsApp."},
    }
    assert judge(answer(error), WHATSAPP, None).title == (
        "(#131026) Undeliverable The number is not on WhatsApp."
    )


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        (190, 401, ChannelSignedOut),
        (4, 400, RateLimited),
        (100, 404, NotFound),
        (None, 404, NotFound),
        (1, 500, PlatformDown),
        (999999, 400, PlatformDown),
    ],
)
def test_a_refused_question_is_named_after_what_comes_next(
    code: int | None, status: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        content_of(answer({"code": code}, status), WHATSAPP)


def test_a_conversation_rests_longer_each_time() -> None:
    assert [pair_pause(attempt) for attempt in range(6)] == [6, 6, 24, 96, 96, 96]
