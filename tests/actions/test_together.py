"""Messages of different customers go side by side, those of one in their order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actions import together
from core.actions.together import Told
from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.channel import AssistantMode, Channel, ChannelStatus, PlatformName
from core.domain.errors import Conflict, SocialSyncError
from core.domain.ids import ChannelId, TenantId
from core.domain.incoming import IncomingMessage, Sender
from core.domain.message import MessageType
from core.kit import Kit
from core.store import channels
from tests.fixtures.inbox import Arrange, KitOf

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def message(number: int, *names: str, text: str = "") -> IncomingMessage:
    return IncomingMessage(
        account_id="any",
        key=f"mid.{number}",
        at=NOON + timedelta(seconds=number),
        sender=Sender(platform_customer_id=names[0], other_ids=names[1:]),
        type=MessageType.TEXT,
        text=text or f"{number}.",
    )


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3), max_size=30))
def test_whoever_shares_an_id_stands_in_one_row_and_in_order(
    people: list[list[str]],
) -> None:
    one = _channel()
    told = [
        Told(channel=one, fact=message(number, *names))
        for number, names in enumerate(people)
    ]
    rows = together.by_customer(told)
    assert sorted(told.index(each) for row in rows for each in row) == list(
        range(len(told))
    )
    seen: set[str] = set()
    for row in rows:
        places = [told.index(each) for each in row]
        names = {name for place in places for name in people[place]}
        assert places == sorted(places)
        assert not names & seen
        seen |= names


def test_the_same_id_on_two_channels_is_two_customers() -> None:
    one, other = _channel(), _channel()
    told = [Told(channel=where, fact=message(1, "a")) for where in (one, other)]
    assert len(together.by_customer(told)) == 2


def _channel() -> Channel:
    return Channel(
        id=ChannelId(uuid4()),
        tenant=TenantId(uuid4()),
        platform=PlatformName.WHATSAPP,
        account_id="1065403",
        account_name="Shop",
        status=ChannelStatus.ACTIVE,
        assistant_mode=AssistantMode.OFF,
    )


async def _tell(
    kit: Kit, arrange: Arrange, where: ChannelId, said: list[IncomingMessage]
) -> None:
    """Apply messages in one transaction, as the receiver does."""
    async with kit.unit(arrange.tenant) as unit:
        channel = await channels.get(unit, where)
        assert channel is not None
        await together.apply_all(
            kit, unit, [Told(channel=channel, fact=fact) for fact in said]
        )


async def test_many_customers_at_once_each_keep_their_order(
    kit_of: KitOf, arrange: Arrange
) -> None:
    said = [message(number, f"customer {number % 7}") for number in range(70)]
    await _tell(await kit_of("service"), arrange, arrange.channel(), said)
    seen = arrange.value(
        "select jsonb_object_agg(place, said) from (select u.platform_customer_id as place,"
        " jsonb_agg(m.text order by m.created_at, m.id) as said from conversation_messages m"
        " join conversations v on v.id = m.conversation_id"
        " join customers u on u.id = v.customer_id group by 1) each"
    )
    assert seen == {
        f"customer {one}": [f"{number}." for number in range(one, 70, 7)]
        for one in range(7)
    }
    assert arrange.value("select sum(unread_count) from conversations") == 70


@pytest.mark.parametrize("place", [0, 5, 9])
async def test_what_one_customer_spoils_is_said_and_nothing_of_it_stays(
    place: int, kit_of: KitOf, arrange: Arrange
) -> None:
    said = [message(number, f"customer {number}") for number in range(10)]
    said[place] = replace(said[place], key="\x00")
    with pytest.raises(Exception, match="NUL") as caught:
        await _tell(await kit_of("service"), arrange, arrange.channel(), said)
    assert not isinstance(caught.value, SocialSyncError)
    assert arrange.value("select count(*) from conversation_messages") == 0


async def test_a_refusal_by_the_database_is_told_by_its_own_name(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, channel = await kit_of("service"), arrange.channel()
    await _tell(kit, arrange, channel, [message(1, "customer 3")])
    arrange.run(
        "create function refuse() returns trigger language plpgsql as $$ begin"
        " raise exception 'crosswise' using errcode = 'deadlock_detected'; end $$"
    )
    arrange.run(
        "create trigger refuse before update on conversations for each row"
        " when (new.unread_count > 1) execute function refuse()"
    )
    said = [message(number, f"customer {number}") for number in range(2, 10)]
    with pytest.raises(Conflict):
        await _tell(kit, arrange, channel, said)


async def test_files_of_many_customers_are_each_noted(
    kit_of: KitOf, arrange: Arrange
) -> None:
    photo = IncomingMedia(kind=MediaKind.IMAGE, url="https://example.org/a.png")
    said = [
        replace(message(number, f"customer {number}"), media=(photo, photo))
        for number in range(5)
    ]
    await _tell(await kit_of("service"), arrange, arrange.channel(), said)
    assert arrange.value("select count(distinct message_id) from attachments") == 5
    assert arrange.value("select count(*) from attachments") == 10
