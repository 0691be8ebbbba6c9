"""Comments are heard once, in whatever order they are told, and answered at most once."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from core.actions import apply, carry_out, comment, connect
from core.actions.comment import Answer
from core.domain.comment import DeedKind, DeedState
from core.domain.errors import AlreadyDecided, NotFound, Refused, TooLong, WindowClosed
from core.domain.ids import DeedId
from core.domain.incoming import IncomingCommentChange
from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.text_unit import TextUnit
from core.platforms.commenting import CommentTarget, Obstacle
from core.queries import comments as query
from core.store import channels, comments
from core.store.comments import Wanted
from tests.doubles.commented_platform import (
    ACCOUNT,
    NOON,
    said,
)
from tests.fixtures.inbox import Arrange, KitOf
from tests.fixtures.square import Square


async def test_a_comment_told_twice_is_one(square: Square) -> None:
    first = await square.hear("c.1", post_text="Our new beans")
    again = await square.hear("c.1", "Not these words")
    assert first == again
    shown = (await query.waiting(square.member)).comments
    assert [(one.comment.text, one.comment.post_caption) for one in shown] == [
        ("Lovely", "Our new beans")
    ]
    assert shown[0].comment.author_name == "fan"


async def test_our_own_comment_waits_for_nobody(square: Square) -> None:
    await square.hear("c.1", own=True, sender=None)
    assert await query.count_waiting(square.member) == 0


EVENTS = (
    said("c.1"),
    IncomingCommentChange(
        account_id=ACCOUNT,
        key="e1",
        at=NOON + timedelta(hours=1),
        comment_id="c.1",
        text="B",
    ),
    IncomingCommentChange(
        account_id=ACCOUNT,
        key="e2",
        at=NOON + timedelta(hours=2),
        comment_id="c.1",
        text="C",
    ),
    IncomingCommentChange(
        account_id=ACCOUNT,
        key="h1",
        at=NOON + timedelta(hours=3),
        comment_id="c.1",
        hidden=True,
    ),
    IncomingCommentChange(
        account_id=ACCOUNT,
        key="h2",
        at=NOON + timedelta(hours=4),
        comment_id="c.1",
        hidden=False,
    ),
)


@pytest.mark.parametrize("removed", [False, True], ids=["kept", "removed"])
async def test_every_order_of_what_befalls_a_comment_ends_alike(
    square: Square, *, removed: bool
) -> None:
    ends = set()
    for number, order in enumerate(permutations(EVENTS)):
        key = f"order.{number}"
        events = [
            replace(event, key=key)
            if not isinstance(event, IncomingCommentChange)
            else replace(event, comment_id=key)
            for event in order
        ]
        if removed:
            gone = IncomingCommentChange(
                account_id=ACCOUNT,
                key="r",
                at=NOON + timedelta(minutes=90),
                comment_id=key,
                removed=True,
            )
            events.insert(number % 6, gone)
        async with square.companion.unit(square.channel.tenant) as unit:
            for event in events:
                await apply.directly(square.companion, unit, square.channel, event)
        async with square.companion.unit(square.channel.tenant) as unit:
            found = await comments.locate(unit, square.channel.id, key)
            assert found is not None
            end = await comments.get(unit, found.id)
        assert end is not None
        ends.add((end.text, end.hidden_at, end.deleted_at is not None))
    assert ends == {("" if removed else "C", None, removed)}


async def test_an_answer_is_carried_to_the_platform_and_shown(square: Square) -> None:
    asked = await square.hear("c.1", "When do you open?")
    await comment.reply(square.member, Answer(comment=asked, text=" At nine. "))
    await square.work()
    assert square.platform.calls == [("reply", "c.1")]
    shown = await query.one(square.member, asked)
    assert [deed.state for deed in shown.deeds] == [DeedState.ACCEPTED]
    thread = await query.thread(square.member, shown.comment.monitored_post_id)
    assert [(one.comment.text, one.comment.own) for one in thread if one.comment.own] == [
        ("At nine.", True)
    ]
    assert await query.count_waiting(square.member) == 0
    await square.hear("ours:At nine.", "At nine.", own=True, sender=None, parent_id="c.1")
    thread = await query.thread(square.member, shown.comment.monitored_post_id)
    assert len(thread) == 2


async def test_the_same_answer_asked_for_twice_leaves_once(square: Square) -> None:
    asked = await square.hear("c.1")
    answer = Answer(comment=asked, text="Thanks!", id=DeedId(uuid4()))
    assert await comment.reply(square.member, answer) == await comment.reply(
        square.member, answer
    )
    await square.work()
    await square.work()
    assert square.platform.calls == [("reply", "c.1")]


async def test_an_answer_that_got_lost_is_never_repeated_but_looked_for(
    square: Square,
) -> None:
    square.platform.answer = losing
    asked = await square.hear("c.1")
    await comment.reply(square.member, Answer(comment=asked, text="Thanks!"))
    await square.work()
    await square.work()
    assert square.platform.calls == [("reply", "c.1")]
    assert await square.states(asked) == [DeedState.UNKNOWN]
    await carry_out.sweep(square.companion)
    assert await square.states(asked) == [DeedState.UNKNOWN]
    square.platform.found = "ours.1"
    await carry_out.sweep(square.companion)
    assert await square.states(asked) == [DeedState.ACCEPTED]


async def test_our_comment_on_the_platform_settles_a_lost_answer(square: Square) -> None:
    square.platform.answer = losing
    asked = await square.hear("c.1")
    await comment.reply(square.member, Answer(comment=asked, text="Thanks!"))
    await square.work()
    await square.hear("c.2", "Thanks!", own=True, sender=None, parent_id="c.1")
    assert await square.states(asked) == [DeedState.ACCEPTED]


async def test_a_person_settles_what_stays_uncertain(
    square: Square, arrange: Arrange
) -> None:
    square.platform.answer = losing
    asked = await square.hear("c.1")
    deed = await comment.reply(square.member, Answer(comment=asked, text="Thanks!"))
    await square.work()
    arrange.run("update comment_deeds set unknown_at = now() - interval '1 day'")
    await carry_out.sweep(square.companion)
    assert await square.states(asked) == [DeedState.NEEDS_HUMAN]
    await comment.was_not_sent(square.member, deed)
    assert await square.states(asked) == [DeedState.FAILED]
    with pytest.raises(AlreadyDecided):
        await comment.was_sent(square.member, deed)


async def test_hiding_may_be_repeated_when_its_answer_was_lost(
    square: Square, arrange: Arrange
) -> None:
    square.platform.answer = losing
    asked = await square.hear("c.1")
    await comment.hide(square.member, asked)
    await square.work()
    assert await square.states(asked) == [DeedState.QUEUED]
    square.platform.answer = taking
    arrange.run("update comment_deeds set due_at = now()")
    await square.work()
    assert square.platform.calls == [("hide", "c.1"), ("hide", "c.1")]
    assert (await query.one(square.member, asked)).comment.hidden_at is not None
    await comment.show(square.member, asked)
    await square.work()
    assert (await query.one(square.member, asked)).comment.hidden_at is None


async def test_a_removed_comment_is_answered_no_more(square: Square) -> None:
    square.platform.answer = taking
    asked = await square.hear("c.1", "Buy followers")
    await comment.remove(square.member, asked)
    await square.work()
    shown = (await query.one(square.member, asked)).comment
    assert (shown.text, shown.deleted_at is not None) == ("", True)
    with pytest.raises(Refused, match="removed"):
        await comment.reply(square.member, Answer(comment=asked, text="Hello"))


async def test_a_comment_has_one_private_answer(square: Square) -> None:
    asked = await square.hear("c.1", at=square.member.clock.now())
    await comment.reply_privately(square.member, Answer(comment=asked, text="Hi"))
    with pytest.raises(Refused, match="one private answer"):
        await comment.reply_privately(square.member, Answer(comment=asked, text="Again"))
    await square.work()
    with pytest.raises(Refused, match="one private answer"):
        await comment.reply_privately(square.member, Answer(comment=asked, text="Again"))


async def test_the_private_answer_has_its_days(square: Square) -> None:
    asked = await square.hear("c.1", at=square.member.clock.now() - timedelta(days=8))
    with pytest.raises(WindowClosed):
        await comment.reply_privately(square.member, Answer(comment=asked, text="Hi"))


async def test_what_the_platform_would_refuse_is_said_before(square: Square) -> None:
    asked = await square.hear("c.1")
    square.platform.wall = Obstacle(title="They did not mention you.", next_step="Open X.")
    with pytest.raises(Refused, match="did not mention you"):
        await comment.reply(square.member, Answer(comment=asked, text="Hi"))
    square.platform.wall = None
    with pytest.raises(TooLong):
        await comment.reply(square.member, Answer(comment=asked, text="x" * 301))
    with pytest.raises(Refused, match="nothing to send"):
        await comment.reply(square.member, Answer(comment=asked, text="  "))


async def test_a_dead_token_pauses_the_channel_and_keeps_the_answer(
    square: Square,
) -> None:
    square.platform.answer = signed_out
    asked = await square.hear("c.1")
    await comment.reply(square.member, Answer(comment=asked, text="Thanks!"))
    await square.work()
    assert await square.states(asked) == [DeedState.QUEUED]
    async with square.member.mine() as unit:
        channel = await channels.get(unit, square.channel.id)
    assert channel is not None
    assert channel.paused_reason == "The session has expired."
    await square.work()
    assert len(square.platform.calls) == 1


async def test_nobody_elses_comment_can_be_answered(square: Square, kit_of: KitOf) -> None:
    asked = await square.hear("c.1")
    stranger = await kit_of("stranger")
    with pytest.raises(NotFound):
        await comment.reply(stranger, Answer(comment=asked, text="Hi"))
    with pytest.raises(NotFound):
        await comment.handled(stranger, asked)


async def test_what_is_ticked_off_can_be_put_back(square: Square) -> None:
    asked = await square.hear("c.1")
    await comment.handled(square.member, asked)
    assert await query.count_waiting(square.member) == 0
    listed = (await query.page(square.member, Wanted(waiting=False))).comments
    assert [one.comment.id for one in listed] == [asked]
    await comment.reopen(square.member, asked)
    assert await query.count_waiting(square.member) == 1


def losing(_target: CommentTarget, _text: str) -> SendAnswer:
    return SendAnswer(result=AnswerClass.UNKNOWN, title="No answer came.")


def taking(_target: CommentTarget, _text: str) -> SendAnswer:
    return SendAnswer(result=AnswerClass.ACCEPTED)


def signed_out(_target: CommentTarget, _text: str) -> SendAnswer:
    return SendAnswer(result=AnswerClass.RECONNECT, title="The session has expired.")


@pytest.mark.parametrize(
    ("unit", "text", "left"),
    [
        (TextUnit.CHARS, "é" * 290, 10),
        (TextUnit.UTF8_BYTES, "é" * 145, 10),
        (TextUnit.WEIGHTED, "https://example.org/" + "a" * 400, 277),
    ],
)
async def test_how_long_an_answer_may_be_is_told_as_the_platform_counts(
    unit: TextUnit, text: str, left: int, square: Square
) -> None:
    square.platform.manifest["comment_unit"] = unit
    comment_id = await square.hear("c.1")
    shown = await query.one(square.member, comment_id)
    limit = shown.limits[DeedKind.REPLY]
    assert (limit.most, limit.left(text)) == (300, left)
    limit.require_fits(text)
    longer = text + " " + "a" * left
    with pytest.raises(TooLong) as early:
        limit.require_fits(longer)
    with pytest.raises(TooLong) as late:
        await comment.reply(square.member, Answer(comment=comment_id, text=longer))
    assert str(early.value) == str(late.value)


async def test_what_was_asked_about_a_comment_ends_with_its_channel(square: Square) -> None:
    comment_id = await square.hear("c.1")
    await comment.reply(square.member, Answer(comment=comment_id, text="Hello"))
    await connect.remove(square.member, square.channel.id)
    (deed,) = (await query.one(square.member, comment_id)).deeds
    assert deed.state is DeedState.CANCELLED
    assert deed.error_title == "The channel was removed before this was sent."
    await square.work()
    assert square.platform.calls == []


@pytest.mark.parametrize(("renewed", "status"), [(True, "active"), (False, "expired")])
async def test_a_late_refusal_of_the_old_token_does_not_stop_the_new_one(
    renewed: bool,  # noqa: FBT001 - a parameter of pytest
    status: str,
    square: Square,
    arrange: Arrange,
) -> None:
    def refused(_target: CommentTarget, _text: str) -> SendAnswer:
        if renewed:
            arrange.run("update social_accounts set token_changed_at = clock_timestamp()")
        return SendAnswer(result=AnswerClass.RECONNECT, title="Unauthorized")

    comment_id = await square.hear("c.1")
    await comment.reply(square.member, Answer(comment=comment_id, text="Hello"))
    square.platform.answer = refused
    await square.work()
    assert arrange.row("social_accounts", square.channel.id)["status"] == status
    assert await square.states(comment_id) == [DeedState.QUEUED]
