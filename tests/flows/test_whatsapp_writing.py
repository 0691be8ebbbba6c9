"""What WhatsApp can do beyond words, from a customer's phone to a member's screen and back."""

from collections.abc import Sequence
from uuid import uuid4

import pytest

from core.actions import attach, compose, reply, sync_templates
from core.actions.compose import Chosen
from core.domain.attachment import OutgoingFile
from core.domain.channel import PlatformName
from core.domain.errors import Refused, WindowClosed
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState, Direction, Message, MessageType
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    ContactCard,
    ContactsMessage,
    LocationMessage,
    TemplateValues,
)
from core.engine import Part
from core.queries import templates
from core.queries.templates import Templates
from core.sandbox import whatsapp_acts as acts
from core.sandbox.accounts import ReceiptPlan
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.state import Person
from core.sandbox.whatsapp_state import Template
from tests.crash.waiting import eventually
from tests.doubles import files
from tests.flows.conftest import OpenStage
from tests.flows.stage import AMAL, INES, LISTENING, NUMBER, Scene, Stage

WITH_JOBS = LISTENING | {Part.JOBS}
WHATSAPP = PlatformName.WHATSAPP
YES = Choice(id="y", title="Oui")


async def began(stage: Stage, person: Person = AMAL) -> ConversationId:
    await stage.sandbox.write(person, "Bonjour")
    return (await stage.conversation_of(person)).id


async def close_window(stage: Stage) -> None:
    await stage.arrange(
        "update conversations set reply_window_ends_at = now() - interval '1 hour'"
    )
    stage.sandbox.state.whatsapp.closed.add(AMAL.id)


def an_approved_template(stage: Stage, name: str = "order_ready") -> Template:
    body = {"type": "BODY", "text": "Bonjour {{1}}, votre commande {{2}} est prête."}
    template = Template(
        id=str(uuid4().int),
        waba_id=NUMBER.waba_id,
        name=name,
        language="fr",
        category="UTILITY",
        status="APPROVED",
        components=[body],
    )
    stage.sandbox.state.whatsapp.templates[template.id] = template
    return template


async def known(stage: Stage, *statuses: str) -> Templates:
    """Return the channel's templates once they have these statuses."""

    async def look() -> Templates | None:
        found = await templates.of_channel(stage.kit, stage.channels[WHATSAPP])
        return found if [one.status for one in found.templates] == [*statuses] else None

    return await stage.until(look)


CHOSEN = Chosen(
    name="order_ready", language="fr", values=TemplateValues(body=("Amal", "42"))
)


async def test_a_template_reaches_a_customer_whose_window_has_closed(
    on_stage: OpenStage,
) -> None:
    async with on_stage(Scene(parts=WITH_JOBS)) as stage:
        conversation = await began(stage)
        an_approved_template(stage)
        await sync_templates.ask(stage.kit, stage.channels[WHATSAPP])
        assert (await known(stage, "APPROVED")).ready
        await close_window(stage)
        with pytest.raises(WindowClosed):
            await reply.send(stage.kit, conversation, "Bonjour ?", key=uuid4())
        choice = ChoiceMessage(text="Alors ?", choices=(YES,))
        with pytest.raises(WindowClosed):
            await compose.choice(stage.kit, conversation, choice, key=uuid4())

        key = uuid4()
        for _ in range(2):
            await compose.template(stage.kit, conversation, CHOSEN, key=key)
        sent = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
        )
        assert sent.type is MessageType.TEMPLATE
        assert sent.text == "Bonjour Amal, votre commande 42 est prête."
        [send] = stage.sandbox.sends()
        assert send.body["template"] == {
            "name": "order_ready",
            "language": {"code": "fr"},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "Amal"},
                        {"type": "text", "text": "42"},
                    ],
                }
            ],
        }


