"""What a customer writes in pieces is answered once, however the pieces fall.

Time passes by moving the due times of the conversation back: the database's clock decides
when the assistant looks, and nobody waits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random

import pytest
from typing_extensions import override

from core.actions import triage
from core.assistant.state import Case
from core.domain.channel import AssistantMode
from core.domain.decision import Proposal
from core.domain.ids import ConversationId
from core.kit import Kit
from core.store import attention, conversations
from core.store.conversations import Wrote
from tests.doubles.scripted_assistant import ScriptedAssistant, answer
from tests.fixtures.inbox import Arrange, KitOf

PAUSE, CAP = 8.0, 60.0
BURSTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Somebody who writes in pieces, and the loop that looks now and then."""

    kit: Kit
    arrange: Arrange
    conversation: ConversationId

    async def write(self, text: str) -> None:
        """Send a fragment, as `receive` takes it in."""
        self.arrange.inbound(self.conversation, text, age=0)
        async with self.kit.unit(self.arrange.tenant) as unit:
            wrote = Wrote(
                at=self.kit.clock.now(),
                preview=text,
                window_ends_at=None,
                pause=PAUSE,
                cap=CAP,
            )
            await conversations.customer_wrote(unit, self.conversation, wrote)

    async def wait(self, seconds: float) -> None:
        """Let time pass, and the assistant's loop come by."""
        self.arrange.run(
            "update conversations set"
            " assistant_due_at = assistant_due_at - make_interval(secs => %(by)s),"
            " assistant_first_due_at = assistant_first_due_at"
            " - make_interval(secs => %(by)s) where id = %(id)s",
            id=self.conversation,
            by=seconds,
        )
        async with self.kit.database.claim() as unit:
            due = await attention.claim_due(unit, limit=9, lease=60)
        for one in due:
            await triage.conversation(self.kit, one)

    @property
    def replies(self) -> int:
        """Return how many replies stand in the outbox."""
        return int(
            self.arrange.value(
                "select count(*) from outbox_items where conversation_id = %(id)s",
                id=self.conversation,
            )
        )


@dataclass
class Interrupted(ScriptedAssistant):
    """Is written to while it thinks, as often as there is something to say."""

    interrupt: list[Callable[[], object]] = field(default_factory=list)

    @override
    async def consider(self, case: Case) -> Proposal:
        found = await super().consider(case)
        if self.interrupt:
            self.interrupt.pop(0)()
        return found


async def _customer(
    kit_of: KitOf, arrange: Arrange, assistant: ScriptedAssistant
) -> Customer:
    kit = replace(await kit_of("service"), assistant=assistant)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    return Customer(kit=kit, arrange=arrange, conversation=arrange.conversation(channel))


async def test_a_burst_is_one_reply_and_one_thought_however_it_falls(
    kit_of: KitOf, arrange: Arrange
) -> None:
    assistant = ScriptedAssistant()
    one = await _customer(kit_of, arrange, assistant)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    for seed in range(BURSTS):
        random = Random(seed)  # noqa: S311 - gaps, no secret
        customer = replace(one, conversation=arrange.conversation(channel))
        fragments = [f"piece {at}" for at in range(random.randint(2, 8))]
        assistant.cases.clear()
        for text in fragments:
            await customer.write(text)
            await customer.wait(random.uniform(0, PAUSE - 0.1))
        assert assistant.cases == [], f"seed {seed}: it did not wait"
        await customer.wait(PAUSE)
        await customer.wait(PAUSE)
        (case,) = assistant.cases
        assert case.fragments == tuple(fragments), f"seed {seed}"
        assert customer.replies == 1, f"seed {seed}"


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_a_fragment_that_comes_while_it_thinks_makes_it_read_everything_again(
    kit_of: KitOf, arrange: Arrange, times: int
) -> None:
    assistant = Interrupted(propose=lambda case: answer(" / ".join(case.fragments)))
    customer = await _customer(kit_of, arrange, assistant)
    await customer.write("Do you open")
    more = [f"and {at}" for at in range(times)]
    assistant.interrupt.extend(
        partial(arrange.inbound, customer.conversation, text, age=0) for text in more
    )
    for _ in range(times + 2):
        await customer.wait(PAUSE)
    assert [len(case.fragments) for case in assistant.cases] == list(range(1, times + 2))
    assert customer.replies == 1
    said = arrange.value("select text from outbox_items")
    assert said == " / ".join(["Do you open", *more])


async def test_a_customer_who_never_stops_is_answered_all_the_same(
    kit_of: KitOf, arrange: Arrange
) -> None:
    assistant = ScriptedAssistant()
    customer = await _customer(kit_of, arrange, assistant)
    waited = 0.0
    while not assistant.cases:
        await customer.write("and another thing")
        await customer.wait(PAUSE - 1)
        waited += PAUSE - 1
        assert waited <= CAP + PAUSE
    assert customer.replies == 1
    assert waited > CAP - PAUSE
