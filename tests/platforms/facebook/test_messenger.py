"""Messenger both ways, against the sandbox over real HTTP."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.config.secret import Secret
from core.domain.incoming import (
    IncomingDeliveryMark,
    IncomingEcho,
    IncomingMessage,
    IncomingNotice,
    IncomingReaction,
    IncomingReadMark,
    IncomingStatus,
)
from core.domain.message import MessageType, Origin
from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.rich import Choice, ChoiceMessage, LocationMessage, ReactionMessage
from core.platforms.base import ChannelSession, PendingMedia
from core.platforms.facebook import Facebook
from core.sandbox import facebook_acts
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.signing import signed, write_body
from tests.platforms.facebook.stage import ADA, PAGE, SECRET, Stage
from tests.platforms.graph_double import a_file, an_item

FACEBOOK = Facebook()


def to_ada(text: str = "Bonjour", **fields: Any) -> Any:
    return an_item(text, recipient=ADA.id, account_id=PAGE.account_id, **fields)


async def sent(stage: Stage, item: Any) -> SendAnswer:
    return await FACEBOOK.send(stage.session, item, None)


async def test_a_text_is_sent_and_its_echo_settles_it_by_our_own_id(page: Stage) -> None:
    item = to_ada()
    answer = await sent(page, item)
    assert answer.result is AnswerClass.ACCEPTED
    [send] = page.sandbox.sends()
    assert send.message_id == answer.platform_message_id
    assert send.body["messaging_type"] == "RESPONSE"
    [echo] = await page.heard_of(IncomingEcho)
    assert (echo.key, echo.opaque_id) == (answer.platform_message_id, str(item.id))
    [status] = await page.heard_of(IncomingStatus)
    assert status.key == answer.platform_message_id
    [delivered] = await page.heard_of(IncomingDeliveryMark)
    [read] = await page.heard_of(IncomingReadMark)
    assert delivered.customer_id == read.customer_id == ADA.id
    assert read.at >= send.accepted_at.replace(microsecond=0)


async def test_a_lost_answer_is_found_by_its_words_and_not_before_it_began(
    page: Stage,
) -> None:
    page.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.FACEBOOK_MESSAGES, times=1)
    )
    item = to_ada("Only once")
    begun = page.watch.at
    assert (await sent(page, item)).result is AnswerClass.UNKNOWN
    [send] = page.sandbox.sends()
    found = await FACEBOOK.find_sent(page.session, item, since=begun)
    assert found == send.message_id
    late = begun + timedelta(hours=1)
    assert await FACEBOOK.find_sent(page.session, item, since=late) is None
    taken = {send.message_id}
    assert (await FACEBOOK.find_sent(page.session, item, since=begun, taken=taken)) is None


async def test_a_lost_question_is_found_by_what_the_customer_reads(page: Stage) -> None:
    page.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.FACEBOOK_MESSAGES, times=1)
    )
    question = ChoiceMessage(
        header="Bread", text="Which size?", choices=(Choice(id="s", title="Small"),)
    )
    item = to_ada(question.summary, content=question)
    begun = page.watch.at
    assert (await sent(page, item)).result is AnswerClass.UNKNOWN
    [send] = page.sandbox.sends()
    found = await FACEBOOK.find_sent(page.session, item, since=begun)
    assert found == send.message_id


async def test_a_file_is_sent_by_its_address(page: Stage) -> None:
    file = replace(a_file("image", "image/png"), url="http://files.invalid/a.png")
    answer = await sent(page, to_ada("", media=file))
    assert answer.result is AnswerClass.ACCEPTED
    assert [send.type for send in page.sandbox.sends()] == ["image"]


async def test_a_file_that_cannot_be_fetched_gets_one_more_try(page: Stage) -> None:
    file = replace(a_file("image", "image/png"), url="http://files.invalid/broken.png")
    first = await sent(page, to_ada("", media=file))
    assert first.result is AnswerClass.NOT_SENT
    second = await sent(page, to_ada("", media=file, attempt=2))
    assert (second.result, second.code) == (AnswerClass.REFUSED, "100/2018047")
    assert page.sandbox.sends() == ()


async def test_a_question_is_sent_with_its_buttons(page: Stage) -> None:
    choice = ChoiceMessage(
        header="Opening hours",
        text="Which day?",
        choices=(Choice(id="day:1", title="Monday"), Choice(id="day:2", title="Tuesday")),
    )
    answer = await sent(page, to_ada(choice.summary, content=choice))
    assert answer.result is AnswerClass.ACCEPTED
    [send] = page.sandbox.sends()
    message: Any = send.body["message"]
    assert message["text"] == "Opening hours\n\nWhich day?"
    assert [one["payload"] for one in message["quick_replies"]] == ["day:1", "day:2"]


async def test_a_reaction_is_put_and_taken_away(page: Stage) -> None:
    written = await page.sandbox.write(ADA, "Merci !")
    for emoji in ("❤", ""):
        reaction = ReactionMessage(target_platform_id=written.id, emoji=emoji)
        answer = await sent(page, to_ada(emoji, content=reaction))
        assert answer == SendAnswer(result=AnswerClass.ACCEPTED)
        message = page.sandbox.state.facebook.message(written.id)
        assert message is not None
        assert message.reaction == emoji


@pytest.mark.parametrize(
    ("origin", "results"),
    [
        (Origin.MEMBER, AnswerClass.ACCEPTED),
        (Origin.ASSISTANT, AnswerClass.WINDOW),
    ],
)
async def test_after_a_day_only_a_person_may_write(
    page: Stage, origin: Origin, results: AnswerClass
) -> None:
    page.sandbox.faults.add(FaultRule(kind=Fault.WINDOW_CLOSED, times=1))
    answer = await sent(page, to_ada(origin=origin))
    assert answer.result is results
    if results is AnswerClass.ACCEPTED:
        [send] = page.sandbox.sends()
        assert (send.body["messaging_type"], send.body["tag"]) == (
            "MESSAGE_TAG",
            "HUMAN_AGENT",
        )


async def test_where_a_persons_tag_is_refused_too_the_window_is_closed(
    page: Stage,
) -> None:
    page.sandbox.faults.add(FaultRule(kind=Fault.WINDOW_CLOSED))
    assert (await sent(page, to_ada())).result is AnswerClass.WINDOW
    assert page.sandbox.sends() == ()


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault.RATE_LIMITED, AnswerClass.SLOW_DOWN),
        (Fault.TOKEN_EXPIRED, AnswerClass.RECONNECT),
        (Fault.SERVER_ERROR, AnswerClass.UNKNOWN),
        (Fault.ERROR_AFTER_ACCEPT, AnswerClass.UNKNOWN),
        (Fault.CUT_AFTER_ACCEPT, AnswerClass.UNKNOWN),
        (Fault.BROKEN_JSON, AnswerClass.UNKNOWN),
    ],
)
async def test_a_bad_day_has_a_name(page: Stage, fault: Fault, result: AnswerClass) -> None:
    page.sandbox.faults.add(FaultRule(kind=fault, seconds=7.0))
    answer = await sent(page, to_ada())
    assert answer.result is result
    if fault is Fault.RATE_LIMITED:
        assert answer.retry_after == 7.0


@pytest.mark.parametrize(
    "fields",
    [
        {"text": " "},
        {"text": "x" * 2001},
        {"text": "", "media": a_file()},
        {"text": "both", "media": replace(a_file(), url="http://files.invalid/a")},
        {"text": "", "media": replace(a_file("sticker"), url="http://files.invalid/a")},
        {"text": "", "content": LocationMessage(latitude=1, longitude=2)},
        {"text": "?", "content": ChoiceMessage(text="?", choices=())},
        {
            "text": "?",
            "content": ChoiceMessage(
                text="?", choices=(Choice(id="1", title="longer than twenty letters"),)
            ),
        },
    ],
)
async def test_what_messenger_would_never_take_is_not_even_tried(
    page: Stage, fields: dict[str, Any]
) -> None:
    answer = await sent(page, to_ada(**fields))
    assert answer.result is AnswerClass.REFUSED
    assert answer.title
    assert page.sandbox.sends() == ()


async def test_a_customers_words_and_picture_arrive_signed(page: Stage) -> None:
    await page.sandbox.write(ADA, "Mon sachet est déchiré", draw("torn-bag"))
    [said] = await page.heard_of(IncomingMessage)
    assert (said.type, said.text) == (MessageType.IMAGE, "Mon sachet est déchiré")
    assert said.sender.platform_customer_id == ADA.id
    [(_url, body, headers)] = page.listener.bodies
    assert FACEBOOK.verify(body, headers, [SECRET])
    [file] = said.media
    fetched = await FACEBOOK.fetch_media(page.session, PendingMedia(source_url=file.url))
    assert fetched.content == draw("torn-bag")


async def test_a_customer_is_asked_for_by_id(page: Stage) -> None:
    await page.sandbox.write(ADA, "Bonjour")
    profile = await FACEBOOK.customer_profile(page.session, ADA.id)
    assert profile is not None
    assert profile.name == "Ada Roux"
    assert await FACEBOOK.customer_profile(page.session, "nobody") is None


async def test_signs_of_life_are_no_messages(page: Stage) -> None:
    await FACEBOOK.mark_read(page.session, ADA.id, "m_1")
    await FACEBOOK.show_typing(page.session, ADA.id, "m_1")
    assert page.sandbox.sends() == ()


async def test_a_customers_reaction_and_facebooks_verdict_arrive(page: Stage) -> None:
    body = {"mid": "m_1", "action": "react", "reaction": "love", "emoji": "❤"}
    await facebook_acts.act(page.sandbox.world, ADA, {"reaction": body})
    await facebook_acts.judge(page.sandbox.world, "block", "Too many complaints.")
    [reaction] = await page.heard_of(IncomingReaction)
    assert (reaction.target_id, reaction.emoji) == ("m_1", "❤")
    [notice] = await page.heard_of(IncomingNotice)
    assert notice.title == (
        "Facebook has blocked this Page's messages. Too many complaints."
    )


async def test_another_pages_token_opens_nothing(page: Stage) -> None:
    stranger = ChannelSession(
        account_id=PAGE.account_id,
        base_url=page.session.base_url,
        token=Secret("another-token"),
        http=page.http,
    )
    answer = await FACEBOOK.send(stranger, to_ada(), None)
    assert (answer.result, answer.code) == (AnswerClass.REFUSED, "100/33")


def test_a_body_is_signed_as_meta_writes_it() -> None:
    body = write_body(PAGE_NAME, {"object": "page", "text": "é/"})
    assert body == b'{"object":"page","text":"\\u00e9\\/"}'
    assert FACEBOOK.verify(body, signed(PAGE_NAME, SECRET, body), [SECRET])


PAGE_NAME = FACEBOOK.manifest.name
