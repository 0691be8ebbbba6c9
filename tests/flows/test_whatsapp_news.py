"""What customers do on WhatsApp beside writing, and what WhatsApp itself says."""

from uuid import uuid4

import pytest

from core.actions import assign, reply
from core.domain.channel import AssistantMode, ChannelStatus
from core.domain.message import DeliveryState, Direction, MessageType, Origin
from core.engine import Part
from core.queries import health
from core.sandbox import whatsapp_acts as acts
from core.sandbox.accounts import ReceiptPlan
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.state import Person
from tests.crash.waiting import eventually
from tests.doubles.scripted_assistant import ScriptedAssistant
from tests.flows.conftest import OpenStage
from tests.flows.stage import AMAL, NUMBER, Scene, Stage
from tests.flows.test_whatsapp_writing import WHATSAPP, WITH_JOBS, began, is_one


async def test_a_customer_with_a_new_number_keeps_the_conversation(stage: Stage) -> None:
    conversation = await began(stage)
    moved = Person(platform=WHATSAPP, id="33655", name="Amal", username="")
    await acts.change_number(stage.sandbox.world, AMAL, moved.id)
    remark = await stage.message_when(
        conversation, lambda one: one.type is MessageType.SYSTEM
    )
    assert moved.id in remark.text
    await stage.sandbox.write(moved, "C'est moi")
    await stage.message_when(conversation, lambda one: one.text == "C'est moi")
    assert await stage.count("select count(*) from conversations") == 1
    customer = (await stage.detail(conversation)).customer
    assert (customer.platform_customer_id, customer.phone_number) == ("33655", "+33655")

    await reply.send(stage.kit, conversation, "Bien noté", key=uuid4())
    await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert stage.sandbox.sends()[0].recipient == "33655"
    await stage.sandbox.write(AMAL, "Encore l'ancien")
    await stage.message_when(conversation, lambda one: one.text == "Encore l'ancien")
    assert await stage.count("select count(*) from conversations") == 1


async def test_a_number_that_somebody_writes_from_already_stays_two_customers(
    stage: Stage,
) -> None:
    conversation = await began(stage)
    other = Person(platform=WHATSAPP, id="33655", name="Zoé", username="")
    await stage.sandbox.write(other, "Bonjour")
    await stage.conversation_of(other)
    await acts.change_number(stage.sandbox.world, AMAL, other.id)
    await stage.message_when(conversation, lambda one: one.type is MessageType.SYSTEM)
    assert await stage.count("select count(*) from customers") == 2
    customer = (await stage.detail(conversation)).customer
    assert customer.platform_customer_id == AMAL.id


async def test_a_phone_number_that_is_withheld_later_is_the_same_customer(
    stage: Stage,
) -> None:
    conversation = await began(stage)
    text = {"type": "text", "text": {"body": "avec les deux"}}
    await acts.send_part(stage.sandbox.world, AMAL, {**text, "from_user_id": "FR.77"})
    text = {"type": "text", "text": {"body": "sans numéro"}}
    hidden = Person(platform=WHATSAPP, id="FR.77", name="Amal", username="amal")
    await acts.send_part(stage.sandbox.world, hidden, text)
    await stage.message_when(conversation, lambda one: one.text == "sans numéro")
    assert await stage.count("select count(*) from customers") == 1


async def test_a_call_opens_the_window_andis_one_line(stage: Stage) -> None:
    await acts.call(stage.sandbox.world, AMAL, seconds=33)
    row = await stage.conversation_of(AMAL)
    assert row.window_ends_at is not None
    over = await stage.message_when(row.id, lambda one: "seconds" in one.details)
    assert (over.type, over.details["seconds"]) == (MessageType.CALL, "33")
    assert len(await stage.thread(row.id)) == 1
    assert (await stage.row(row.id)).unread_count == 1


async def test_what_was_written_in_the_phones_app_stands_in_the_thread(
    stage: Stage,
) -> None:
    conversation = await began(stage)
    await acts.write_in_app(stage.sandbox.world, AMAL, "On arrive")
    ours = await stage.message_when(conversation, lambda one: one.text == "On arrive")
    assert (ours.direction, ours.origin) == (Direction.OUTBOUND, Origin.ELSEWHERE)


async def test_a_location_and_an_order_keep_their_parts(stage: Stage) -> None:
    conversation = await began(stage)
    world = stage.sandbox.world
    await acts.share_location(world, AMAL, 45.5, -73.6, "Chez moi")
    await acts.order(world, AMAL, [{"product_retailer_id": "kenya", "quantity": 2}])
    placed = await stage.message_when(
        conversation, lambda one: one.type is MessageType.LOCATION
    )
    ordered = await stage.message_when(
        conversation, lambda one: one.type is MessageType.ORDER
    )
    assert (placed.details["latitude"], placed.details["place"]) == (45.5, "Chez moi")
    assert ordered.details["lines"] == [{"product": "kenya", "quantity": "2"}]


