"""People against the assistant, on the same conversation at the same time.

Each meeting is set up anew: a customer has written, the assistant has read and thought,
and a person is about to act. Then both commit through the real actions, each after a few
round trips of its own, so that every order of their steps comes up. Afterwards the outbox
is emptied as the companion does, up to the socket; what would have left is the truth.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from uuid import uuid4

from core.actions import annotate, assign, configure, decide, escalate, reply
from core.actions.configure import Switch
from core.actions.decide import Considered
from core.domain.channel import AssistantMode
from core.domain.decision import Decision, Verdict
from core.domain.errors import Conflict
from core.domain.ids import ChannelId, ConversationId, DraftId, MessageId, OutboxId
from core.domain.message import Origin
from core.kit import Kit
from core.store import conversations, outbox
from tests.actions.claims import RESPOND, looked_at
from tests.fixtures.inbox import Arrange

MOST_STEPS = 50
"""Round trips either side may take before it begins."""

UNSURE = replace(
    RESPOND,
    verdict=Verdict(decision=Decision.RESPOND, confidence=0.7, reason="asks the hours"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A conversation in which both are about to act."""

    conversation: ConversationId
    considered: Considered
    draft: DraftId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Who meets, and how the stage is set."""

    companion: Kit
    member: Kit
    owner: Kit
    arrange: Arrange
    random: Random


Act = Callable[[Ring, Meeting], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Something a person does, and what may leave afterwards.

    `speaks`: their own words must leave, and nothing else may. `silences`: nothing of the
    assistant's may leave. Neither: at most one reply leaves.
    """

    act: Act
    speaks: int = 0
    silences: int = 0
    has_draft: int = 0


async def _reply(ring: Ring, meeting: Meeting) -> object:
    return await reply.send(ring.member, meeting.conversation, "At nine!", key=uuid4())


async def _mine(ring: Ring, meeting: Meeting) -> object:
    return await annotate.note(ring.member, meeting.conversation, "Mine")


async def _take(ring: Ring, meeting: Meeting) -> None:
    await assign.to_me(ring.member, meeting.conversation)


async def _pause(ring: Ring, meeting: Meeting) -> None:
    await configure.pause_assistant(ring.member, meeting.conversation)


async def _master(ring: Ring, _meeting: Meeting) -> None:
    await configure.set_master(ring.owner, Switch.OFF)


async def _escalate(ring: Ring, meeting: Meeting) -> object:
    return await escalate.open_by_hand(ring.member, meeting.conversation, "look")


async def _archive(ring: Ring, meeting: Meeting) -> None:
    await assign.archive(ring.member, meeting.conversation)


async def _dismiss(ring: Ring, meeting: Meeting) -> None:
    assert meeting.draft is not None
    await decide.dismiss(ring.member, meeting.draft)


async def _approve(ring: Ring, meeting: Meeting) -> object:
    assert meeting.draft is not None
    return await decide.approve(ring.member, meeting.draft)


async def _edit(ring: Ring, meeting: Meeting) -> object:
    assert meeting.draft is not None
    return await decide.approve_edited(ring.member, meeting.draft, "At ten, sorry.")


PEOPLE: Mapping[str, Person] = {
    "reply": Person(act=_reply, speaks=1, silences=1),
    "note of mine": Person(act=_mine, silences=1),
    "take": Person(act=_take, silences=1),
    "pause": Person(act=_pause, silences=1),
    "master switch": Person(act=_master, silences=1),
    "escalate": Person(act=_escalate, silences=1),
    "archive": Person(act=_archive, silences=1),
    "dismiss a draft": Person(act=_dismiss, has_draft=1),
    "approve a draft": Person(act=_approve, has_draft=1),
    "edit a draft": Person(act=_edit, speaks=1, silences=1, has_draft=1),
}


@dataclass(slots=True, kw_only=True)
class Score:
    """What came of the meetings."""

    meetings: int = 0
    left: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


Deciding = Callable[[Kit, Considered], Awaitable[object]]


async def meet(
    ring: Ring, name: str, channel: ChannelId, score: Score, deciding: Deciding = decide.act
) -> None:
    """Have a person and the assistant act on one conversation at once, and judge."""
    person = PEOPLE[name]
    meeting = await _set_up(ring, channel, person)
    theirs, ours = await asyncio.gather(
        _after(ring, ring.member, person.act(ring, meeting)),
        _after(ring, ring.companion, deciding(ring.companion, meeting.considered)),
    )
    left = await would_leave(ring)
    score.meetings += 1
    score.ends[f"{name}: {_word(theirs)} | assistant: {_word(ours)}"] += 1
    score.left.update(left)
    score.violations += _judged(ring, name, meeting, left, theirs)
    ring.arrange.run("update ai_rules set ai_control_enabled = true")


async def two_workers(
    ring: Ring, channel: ChannelId, score: Score, deciding: Deciding = decide.act
) -> None:
    """Have a worker that lost its lease, and the one that took over, decide at once."""
    first = await _set_up(ring, channel, Person(act=_reply))
    again = await looked_at(ring.companion, ring.arrange, first.conversation, RESPOND)
    ends = await asyncio.gather(
        _after(ring, ring.companion, deciding(ring.companion, first.considered)),
        _after(ring, ring.member, deciding(ring.companion, again)),
    )
    left = await would_leave(ring)
    score.meetings += 1
    score.ends["two workers: " + " | ".join(sorted(map(_word, ends)))] += 1
    score.left.update(left)
    if sum(left.values()) != 1 or _decisions(ring, first.conversation) != 1:
        score.violations.append(f"two workers: {dict(left)} left")


