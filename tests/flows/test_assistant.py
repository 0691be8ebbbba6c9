"""The assistant's part: once per burst, never over a person, never past a switch."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from core.actions import configure, decide, escalate, reply
from core.actions.configure import Switch
from core.domain.channel import AssistantMode, PlatformName
from core.domain.decision import Decision, OpenDraft
from core.domain.errors import AlreadyDecided, StaleDraft
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState, Origin
from core.engine import Part
from core.notices import NoticeKind
from core.queries import escalations
from tests.crash.waiting import eventually
from tests.doubles.scripted_assistant import (
    ScriptedAssistant,
    answer,
    call_a_person,
    silence,
)
from tests.flows.conftest import OpenStage
from tests.flows.events import instagram_echo_of
from tests.flows.stage import AMAL, INES, LISTENING, Scene, Stage

WITH_ASSISTANT = LISTENING | {Part.ASSISTANT}


@pytest.fixture
async def drafting(on_stage: OpenStage) -> AsyncIterator[Stage]:
    scene = Scene(parts=WITH_ASSISTANT, mode=AssistantMode.DRAFT)
    async with on_stage(scene) as opened:
        yield opened


@pytest.fixture
async def automatic(on_stage: OpenStage) -> AsyncIterator[Stage]:
    scene = Scene(parts=WITH_ASSISTANT, mode=AssistantMode.AUTO)
    async with on_stage(scene) as opened:
        yield opened


async def draft_of(stage: Stage, conversation: ConversationId) -> OpenDraft:
    """Return the suggestion of a conversation, once there is one."""

    async def look() -> OpenDraft | None:
        return (await stage.detail(conversation)).draft

    return await stage.until(look)


async def test_a_suggestion_is_sent_when_a_member_approves_it(drafting: Stage) -> None:
    await drafting.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await drafting.conversation_of(AMAL)).id
    draft = await draft_of(drafting, conversation)
    assert (draft.text, len(draft.citations)) == ("Bonjour !", 1)
    assert drafting.sandbox.sends() == ()
    await decide.approve(drafting.kit, draft.id)
    sent = await drafting.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert (sent.text, sent.origin) == ("Bonjour !", Origin.MEMBER)
    assert len(drafting.sandbox.sends()) == 1
    with pytest.raises(AlreadyDecided):
        await decide.approve(drafting.kit, draft.id)
    assert NoticeKind.DRAFT_READY in drafting.heard


async def test_a_suggestion_can_be_changed_before_it_is_sent(drafting: Stage) -> None:
    await drafting.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await drafting.conversation_of(AMAL)).id
    draft = await draft_of(drafting, conversation)
    await decide.approve_edited(drafting.kit, draft.id, "Bonjour, à neuf heures.")
    sent = await drafting.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert sent.text == "Bonjour, à neuf heures."


async def test_a_suggestion_is_stale_once_the_customer_has_written_again(
    drafting: Stage,
) -> None:
    await drafting.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await drafting.conversation_of(AMAL)).id
    draft = await draft_of(drafting, conversation)
    drafting.assistant.may_finish.clear()
    await drafting.sandbox.write(AMAL, "Et le dimanche ?")
    await drafting.message_when(conversation, lambda one: one.text == "Et le dimanche ?")
    with pytest.raises(StaleDraft):
        await decide.approve(drafting.kit, draft.id)
    assert drafting.sandbox.sends() == ()


async def test_a_dismissed_suggestion_is_not_sent_and_not_made_again(
    drafting: Stage,
) -> None:
    await drafting.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await drafting.conversation_of(AMAL)).id
    draft = await draft_of(drafting, conversation)
    await decide.dismiss(drafting.kit, draft.id)
    assert (await drafting.detail(conversation)).draft is None
    assert drafting.sandbox.sends() == ()
    assert len(drafting.assistant.cases) == 1


async def test_in_automatic_mode_the_answer_leaves_by_itself(automatic: Stage) -> None:
    await automatic.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await automatic.conversation_of(AMAL)).id
    sent = await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert (sent.text, sent.origin) == ("Bonjour !", Origin.ASSISTANT)
    detail = await automatic.detail(conversation)
    assert detail.last_decision is not None
    assert detail.last_decision.decision is Decision.RESPOND
    assert detail.assistant_state == "answered"


async def test_below_the_threshold_the_answer_is_only_suggested(
    automatic: Stage,
) -> None:
    automatic.assistant.propose = lambda _case: answer("Peut-être.", confidence=0.5)
    await automatic.sandbox.write(AMAL, "Vous ouvrez à quelle heure ?")
    conversation = (await automatic.conversation_of(AMAL)).id
    draft = await draft_of(automatic, conversation)
    assert draft.text == "Peut-être."
    assert automatic.sandbox.sends() == ()


async def test_a_burst_is_answered_once(automatic: Stage) -> None:
    words = ("Bonjour", "J'ai une question", "Vous ouvrez quand ?")
    for word in words:
        await automatic.sandbox.write(AMAL, word)
    conversation = (await automatic.conversation_of(AMAL)).id
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert [case.fragments for case in automatic.assistant.cases] == [words]
    assert len(automatic.sandbox.sends()) == 1


async def test_a_customer_who_writes_while_the_assistant_thinks_is_read_in_full(
    automatic: Stage,
) -> None:
    automatic.assistant.may_finish.clear()
    await automatic.sandbox.write(AMAL, "Bonjour")
    await automatic.assistant.thinking.wait()
    await automatic.sandbox.write(AMAL, "Vous ouvrez quand ?")
    conversation = (await automatic.conversation_of(AMAL)).id
    await automatic.message_when(
        conversation, lambda one: one.text == "Vous ouvrez quand ?"
    )
    automatic.assistant.may_finish.set()
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert automatic.assistant.cases[-1].fragments == ("Bonjour", "Vous ouvrez quand ?")
    assert len(automatic.sandbox.sends()) == 1


async def test_a_question_asked_right_after_our_answer_is_answered_too(
    automatic: Stage,
) -> None:
    await automatic.sandbox.write(AMAL, "Vous ouvrez quand ?")
    conversation = (await automatic.conversation_of(AMAL)).id
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    await automatic.sandbox.write(AMAL, "Et le dimanche ?")
    await eventually(lambda: _was_asked(automatic.assistant, "Et le dimanche ?"))


async def _was_asked(assistant: ScriptedAssistant, text: str) -> bool:
    return any(text in case.fragments for case in assistant.cases)


async def test_a_person_who_answers_first_silences_a_run_in_flight(
    automatic: Stage,
) -> None:
    automatic.assistant.may_finish.clear()
    await automatic.sandbox.write(AMAL, "Bonjour")
    conversation = (await automatic.conversation_of(AMAL)).id
    await automatic.assistant.thinking.wait()
    await reply.send(automatic.kit, conversation, "Je m'en occupe.", key=uuid4())
    automatic.assistant.may_finish.set()
    await eventually(lambda: _is_considered(automatic))
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    [send] = automatic.sandbox.sends()
    assert send.body["text"] == {"body": "Je m'en occupe.", "preview_url": False}
    assert await automatic.count("select count(*) from ai_decisions") == 0


async def _is_considered(stage: Stage) -> bool:
    query = "select count(*) from conversations where assistant_lease_until is not null"
    return await stage.count(query) == 0


async def test_a_reply_typed_elsewhere_silences_a_run_in_flight(automatic: Stage) -> None:
    automatic.assistant.may_finish.clear()
    await automatic.sandbox.write(INES, "Bonjour")
    conversation = (await automatic.conversation_of(INES)).id
    await automatic.assistant.thinking.wait()
    echo = instagram_echo_of("typed-1", "Je m'en occupe.")
    await automatic.post(PlatformName.INSTAGRAM, echo)
    await automatic.message_when(conversation, lambda one: one.origin is Origin.ELSEWHERE)
    automatic.assistant.may_finish.set()
    await eventually(lambda: _is_considered(automatic))
    assert automatic.sandbox.sends() == ()
    assert await automatic.count("select count(*) from outbox_items") == 0


async def test_a_persons_answer_withdraws_the_suggestion(drafting: Stage) -> None:
    await drafting.sandbox.write(AMAL, "Bonjour")
    conversation = (await drafting.conversation_of(AMAL)).id
    draft = await draft_of(drafting, conversation)
    await reply.send(drafting.kit, conversation, "Je m'en occupe.", key=uuid4())
    assert (await drafting.detail(conversation)).draft is None
    with pytest.raises(AlreadyDecided):
        await decide.approve(drafting.kit, draft.id)


async def test_the_main_switch_holds_what_is_queued(automatic: Stage) -> None:
    await automatic.arrange("update social_accounts set paused_at = now()")
    await automatic.sandbox.write(AMAL, "Bonjour")
    conversation = (await automatic.conversation_of(AMAL)).id
    queued = await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.QUEUED
    )
    await configure.set_master(automatic.kit, Switch.OFF)
    await automatic.arrange("update social_accounts set paused_at = null")
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.HELD
    )
    assert automatic.sandbox.sends() == ()
    await reply.release(automatic.kit, queued.id)
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert len(automatic.sandbox.sends()) == 1


async def test_an_escalation_keeps_the_assistant_silent_until_it_is_resolved(
    automatic: Stage,
) -> None:
    automatic.assistant.propose = lambda _case: call_a_person()
    await automatic.sandbox.write(AMAL, "Je veux parler à quelqu'un")
    conversation = (await automatic.conversation_of(AMAL)).id
    [case] = await automatic.until(lambda: escalations.queue(automatic.kit))
    assert case.conversation_id == conversation
    assert case.summary == "Wants to talk to somebody."
    assert (await automatic.row(conversation)).status == "escalated"
    automatic.assistant.propose = lambda _case: answer("Me revoilà.")
    await automatic.sandbox.write(AMAL, "Allô ?")
    await automatic.message_when(conversation, lambda one: one.text == "Allô ?")
    assert await automatic.count(_DUE) == 0
    await escalate.resolve(automatic.kit, case.id)
    await automatic.sandbox.write(AMAL, "Une dernière question")
    await automatic.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert len(automatic.assistant.cases) == 2


_DUE = "select count(*) from conversations where assistant_due_at is not null"


async def test_thanks_are_ignored_and_count_as_read(automatic: Stage) -> None:
    automatic.assistant.propose = lambda _case: silence()
    await automatic.sandbox.write(AMAL, "Merci !")
    conversation = (await automatic.conversation_of(AMAL)).id

    async def ignored() -> bool:
        return (await automatic.row(conversation)).assistant_state == "ignored"

    await automatic.until(ignored)
    assert (await automatic.row(conversation)).unread_count == 0
    assert automatic.sandbox.sends() == ()
