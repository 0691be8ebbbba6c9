"""Direct messages on X, over real HTTP to the sandbox."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.errors import RateLimited
from core.domain.incoming import IncomingEcho, IncomingMessage, IncomingReadMark
from core.domain.message import MessageType
from core.domain.outbox import AnswerClass, OutboundMedia, OutboxItem
from core.platforms.base import PendingMedia
from core.platforms.x import X
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from tests.platforms.graph_double import an_item
from tests.platforms.x.stage import ANNA, US, Stage

PLATFORM = X()


def a_message(text: str = "Until 7 pm", **fields: Any) -> OutboxItem:
    known = {"platform": PlatformName.X, "account_id": US.account_id, "recipient": ANNA.id}
    return an_item(text, **{**known, **fields})


def a_picture(mime_type: str = "image/png", kind: str = "image") -> OutboundMedia:
    return OutboundMedia(
        attachment_id=UUID(int=6), kind=kind, mime_type=mime_type, file_name="cup.png"
    )


def spoil(stage: Stage, kind: Fault, endpoint: Endpoint = Endpoint.X_MESSAGES) -> None:
    stage.sandbox.faults.add(FaultRule(kind=kind, endpoint=endpoint, times=1, seconds=90))


async def test_a_message_is_accepted_once_and_comes_back_as_echo_and_read_mark(
    stage: Stage,
) -> None:
    answer = await PLATFORM.send(stage.session, a_message(), None)
    await stage.sandbox.settle()

    (sent,) = stage.sandbox.sends()
    assert (answer.result, answer.platform_message_id) == (
        AnswerClass.ACCEPTED,
        sent.message_id,
    )
    assert sent.recipient == ANNA.id
    echo, read = stage.facts()
    assert isinstance(echo, IncomingEcho)
    assert (echo.key, echo.text) == (sent.message_id, "Until 7 pm")
    assert (echo.customer.platform_customer_id, echo.customer.name) == (ANNA.id, "Anna")
    assert isinstance(read, IncomingReadMark)
    assert (read.customer_id, read.platform_message_id) == (ANNA.id, sent.message_id)


async def test_a_picture_is_uploaded_in_pieces_and_travels_with_its_text(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.platforms.x.uploads.CHUNK_BYTES", 100)
    picture = draw("cup")
    answer = await PLATFORM.send(
        stage.session, a_message("Like this one", media=a_picture()), picture
    )
    await stage.sandbox.settle()

    assert answer.result is AnswerClass.ACCEPTED
    (file,) = stage.sandbox.state.x.files.values()
    assert (file.content, file.mime_type, file.category) == (
        picture,
        "image/png",
        "dm_image",
    )
    assert len(file.parts) > 1
    echo = stage.facts()[0]
    assert isinstance(echo, IncomingEcho)
    assert (echo.text, echo.type) == ("Like this one", MessageType.IMAGE)


async def test_a_film_is_sent_once_x_is_done_with_it(stage: Stage) -> None:
    film = a_picture("video/mp4", "video")
    answer = await PLATFORM.send(stage.session, a_message("", media=film), b"film")
    assert answer.result is AnswerClass.ACCEPTED
    assert [file.looks_left for file in stage.sandbox.state.x.files.values()] == [0]


async def test_a_film_that_x_cannot_use_is_refused(stage: Stage) -> None:
    stage.sandbox.state.x.film_failure = "The film has no frames."
    film = a_picture("video/mp4", "video")
    answer = await PLATFORM.send(stage.session, a_message("", media=film), b"film")
    assert (answer.result, answer.title) == (AnswerClass.REFUSED, "The film has no frames.")
    assert stage.sandbox.sends() == ()


async def test_a_film_that_takes_long_is_tried_again_later(stage: Stage) -> None:
    slow = replace(stage.sandbox.world.config, container_polls=9)
    object.__setattr__(stage.sandbox.world, "config", slow)
    film = a_picture("video/mp4", "video")
    answer = await PLATFORM.send(stage.session, a_message("", media=film), b"film")
    assert (answer.result, answer.retry_after) == (AnswerClass.NOT_SENT, 30.0)
    assert stage.sandbox.sends() == ()


async def test_a_message_does_not_leave_without_its_file(stage: Stage) -> None:
    film = a_picture("video/mp4", "video")
    spoil(stage, Fault.SERVER_ERROR, Endpoint.X_MEDIA)
    late = await PLATFORM.send(stage.session, a_message("", media=film), b"film")
    assert late.result is AnswerClass.NOT_SENT
    assert stage.sandbox.sends() == ()


async def test_a_customers_picture_arrives_and_is_fetched_with_the_token(
    stage: Stage,
) -> None:
    written = await stage.sandbox.write(ANNA, "This one?", draw("cup"))
    (fact,) = stage.facts()
    assert isinstance(fact, IncomingMessage)
    assert (fact.key, fact.text, fact.type) == (written.id, "This one?", MessageType.IMAGE)
    (media,) = fact.media
    fetched = await PLATFORM.fetch_media(stage.session, PendingMedia(source_url=media.url))
    assert (fetched.content, fetched.mime_type) == (draw("cup"), "image/png")


async def test_who_writes_is_named_and_can_be_looked_up(stage: Stage) -> None:
    await stage.sandbox.write(ANNA, "Are you open?")
    (fact,) = stage.facts()
    assert isinstance(fact, IncomingMessage)
    assert (fact.sender.name, fact.sender.username) == ("Anna", "anna_sorel")
    profile = await PLATFORM.customer_profile(stage.session, ANNA.id)
    assert profile is not None
    assert (profile.name, profile.username) == ("Anna", "anna_sorel")
    assert await PLATFORM.customer_profile(stage.session, "99") is None


@pytest.mark.parametrize(
    ("fault", "result", "took_effect"),
    [
        (Fault.RATE_LIMITED, AnswerClass.SLOW_DOWN, 0),
        (Fault.TOKEN_EXPIRED, AnswerClass.RECONNECT, 0),
        (Fault.WINDOW_CLOSED, AnswerClass.REFUSED, 0),
        (Fault.USAGE_CAPPED, AnswerClass.PERSON, 0),
        (Fault.SERVER_ERROR, AnswerClass.UNKNOWN, 0),
        (Fault.ERROR_AFTER_ACCEPT, AnswerClass.UNKNOWN, 1),
        (Fault.CUT_AFTER_ACCEPT, AnswerClass.UNKNOWN, 1),
        (Fault.BROKEN_JSON, AnswerClass.UNKNOWN, 1),
    ],
)
async def test_a_bad_day_is_told_for_what_it_is(
    stage: Stage, fault: Fault, result: AnswerClass, took_effect: int
) -> None:
    spoil(stage, fault)
    answer = await PLATFORM.send(stage.session, a_message(), None)
    assert answer.result is result
    assert len(stage.sandbox.sends()) == took_effect


async def test_too_many_waits_for_the_reset_and_not_longer(stage: Stage) -> None:
    spoil(stage, Fault.RATE_LIMITED)
    first = await PLATFORM.send(stage.session, a_message(), None)
    assert first.retry_after == pytest.approx(90)
    second = await PLATFORM.send(stage.session, a_message(), None)
    assert (second.result, stage.sandbox.sends()) == (AnswerClass.SLOW_DOWN, ())
    stage.hands.advance(timedelta(seconds=91))
    third = await PLATFORM.send(stage.session, a_message(), None)
    assert third.result is AnswerClass.ACCEPTED


async def test_the_last_call_of_a_window_closes_it_before_x_has_to(stage: Stage) -> None:
    for number in range(15):
        answer = await PLATFORM.send(stage.session, a_message(f"{number}"), None)
        assert answer.result is AnswerClass.ACCEPTED
    spared = await PLATFORM.send(stage.session, a_message("16"), None)
    assert (spared.result, spared.code) == (AnswerClass.SLOW_DOWN, None)
    assert spared.retry_after == pytest.approx(900)
    assert await PLATFORM.customer_profile(stage.session, ANNA.id) is not None


async def test_a_lost_answer_is_found_in_the_conversation(stage: Stage) -> None:
    begun = stage.hands.now()
    await PLATFORM.send(stage.session, a_message("Yes"), None)
    spoil(stage, Fault.CUT_AFTER_ACCEPT)
    assert (await PLATFORM.send(stage.session, a_message("Yes"), None)).result is (
        AnswerClass.UNKNOWN
    )
    first, second = [send.message_id for send in stage.sandbox.sends()]
    find = PLATFORM.find_sent
    assert await find(stage.session, a_message("Yes"), since=begun) == first
    assert await find(stage.session, a_message("Yes"), since=begun, taken=[first]) == second
    assert await find(stage.session, a_message("No"), since=begun) is None
    stage.hands.advance(timedelta(hours=1))
    assert await find(stage.session, a_message("Yes")) is None


async def test_a_lost_picture_is_found_by_its_words_and_its_file(stage: Stage) -> None:
    begun = stage.hands.now()
    await PLATFORM.send(stage.session, a_message("Here"), None)
    with_file = a_message("Here", media=a_picture())
    answer = await PLATFORM.send(stage.session, with_file, draw("cup"))
    found = await PLATFORM.find_sent(stage.session, with_file, since=begun)
    assert found == answer.platform_message_id


@pytest.mark.parametrize(
    "item",
    [
        a_message(""),
        a_message("   "),
        a_message("x" * 10_001),
        a_message("", media=a_picture("application/pdf", "document")),
        a_message("", media=a_picture("image/tiff")),
        a_message("", media=a_picture("audio/ogg", "audio")),
    ],
)
async def test_what_x_never_takes_is_refused_here(stage: Stage, item: OutboxItem) -> None:
    answer = await PLATFORM.send(stage.session, item, b"file")
    assert (answer.result, stage.sandbox.sends()) == (AnswerClass.REFUSED, ())


async def test_a_dead_token_asks_to_connect_again(stage: Stage) -> None:
    session = replace(stage.session, token=Secret("another"))
    assert (await PLATFORM.send(session, a_message(), None)).result is AnswerClass.RECONNECT


async def test_looking_is_limited_too(stage: Stage) -> None:
    spoil(stage, Fault.RATE_LIMITED, Endpoint.X_THREADS)
    with pytest.raises(RateLimited) as caught:
        await PLATFORM.find_sent(stage.session, a_message(), since=stage.hands.now())
    assert caught.value.retry_after == pytest.approx(90)
