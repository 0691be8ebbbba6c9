"""What customers write becomes a conversation that a member sees (journey, steps 1 to 3)."""

import asyncio
from datetime import timedelta

from core.domain.attachment import AttachmentState
from core.domain.channel import PlatformName
from core.domain.message import Direction, MessageType, Origin
from core.engine import Part
from core.notices import NoticeKind
from core.queries import conversation as conversation_queries
from core.sandbox.pictures import draw
from tests.flows.conftest import OpenStage
from tests.flows.events import EDITED, LOVED, SAID, TAKEN_BACK, UNSENT, instagram_event
from tests.flows.stage import AMAL, INES, LISTENING, Scene, Stage


async def test_a_whatsapp_text_becomes_a_conversation_with_all_a_list_shows(
    stage: Stage,
) -> None:
    before = stage.kit.clock.now()
    await stage.sandbox.write(AMAL, "Vous ouvrez   à quelle heure ?")
    row = await stage.conversation_of(AMAL)
    assert row.platform is PlatformName.WHATSAPP
    assert row.unread_count == 1
    assert row.preview == "Vous ouvrez à quelle heure ?"
    assert row.last_direction is Direction.INBOUND
    assert row.window_ends_at is not None
    window = row.window_ends_at - before
    assert timedelta(hours=23, minutes=59) < window < timedelta(hours=24, minutes=1)
    [message] = await stage.thread(row.id)
    assert message.text == "Vous ouvrez   à quelle heure ?"
    assert message.origin is Origin.CUSTOMER
    assert NoticeKind.MESSAGE_ARRIVED in stage.heard


async def test_an_instagram_text_becomes_a_conversation(stage: Stage) -> None:
    await stage.sandbox.write(INES, "Coucou")
    row = await stage.conversation_of(INES)
    assert (row.platform, row.preview, row.unread_count) == (
        PlatformName.INSTAGRAM,
        "Coucou",
        1,
    )
    assert row.window_ends_at is not None


async def test_further_messages_count_as_unread_in_the_same_conversation(
    stage: Stage,
) -> None:
    for text in ("Bonjour", "Vous êtes là ?", "Allô"):
        await stage.sandbox.write(AMAL, text)
    await stage.processed()
    row = await stage.conversation_of(AMAL)
    assert (row.unread_count, row.preview) == (3, "Allô")
    assert await stage.count("select count(*) from conversations") == 1


async def test_a_photo_is_fetched_and_stored(on_stage: OpenStage) -> None:
    picture = draw("torn-bag")
    async with on_stage(Scene(parts=LISTENING | {Part.JOBS})) as stage:
        for person in (AMAL, INES):
            await stage.sandbox.write(person, "Mon sachet est déchiré", picture)
            row = await stage.conversation_of(person)
            shown = await stage.message_when(
                row.id,
                lambda one: (
                    bool(one.attachments)
                    and one.attachments[0].state is AttachmentState.STORED
                ),
            )
            assert shown.type is MessageType.IMAGE
            stored = await conversation_queries.media(stage.kit, shown.attachments[0].id)
            assert stored == picture


async def test_the_same_webhook_five_times_at_once_is_one_message(stage: Stage) -> None:
    written = await stage.sandbox.write(AMAL, "Bonjour")
    again = await asyncio.gather(*(stage.sandbox.repeat(written) for _ in range(5)))
    assert [one.statuses for one in again] == [(200,)] * 5
    await stage.processed()
    row = await stage.conversation_of(AMAL)
    assert row.unread_count == 1
    assert len(await stage.thread(row.id)) == 1


async def test_one_message_in_five_different_bodies_is_one_message(stage: Stage) -> None:
    await asyncio.gather(
        *(
            stage.post(
                PlatformName.INSTAGRAM,
                instagram_event(SAID, entry_time=moment),
            )
            for moment in range(5)
        )
    )
    await stage.processed()
    row = await stage.conversation_of(INES)
    assert len(await stage.thread(row.id)) == 1
    assert row.unread_count == 1


async def test_messages_out_of_order_are_shown_by_the_platforms_time(stage: Stage) -> None:
    for moment, text in ((30, "trois"), (10, "un"), (20, "deux")):
        event = {"message": {"mid": f"m{moment}", "text": text}}
        await stage.post(PlatformName.INSTAGRAM, instagram_event(event, at=moment))
        await stage.processed()
    row = await stage.conversation_of(INES)
    assert [one.text for one in await stage.thread(row.id)] == ["un", "deux", "trois"]
    assert row.preview == "trois"


async def test_an_edit_shows_the_later_text(stage: Stage) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    await stage.post(PlatformName.INSTAGRAM, instagram_event(EDITED, at=1))
    shown = await stage.message_when(row.id, lambda one: one.edited_at is not None)
    assert shown.text == "Deux kilos"
    assert (await stage.row(row.id)).preview == "Deux kilos"


async def test_an_edit_that_outruns_its_message_waits_for_it(stage: Stage) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(EDITED, at=1))
    await stage.processed()
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    assert [one.text for one in await stage.thread(row.id)] == ["Deux kilos"]


async def test_an_unsent_message_is_emptied(stage: Stage) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    await stage.post(PlatformName.INSTAGRAM, instagram_event(UNSENT, at=1))
    shown = await stage.message_when(row.id, lambda one: one.deleted_at is not None)
    assert shown.text == ""
    assert (await stage.row(row.id)).preview == ""


async def test_an_unsent_message_is_never_shown_even_if_it_arrives_later(
    stage: Stage,
) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(UNSENT, at=1))
    await stage.processed()
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    [shown] = await stage.thread(row.id)
    assert (shown.text, shown.deleted_at is not None) == ("", True)
    assert "Un kilo" not in row.preview


async def test_a_reaction_stands_on_its_message_until_it_is_taken_back(
    stage: Stage,
) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    await stage.post(PlatformName.INSTAGRAM, instagram_event(LOVED, at=1))
    await stage.message_when(row.id, lambda one: one.reactions == ("❤",))
    await stage.post(PlatformName.INSTAGRAM, instagram_event(TAKEN_BACK, at=2))
    await stage.message_when(row.id, lambda one: one.reactions == ())


async def test_a_reaction_that_outruns_its_message_waits_for_it(stage: Stage) -> None:
    await stage.post(PlatformName.INSTAGRAM, instagram_event(LOVED, at=1))
    await stage.processed()
    await stage.post(PlatformName.INSTAGRAM, instagram_event(SAID))
    row = await stage.conversation_of(INES)
    [shown] = await stage.thread(row.id)
    assert shown.reactions == ("❤",)
