"""Comments of a Page, read and answered against the sandbox."""

from datetime import timedelta

import pytest

from core.domain.errors import NotFound, RateLimited
from core.domain.incoming import CommentKind, IncomingComment, IncomingCommentChange
from core.domain.outbox import AnswerClass
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentTarget
from core.platforms.facebook import Facebook
from core.platforms.facebook.limits import pages_lane
from core.sandbox import facebook_acts
from core.sandbox.faults import Endpoint, Fault, FaultRule
from tests.platforms.facebook.stage import ADA, PAGE, Stage
from tests.platforms.graph_double import Graph

COMMENTS = Facebook().comments


def target(comment: IncomingComment) -> CommentTarget:
    return CommentTarget(
        post_id=comment.post_id,
        comment_id=comment.key,
        parent_id=comment.parent_id,
        author_id=comment.sender.platform_customer_id if comment.sender else None,
        text=comment.text,
        kind=comment.kind,
        at=comment.at,
        own=comment.own,
    )


async def a_comment(stage: Stage, text: str = "Ouvert dimanche ?") -> CommentTarget:
    post = facebook_acts.publish_elsewhere(stage.sandbox.world, "Nouvelle carte")
    await stage.sandbox.comment(ADA, post.id, text)
    return target((await stage.heard_of(IncomingComment))[-1])


async def all_comments(stage: Stage, post_id: str) -> list[IncomingComment]:
    found: list[IncomingComment] = []
    cursor: str | None = None
    for _ in range(20):
        page = await COMMENTS.page(stage.session, post_id, cursor)
        found += [fact for fact in page.facts if isinstance(fact, IncomingComment)]
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


async def test_a_poll_and_a_webhook_bring_the_same_fact(page: Stage) -> None:
    asked = await a_comment(page)
    [heard] = await page.heard_of(IncomingComment)
    [polled] = await all_comments(page, asked.post_id)
    for name in ("key", "sub", "post_id", "parent_id", "text", "own", "sender"):
        assert getattr(polled, name) == getattr(heard, name), name
    assert polled.at == heard.at.replace(microsecond=0)
    assert polled.kind is CommentKind.COMMENT


async def test_replies_are_read_too_and_ours_are_known_as_ours(page: Stage) -> None:
    asked = await a_comment(page)
    answer = await COMMENTS.reply(page.session, asked, "Oui, dès 9 h")
    assert answer.result is AnswerClass.ACCEPTED
    ours, theirs = await all_comments(page, asked.post_id)
    assert (ours.key, ours.own) == (answer.platform_message_id, True)
    assert (ours.parent_id, theirs.parent_id) == (asked.comment_id, None)


async def test_many_comments_come_in_pages_newest_first(page: Stage) -> None:
    post = facebook_acts.publish_elsewhere(page.sandbox.world, "Nouvelle carte")
    for number in range(120):
        await page.sandbox.comment(ADA, post.id, f"n° {number}")
    found = await all_comments(page, post.id)
    assert [one.text for one in found] == [
        f"n° {number}" for number in reversed(range(120))
    ]


async def test_an_empty_page_is_not_the_end(page: Stage) -> None:
    asked = await a_comment(page)
    page.sandbox.state.facebook.empty_pages = 2
    first = await COMMENTS.page(page.session, asked.post_id, None)
    assert (first.facts, first.cursor is None) == ((), False)
    assert len(await all_comments(page, asked.post_id)) == 1


async def test_our_own_posts_are_listed_newest_first(page: Stage) -> None:
    world = page.sandbox.world
    facebook_acts.publish_elsewhere(world, "one")
    await facebook_acts.post_on_wall(world, ADA, "a visitor's")
    facebook_acts.publish_elsewhere(world, "two")
    posts = await COMMENTS.posts(page.session, 5)
    assert [post.text for post in posts] == ["two", "one"]
    assert [post.text for post in await COMMENTS.posts(page.session, 1)] == ["two"]


async def test_a_lost_reply_is_found_and_an_older_one_with_its_words_is_not(
    page: Stage,
) -> None:
    asked = await a_comment(page)
    await COMMENTS.reply(page.session, asked, "Oui")
    begun = page.watch.at + timedelta(seconds=1)
    assert await COMMENTS.find_reply(page.session, asked, "Oui", begun) is None
    page.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.FACEBOOK_REPLIES)
    )
    answer = await COMMENTS.reply(page.session, asked, "Oui")
    assert answer.result is AnswerClass.UNKNOWN
    found = await COMMENTS.find_reply(page.session, asked, "Oui", begun)
    assert found == page.sandbox.sends()[-1].message_id


async def test_the_same_words_under_another_comment_are_another_answer(
    page: Stage,
) -> None:
    asked = await a_comment(page)
    other = await page.sandbox.comment(ADA, asked.post_id, "Et lundi ?")
    elsewhere = CommentTarget(
        post_id=asked.post_id,
        comment_id=other.id,
        parent_id=None,
        author_id=ADA.id,
        text="Et lundi ?",
        kind=CommentKind.COMMENT,
        at=asked.at,
    )
    await COMMENTS.reply(page.session, elsewhere, "Oui")
    assert await COMMENTS.find_reply(page.session, asked, "Oui", asked.at) is None
    assert await COMMENTS.find_reply(page.session, elsewhere, "Oui", asked.at) is not None


