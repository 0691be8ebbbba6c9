"""What a model had a part in, from the claim to what is stored, drafted and sent."""

from dataclasses import replace
from typing import Any

import pytest

from core.actions import triage
from core.assistant import saver
from core.assistant.graph import open_assistant
from core.domain.channel import AssistantMode
from core.domain.errors import BudgetSpent, ModelDown
from core.domain.ids import ConversationId
from core.llm.base import ChatModel, Completion
from core.store import attention
from tests.assistant.cases import LetterEmbedder, Shelf
from tests.assistant.dogs import ASKED, DOGS, WORDED, a_model
from tests.doubles.scripted_model import (
    EVIL_TEXTS,
    ScriptedModel,
    evil_model,
    malformed_model,
)
from tests.fixtures.inbox import Arrange, KitOf


async def _looked_at(kit_of: KitOf, arrange: Arrange, model: ChatModel) -> ConversationId:
    """Have a customer ask on a channel that answers by itself, and the assistant look."""
    kit = await kit_of("service")
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    arrange.inbound(conversation, ASKED)
    arrange.run(
        "update conversations set assistant_due_at = now() - interval '1 s' where id = %(id)s",
        id=conversation,
    )
    async with kit.database.claim() as unit:
        (due,) = await attention.claim_due(unit, limit=1, lease=60)
    known = replace(DOGS, faq_id=None)
    async with open_assistant(
        retrieve=Shelf(known),
        embedder=LetterEmbedder(),
        checkpointer=saver.in_memory(),
        model=model,
    ) as assistant:
        await triage.conversation(replace(kit, assistant=assistant), due)
    return conversation


def _decision(arrange: Arrange, conversation: ConversationId) -> dict[str, Any]:
    found = arrange.value(
        "select id from ai_decisions where conversation_id = %(id)s", id=conversation
    )
    return arrange.row("ai_decisions", found)


def _sent(arrange: Arrange) -> list[str]:
    texts = arrange.value("select array_agg(text) from outbox_items")
    return texts or []


async def test_a_reply_that_stands_on_its_quotes_is_sent_and_kept_with_its_calls(
    kit_of: KitOf, arrange: Arrange
) -> None:
    conversation = await _looked_at(kit_of, arrange, a_model())
    assert _sent(arrange) == [f"Hi Nora,\n{WORDED['text']}"]
    decision = _decision(arrange, conversation)
    assert decision["model"] == "scripted"
    kept = decision["snapshot_json"]
    assert kept["tokens"] == {"input": 200, "output": 40}
    assert [call["raw"][:1] for call in kept["calls"]] == ["{", "{"]


@pytest.mark.parametrize("kind", list(EVIL_TEXTS))
async def test_nothing_of_an_evil_model_is_sent(
    kit_of: KitOf, arrange: Arrange, kind: str
) -> None:
    conversation = await _looked_at(kit_of, arrange, evil_model(kind))
    assert _sent(arrange) == []
    assert _decision(arrange, conversation)["model"] == f"evil: {kind}"


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (malformed_model("prose"), "tool_failure"),
        (ScriptedModel(BudgetSpent("No credit left.")), "usage_limit"),
        (ScriptedModel(Completion(text="\0 half \ud800", model="\0")), "tool_failure"),
    ],
)
async def test_a_model_that_is_no_help_opens_a_persons_case(
    kit_of: KitOf, arrange: Arrange, model: ScriptedModel, reason: str
) -> None:
    conversation = await _looked_at(kit_of, arrange, model)
    assert _sent(arrange) == []
    assert _decision(arrange, conversation)["escalation_reason"] == reason
    assert arrange.value("select reason from support_escalations") == reason


@pytest.mark.allows_log("assistant.away")
async def test_a_model_that_is_away_leaves_the_message_for_later(
    kit_of: KitOf, arrange: Arrange
) -> None:
    model = ScriptedModel(ModelDown("The model is away.", retry_after=7.0))
    conversation = await _looked_at(kit_of, arrange, model)
    assert arrange.value("select count(*) from ai_decisions") == 0
    row = arrange.row("conversations", conversation)
    assert row["assistant_due_at"] is not None