@pytest.mark.allows_log("channel.paused")
@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("ACCOUNT_RESTRICTION", ChannelStatus.ACTIVE),
        ("PARTNER_REMOVED", ChannelStatus.REVOKED),
    ],
)
async def test_a_stopped_account_pauses_its_channel_and_says_why(
    stage: Stage, event: str, status: ChannelStatus
) -> None:
    for _ in range(2):
        await acts.tell(stage.sandbox.world, "account_update", {"event": event})

    async def paused() -> health.ChannelHealth | None:
        found = (await health.overview(stage.kit)).channels
        return next((one for one in found if one.paused_reason), None)

    channel = await stage.until(paused)
    assert (channel.platform, channel.status) == (WHATSAPP, status)


@pytest.mark.allows_log("channel.paused")
async def test_an_unpaid_bill_that_a_status_tells_pauses_the_channel(
    on_stage: OpenStage,
) -> None:
    plan = ReceiptPlan(whatsapp=("sent", "failed:131042"), instagram=())
    async with on_stage(Scene(receipts=plan)) as stage:
        conversation = await began(stage)
        await reply.send(stage.kit, conversation, "Oui", key=uuid4())
        failed = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.FAILED
        )
        assert failed.failure == "Business eligibility payment issue"
        paused = "select count(*) from social_accounts where paused_at is not null"
        await eventually(lambda: is_one(stage, paused), pause=0.02)


async def test_a_stop_of_another_number_is_noted_and_stops_nothing(stage: Stage) -> None:
    value = {"event": "PHONE_NUMBER_REMOVED", "phone_number": "33999"}
    await acts.tell(stage.sandbox.world, "account_update", value)
    flagged = {"event": "FLAGGED", "display_phone_number": NUMBER.display_phone_number}
    for _ in range(25):
        await acts.tell(stage.sandbox.world, "phone_number_quality_update", flagged)
        flagged = {**flagged, "current_limit": f"TIER_{_}"}
    await stage.processed()
    paused = "select count(*) from social_accounts where paused_at is not null"
    kept = "select jsonb_array_length(metadata -> 'notices') from social_accounts"
    assert await stage.count(paused) == 0
    assert await stage.count(f"{kept} where platform = 'whatsapp'") == 20


async def test_opening_a_conversation_tells_the_customer_that_it_was_read(
    on_stage: OpenStage,
) -> None:
    async with on_stage(Scene(parts=WITH_JOBS)) as stage:
        conversation = await began(stage)
        [theirs] = await stage.thread(conversation)
        await assign.mark_read(stage.kit, conversation)
        memory = stage.sandbox.state.whatsapp
        await eventually(lambda: _true(bool(memory.read)), pause=0.02)
        assert memory.read == [theirs.platform_message_id]
        assert memory.typed == []


async def _true(value: bool) -> bool:  # noqa: FBT001 - what `eventually` asks for
    return value


async def test_a_courtesy_that_fails_is_not_missed(on_stage: OpenStage) -> None:
    async with on_stage(Scene(parts=WITH_JOBS)) as stage:
        conversation = await began(stage)
        stage.sandbox.faults.add(
            FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.WHATSAPP_RECEIPTS)
        )
        await assign.mark_read(stage.kit, conversation)
        done = (
            "select count(*) from procrastinate.procrastinate_jobs"
            " where task_name = 'mark_read' and status = 'succeeded'"
        )
        await eventually(lambda: _at_least_one(stage, done), pause=0.02)
        await reply.send(stage.kit, conversation, "Oui", key=uuid4())
        await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
        )


async def _at_least_one(stage: Stage, query: str) -> bool:
    return await stage.count(query) >= 1


@pytest.mark.parametrize(
    ("mode", "typed"), [(AssistantMode.AUTO, True), (AssistantMode.DRAFT, False)]
)
async def test_the_customer_sees_that_the_assistant_writes_where_it_may_answer(
    on_stage: OpenStage, mode: AssistantMode, *, typed: bool
) -> None:
    scene = Scene(
        parts=WITH_JOBS | {Part.ASSISTANT}, mode=mode, assistant=ScriptedAssistant()
    )
    async with on_stage(scene) as stage:
        conversation = await began(stage)

        async def considered() -> bool | None:
            return (await stage.row(conversation)).assistant_state is not None or None

        await stage.until(considered)
        jobs = "select count(*) from procrastinate.procrastinate_jobs where task_name ="
        asked = await stage.count(f"{jobs} 'show_typing' and status <> 'aborted'")
        if typed:
            memory = stage.sandbox.state.whatsapp
            await eventually(lambda: _true(bool(memory.typed)), pause=0.02)
        else:
            assert stage.sandbox.state.whatsapp.typed == []
        assert asked >= int(typed)
