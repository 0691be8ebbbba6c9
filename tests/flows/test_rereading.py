"""An edit that comes without its text is asked for, and never blanks what was said."""

from core.domain.channel import PlatformName
from core.domain.incoming import CommentKind
from core.domain.message import Direction
from core.engine import Part
from core.queries import comments
from core.sandbox import instagram_events as customers
from core.sandbox.state import ThreadMessage
from core.sandbox.webhooks import Payload, instagram_event
from tests.crash.waiting import eventually
from tests.flows.conftest import OpenStage
from tests.flows.stage import INES, LISTENING, PAGE, Scene, Stage

ASKING = Scene(parts=LISTENING | {Part.JOBS})


async def test_an_edit_without_text_shows_what_the_platform_says_now(
    on_stage: OpenStage,
) -> None:
    async with on_stage(ASKING) as stage:
        written = await stage.sandbox.write(INES, "Un kilo, merci")
        row = await stage.conversation_of(INES)
        world = stage.sandbox.world
        await customers.edit_unsaid(world, INES, written.id, "Deux kilos")
        shown = await stage.message_when(row.id, lambda one: one.text == "Deux kilos")
        assert shown.edited_at is not None
        assert (await stage.row(row.id)).preview == "Deux kilos"
        await _asked(stage)


async def test_a_message_that_only_its_edit_announced_arrives_by_asking(
    on_stage: OpenStage,
) -> None:
    async with on_stage(ASKING) as stage:
        await _announced_by_its_edit(stage, "mid.unheard", "Vous livrez ?")
        row = await stage.conversation_of(INES)
        [message] = await stage.thread(row.id)
        assert (message.direction, message.text) == (Direction.INBOUND, "Vous livrez ?")
        assert message.edited_at is None
        assert row.unread_count == 1


async def test_an_edit_that_changes_nothing_is_no_edit(on_stage: OpenStage) -> None:
    async with on_stage(ASKING) as stage:
        written = await stage.sandbox.write(INES, "Un kilo, merci")
        row = await stage.conversation_of(INES)
        world = stage.sandbox.world
        await customers.edit_unsaid(world, INES, written.id, "Un kilo, merci")
        await _asked(stage)
        [message] = await stage.thread(row.id)
        assert (message.text, message.edited_at) == ("Un kilo, merci", None)


async def test_a_message_the_platform_keeps_back_stays_as_it_was(
    on_stage: OpenStage,
) -> None:
    async with on_stage(ASKING) as stage:
        written = await stage.sandbox.write(INES, "Un kilo, merci")
        row = await stage.conversation_of(INES)
        [thread] = stage.sandbox.state.threads.values()
        thread.messages.clear()
        event: Payload = {"message_edit": {"mid": written.id, "num_edit": 0}}
        world = stage.sandbox.world
        await stage.post(PlatformName.INSTAGRAM, instagram_event(PAGE, world.now(), event))
        await _asked(stage)
        [message] = await stage.thread(row.id)
        assert (message.text, message.edited_at) == ("Un kilo, merci", None)


async def test_a_mention_is_shown_with_its_words_once_they_are_known(
    on_stage: OpenStage,
) -> None:
    async with on_stage(ASKING) as stage:
        world = stage.sandbox.world
        world.state.people[INES.id] = INES
        said = await customers.mention_in_comment(world, INES, "@brulerie, regarde")
        await _asked(stage)
        page = await comments.waiting(stage.kit)
        [shown] = [
            one.comment for one in page.comments if one.comment.platform_comment_id == said
        ]
        assert (shown.text, shown.kind) == ("@brulerie, regarde", CommentKind.MENTION)
        assert (shown.edited_at, shown.url is not None) == (None, True)


async def _asked(stage: Stage) -> None:
    """Return once the platform has been asked for all it was silent about."""
    await stage.processed()

    async def nothing_waits() -> bool:
        return await stage.count("select count(*) from waiting_updates") == 0

    await eventually(nothing_waits, pause=0.02)


async def _announced_by_its_edit(stage: Stage, mid: str, text: str) -> None:
    """Write as Inès where the app hears of edits only."""
    world = stage.sandbox.world
    world.state.people[INES.id] = INES
    world.state.thread(PAGE.account_id, INES.id).messages.append(
        ThreadMessage(
            id=mid,
            created_at=world.now(),
            sender_id=INES.id,
            recipient_id=PAGE.account_id,
            text=text,
        )
    )
    event: Payload = {"message_edit": {"mid": mid, "num_edit": 0}}
    await stage.post(PlatformName.INSTAGRAM, instagram_event(PAGE, world.now(), event))
