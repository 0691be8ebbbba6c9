"""Corrections: what they teach the assistant, who may teach, and in whose inbox."""

import pytest

from core.actions import correct
from core.domain.decision import Decision
from core.domain.errors import NotFound, Refused
from core.domain.ids import DecisionId
from core.domain.message import MessageType
from core.kit import Kit
from core.queries import decisions, rules
from tests.assistant.cases import entry
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.mind import Mind

DOGS = entry("Are dogs allowed?", "Yes, on a lead.")
OFFER = "We sell refurbished chairs to cafés"


async def test_a_correction_becomes_an_example_in_a_new_version_of_the_rules(
    mind: Mind,
) -> None:
    decision = await mind.decides(OFFER, "are you interested?")
    before = await rules.current(mind.owner)
    await correct.was_wrong(mind.owner, decision, Decision.IGNORE, note="A salesman.")
    after = await rules.current(mind.owner)
    assert after.ignore_examples == (
        *before.ignore_examples,
        f"{OFFER} are you interested?",
    )
    assert after.version == before.version + 1
    assert (await decisions.one(mind.owner, decision)).row.corrected is Decision.IGNORE


async def test_the_next_message_that_says_the_same_is_decided_as_corrected(
    mind: Mind,
) -> None:
    await correct.was_wrong(mind.owner, await mind.decides(OFFER), Decision.IGNORE)
    again = await decisions.one(mind.owner, await mind.decides(OFFER, name="Max"))
    assert again.row.decision is Decision.IGNORE
    assert again.row.matched_rule == OFFER


@pytest.mark.parametrize("should", [Decision.RESPOND, Decision.IGNORE])
async def test_each_decision_has_examples_of_its_own(mind: Mind, should: Decision) -> None:
    decision = await mind.decides("Do you sell bicycles?")
    await correct.was_wrong(mind.owner, decision, should)
    assert _examples(mind.arrange) == {
        "ignore": ["Do you sell bicycles?"] if should is Decision.IGNORE else [],
        "escalate": [],
        "respond": ["Do you sell bicycles?"] if should is Decision.RESPOND else [],
    }


async def test_a_later_correction_takes_the_place_of_an_earlier_one(mind: Mind) -> None:
    mind.shelf.passages = [DOGS]
    decision = await mind.decides("Are dogs allowed?")
    await correct.was_wrong(mind.owner, decision, Decision.IGNORE)
    await correct.was_wrong(mind.owner, decision, Decision.ESCALATE)
    assert _examples(mind.arrange) == {
        "ignore": [],
        "escalate": ["Are dogs allowed?"],
        "respond": [],
    }
    assert (await decisions.one(mind.owner, decision)).row.corrected is Decision.ESCALATE


async def test_what_stood_before_is_in_the_audit_log_without_anybodys_words(
    mind: Mind,
) -> None:
    mind.shelf.passages = [DOGS]
    decision = await mind.decides("Are dogs allowed?")
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE, note="Barks.")
    await correct.was_wrong(mind.owner, decision, Decision.ESCALATE)
    kept = mind.arrange.value(
        "select jsonb_agg(detail order by seq) from audit_log"
        " where tenant_id = %(tenant)s and subject_id = %(id)s",
        id=decision,
    )
    assert kept == [
        {"should": "ignore", "example": "proposed"},
        {"should": "escalate", "example": "added"},
    ]


async def test_an_agent_proposes_and_the_rules_stay(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE, note=" A salesman. ")
    assert _examples(mind.arrange)["ignore"] == []
    (proposed,) = await correct.pending_examples(mind.owner)
    assert (proposed.decision_id, proposed.text, proposed.note) == (
        decision,
        OFFER,
        "A salesman.",
    )
    assert proposed.member_name == "agent of ours"
    assert (proposed.decided, proposed.should) == (Decision.ESCALATE, Decision.IGNORE)


async def test_an_accepted_example_is_in_the_rules(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE)
    await correct.accept_example(mind.owner, decision)
    assert _examples(mind.arrange)["ignore"] == [OFFER]
    assert await correct.pending_examples(mind.owner) == []
    with pytest.raises(NotFound, match="No example is proposed"):
        await correct.accept_example(mind.owner, decision)


