"""A Page's conversations, through the companion and the real database, there and back."""

from uuid import uuid4

import pytest

from core.actions import comment as comment_actions
from core.actions import connect, reply
from core.actions.comment import Answer
from core.actions.connect import Account
from core.domain.channel import AssistantMode, PlatformName
from core.domain.comment import Deed, DeedState
from core.domain.ids import CommentId, ConversationId
from core.domain.message import DeliveryState, Origin
from core.engine import Part
from core.queries import comments as comment_queries
from core.queries.comments import ShownComment
from core.sandbox import facebook_acts
from core.sandbox.accounts import ReceiptPlan
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.state import Person
from tests.flows.conftest import OpenStage
from tests.flows.stage import LISTENING, TOKEN, WALL, Scene, Stage

LEA = Person(platform=PlatformName.FACEBOOK, id="7700110055", name="", username="")


async def connected(stage: Stage) -> None:
    """Connect the Page, as its owner does."""
    await connect.channel(
        stage.kit,
        Account(
            platform=PlatformName.FACEBOOK,
            account_id=WALL.account_id,
            name=WALL.name,
            token=TOKEN,
            mode=AssistantMode.OFF,
            metadata={"base_url": stage.sandbox.url},
        ),
    )


async def began(stage: Stage) -> ConversationId:
    """Connect the Page, have a customer write, and return the conversation."""
    await connected(stage)
    await stage.sandbox.write(LEA, "Bonjour")
    return (await stage.conversation_of(LEA)).id


async def test_a_reply_is_read_by_a_mark_that_names_only_a_time(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(facebook=("echo", "read"), delay_seconds=0.02)
    async with on_stage(Scene(receipts=receipts)) as stage:
        conversation = await began(stage)
        await reply.send(stage.kit, conversation, "Dès neuf heures.", key=uuid4())
        ours = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.READ
        )
        [send] = stage.sandbox.sends()
        assert (ours.platform_message_id, ours.origin) == (send.message_id, Origin.MEMBER)
        assert len(await stage.thread(conversation)) == 2


async def test_a_reply_is_delivered_and_no_further_until_it_is_read(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(facebook=("delivery", "echo"), delay_seconds=0.02)
    async with on_stage(Scene(receipts=receipts)) as stage:
        conversation = await began(stage)
        await reply.send(stage.kit, conversation, "Oui.", key=uuid4())
        await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.DELIVERED
        )
        await stage.sandbox.settle()
        await stage.processed()
        [_, ours] = await stage.thread(conversation)
        assert ours.delivery is DeliveryState.DELIVERED


async def test_a_lost_answer_is_settled_by_our_own_id_in_the_echo(
    on_stage: OpenStage,
) -> None:
    receipts = ReceiptPlan(facebook=("echo",), delay_seconds=0.02)
    async with on_stage(Scene(receipts=receipts)) as stage:
        conversation = await began(stage)
        stage.sandbox.faults.add(
            FaultRule(
                kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.FACEBOOK_MESSAGES, times=1
            )
        )
        await reply.send(stage.kit, conversation, "Une seule fois.", key=uuid4())
        ours = await stage.message_when(
            conversation, lambda one: one.delivery is DeliveryState.ACCEPTED
        )
        [send] = stage.sandbox.sends()
        assert ours.platform_message_id == send.message_id
        assert len(await stage.thread(conversation)) == 2


async def test_a_customers_edit_and_button_are_shown(stage: Stage) -> None:
    conversation = await began(stage)
    [first] = await stage.thread(conversation)
    edit = {"mid": first.platform_message_id, "text": "Bonsoir", "num_edit": 1}
    world = stage.sandbox.world
    await facebook_acts.act(world, LEA, {"message_edit": edit})
    press = {"mid": "m_press", "title": "Horaires", "payload": "HOURS"}
    await facebook_acts.act(world, LEA, {"postback": press})
    await stage.message_when(conversation, lambda one: one.text == "Horaires")
    await stage.processed()
    assert [one.text for one in await stage.thread(conversation)] == ["Bonsoir", "Horaires"]


async def asked(stage: Stage) -> ShownComment:
    """Connect the Page, have a visitor comment, and return the comment that waits."""
    await connected(stage)
    post = facebook_acts.publish_elsewhere(stage.sandbox.world, "Nouvelle carte")
    await stage.sandbox.comment(LEA, post.id, "Ouvert dimanche ?")

    async def look() -> ShownComment | None:
        return next(iter((await comment_queries.waiting(stage.kit)).comments), None)

    return await stage.until(look)


async def deed_done(stage: Stage, comment: CommentId) -> Deed:
    """Return the one deed of a comment, once it is settled as done."""

    async def look() -> Deed | None:
        [deed] = (await comment_queries.one(stage.kit, comment)).deeds
        return deed if deed.state is DeedState.ACCEPTED else None

    return await stage.until(look)


@pytest.mark.parametrize("fault", [None, Fault.CUT_AFTER_ACCEPT, Fault.BROKEN_JSON])
async def test_a_comment_is_answered_once_and_its_own_webhook_is_no_news(
    on_stage: OpenStage, fault: Fault | None
) -> None:
    scene = Scene(parts=LISTENING | {Part.COMMENTS}, receipts=ReceiptPlan())
    async with on_stage(scene) as stage:
        shown = await asked(stage)
        assert (shown.comment.text, shown.obstacle) == ("Ouvert dimanche ?", None)
        if fault is not None:
            rule = FaultRule(kind=fault, endpoint=Endpoint.FACEBOOK_REPLIES, times=1)
            stage.sandbox.faults.add(rule)
        answer = Answer(comment=shown.comment.id, text="Oui, dès 9 h")
        await comment_actions.reply(stage.kit, answer)
        await deed_done(stage, shown.comment.id)
        await stage.sandbox.settle()
        await stage.processed()
        [send] = stage.sandbox.sends()
        assert send.recipient == shown.comment.platform_comment_id
        assert await comment_queries.count_waiting(stage.kit) == 0
        talk = await comment_queries.thread(stage.kit, shown.comment.monitored_post_id)
        assert [one.comment.own for one in talk].count(True) == 1


async def test_a_comment_is_hidden_over_there_too(on_stage: OpenStage) -> None:
    scene = Scene(parts=LISTENING | {Part.COMMENTS})
    async with on_stage(scene) as stage:
        shown = await asked(stage)
        await comment_actions.hide(stage.kit, shown.comment.id)
        await deed_done(stage, shown.comment.id)
        [over_there] = stage.sandbox.state.facebook.comments.values()
        assert over_there.hidden
