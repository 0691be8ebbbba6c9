"""`kb gaps` on a real home."""

from psycopg.types.json import Jsonb

from core.domain.ids import ConversationId
from tests.cli.conftest import Call
from tests.fixtures.inbox import Arrange

QUESTIONS = ("Do you sell gift cards?", "Can I buy a gift card online?")


def _asked(arrange: Arrange, text: str) -> ConversationId:
    conversation = arrange.conversation()
    arrange.run(
        "with d as (insert into ai_decisions (user_id, conversation_id, decision, confidence,"
        " reason, message_text, snapshot_json) values (%(tenant)s, %(conversation)s,"
        " 'escalate', 0.9, 'unknown', %(text)s, %(snapshot)s) returning id)"
        " insert into support_escalations (user_id, conversation_id, decision_id, reason)"
        " select %(tenant)s, %(conversation)s, id, 'missing_knowledge' from d",
        conversation=conversation,
        text=text,
        snapshot=Jsonb({"language": "en"}),
    )
    return conversation


def test_gaps_are_grouped_and_listed(call: Call, arrange_at_home: Arrange) -> None:
    assert call("kb", "gaps").out == "Nothing is unanswered.\n"
    assert call("kb", "gaps", "--json").json == []
    for text in QUESTIONS:
        _asked(arrange_at_home, text)

    (found,) = call("kb", "gaps", "--regroup", "--json").json

    assert found["gap"]["question"] in QUESTIONS
    assert (found["gap"]["messages"], found["gap"]["status"]) == (2, "open")
    assert {one["text"] for one in found["messages"]} == set(QUESTIONS)
    said = call("kb", "gaps").out
    assert f"{found['gap']['id']}  open      en     2  " in said
    assert all(f"    {text}\n" in said for text in QUESTIONS)
    assert call("kb", "gaps", "--all", "--json").json == [found]
