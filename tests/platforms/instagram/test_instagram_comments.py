"""Comments are read with all their replies, answered, hidden and removed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import ChannelSignedOut, NotFound
from core.domain.incoming import CommentKind, IncomingComment
from core.domain.outbox import AnswerClass, SendAnswer
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentTarget
from core.platforms.instagram import MANIFEST
from core.platforms.instagram.comments import Comments
from core.platforms.instagram.history import History
from core.platforms.instagram.inbound import read
from core.platforms.instagram.limits import COMMENT_LIMIT, private_reply_lane
from core.sandbox import instagram_events as customers
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.instagram_comments import REPLIES_SHOWN
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import PAGE, Listener, Watch

COMMENTS = Comments()
TOM = Person(
    platform=PlatformName.INSTAGRAM, id="9001", name="Tom Reed", username="tom.reed"
)


async def everything(session: ChannelSession, post_id: str) -> list[IncomingComment]:
    """Read from the first page to the last."""
    found: list[IncomingComment] = []
    cursor: str | None = None
    for _ in range(30):
        page = await COMMENTS.page(session, post_id, cursor)
        found += [fact for fact in page.facts if isinstance(fact, IncomingComment)]
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


def target_of(comment: IncomingComment) -> CommentTarget:
    return CommentTarget(
        post_id=comment.post_id,
        comment_id=comment.key,
        parent_id=comment.parent_id,
        author_id=None if comment.sender is None else comment.sender.platform_customer_id,
        text=comment.text,
        kind=comment.kind,
        at=comment.at,
        own=comment.own,
    )


async def a_comment(sandbox: Sandbox, text: str = "Still seats left?") -> CommentTarget:
    """Have Tom comment under a fresh post."""
    post = sandbox.add_post("Workshop")
    written = await sandbox.comment(TOM, post.id, text)
    return CommentTarget(
        post_id=post.id,
        comment_id=written.id,
        parent_id=None,
        author_id=TOM.id,
        text=text,
        kind=CommentKind.COMMENT,
        at=sandbox.world.now(),
    )


async def test_a_comment_read_is_the_comment_announced(
    session: ChannelSession, sandbox: Sandbox, listener: Listener
) -> None:
    target = await a_comment(sandbox)
    [told] = [fact for payload in listener.payloads() for fact in read(payload)]
    [asked] = await everything(session, target.post_id)
    assert isinstance(told, IncomingComment)
    for name in ("key", "sub", "account_id", "post_id", "text", "sender", "own", "at"):
        assert getattr(told, name) == getattr(asked, name)
    assert (asked.hidden, asked.like_count) == (False, 0)


async def test_all_pages_and_all_replies_are_read_each_once(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Workshop")
    tops = [(await sandbox.comment(TOM, post.id, f"c{n}")).id for n in range(53)]
    many = [
        (await sandbox.comment(TOM, post.id, f"r{n}", parent_id=tops[52])).id
        for n in range(REPLIES_SHOWN + 55)
    ]
    few = (await sandbox.comment(TOM, post.id, "r", parent_id=tops[0])).id
    found = await everything(session, post.id)

    assert sorted(fact.key for fact in found) == sorted([*tops, *many, few])
    parents = {fact.key: fact.parent_id for fact in found}
    assert {parents[reply] for reply in many} == {tops[52]}
    assert parents[few] == tops[0]
    assert {parents[top] for top in tops} == {None}


async def test_each_page_is_one_call_and_begins_with_its_parents(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Workshop")
    top = (await sandbox.comment(TOM, post.id, "top")).id
    await sandbox.comment(TOM, post.id, "reply", parent_id=top)
    page = await COMMENTS.page(session, post.id, None)
    assert [fact.key == top for fact in page.facts] == [True, False]
    assert page.cursor is None


async def test_our_own_answer_is_known_as_ours(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    target = await a_comment(sandbox)
    answer = await COMMENTS.reply(session, target, "Yes, two")
    theirs, ours = await everything(session, target.post_id)
    assert answer.result is AnswerClass.ACCEPTED
    assert (ours.key, ours.own, ours.text) == (
        answer.platform_message_id,
        True,
        "Yes, two",
    )
    assert not theirs.own
    assert ours.parent_id == theirs.key


async def test_an_answer_to_a_reply_hangs_under_the_comment_at_the_top(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    top = await a_comment(sandbox)
    written = await sandbox.comment(TOM, top.post_id, "?", parent_id=top.comment_id)
    below = replace(top, comment_id=written.id, parent_id=top.comment_id)
    answer = await COMMENTS.reply(session, below, "Hurry")
    found = {fact.key: fact.parent_id for fact in await everything(session, top.post_id)}
    assert found[str(answer.platform_message_id)] == top.comment_id
    begun = sandbox.world.now()
    again = await COMMENTS.find_reply(session, below, "Hurry", begun)
    assert again == answer.platform_message_id


@pytest.mark.parametrize("text", ["", "  ", "x" * (COMMENT_LIMIT + 1)])
async def test_what_no_comment_can_be_is_not_offered(
    session: ChannelSession, sandbox: Sandbox, text: str
) -> None:
    target = await a_comment(sandbox)
    answer = await COMMENTS.reply(session, target, text)
    assert answer.result is AnswerClass.REFUSED
    assert answer.title
    assert sandbox.sends() == ()


async def test_an_answer_of_unknown_outcome_is_found_by_words_and_time(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    target = await a_comment(sandbox)
    await COMMENTS.reply(session, target, "Yes, two")
    await sandbox.comment(TOM, target.post_id, "Later words", parent_id=target.comment_id)
    watch.advance(timedelta(minutes=5))
    begun = watch.now()
    sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.INSTAGRAM_REPLIES)
    )
    lost = await COMMENTS.reply(session, target, "Yes, two")
    assert lost.result is AnswerClass.UNKNOWN
    found = await COMMENTS.find_reply(session, target, "Yes, two", begun)
    assert found == sandbox.sends()[-1].message_id
    assert await COMMENTS.find_reply(session, target, "Later words", begun) is None
    late = watch.now() + timedelta(minutes=1)
    assert await COMMENTS.find_reply(session, target, "Yes, two", late) is None


async def test_a_private_answer_goes_out_once_and_within_seven_days(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    target = await a_comment(sandbox)
    first = await COMMENTS.reply_privately(session, target, "45 €")
    again = await COMMENTS.reply_privately(session, target, "45 €")
    assert first.result is AnswerClass.ACCEPTED
    assert (again.result, again.code) == (AnswerClass.REFUSED, "10/2534025")
    late = await a_comment(sandbox)
    watch.advance(timedelta(days=8))
    answer = await COMMENTS.reply_privately(session, late, "45 €")
    assert answer.result is AnswerClass.WINDOW
    assert MANIFEST.private_reply_window == timedelta(days=7)
    assert len(sandbox.sends()) == 1


def test_private_answers_keep_to_750_an_hour() -> None:
    lane = private_reply_lane(PAGE.account_id)
    assert lane.per_second * 3600 == pytest.approx(750)
    assert lane.endpoint != "messages"


async def test_hiding_and_showing_may_be_repeated(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    target = await a_comment(sandbox)
    for hidden in (True, True, False):
        answer = await COMMENTS.hide(session, target, hidden=hidden)
        assert answer == SendAnswer(result=AnswerClass.ACCEPTED)
        [fact] = await everything(session, target.post_id)
        assert fact.hidden is hidden


async def test_a_lost_answer_to_hiding_means_not_done_yet(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    target = await a_comment(sandbox)
    sandbox.faults.add(FaultRule(kind=Fault.CUT_AFTER_ACCEPT, times=1))
    lost = await COMMENTS.hide(session, target, hidden=True)
    assert lost.result is AnswerClass.NOT_SENT
    again = await COMMENTS.hide(session, target, hidden=True)
    assert again.result is AnswerClass.ACCEPTED


async def test_a_comment_is_removed_and_one_that_is_gone_counts_as_removed(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    target = await a_comment(sandbox)
    for _ in range(2):
        answer = await COMMENTS.delete(session, target)
        assert answer.result is AnswerClass.ACCEPTED
    assert await everything(session, target.post_id) == []


async def test_a_mention_is_answered_where_it_is(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    target = CommentTarget(
        post_id="180",
        comment_id="179",
        parent_id=None,
        author_id=None,
        text="",
        kind=CommentKind.MENTION,
        at=sandbox.world.now(),
    )
    assert COMMENTS.obstacle(target, PAGE.account_id) is None
    in_caption = replace(target, comment_id="180")
    for one in (target, in_caption):
        answer = await COMMENTS.reply(session, one, "Thanks!")
        assert answer.result is AnswerClass.ACCEPTED
    bodies = [send.body for send in sandbox.sends()]
    assert bodies == [
        {"media_id": "180", "comment_id": "179", "message": "Thanks!"},
        {"media_id": "180", "message": "Thanks!"},
    ]


async def test_a_mention_gets_its_words_by_asking(
    session: ChannelSession, sandbox: Sandbox, listener: Listener
) -> None:
    world = sandbox.world
    await customers.mention_in_post(world, TOM, "Best coffee: @brulerie")
    await customers.mention_in_comment(world, TOM, "@brulerie, look", caption="My cup")
    in_post, in_comment = [fact for body in listener.payloads() for fact in read(body)]
    assert isinstance(in_post, IncomingComment)
    assert isinstance(in_comment, IncomingComment)

    post = await History().mention(session, in_post)
    comment = await History().mention(session, in_comment)
    assert post is not None
    assert post.url
    assert post == replace(in_post, text="Best coffee: @brulerie", url=post.url)
    assert comment is not None
    assert (comment.key, comment.text, comment.post_text) == (
        in_comment.key,
        "@brulerie, look",
        "My cup",
    )
    assert comment.url
    assert comment.kind is CommentKind.MENTION


async def test_a_mention_that_is_gone_is_not_told(
    session: ChannelSession, sandbox: Sandbox, listener: Listener
) -> None:
    await customers.mention_in_post(sandbox.world, TOM, "Best coffee: @brulerie")
    [told] = [fact for body in listener.payloads() for fact in read(body)]
    assert isinstance(told, IncomingComment)
    sandbox.state.posts.clear()
    assert await History().mention(session, told) is None


def test_a_mention_without_a_place_is_answered_in_the_app(watch: Watch) -> None:
    nowhere = CommentTarget(
        post_id="",
        comment_id="179",
        parent_id=None,
        author_id=None,
        text="",
        kind=CommentKind.MENTION,
        at=watch.now(),
    )
    assert COMMENTS.obstacle(nowhere, PAGE.account_id) is not None
    ordinary = replace(nowhere, kind=CommentKind.COMMENT)
    assert COMMENTS.obstacle(ordinary, PAGE.account_id) is None


async def test_posts_are_listed_newest_first_over_pages(
    session: ChannelSession, sandbox: Sandbox, watch: Watch
) -> None:
    for n in range(60):
        sandbox.add_post(f"post {n}")
        watch.advance(timedelta(minutes=1))
    posts = await COMMENTS.posts(session, 55)
    assert [post.text for post in posts] == [f"post {n}" for n in range(59, 4, -1)]
    assert posts[0].published_at > posts[1].published_at
    assert posts[0].url


async def test_reading_says_what_is_wrong(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    with pytest.raises(NotFound):
        await COMMENTS.page(session, "404", None)
    target = await a_comment(sandbox)
    sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED, times=2))
    with pytest.raises(ChannelSignedOut):
        await COMMENTS.page(session, target.post_id, None)
    answer = await COMMENTS.reply(session, target, "Yes")
    assert answer.result is AnswerClass.RECONNECT
