"""What was missed is asked for, in few calls, and is the same as what would have come."""

from datetime import timedelta

import pytest

from core.domain.errors import ChannelSignedOut
from core.domain.incoming import IncomingEcho, IncomingMessage
from core.domain.message import MessageType
from core.platforms.base import ChannelSession
from core.platforms.facebook import Facebook
from core.sandbox.faults import Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.state import Person
from tests.platforms.facebook.stage import ADA, PAGE, Stage
from tests.platforms.graph_double import Graph, an_item

FACEBOOK = Facebook()
HISTORY = FACEBOOK.catching_up


async def test_both_sides_are_found_with_the_keys_of_their_webhooks(page: Stage) -> None:
    begin = page.watch.at
    await page.sandbox.write(ADA, "Bonjour")
    await FACEBOOK.send(page.session, an_item("Bonjour Ada", recipient=ADA.id), None)
    missed = await HISTORY.since(page.session, begin)
    assert missed.complete
    theirs, ours = missed.facts
    assert isinstance(theirs, IncomingMessage)
    assert (theirs.text, theirs.sender.name) == ("Bonjour", "Ada Roux")
    assert isinstance(ours, IncomingEcho)
    assert (ours.text, ours.customer.platform_customer_id) == ("Bonjour Ada", ADA.id)
    heard = [
        *(await page.heard_of(IncomingMessage)),
        *(await page.heard_of(IncomingEcho)),
    ]
    assert [(one.key, one.sub) for one in heard] == [
        (one.key, one.sub) for one in missed.facts
    ]


async def test_what_was_said_before_is_left_out(page: Stage) -> None:
    await page.sandbox.write(ADA, "Avant")
    begin = page.watch.at + timedelta(seconds=1)
    await page.sandbox.write(ADA, "Après")
    missed = await HISTORY.since(page.session, begin)
    assert [one.text for one in missed.facts if isinstance(one, IncomingMessage)] == [
        "Après"
    ]


async def test_a_picture_is_found_with_its_address(page: Stage) -> None:
    begin = page.watch.at
    await page.sandbox.write(ADA, "", draw("cup"))
    [fact] = (await HISTORY.since(page.session, begin)).facts
    assert isinstance(fact, IncomingMessage)
    assert (fact.type, fact.media[0].mime_type) == (MessageType.IMAGE, "image/png")
    assert fact.media[0].url


async def test_a_long_conversation_is_paged_through(page: Stage) -> None:
    begin = page.watch.at
    for number in range(45):
        await page.sandbox.write(ADA, f"n° {number}")
    missed = await HISTORY.since(page.session, begin)
    assert missed.complete
    texts = [one.text for one in missed.facts if isinstance(one, IncomingMessage)]
    assert texts == [f"n° {number}" for number in range(45)]


async def test_many_conversations_are_paged_through(page: Stage) -> None:
    begin = page.watch.at
    for number in range(60):
        person = Person(platform=ADA.platform, id=f"77{number}", name="N", username="")
        await page.sandbox.write(person, f"n° {number}")
    missed = await HISTORY.since(page.session, begin)
    assert (missed.complete, len(missed.facts)) == (True, 60)


async def test_a_look_has_an_end_and_says_when_it_did_not_see_all(page: Stage) -> None:
    begin = page.watch.at
    for number in range(450):
        page.sandbox.state.facebook.thread(PAGE.account_id, ADA.id)
        await page.sandbox.write(ADA, f"n° {number}")
    missed = await HISTORY.since(page.session, begin)
    assert not missed.complete
    assert 300 < len(missed.facts) < 450


async def test_a_dead_token_is_a_matter_for_a_person(page: Stage) -> None:
    page.sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    with pytest.raises(ChannelSignedOut):
        await HISTORY.since(page.session, page.watch.at)


async def test_a_message_without_an_id_costs_its_neighbour_nothing(
    graph: Graph, session: ChannelSession, page: Stage
) -> None:
    now = page.watch.at.isoformat()
    rows = [
        {"created_time": now, "from": {"id": "1"}, "message": "no id"},
        {"id": "m_1", "created_time": now, "from": {"id": "1"}, "message": "Hi"},
        {"id": "m_2", "created_time": now, "from": {"id": "110"}, "message": "to nobody"},
        {"id": "m_3", "created_time": now, "from": {"id": "1"}, "sticker": "https://s/1"},
    ]
    conversation = {"id": "t_1", "updated_time": now, "messages": {"data": rows}}
    graph.reply({"data": [conversation]})
    missed = await HISTORY.since(session, page.watch.at - timedelta(minutes=1))
    kinds = [type(fact).__name__ for fact in missed.facts]
    assert kinds == ["IncomingOther", "IncomingMessage", "IncomingOther", "IncomingMessage"]
    last = missed.facts[-1]
    assert isinstance(last, IncomingMessage)
    assert last.type is MessageType.STICKER
