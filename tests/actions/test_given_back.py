"""A conversation that a person has is a person's, until they give it back, and only once.

Whatever happens in whatever order: customers write, the loop comes by, people escalate,
take, answer, close and give back. The assistant never thinks about what is not its own,
and nothing that a person has dealt with is ever handed over again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.actions import assign, escalate, reply
from core.assistant.state import Case
from core.clock import time_ordered_id
from core.domain.channel import AssistantMode
from core.domain.decision import Proposal
from core.domain.errors import Conflict, NotFound
from core.domain.ids import EscalationId
from core.kit import Kit
from tests.actions.test_bursts import PAUSE, Customer
from tests.doubles.scripted_assistant import (
    ScriptedAssistant,
    answer,
    call_a_person,
    silence,
)
from tests.fixtures.inbox import Arrange, KitOf

EXAMPLES = 40
STEPS = [
    "asks", "asks", "pleads", "thanks", "loop", "loop", "escalate", "take", "give back",
    "reply", "archive", "reopen",
]  # fmt: skip


def proposed(case: Case) -> Proposal:
    """Propose what the texts ask for: any plea for a person is one for all of them."""
    if any("human" in text for text in case.fragments):
        return call_a_person()
    if all("thanks" in text for text in case.fragments):
        return silence()
    return answer("At nine.")


@dataclass
class Play:
    """One conversation, and what must be true of it."""

    customer: Customer
    member: Kit
    assistant: ScriptedAssistant
    pending: list[str] = field(default_factory=list)
    """What the customer said and nobody has dealt with."""
    written: int = 0
    is_ours: bool = True
    """Whether the assistant may think about it."""

    async def step(self, name: str) -> None:
        """Take one step, and check what the assistant made of it."""
        await _STEPS[name](self)
        status = self.customer.arrange.row("conversations", self.customer.conversation)
        assert (status["status"] != "escalated") == self.is_ours, name

    async def say(self, words: str) -> None:
        self.written += 1
        text = f"{words} {self.written}"
        if self.is_ours:
            await self.customer.write(text)
            self.customer.arrange.run(
                "update conversations set status = 'active' where id = %(id)s"
                " and status = 'archived'",
                id=self.customer.conversation,
            )
        else:  # `receive` asks for no look at a conversation that a person has
            self.customer.arrange.inbound(self.customer.conversation, text, age=0)
        self.pending.append(text)

    async def loop(self) -> None:
        self.assistant.cases.clear()
        before = self._traces()
        await self.customer.wait(PAUSE)
        if not self.is_ours:
            assert self.assistant.cases == []
            assert self._traces() == before
            return
        for case in self.assistant.cases:
            assert list(case.fragments) == self.pending
            self.is_ours = not any("human" in text for text in self.pending)
            self.pending.clear()

    async def escalate(self) -> None:
        await escalate.open_by_hand(self.member, self.customer.conversation, "look")
        self.is_ours = False

    async def take(self) -> None:
        await escalate.take(self.member, self._case())

    async def give_back(self) -> None:
        await escalate.give_back(self.member, self.customer.conversation)
        self._dealt_with()

    async def reply(self) -> None:
        key = time_ordered_id()
        await reply.send(self.member, self.customer.conversation, "At ten.", key=key)
        self.pending.clear()

    async def archive(self) -> None:
        await assign.archive(self.member, self.customer.conversation)
        if not self.is_ours:
            self._dealt_with()

    async def reopen(self) -> None:
        await assign.reopen(self.member, self.customer.conversation)

    def _dealt_with(self) -> None:
        self.is_ours = True
        self.pending.clear()

    def _case(self) -> EscalationId:
        found = self.customer.arrange.value(
            "select id from support_escalations where conversation_id = %(id)s"
            " and status <> 'resolved'",
            id=self.customer.conversation,
        )
        if found is None:
            raise NotFound("There is no open case.")
        return EscalationId(found)

    def _traces(self) -> int:
        return int(
            self.customer.arrange.value(
                "select (select count(*) from ai_decisions)"
                " + (select count(*) from outbox_items where origin = 'assistant')"
                " + (select count(*) from drafts) + (select count(*) from assistant_threads)"
                " + (select count(*) from support_escalations)"
            )
        )


_STEPS: dict[str, Callable[[Play], Awaitable[None]]] = {
    "asks": lambda play: play.say("When do you open?"),
    "pleads": lambda play: play.say("I want a human"),
    "thanks": lambda play: play.say("thanks"),
    "loop": Play.loop,
    "escalate": Play.escalate,
    "take": Play.take,
    "give back": Play.give_back,
    "reply": Play.reply,
    "archive": Play.archive,
    "reopen": Play.reopen,
}


@pytest.fixture
async def people(kit_of: KitOf) -> tuple[Kit, Kit]:
    """The companion and a member."""
    return await kit_of("service"), await kit_of("agent")


@given(steps=st.lists(st.sampled_from(STEPS), max_size=14))
@example(steps=["pleads", "loop", "pleads", "give back", "asks", "loop", "loop"])
@example(steps=["escalate", "pleads", "archive", "asks", "loop", "asks", "loop"])
@example(steps=["pleads", "loop", "reply", "pleads", "give back", "loop", "asks", "loop"])
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_what_a_person_has_stays_theirs_and_is_handed_over_once(
    people: tuple[Kit, Kit], arrange: Arrange, steps: list[str]
) -> None:
    play = _play(people, arrange)
    for name in steps:
        try:
            await play.step(name)
        except (Conflict, NotFound):
            assert name in ("take", "give back")
    handed_over = arrange.value(
        "select count(*) from ai_decisions where conversation_id = %(id)s"
        " and decision = 'escalate'",
        id=play.customer.conversation,
    )
    assert handed_over <= steps.count("pleads")


def _play(people: tuple[Kit, Kit], arrange: Arrange) -> Play:
    companion, member = people
    assistant = ScriptedAssistant(propose=proposed)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    customer = Customer(
        kit=replace(companion, assistant=assistant),
        arrange=arrange,
        conversation=arrange.conversation(channel),
    )
    return Play(customer=customer, member=member, assistant=assistant)