async def test_a_template_that_whatsapp_pauses_is_offered_no_longer(
    on_stage: OpenStage,
) -> None:
    async with on_stage(Scene(parts=WITH_JOBS)) as stage:
        conversation = await began(stage)
        created = an_approved_template(stage)
        await sync_templates.ask(stage.kit, stage.channels[WHATSAPP])
        await known(stage, "APPROVED")
        await acts.review_template(stage.sandbox.world, created.id, "PAUSED")
        assert (await known(stage, "PAUSED")).ready == ()
        with pytest.raises(Refused, match="paused"):
            await compose.template(stage.kit, conversation, CHOSEN, key=uuid4())


async def test_a_template_that_is_deleted_there_is_forgotten_here(
    on_stage: OpenStage,
) -> None:
    async with on_stage(Scene(parts=WITH_JOBS)) as stage:
        first = an_approved_template(stage)
        an_approved_template(stage, "other")
        await sync_templates.ask(stage.kit, stage.channels[WHATSAPP])
        await known(stage, "APPROVED", "APPROVED")
        del stage.sandbox.state.whatsapp.templates[first.id]
        await sync_templates.ask(stage.kit, stage.channels[WHATSAPP])
        [left] = (await known(stage, "APPROVED")).templates
        assert left.name == "other"


async def test_what_a_platform_does_not_know_is_refused(stage: Stage) -> None:
    conversation = await began(stage, INES)
    place = LocationMessage(latitude=45.5, longitude=-73.6)
    with pytest.raises(Refused, match="takes no places"):
        await compose.location(stage.kit, conversation, place, key=uuid4())
    with pytest.raises(Refused, match="no templates"):
        await sync_templates.ask(stage.kit, stage.channels[PlatformName.INSTAGRAM])


async def test_places_cards_and_choices_leave_and_show(stage: Stage) -> None:
    conversation = await began(stage)
    place = LocationMessage(latitude=45.5, longitude=-73.6, name="Atelier")
    card = ContactCard(name="Ann", phones=("+33 1",))
    question = ChoiceMessage(text="Moulu ?", choices=(YES, Choice(id="n", title="Non")))
    await compose.location(stage.kit, conversation, place, key=uuid4())
    await compose.contacts(
        stage.kit, conversation, ContactsMessage(cards=(card,)), key=uuid4()
    )
    await compose.choice(stage.kit, conversation, question, key=uuid4())

    async def all_gone() -> Sequence[Message] | None:
        ours = [one for one in await stage.thread(conversation) if one.delivery]
        gone = [one for one in ours if one.delivery is DeliveryState.ACCEPTED]
        return ours if len(gone) == 3 else None

    located, carded, asked = await stage.until(all_gone)
    assert [send.type for send in stage.sandbox.sends()] == [
        "location",
        "contacts",
        "interactive",
    ]
    assert located.type is MessageType.LOCATION
    assert located.details["place"] == "Atelier"
    assert carded.details["cards"] == [{"name": "Ann", "phones": ["+33 1"]}]
    assert asked.details["choices"] == ["Oui", "Non"]

    ours = str(asked.platform_message_id)
    await acts.press(stage.sandbox.world, AMAL, "y", "Oui", ours)
    answer = await stage.message_when(conversation, lambda one: one.text == "Oui")
    assert (answer.type, answer.quoted_platform_id) == (MessageType.INTERACTIVE, ours)
    assert answer.details["payload"] == "y"


async def test_a_reply_may_quote_what_it_answers(stage: Stage) -> None:
    conversation = await began(stage)
    [theirs] = await stage.thread(conversation)
    await reply.send(stage.kit, conversation, "Oui", key=uuid4(), quoting=theirs.id)
    ours = await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert ours.quoted_platform_id == theirs.platform_message_id
    [send] = stage.sandbox.sends()
    assert send.body["context"] == {"message_id": theirs.platform_message_id}
    assert ours.quoted is not None
    assert (ours.quoted.id, ours.quoted.text) == (theirs.id, "Bonjour")


