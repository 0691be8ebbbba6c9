from uuid import uuid4

import pytest

from core.actions import upkeep
from core.domain.errors import Refused
from core.domain.member import Role
from core.domain.outbox import OutboxState
from core.queries import health, members, outcomes
from core.store.health import Worker
from tests.fixtures.inbox import Arrange, KitOf

COMPANION = Worker(id=str(uuid4()), kind="companion", host="here", pid=1)


async def test_a_member_sees_the_machinery_of_their_own_inbox(
    kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    conversation = arrange.conversation()
    for state in (OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.NEEDS_HUMAN):
        arrange.owed(conversation, state=state)
    arrange_elsewhere.owed(arrange_elsewhere.conversation())
    found = await health.overview(await kit_of("agent"))
    assert (found.queued, found.uncertain, found.companion_alive) == (1, 2, False)
    assert [channel.name for channel in found.channels] == ["Shop"]


async def test_a_companion_that_beats_is_alive(kit_of: KitOf) -> None:
    await upkeep.beat(await kit_of("service"), COMPANION)
    assert (await health.overview(await kit_of("agent"))).companion_alive


async def test_the_figures_are_of_all_inboxes_and_for_services_alone(
    kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    arrange.owed(arrange.conversation())
    arrange_elsewhere.owed(arrange_elsewhere.conversation())
    assert (await health.figures(await kit_of("service"))).outbox_queued == 2
    with pytest.raises(Refused):
        await health.figures(await kit_of("owner"))


async def test_readiness_names_the_schema(kit_of: KitOf) -> None:
    assert (await health.readiness(await kit_of("service")))["schema"] >= 22


async def test_the_team_is_listed_without_those_who_left(kit_of: KitOf) -> None:
    team = await members.members(await kit_of("agent"))
    assert [(one.name, one.role) for one in team] == [
        ("Olga Owner", Role.OWNER),
        ("admin of ours", Role.ADMIN),
        ("agent of ours", Role.AGENT),
    ]


async def test_how_a_customers_conversation_stands_is_told_by_their_id(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("owner"), arrange.conversation()
    arrange.inbound(conversation)
    arrange.owed(conversation)
    customer = arrange.value("select platform_customer_id from customers")
    found = await outcomes.of_customer(kit, customer)
    assert found is not None
    assert (found.inbound, found.undecided, found.unsent) == (1, 1, 1)
    assert (found.decision, found.citations) == (None, [])
    assert await outcomes.of_customer(kit, "nobody") is None


async def test_raw_bodies_are_emptied_in_time_and_their_keys_stay(
    kit_of: KitOf, arrange: Arrange
) -> None:
    for state, days in (("done", 31), ("parked", 31), ("pending", 31), ("done", 29)):
        arrange.run(
            "insert into webhook_events (platform, body, body_sha256, state, processed,"
            " received_at)"
            " values ('whatsapp', 'body', sha256(%(salt)s), %(state)s,"
            " %(state)s = 'done',"
            " now() - make_interval(days => %(days)s))",
            salt=f"{state}{days}".encode(),
            state=state,
            days=days,
        )
    await upkeep.prune(await kit_of("service"))
    kept = "select count(*) from webhook_events where octet_length(body) > 0"
    assert arrange.value(kept) == 2
    assert arrange.value("select count(*) from webhook_events") == 4
