"""Caps hold before thinking and while deciding; people are told once; the inbox goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from core.actions import decide, escalate, limit, triage
from core.actions.decide import Outcome
from core.domain.cap import OF_A_CUSTOMER, Cap, Caps
from core.domain.channel import AssistantMode
from core.domain.decision import EscalationReason
from core.domain.errors import Refused
from core.domain.ids import ConversationId
from core.kit import Kit
from core.queries import caps as caps_query
from core.queries import conversation as query
from core.store import attention
from tests.actions.claims import IGNORE, RESPOND, claimed, looked_at
from tests.doubles.scripted_assistant import ScriptedAssistant
from tests.fixtures.inbox import Arrange, KitOf

USE = (
    "insert into assistant_usage (tenant_id, conversation_id, day, thoughts, cost_usd)"
    " values (%(tenant)s, %(id)s, (now() at time zone 'UTC')::date, %(thoughts)s, %(cost)s)"
)
MODEL_RUN = {
    "model": "gpt-4o-mini",
    "calls": [{"model": "gpt-4o-mini", "input_tokens": 4000, "output_tokens": 250}],
}


def use(
    arrange: Arrange, *, of: ConversationId | None = None, thoughts: int = 0, usd: str = "0"
) -> None:
    """Have a customer, or the whole inbox, have used so much today."""
    arrange.run(USE, id=of, thoughts=thoughts, cost=Decimal(usd))


async def asked(kit: Kit, arrange: Arrange, conversation: ConversationId) -> None:
    """Have the customer write, and the assistant's loop come by."""
    arrange.inbound(conversation, "When do you open?", age=1)
    arrange.run(
        "update conversations set assistant_due_at = now() - interval '1 s',"
        " assistant_lease_until = null where id = %(id)s",
        id=conversation,
    )
    async with kit.database.claim() as unit:
        due = await attention.claim_due(unit, limit=9, lease=60)
    for one in due:
        await triage.conversation(kit, one)


async def thinking(kit_of: KitOf) -> tuple[Kit, ScriptedAssistant]:
    assistant = ScriptedAssistant()
    return replace(await kit_of("service"), assistant=assistant), assistant


async def test_what_a_decision_took_is_kept_with_it(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=replace(RESPOND, snapshot=MODEL_RUN))
    await decide.act(kit, case.considered)
    row = arrange.row("ai_decisions", arrange.value("select id from ai_decisions"))
    assert (row["input_tokens"], row["output_tokens"]) == (4000, 250)
    assert row["cost_usd"] == Decimal("0.000750")
    used = (await caps_query.current(await kit_of("agent"))).used
    assert (used.day, used.usd_month) == (1, Decimal("0.000750"))