async def test_a_file_may_quote_what_it_answers(stage: Stage) -> None:
    conversation = await began(stage)
    [theirs] = await stage.thread(conversation)
    menu = OutgoingFile(name="menu.pdf", content=files.PDF)
    await attach.send_file(
        stage.kit, conversation, menu, "La carte", key=uuid4(), quoting=theirs.id
    )
    ours = await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert ours.quoted_platform_id == theirs.platform_message_id
    [send] = stage.sandbox.sends()
    assert send.body["context"] == {"message_id": theirs.platform_message_id}


async def test_our_reaction_shows_and_leaves_without_a_bubble(stage: Stage) -> None:
    conversation = await began(stage)
    [theirs] = await stage.thread(conversation)
    before = await stage.row(conversation)
    await compose.react(stage.kit, conversation, theirs.id, "👍", key=uuid4())
    await eventually(lambda: _sends(stage, 1), pause=0.02)
    [only] = await stage.thread(conversation)
    assert only.own_reaction == "👍"
    await compose.react(stage.kit, conversation, theirs.id, "", key=uuid4())
    await eventually(lambda: _sends(stage, 2), pause=0.02)
    [only] = await stage.thread(conversation)
    assert (only.own_reaction, only.reactions) == (None, ())
    put, taken = stage.sandbox.sends()
    assert put.body["reaction"] == {"message_id": theirs.platform_message_id, "emoji": "👍"}
    assert taken.body["reaction"] == {"message_id": theirs.platform_message_id, "emoji": ""}
    after = await stage.row(conversation)
    assert (after.unread_count, after.preview, after.last_direction) == (
        before.unread_count,
        before.preview,
        Direction.INBOUND,
    )


async def _sends(stage: Stage, count: int) -> bool:
    return len(stage.sandbox.sends()) == count


async def test_a_reaction_that_is_refused_is_taken_off_again(stage: Stage) -> None:
    conversation = await began(stage)
    [theirs] = await stage.thread(conversation)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.WINDOW_CLOSED, endpoint=Endpoint.WHATSAPP_MESSAGES)
    )
    await compose.react(stage.kit, conversation, theirs.id, "👍", key=uuid4())
    failed = "select count(*) from outbox_items where state = 'failed'"
    await eventually(lambda: is_one(stage, failed), pause=0.02)
    [only] = await stage.thread(conversation)
    assert only.own_reaction is None


async def is_one(stage: Stage, query: str) -> bool:
    return await stage.count(query) == 1


async def test_a_reaction_of_which_nobody_knows_is_sent_again_and_holds_nothing_back(
    stage: Stage,
) -> None:
    conversation = await began(stage)
    [theirs] = await stage.thread(conversation)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.WHATSAPP_MESSAGES, times=1)
    )
    await compose.react(stage.kit, conversation, theirs.id, "👍", key=uuid4())
    await reply.send(stage.kit, conversation, "C'est noté.", key=uuid4())
    await stage.message_when(
        conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
    )
    assert [send.type for send in stage.sandbox.sends()] == ["reaction", "reaction", "text"]


async def test_statuses_of_a_reaction_disturb_nothing(on_stage: OpenStage) -> None:
    plan = ReceiptPlan(whatsapp=("sent", "delivered", "read"), instagram=())
    async with on_stage(Scene(receipts=plan)) as stage:
        conversation = await began(stage)
        [theirs] = await stage.thread(conversation)
        await compose.react(stage.kit, conversation, theirs.id, "👍", key=uuid4())
        seen = "select count(*) from outbox_items where state = 'read'"
        await eventually(lambda: is_one(stage, seen), pause=0.02)
        [only] = await stage.thread(conversation)
        assert (only.delivery, only.own_reaction) == (None, "👍")
        parked = "select count(*) from webhook_events where state = 'parked'"
        assert await stage.count(parked) == 0
