"""What the assistant learns of its suggestions: which were right, as people have shown."""

from dataclasses import replace

import pytest

from core.actions import correct, decide
from core.assistant import answering
from core.assistant.state import Came
from core.domain.decision import Decision
from core.domain.ids import DraftId
from core.kit import Kit
from core.queries import conversation as query
from core.queries import decisions
from core.queries.experience import KnownOutcomes
from core.store.pool import Login, open_database
from tests.actions.claims import RESPOND, looked_at
from tests.fixtures.database import TestDatabase
from tests.fixtures.inbox import Arrange, KitOf


class Desk:
    """An inbox whose assistant suggests, and a member who judges."""

    def __init__(self, arrange: Arrange, worker: Kit, member: Kit) -> None:
        self.arrange, self.worker, self.member = arrange, worker, member
        self.channel = arrange.channel()

    async def suggests(
        self, shipped: float | None = 0.8, weights: str = answering.VERSION
    ) -> DraftId:
        conversation = self.arrange.conversation(self.channel)
        self.arrange.inbound(conversation, "When do you open?")
        proposal = replace(RESPOND, snapshot={"shipped": shipped, "weights": weights})
        considered = await looked_at(self.worker, self.arrange, conversation, proposal)
        await decide.act(self.worker, considered)
        draft = (await query.detail(self.member, conversation)).draft
        assert draft is not None
        return draft.id

    async def came(self) -> tuple[Came, ...]:
        tenant = self.arrange.tenant
        return await KnownOutcomes(self.worker.database).read(tenant)


@pytest.fixture
async def desk(kit_of: KitOf, arrange: Arrange) -> Desk:
    return Desk(arrange, await kit_of("service"), await kit_of("owner"))


async def test_drafts_tell_by_how_they_ended(desk: Desk) -> None:
    for end in ("approved", "reworded", "rewritten", "dismissed", "open"):
        draft = await desk.suggests()
        if end == "approved":
            await decide.approve(desk.member, draft)
        elif end == "reworded":
            await decide.approve_edited(desk.member, draft, f"{RESPOND.reply} Bye!")
        elif end == "rewritten":
            await decide.approve_edited(desk.member, draft, "Which shop do you mean?")
        elif end == "dismissed":
            await decide.dismiss(desk.member, draft)
    found = await desk.came()
    assert [one.right for one in found] == [True, True, False, False]
    assert {one.likely for one in found} == {0.8}


async def test_a_suggestion_that_a_person_called_wrong_was_wrong(desk: Desk) -> None:
    draft = await desk.suggests()
    await decide.approve(desk.member, draft)
    (decision,) = [row.id for row in await decisions.page(desk.member)]
    await correct.was_wrong(desk.member, decision, Decision.ESCALATE)
    assert [one.right for one in await desk.came()] == [False]


@pytest.mark.parametrize(
    ("shipped", "weights"), [(None, answering.VERSION), (0.8, "of another version")]
)
async def test_what_was_weighed_otherwise_says_nothing(
    desk: Desk, shipped: float | None, weights: str
) -> None:
    draft = await desk.suggests(shipped, weights)
    await decide.approve(desk.member, draft)
    assert await desk.came() == ()


async def test_a_process_that_only_answers_may_read_them_too(
    desk: Desk, fresh_database: TestDatabase
) -> None:
    await decide.approve(desk.member, await desk.suggests())
    async with open_database(fresh_database.assistant, login=Login.ASSISTANT) as database:
        found = await KnownOutcomes(database).read(desk.arrange.tenant)
    assert [one.right for one in found] == [True]
