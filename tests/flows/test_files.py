"""A member's file reaches the customer: as bytes on WhatsApp, by address on Instagram."""

from uuid import uuid4

import httpx

from core.actions import attach
from core.domain.attachment import OutgoingFile
from core.domain.ids import ConversationId
from core.domain.message import DeliveryState, Message
from core.sandbox.accounts import ReceiptPlan, ReceiptTiming
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.state import Person
from tests.flows.conftest import OpenStage
from tests.flows.stage import AMAL, INES, Scene, Stage

PHOTO = OutgoingFile(name="café.png", content=draw("cup"))


async def began(stage: Stage, person: Person) -> ConversationId:
    """Let a customer write, and return the conversation."""
    await stage.sandbox.write(person, "Bonjour")
    return (await stage.conversation_of(person)).id


async def reached(
    stage: Stage, conversation: ConversationId, state: DeliveryState
) -> Message:
    """Return our message once it has come as far as `state`."""
    return await stage.message_when(conversation, lambda one: one.delivery is state)


async def test_a_photo_on_whatsapp_is_uploaded_and_sent_with_its_words(
    stage: Stage,
) -> None:
    conversation = await began(stage, AMAL)
    await attach.send_file(stage.kit, conversation, PHOTO, "Le voici", key=uuid4())
    ours = await reached(stage, conversation, DeliveryState.ACCEPTED)
    [send] = stage.sandbox.sends()
    [media] = stage.sandbox.state.media.values()
    assert (ours.platform_message_id, send.type) == (send.message_id, "image")
    assert send.body["image"] == {"id": media.id, "caption": "Le voici"}
    assert (media.mime_type, media.content) == ("image/png", PHOTO.content)


async def test_a_photo_on_instagram_is_fetched_from_the_companion(stage: Stage) -> None:
    conversation = await began(stage, INES)
    await attach.send_file(stage.kit, conversation, PHOTO, "Le voici", key=uuid4())
    await stage.message_when(
        conversation,
        lambda one: one.text == "Le voici" and one.delivery is DeliveryState.ACCEPTED,
    )
    photo, words = stage.sandbox.sends()
    [media] = stage.sandbox.state.media.values()
    assert (photo.type, words.body["message"]) == ("image", {"text": "Le voici"})
    assert (media.mime_type, media.content) == ("image/png", PHOTO.content)
    sent = photo.body["message"]
    assert isinstance(sent, dict)
    address = sent["attachment"]["payload"]["url"]
    assert address.startswith(f"{stage.companion.web_url}/media/")
    async with httpx.AsyncClient(trust_env=False) as anybody:
        assert (await anybody.get(address)).content == PHOTO.content
        assert (await anybody.get(address[:-1])).status_code == 404


async def test_a_photo_is_followed_up_to_read(on_stage: OpenStage) -> None:
    receipts = ReceiptPlan(delay_seconds=0.02)
    async with on_stage(Scene(receipts=receipts)) as stage:
        for person in (AMAL, INES):
            conversation = await began(stage, person)
            await attach.send_file(stage.kit, conversation, PHOTO, key=uuid4())
            await reached(stage, conversation, DeliveryState.READ)
            await stage.processed()
            assert len(await stage.thread(conversation)) == 2


async def test_the_echo_of_a_photo_that_outruns_the_answer_adds_no_message(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(delay_seconds=0, timing=ReceiptTiming.BEFORE_ANSWER)
    async with on_stage(Scene(receipts=receipts)) as stage:
        conversation = await began(stage, INES)
        await attach.send_file(stage.kit, conversation, PHOTO, key=uuid4())
        await reached(stage, conversation, DeliveryState.READ)
        await stage.processed()
        assert len(await stage.thread(conversation)) == 2


async def test_an_upload_that_is_cut_off_is_tried_again_and_sent_once(
    stage: Stage,
) -> None:
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.WHATSAPP_MEDIA, times=1)
    )
    conversation = await began(stage, AMAL)
    await attach.send_file(stage.kit, conversation, PHOTO, key=uuid4())
    await reached(stage, conversation, DeliveryState.ACCEPTED)
    assert len(stage.sandbox.sends()) == 1


async def test_without_a_public_address_instagram_files_say_what_is_missing(
    stage: Stage,
) -> None:
    conversation = await began(stage, INES)
    await stage.arrange(
        "update social_accounts set metadata ="
        ' \'{"base_url": "https://graph.instagram.example/v26.0"}\''
    )
    await attach.send_file(stage.kit, conversation, PHOTO, key=uuid4())
    ours = await reached(stage, conversation, DeliveryState.FAILED)
    assert ours.failure is not None
    assert "SOCIALSYNC_PUBLIC_URL" in ours.failure
    assert stage.sandbox.sends() == ()
    query = "select count(*) from outbox_items where state = 'failed' and error_next <> ''"
    assert await stage.count(query) == 1