async def test_a_visitors_post_is_answered_under_it_and_found_there(page: Stage) -> None:
    await facebook_acts.post_on_wall(page.sandbox.world, ADA, "Bravo !")
    [heard] = await page.heard_of(IncomingComment)
    assert heard.text == "Bravo !"
    answer = await COMMENTS.reply(page.session, target(heard), "Merci !")
    assert answer.result is AnswerClass.ACCEPTED
    found = await COMMENTS.find_reply(page.session, target(heard), "Merci !", heard.at)
    assert found == answer.platform_message_id
    private = await COMMENTS.reply_privately(page.session, target(heard), "Merci !")
    assert private.result is AnswerClass.ACCEPTED


async def test_hiding_and_showing_may_be_done_twice(page: Stage) -> None:
    asked = await a_comment(page)
    for hidden in (True, True, False):
        answer = await COMMENTS.hide(page.session, asked, hidden=hidden)
        assert answer.result is AnswerClass.ACCEPTED
        [comment] = await all_comments(page, asked.post_id)
        assert comment.hidden is hidden


async def test_a_comment_that_is_gone_counts_as_removed(page: Stage) -> None:
    asked = await a_comment(page)
    for _ in range(2):
        answer = await COMMENTS.delete(page.session, asked)
        assert answer.result is AnswerClass.ACCEPTED
    assert await all_comments(page, asked.post_id) == []


async def test_a_lost_deletion_may_be_tried_again(page: Stage) -> None:
    asked = await a_comment(page)
    page.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.FACEBOOK_COMMENTS, times=1)
    )
    assert (await COMMENTS.delete(page.session, asked)).result is AnswerClass.NOT_SENT
    assert (await COMMENTS.delete(page.session, asked)).result is AnswerClass.ACCEPTED


async def test_a_private_reply_is_sent_once(page: Stage) -> None:
    asked = await a_comment(page)
    first = await COMMENTS.reply_privately(page.session, asked, "Je vous écris ici.")
    assert first.result is AnswerClass.ACCEPTED
    [send] = page.sandbox.sends()
    assert (send.recipient, send.message_id) == (ADA.id, first.platform_message_id)
    second = await COMMENTS.reply_privately(page.session, asked, "Et encore.")
    assert (second.result, second.code) == (AnswerClass.REFUSED, "10900")


@pytest.mark.parametrize("deed", ["reply", "hide", "delete"])
async def test_after_a_refusal_for_speed_the_page_is_left_alone(
    page: Stage, graph: Graph, session: ChannelSession, deed: str
) -> None:
    asked = await a_comment(page)
    graph.refuse(32)
    match deed:
        case "reply":
            answer = await COMMENTS.reply(session, asked, "Oui")
        case "hide":
            answer = await COMMENTS.hide(session, asked, hidden=True)
        case _:
            answer = await COMMENTS.delete(session, asked)
    assert answer.result is AnswerClass.SLOW_DOWN
    assert session.http.limits.closed_for(pages_lane(session.account_id)) > 0


async def test_what_cannot_be_answered_is_refused_without_a_call(page: Stage) -> None:
    asked = await a_comment(page)
    empty = await COMMENTS.reply(page.session, asked, "  ")
    long = await COMMENTS.reply(page.session, asked, "x" * 8001)
    too_long_in_private = await COMMENTS.reply_privately(page.session, asked, "x" * 2001)
    for answer in (empty, long, too_long_in_private):
        assert answer.result is AnswerClass.REFUSED
    assert page.sandbox.sends() == ()
    assert COMMENTS.obstacle(asked, PAGE.account_id) is None


async def test_changes_of_a_comment_are_heard(page: Stage) -> None:
    asked = await a_comment(page)
    await facebook_acts.reword(page.sandbox.world, asked.comment_id, "Ouvert lundi ?")
    await facebook_acts.remove(page.sandbox.world, asked.comment_id)
    edited, removed = await page.heard_of(IncomingCommentChange)
    assert (edited.text, edited.removed) == ("Ouvert lundi ?", False)
    assert (removed.comment_id, removed.removed) == (asked.comment_id, True)


async def test_a_mention_elsewhere_is_heard_without_its_author(page: Stage) -> None:
    post = await facebook_acts.mention(page.sandbox.world, ADA, "Chez @Brûlerie !")
    [heard] = await page.heard_of(IncomingComment)
    assert (heard.kind, heard.key, heard.sender) == (CommentKind.MENTION, post.id, None)


async def test_a_page_that_is_asked_too_often_says_so(page: Stage) -> None:
    asked = await a_comment(page)
    page.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.FACEBOOK_COMMENTS, seconds=9)
    )
    with pytest.raises(RateLimited) as limit:
        await COMMENTS.page(page.session, asked.post_id, None)
    assert limit.value.retry_after == 9


async def test_an_unknown_post_is_not_found(page: Stage) -> None:
    with pytest.raises(NotFound):
        await COMMENTS.page(page.session, "104777_1", None)


async def test_an_author_that_facebook_keeps_to_itself_costs_nothing(
    graph: Graph, session: ChannelSession
) -> None:
    graph.reply({"data": [{"id": "9_1", "message": "Hi"}, {"message": "no id"}]})
    page = await COMMENTS.page(session, "110_9", None)
    [known, kept] = page.facts
    assert isinstance(known, IncomingComment)
    assert (known.sender, known.own) == (None, False)
    assert type(kept).__name__ == "IncomingOther"
