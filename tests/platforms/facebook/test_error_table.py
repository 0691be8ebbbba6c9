"""What Facebook's codes mean for a message, row by row (CONTRACTS 1 and 4)."""

import pytest

from core.domain.errors import (
    ChannelSignedOut,
    NeedsPerson,
    NotFound,
    PlatformDown,
    RateLimited,
)
from core.domain.outbox import AnswerClass
from core.platforms.base import ChannelSession
from core.platforms.facebook import Facebook
from core.platforms.facebook.limits import PUBLISH_ERRORS
from tests.platforms.graph_double import Graph, an_item

FACEBOOK = Facebook()


@pytest.mark.parametrize(
    ("code", "subcode", "result"),
    [
        (10, 2018278, AnswerClass.WINDOW),
        (10, 2018065, AnswerClass.REFUSED),
        (10, 2018108, AnswerClass.REFUSED),
        (100, 2018001, AnswerClass.REFUSED),
        (100, 2018109, AnswerClass.REFUSED),
        (100, 2018034, AnswerClass.REFUSED),
        (551, 1545041, AnswerClass.REFUSED),
        (551, None, AnswerClass.REFUSED),
        (4, 2018022, AnswerClass.SLOW_DOWN),
        (613, None, AnswerClass.SLOW_DOWN),
        (613, 1996, AnswerClass.SLOW_DOWN),
        (32, None, AnswerClass.SLOW_DOWN),
        (80001, None, AnswerClass.SLOW_DOWN),
        (80006, None, AnswerClass.SLOW_DOWN),
        (1200, None, AnswerClass.NOT_SENT),
        (2, 2018344, AnswerClass.PERSON),
        (368, None, AnswerClass.PERSON),
        (2, None, AnswerClass.UNKNOWN),
        (1, None, AnswerClass.UNKNOWN),
        (1, 1357046, AnswerClass.UNKNOWN),
        (190, 460, AnswerClass.RECONNECT),
        (190, 492, AnswerClass.RECONNECT),
        (3, None, AnswerClass.RECONNECT),
        (200, None, AnswerClass.RECONNECT),
        (10, None, AnswerClass.RECONNECT),
        (10900, None, AnswerClass.REFUSED),
        (424242, None, AnswerClass.UNKNOWN),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
async def test_a_code_means_the_same_whatever_the_status(
    graph: Graph,
    session: ChannelSession,
    code: int,
    subcode: int | None,
    result: AnswerClass,
    status: int,
) -> None:
    for _ in range(2):  # the second is for a person's tag, where the window is closed
        graph.refuse(code, subcode, status=status)
    answer = await FACEBOOK.send(session, an_item(), None)
    assert answer.result is result
    assert answer.code is not None
    assert answer.code.startswith(str(code))


async def test_a_rest_that_headers_ask_for_is_kept(
    graph: Graph, session: ChannelSession
) -> None:
    budget = '{"104777":[{"type":"messenger","estimated_time_to_regain_access":19}]}'
    error = {"error": {"message": "slow down", "code": 80006}}
    graph.reply(error, 400, x_business_use_case_usage=budget)
    answer = await FACEBOOK.send(session, an_item(), None)
    assert (answer.result, answer.retry_after) == (AnswerClass.SLOW_DOWN, 19 * 60)
    again = await FACEBOOK.send(session, an_item(), None)
    assert again.result is AnswerClass.SLOW_DOWN
    assert len(graph.requests) == 1


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (368, NeedsPerson),
        (190, ChannelSignedOut),
        (1200, PlatformDown),
        (2, PlatformDown),
        (613, RateLimited),
        (100, NotFound),
    ],
)
async def test_a_question_that_is_refused_says_what_must_happen_next(
    graph: Graph, session: ChannelSession, code: int, error: type[Exception]
) -> None:
    graph.refuse(code)
    with pytest.raises(error):
        await FACEBOOK.comments.page(session, "110_1", None)


@pytest.mark.parametrize(
    ("subcode", "result"),
    [
        (1366046, AnswerClass.REFUSED),
        (1366051, AnswerClass.REFUSED),
        (1346003, AnswerClass.REFUSED),
        (1390008, AnswerClass.SLOW_DOWN),
        (1404078, AnswerClass.PERSON),
        (1363047, AnswerClass.NOT_SENT),
        (1609010, AnswerClass.NOT_SENT),
    ],
)
def test_codes_of_publishing(subcode: int, result: AnswerClass) -> None:
    assert PUBLISH_ERRORS.meaning(100, subcode) is result
