"""A shop whose customers ask what nothing answers, and who acts in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from psycopg.types.json import Jsonb

from core.actions import gaps, reply
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.domain.gap import Gap
from core.domain.ids import ConversationId, GapId, TenantId
from core.domain.knowledge import Passage
from core.kit import Kit
from core.knowledge.retrieve import answering, understood
from core.llm.base import Embedder
from core.queries import gaps as listed
from tests.fixtures.inbox import Arrange, KitOf

GIFTS = (
    "Do you sell gift cards?",
    "Can I buy a gift card online?",
    "gift card available??",
    "Is there a gift card I can give to a friend?",
)
PARKING = ("Is there parking near the shop?", "Where can I park? Any parking?")
ANSWER = "Hi Nora!\nYes, gift cards of 20 to 100 € are sold at the counter and online.\nBest,\nLéa"


@dataclass(frozen=True, slots=True)
class Shop:
    """Who acts, and the hand that sets the stage."""

    owner: Kit
    companion: Kit
    arrange: Arrange

    @property
    def tenant(self) -> TenantId:
        return self.arrange.tenant

    def asked(
        self, text: str, *, lang: str = "en", reason: str = "missing_knowledge"
    ) -> ConversationId:
        """Have a customer ask what is handed to a person for want of an answer."""
        conversation = self.arrange.conversation()
        snapshot = {"reading": {"question": text, "language": lang}}
        self.arrange.run(
            "with d as (insert into ai_decisions (user_id, conversation_id, decision,"
            " confidence, reason, escalation_reason, message_text, snapshot_json) values"
            " (%(tenant)s, %(conversation)s, 'escalate', 0.9, 'unknown', %(reason)s,"
            " left(%(text)s, 500), %(snapshot)s) returning id)"
            " insert into support_escalations (user_id, conversation_id, decision_id, reason)"
            " select %(tenant)s, %(conversation)s, id, %(reason)s from d",
            conversation=conversation,
            reason=reason,
            text=text,
            snapshot=Jsonb(snapshot),
        )
        return conversation

    async def groups(self, *texts: str) -> list[Gap]:
        for text in texts:
            self.asked(text)
        await gaps.regroup(self.companion, self.tenant)
        return await listed.list_open(self.owner)

    async def writes(self, conversation: ConversationId, text: str) -> None:
        await reply.send(self.owner, conversation, text, key=uuid4())

    async def texts(self, gap: GapId) -> set[str]:
        found = await listed.detail(self.owner, gap)
        return {message.text for message in found.messages}


async def open_shop(kit_of: KitOf, arrange: Arrange, embedder: Embedder) -> Shop:
    """Return the shop of a test's database, with the real embedder."""
    return Shop(
        replace(await kit_of("owner"), embedder=embedder),
        replace(await kit_of("service"), embedder=embedder),
        arrange,
    )


@asynccontextmanager
async def thinking(kit: Kit) -> AsyncIterator[Kit]:
    """Yield the kit with the real assistant over its own knowledge base."""

    async def search(
        tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        question = await understood(kit.embedders, query, lang=lang)
        if question is None:
            return []
        async with kit.unit(tenant) as unit:
            return await answering(unit, question, k=k)

    async with open_assistant(
        retrieve=search, embedder=kit.embedders[0], checkpointer=saver.in_memory()
    ) as assistant:
        yield replace(kit, assistant=assistant)
