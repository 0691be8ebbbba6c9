"""A platform that says "too fast" slows down what it spoke of, and nothing beside it."""

from functools import partial
from uuid import uuid4

from core.actions import attach, reply
from core.domain.attachment import OutgoingFile
from core.domain.channel import PlatformName
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.state import Person
from tests.crash.waiting import eventually
from tests.flows.stage import AMAL, BEA, INES, Stage

LONG = 600.0
"""Seconds; no test waits so long, so what left has not waited for it."""
OTHERS = 10
EACH = 5
_WAITING = """
select count(*) from outbox_items
where state = 'queued' and error_title is not null and due_at > now()
  and conversation_id = %(id)s
"""


async def began(stage: Stage, person: Person) -> ConversationId:
    """Let a customer write, and return the conversation."""
    await stage.sandbox.write(person, "Bonjour")
    return (await stage.conversation_of(person)).id


async def is_told_to_wait(stage: Stage, conversation: ConversationId) -> bool:
    """Return whether a conversation's item was tried and rests now."""
    async with stage.companion.kit.unit(stage.database.tenant) as unit:
        waiting = await unit.value(_WAITING, {"id": conversation})
    return bool(waiting == 1)


async def accepted(stage: Stage, conversation: ConversationId, count: int) -> None:
    """Return once so many messages of a conversation have been accepted."""

    async def look() -> bool:
        thread = await stage.thread(conversation)
        return sum(one.delivery is DeliveryState.ACCEPTED for one in thread) == count

    await stage.until(look)


async def test_a_throttled_channel_delays_no_other(stage: Stage) -> None:
    held = [await began(stage, person) for person in (AMAL, BEA)]
    people = [
        Person(
            platform=PlatformName.INSTAGRAM,
            id=f"99100{number:02d}",
            name=f"Customer {number}",
            username=f"customer{number}",
        )
        for number in range(OTHERS)
    ]
    free = [await began(stage, person) for person in people]
    too_fast = FaultRule(
        kind=Fault.RATE_LIMITED, endpoint=Endpoint.WHATSAPP_MESSAGES, seconds=LONG
    )
    stage.sandbox.faults.add(too_fast)
    for conversation in held:
        await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
        await eventually(partial(is_told_to_wait, stage, conversation), pause=0.02)
    for number in range(EACH):
        for conversation in free:
            await reply.send(stage.kit, conversation, f"{number}.", key=uuid4())
    for conversation in free:
        await accepted(stage, conversation, EACH)
    recipients = {send.recipient for send in stage.sandbox.sends()}
    assert len(stage.sandbox.sends()) == OTHERS * EACH
    assert recipients == {person.id for person in people}
    for conversation in held:
        assert await is_told_to_wait(stage, conversation)


async def test_throttled_uploads_delay_no_words_of_the_same_channel(stage: Stage) -> None:
    photo = OutgoingFile(name="café.png", content=draw("cup"))
    with_file, with_words = await began(stage, AMAL), await began(stage, BEA)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.WHATSAPP_MEDIA, seconds=LONG)
    )
    await attach.send_file(stage.kit, with_file, photo, "Le voici", key=uuid4())
    await eventually(partial(is_told_to_wait, stage, with_file), pause=0.02)
    await reply.send(stage.kit, with_words, "Oui.", key=uuid4())
    await accepted(stage, with_words, 1)
    assert [send.recipient for send in stage.sandbox.sends()] == [BEA.id]
    assert await is_told_to_wait(stage, with_file)


async def test_a_customer_written_to_too_fast_rests_alone(stage: Stage) -> None:
    resting, others = await began(stage, AMAL), await began(stage, BEA)
    elsewhere = await began(stage, INES)
    stage.sandbox.faults.add(FaultRule(kind=Fault.PAIR_LIMITED, recipient=AMAL.id, times=1))
    await reply.send(stage.kit, resting, "Oui.", key=uuid4())
    await eventually(partial(is_told_to_wait, stage, resting), pause=0.02)
    for conversation in (others, elsewhere):
        await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
        await accepted(stage, conversation, 1)
    assert [send.recipient for send in stage.sandbox.sends()] == [BEA.id, INES.id]
    assert await is_told_to_wait(stage, resting)