async def test_a_refused_example_is_not_and_the_correction_stays(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE)
    await correct.refuse_example(mind.owner, decision)
    assert _examples(mind.arrange)["ignore"] == []
    assert await correct.pending_examples(mind.owner) == []
    assert (await decisions.one(mind.owner, decision)).row.corrected is Decision.IGNORE


async def test_an_agent_settles_no_proposal(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE)
    for settle in (correct.accept_example, correct.refuse_example):
        with pytest.raises(Refused, match="Your role does not allow this"):
            await settle(mind.agent, decision)
    assert len(await correct.pending_examples(mind.agent)) == 1


async def test_row_security_keeps_an_agent_from_adding_by_another_way(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    await correct.was_wrong(mind.agent, decision, Decision.IGNORE)
    async with mind.agent.mine() as unit:
        with pytest.raises(Refused, match="Your role does not allow this"):
            await unit.execute("update decision_corrections set state = 'added'", {})


async def test_another_inboxs_decision_is_not_there(mind: Mind, kit_of: KitOf) -> None:
    decision = await mind.decides(OFFER)
    stranger = await kit_of("stranger")
    for should in Decision:
        with pytest.raises(NotFound, match="not in this inbox"):
            await correct.was_wrong(stranger, decision, should)
    with pytest.raises(NotFound):
        await correct.accept_example(stranger, decision)
    assert _corrections(mind.arrange) == 0


async def test_what_was_decided_like_that_is_no_correction(mind: Mind) -> None:
    decision = await mind.decides("Do you sell bicycles?")
    with pytest.raises(Refused, match="decided to escalate as it is"):
        await correct.was_wrong(mind.owner, decision, Decision.ESCALATE)
    assert _corrections(mind.arrange) == 0


async def test_a_file_without_words_teaches_nothing_but_is_corrected(mind: Mind) -> None:
    decision = await _about_nothing(mind)
    await correct.was_wrong(mind.owner, decision, Decision.IGNORE)
    assert _examples(mind.arrange)["ignore"] == []
    assert (await decisions.one(mind.owner, decision)).row.corrected is Decision.IGNORE


async def test_full_lists_say_so_and_change_nothing(mind: Mind) -> None:
    mind.arrange.run(
        "update ai_rules set ignore_examples = (select array_agg('Example ' || n)"
        " from generate_series(1, 200) n) where user_id = %(tenant)s"
    )
    decision = await mind.decides(OFFER)
    with pytest.raises(Refused, match="There are 200 examples of what to ignore already"):
        await correct.was_wrong(mind.owner, decision, Decision.IGNORE)
    assert _corrections(mind.arrange) == 0


async def test_a_note_that_cannot_be_kept_is_refused(mind: Mind) -> None:
    decision = await mind.decides(OFFER)
    with pytest.raises(Refused, match="more than 1000 characters"):
        await correct.was_wrong(mind.owner, decision, Decision.IGNORE, note="x" * 1001)
    with pytest.raises(Refused, match="The note holds a character that cannot be stored"):
        await correct.was_wrong(mind.owner, decision, Decision.IGNORE, note="a\x00b")


async def test_a_decision_of_an_earlier_version_teaches_by_its_beginning(
    kit_of: KitOf, arrange: Arrange
) -> None:
    owner: Kit = await kit_of("owner")
    conversation = arrange.conversation()
    decision = DecisionId(
        arrange.value(
            "insert into ai_decisions (user_id, conversation_id, decision, confidence,"
            " reason, message_text) values (%(tenant)s, %(conversation)s, 'escalate', 0.9,"
            " 'old', %(text)s) returning id",
            conversation=conversation,
            text=OFFER,
        )
    )
    await correct.was_wrong(owner, decision, Decision.IGNORE)
    assert _examples(arrange)["ignore"] == [OFFER]


async def _about_nothing(mind: Mind) -> DecisionId:
    return await mind.decides("", types=(MessageType.IMAGE,))


def _examples(arrange: Arrange) -> dict[str, list[str]]:
    found: dict[str, list[str]] = arrange.value(
        "select jsonb_build_object('ignore', ignore_examples, 'escalate', escalate_examples,"
        " 'respond', respond_examples) from ai_rules where user_id = %(tenant)s"
    )
    return found


def _corrections(arrange: Arrange) -> int:
    return int(arrange.value("select count(*) from decision_corrections"))