async def carelessly(kit: Kit, considered: Considered) -> object:
    """Decide as one does who checks first and sends afterwards: what we are compared with."""
    claimed = considered.claimed
    async with kit.unit(claimed.tenant_id) as unit:
        held = await conversations.lock(unit, claimed.conversation_id)
    if held is None or held.assistant_paused or held.epoch != considered.epoch:
        return "stood_down"
    async with kit.unit(claimed.tenant_id) as unit:
        now = await conversations.lock(unit, claimed.conversation_id)
        assert now is not None
        key = uuid4()
        answer = await outbox.enqueue(
            unit,
            outbox.Reply(
                id=OutboxId(key),
                conversation_id=claimed.conversation_id,
                message_id=MessageId(uuid4()),
                text=considered.proposal.reply or "",
                origin=Origin.ASSISTANT,
                epoch=now.epoch,
            ),
        )
        return answer.outcome


async def would_leave(ring: Ring) -> Counter[str]:
    """Empty the outbox as the companion does, up to the socket; return what would leave."""
    left: Counter[str] = Counter()
    while True:
        async with ring.companion.database.claim() as unit:
            claimed = await outbox.claim(unit, worker="race", limit=50, lease=60)
        if not claimed:
            return left
        for one in claimed:
            async with ring.companion.unit(one.tenant_id) as unit:
                item = await outbox.load(unit, one)
                assert item is not None
                if await outbox.mark_sending(unit, item, margin=5) == "sending":
                    left[item.origin.value] += 1
                    await outbox.accepted(unit, item, f"wamid.{uuid4()}")


async def _set_up(ring: Ring, channel: ChannelId, person: Person) -> Meeting:
    conversation = ring.arrange.conversation(channel)
    draft = None
    if person.has_draft:
        ring.arrange.inbound(conversation, "When do you open?", age=30)
        draft = await _drafted(ring, conversation)
    ring.arrange.inbound(conversation, "And on Sunday?", age=1)
    considered = await looked_at(ring.companion, ring.arrange, conversation, RESPOND)
    return Meeting(conversation=conversation, considered=considered, draft=draft)


async def _drafted(ring: Ring, conversation: ConversationId) -> DraftId:
    seen = await looked_at(ring.companion, ring.arrange, conversation, UNSURE)
    await decide.act(ring.companion, seen)
    return DraftId(
        ring.arrange.value(
            "select id from drafts where conversation_id = %(id)s and state = 'open'",
            id=conversation,
        )
    )


async def _after(ring: Ring, kit: Kit, act: Awaitable[object]) -> object:
    """Do something after a few round trips; a lost race is an answer, all else an error."""
    async with kit.database.claim() as unit:
        for _ in range(ring.random.randint(0, MOST_STEPS)):
            await unit.value("select 1")
    try:
        return await act
    except Conflict as lost:
        return lost


def _word(ended: object) -> str:
    if isinstance(ended, Conflict):
        return type(ended).__name__
    return str(getattr(ended, "value", "done"))


def _judged(
    ring: Ring, name: str, meeting: Meeting, left: Counter[str], theirs: object
) -> list[str]:
    person, found = PEOPLE[name], []
    spoke = person.speaks and not isinstance(theirs, Conflict)
    if sum(left.values()) > 1:
        found.append(f"{name}: both were sent")
    if spoke and left["member"] != 1:
        found.append(f"{name}: the person's reply was lost")
    silenced = person.silences and not isinstance(theirs, Conflict)
    if silenced and left["assistant"]:
        found.append(f"{name}: the assistant spoke all the same")
    if _decisions(ring, meeting.conversation) > 1 + person.has_draft:
        found.append(f"{name}: decided twice")
    return found


def _decisions(ring: Ring, conversation: ConversationId) -> int:
    return int(
        ring.arrange.value(
            "select count(*) from ai_decisions where conversation_id = %(id)s",
            id=conversation,
        )
    )


def deadlocks(ring: Ring) -> int:
    """Return how many transactions PostgreSQL has ever had to shoot here."""
    ring.arrange.run("select pg_stat_clear_snapshot()")
    return int(
        ring.arrange.value(
            "select deadlocks from pg_stat_database where datname = current_database()"
        )
    )


def open_ring(companion: Kit, member: Kit, owner: Kit, arrange: Arrange, seed: int) -> Ring:
    """Return a ring with room for any number of meetings."""
    arrange.run(
        "update ai_settings set cap_day = 1000000, cap_month = 1000000"
        " where user_id = %(tenant)s"
    )
    return Ring(
        companion=companion,
        member=member,
        owner=owner,
        arrange=arrange,
        random=Random(seed),  # noqa: S311 - an order of steps, no secret
    )


def a_channel(ring: Ring) -> ChannelId:
    """Return a channel on which the assistant answers by itself."""
    return ring.arrange.channel(mode=AssistantMode.AUTO)
