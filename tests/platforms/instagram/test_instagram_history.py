"""What was missed is asked for, and ends in the same facts as what was announced."""

from datetime import timedelta
from typing import Any

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import ChannelSignedOut
from core.domain.incoming import Incoming, IncomingEcho, IncomingMessage
from core.domain.message import MessageType
from core.platforms.base import ChannelSession
from core.platforms.instagram.history import CONVERSATIONS_LIMIT, History, read_messages
from core.platforms.instagram.inbound import read
from core.sandbox import instagram_events as customers
from core.sandbox.faults import Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import PAGE, Listener, Watch

HISTORY = History()


def person(n: int = 1) -> Person:
    return Person(
        platform=PlatformName.INSTAGRAM, id=f"90{n}", name=f"Tom {n}", username=f"tom{n}"
    )


TOM = person()


def keys(facts: tuple[Incoming, ...]) -> list[tuple[str, str]]:
    return [(type(fact).__name__, fact.key) for fact in facts]


async def test_what_is_told_later_is_what_was_announced(
    session: ChannelSession, sandbox: Sandbox, listener: Listener, watch: Watch
) -> None:
    begun = watch.now()
    await sandbox.write(TOM, "Are you open?")
    watch.advance(timedelta(minutes=1))
    await sandbox.write(TOM, "", draw("cup"))
    watch.advance(timedelta(minutes=1))
    await customers.write_in_app(sandbox.world, TOM, "Until 7 pm")

    announced = [fact for payload in listener.payloads() for fact in read(payload)]
    missed = await HISTORY.since(session, begun)
    assert missed.complete
    assert keys(missed.facts) == keys(tuple(announced))
    for told, asked in zip(announced, missed.facts, strict=True):
        assert (told.at, told.account_id, told.sub) == (
            asked.at,
            asked.account_id,
            asked.sub,
        )
        assert isinstance(asked, IncomingMessage | IncomingEcho)
        assert getattr(told, "type", None) is asked.type
        assert getattr(told, "text", None) == asked.text
    _, picture, _ = missed.facts
    assert isinstance(picture, IncomingMessage)
    assert picture.media[0].url is not None


async def test_what_is_older_is_left_out_and_not_even_looked_into(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    await sandbox.write(person(1), "long ago")
    await sandbox.write(TOM, "before")
    watch.advance(timedelta(hours=1))
    begun = watch.now()
    await sandbox.write(TOM, "after")
    missed = await HISTORY.since(session, begun)
    assert [getattr(fact, "text", "") for fact in missed.facts] == ["after"]
    assert missed.complete


async def test_of_a_long_conversation_only_the_latest_twenty_are_told(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    begun = watch.now()
    for n in range(25):
        watch.advance(timedelta(seconds=1))
        await sandbox.write(TOM, f"m{n}")
    missed = await HISTORY.since(session, begun)
    assert [getattr(fact, "text", "") for fact in missed.facts] == [
        f"m{n}" for n in range(5, 25)
    ]
    assert not missed.complete
    later = await HISTORY.since(session, watch.now() - timedelta(seconds=3))
    assert (len(later.facts), later.complete) == (4, True)


async def test_conversations_are_read_over_pages_and_up_to_a_bound(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    begun = watch.now()
    for n in range(25):
        await sandbox.write(person(n), "hello")
        watch.advance(timedelta(seconds=1))
    assert len((await HISTORY.since(session, begun)).facts) == 25
    for n in range(25, CONVERSATIONS_LIMIT + 3):
        await sandbox.write(person(n), "hello")
        watch.advance(timedelta(seconds=1))
    missed = await HISTORY.since(session, begun)
    assert (len(missed.facts), missed.complete) == (CONVERSATIONS_LIMIT, False)


async def test_what_is_more_than_thirty_days_back_is_not_known_to_be_all(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    begun = watch.now()
    watch.advance(timedelta(days=31))
    await sandbox.write(TOM, "hello")
    missed = await HISTORY.since(session, begun)
    assert (len(missed.facts), missed.complete) == (1, False)


async def test_a_message_is_read_as_it_stands_now(
    session: ChannelSession, sandbox: Sandbox, listener: Listener
) -> None:
    written = await sandbox.write(TOM, "Do you ship to Lyon?")
    await customers.edit_unsaid(sandbox.world, TOM, written.id, "Do you ship to Nantes?")
    [bare] = read(listener.payloads()[-1])
    assert (getattr(bare, "target_id", ""), getattr(bare, "text", "")) == (written.id, None)

    now = await HISTORY.message(session, written.id)
    assert isinstance(now, IncomingMessage)
    assert (now.key, now.text) == (written.id, "Do you ship to Nantes?")
    assert now.sender.platform_customer_id == TOM.id


async def test_a_message_that_was_taken_back_is_not_told(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    written = await sandbox.write(TOM, "oops")
    await customers.unsend(sandbox.world, TOM, written.id)
    assert await HISTORY.message(session, written.id) is None


async def test_asking_with_a_dead_token_needs_a_person(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    written = await sandbox.write(TOM, "hello")
    sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    with pytest.raises(ChannelSignedOut):
        await HISTORY.since(session, watch.now())
    with pytest.raises(ChannelSignedOut):
        await HISTORY.message(session, written.id)


@pytest.mark.parametrize(
    ("body", "type_", "details"),
    [
        ({"message": "hi"}, MessageType.TEXT, {}),
        ({"message": ""}, MessageType.UNSUPPORTED, {}),
        ({"is_unsupported": True}, MessageType.UNSUPPORTED, {}),
        (
            {"story": {"mention": {"link": "https://c/s", "id": "7"}}},
            MessageType.STORY_MENTION,
            {"url": "https://c/s", "story_id": "7"},
        ),
        (
            {"message": "wow", "story": {"reply_to": {"link": "https://c/s", "id": "7"}}},
            MessageType.STORY_REPLY,
            {"url": "https://c/s", "story_id": "7"},
        ),
        (
            {"shares": {"data": [{"link": "https://c/p"}]}},
            MessageType.SHARE,
            {"url": "https://c/p"},
        ),
        (
            {"attachments": {"data": [{"video_data": {"url": "https://c/v"}}]}},
            MessageType.VIDEO,
            {},
        ),
        (
            {"attachments": {"data": [{"file_url": "https://c/f", "name": "menu.pdf"}]}},
            MessageType.DOCUMENT,
            {},
        ),
    ],
)
def test_each_kind_of_listed_message_is_read(
    body: dict[str, Any], type_: MessageType, details: dict[str, str]
) -> None:
    raw = {"id": "m", "created_time": "2026-09-10T03:52:25+0000", "from": {"id": "9"}}
    [fact] = read_messages([{**raw, **body}], PAGE.account_id)
    assert isinstance(fact, IncomingMessage)
    assert (fact.type, fact.details) == (type_, details)


@pytest.mark.parametrize("bad", [None, 5, {}, {"id": "m"}, {"id": "m", "from": 3}, []])
def test_a_listed_message_that_cannot_be_read_costs_its_neighbour_nothing(bad: Any) -> None:
    good = {"id": "m", "from": {"id": "9"}, "message": "hi"}
    assert [fact.key for fact in read_messages([bad, good], PAGE.account_id)] == ["m"]