async def test_a_model_without_a_price_costs_an_unknown_amount(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    run = {"calls": [{"model": "made at home", "input_tokens": 9, "output_tokens": 9}]}
    case = await claimed(kit, arrange, proposal=replace(RESPOND, snapshot=run))
    await decide.act(kit, case.considered)
    assert arrange.value("select cost_usd from ai_decisions") is None
    assert arrange.value("select input_tokens from ai_decisions") == 9


async def test_a_raw_answer_that_no_text_can_hold_is_kept_as_far_as_it_can(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    call = {"model": "m", "raw": "yes\x00no \ud800 ok", "input_tokens": 1}
    case = await claimed(
        kit, arrange, proposal=replace(RESPOND, snapshot={"calls": [call]})
    )
    await decide.act(kit, case.considered)
    kept = arrange.value("select snapshot_json -> 'calls' -> 0 ->> 'raw' from ai_decisions")
    assert kept == "yesno \ufffd ok"


async def test_a_thought_that_came_too_late_is_counted_all_the_same(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=replace(RESPOND, snapshot=MODEL_RUN))
    arrange.inbound(case.conversation, "On Sunday, I mean", age=1)
    assert await decide.act(kit, case.considered) is Outcome.OVERTAKEN
    used = (await caps_query.current(await kit_of("agent"))).used
    assert (used.day, used.usd_day) == (1, Decimal("0.000750"))


@pytest.mark.parametrize("login", ["service", "assistant"])
@pytest.mark.parametrize(
    ("cap", "used"),
    [
        (Cap.CUSTOMER_DAY, {"thoughts": 60}),
        (Cap.DAY, {"thoughts": 5000}),
        (Cap.USD_CUSTOMER_DAY, {"usd": "1"}),
        (Cap.USD_DAY, {"usd": "10"}),
        (Cap.USD_MONTH, {"usd": "100"}),
    ],
)
async def test_over_a_cap_nobody_thinks_and_a_person_learns_which(
    kit_of: KitOf,
    arrange: Arrange,
    login: str,
    cap: Cap,
    used: dict[str, object],
) -> None:
    assistant = ScriptedAssistant()
    kit = replace(await kit_of(login), assistant=assistant)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    whose = conversation if cap in OF_A_CUSTOMER else None
    use(arrange, of=whose, **used)  # type: ignore[arg-type]
    await asked(kit, arrange, conversation)
    assert assistant.cases == []
    found = (await query.detail(await kit_of("agent"), conversation)).escalation
    assert found is not None
    assert found.reason is EscalationReason.USAGE_LIMIT
    assert f"({cap})" in found.summary
    assert arrange.value("select count(*) from outbox_items") == 0


async def test_one_short_of_a_cap_it_still_answers(kit_of: KitOf, arrange: Arrange) -> None:
    kit, assistant = await thinking(kit_of)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    use(arrange, of=conversation, thoughts=59, usd="0.99")
    use(arrange, thoughts=4999, usd="9.99")
    await asked(kit, arrange, conversation)
    assert len(assistant.cases) == 1
    assert arrange.value("select count(*) from outbox_items") == 1


async def test_yesterday_and_last_month_do_not_count(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    arrange.run(
        "insert into assistant_usage (tenant_id, conversation_id, day, thoughts)"
        " select %(tenant)s, w, d::date, 100000"
        " from unnest(array[null, %(id)s::uuid]) w,"
        " generate_series(now() - interval '60 days', now() - interval '31 days',"
        " interval '1 day') d",
        id=conversation,
    )
    await asked(kit, arrange, conversation)
    assert len(assistant.cases) == 1


async def test_a_flood_over_the_inboxs_cap_is_one_case_and_one_notice(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    use(arrange, thoughts=5000)
    flood = [arrange.conversation(channel, unread_count=1) for _ in range(20)]
    for conversation in flood:
        await asked(kit, arrange, conversation)
    assert assistant.cases == []
    assert arrange.value("select count(*) from support_escalations") == 1
    waiting = "select count(*) from conversations where unread_count = 1"
    assert arrange.value(waiting) == len(flood)
    assert arrange.value("select count(*) from conversations where status = 'active'") == 19
    due = "select count(*) from conversations where assistant_due_at is not null"
    assert arrange.value(due) == 0


async def test_a_raised_cap_is_told_of_anew_when_it_is_reached(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, _ = await thinking(kit_of)
    use(arrange, thoughts=6000)
    await asked(kit, arrange, arrange.conversation())
    await limit.set_caps(await kit_of("owner"), Caps(day=6000))
    await asked(kit, arrange, arrange.conversation())
    await asked(kit, arrange, arrange.conversation())
    assert arrange.value("select count(*) from support_escalations") == 2


async def test_many_who_decide_at_once_do_not_pass_the_cap(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    use(arrange, thoughts=4995)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    looks = []
    for _ in range(12):
        conversation = arrange.conversation(channel)
        arrange.inbound(conversation)
        looks.append(await looked_at(kit, arrange, conversation, RESPOND))
    ends = await asyncio.gather(*(decide.act(kit, one) for one in looks))
    assert sorted(ends) == [Outcome.CAPPED] * 7 + [Outcome.SENT] * 5
    assert arrange.value("select count(*) from ai_decisions") == 5
    assert arrange.value("select count(*) from support_escalations") == 1


async def test_a_customers_cap_leaves_the_others_alone(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    channel = arrange.channel(mode=AssistantMode.AUTO)
    noisy, quiet = arrange.conversation(channel), arrange.conversation(channel)
    use(arrange, of=noisy, thoughts=60)
    use(arrange, thoughts=60)
    await asked(kit, arrange, noisy)
    await asked(kit, arrange, quiet)
    assert [case.conversation_id for case in assistant.cases] == [quiet]


async def test_a_text_of_a_hundred_thousand_tokens_is_cut_before_it_is_read(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    arrange.inbound(conversation, "Do you open? " * 30_000, age=2)
    await asked(kit, arrange, conversation)
    (case,) = assistant.cases
    assert [len(one) for one in case.fragments] == [triage.MOST_READ, 17]
    assert arrange.value("select length(message_text) from ai_decisions") == 500


async def test_only_owners_and_admins_set_caps(kit_of: KitOf) -> None:
    for allowed in ("owner", "admin"):
        await limit.set_caps(await kit_of(allowed), Caps(day=900))
    with pytest.raises(Refused, match="role"):
        await limit.set_caps(await kit_of("agent"), Caps(day=901))
    with pytest.raises(Refused, match="customer_day"):
        await limit.set_caps(await kit_of("owner"), Caps(customer_day=0))
    assert (await caps_query.current(await kit_of("agent"))).caps.day == 900


async def test_another_inboxs_use_does_not_count_here(
    kit_of: KitOf, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    use(arrange_elsewhere, thoughts=5000, usd="100")
    await asked(kit, arrange, arrange.conversation())
    assert len(assistant.cases) == 1


def had(arrange: Arrange, conversation: ConversationId, said: Sequence[str]) -> None:
    """Have the assistant answer each text; the next one follows in 1.5 s."""
    for at, text in enumerate(said):
        age = 10.0 * (len(said) - at)
        arrange.inbound(conversation, text, age=age)
        reply = arrange.owed(conversation)
        arrange.run(
            "update conversation_messages set created_at = now() - make_interval(secs =>"
            " %(age)s), platform_at = now() - make_interval(secs => %(age)s)"
            " where id = %(id)s",
            age=age - 8.5,
            id=reply,
        )


async def test_two_machines_stop_after_three_replies(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    had(arrange, conversation, ["We are away.", "We are away!", "We are away."])
    await asked(kit, arrange, conversation)
    assert assistant.cases == []
    found = (await query.detail(await kit_of("agent"), conversation)).escalation
    assert found is not None
    assert found.reason is EscalationReason.POLICY
    assert "automatic answer" in found.summary
    await asked(kit, arrange, conversation)
    assert assistant.cases == []


async def test_a_conversation_given_back_is_not_stopped_again_for_the_same_words(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    had(arrange, conversation, ["We are away."] * 3)
    await asked(kit, arrange, conversation)
    await escalate.give_back(await kit_of("agent"), conversation)
    arrange.inbound(conversation, "A person here. When do you open?", age=0)
    await asked(kit, arrange, conversation)
    assert len(assistant.cases) == 1


async def test_what_was_said_while_a_person_had_it_is_not_read_again(
    kit_of: KitOf, arrange: Arrange
) -> None:
    """A handed-over plea must not hand over the next, harmless message for ever."""
    kit, assistant = await thinking(kit_of)
    member = await kit_of("agent")
    conversation = arrange.conversation(arrange.channel(mode=AssistantMode.AUTO))
    await escalate.open_by_hand(member, conversation, "")
    arrange.inbound(conversation, "I want to talk to a human!", age=0)
    await escalate.give_back(member, conversation)
    arrange.inbound(conversation, "Thank you. When do you open?", age=0)
    await asked(kit, arrange, conversation)
    (case,) = assistant.cases
    assert "I want to talk to a human!" not in case.fragments


async def test_a_conversation_taken_between_claim_and_look_is_left_alone(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, assistant = await thinking(kit_of)
    case = await claimed(kit, arrange, mode=AssistantMode.AUTO)
    await escalate.open_by_hand(await kit_of("agent"), case.conversation, "mine")
    await triage.conversation(kit, case.considered.claimed)
    assert assistant.cases == []
    row = arrange.row("conversations", case.conversation)
    assert (row["status"], row["assistant_due_at"]) == ("escalated", None)


async def test_a_model_that_is_away_does_not_bring_back_what_a_person_took(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("service")
    case = await claimed(kit, arrange, proposal=IGNORE)
    await escalate.open_by_hand(await kit_of("agent"), case.conversation, "")
    async with kit.unit(arrange.tenant) as unit:
        await attention.look_again(
            unit, case.conversation, fence=case.considered.claimed.fence, delay=0.0
        )
    assert arrange.row("conversations", case.conversation)["assistant_due_at"] is None
