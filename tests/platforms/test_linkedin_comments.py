"""Comments on LinkedIn, over real HTTP against the sandbox."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import ChannelSignedOut, NotSetUp, PlatformDown, RateLimited
from core.domain.incoming import IncomingComment
from core.domain.outbox import AnswerClass
from core.platforms.commenting import CommentPage
from core.platforms.linkedin import LinkedIn, calls
from core.platforms.linkedin.limits import SHORT_PAUSE_SECONDS
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.linkedin_state import LinkedInPost
from tests.platforms.graph_double import an_item
from tests.platforms.linkedin_stage import ANNA, NOON, PAGE, Stage

linkedin = LinkedIn()
comments = linkedin.comments


async def walk(stage: Stage, post: LinkedInPost) -> list[IncomingComment]:
    """Return every comment under a post, page after page."""
    found: list[IncomingComment] = []
    cursor: str | None = None
    for _page in range(50):
        page: CommentPage = await comments.page(stage.session, post.urn, cursor)
        found += [fact for fact in page.facts if isinstance(fact, IncomingComment)]
        if page.cursor is None:
            return found
        cursor = page.cursor
    raise AssertionError("the walk has no end")


async def commented(stage: Stage, text: str = "How much?") -> tuple[LinkedInPost, str]:
    post = stage.post()
    return post, (await stage.sandbox.comment(ANNA, post.urn, text)).id


async def test_a_comment_is_told_and_listed_under_one_key(stage: Stage) -> None:
    post, comment = await commented(stage)
    [told] = linkedin.read(json.loads(stage.heard[0]))
    [listed] = await walk(stage, post)
    assert isinstance(told, IncomingComment)
    assert told.key == listed.key == comment
    assert told.post_id == listed.post_id == post.urn
    assert told.text == listed.text == "How much?"
    assert told.sender == listed.sender


async def test_an_answer_stands_under_the_comment_and_is_known_as_ours(
    stage: Stage,
) -> None:
    post, comment = await commented(stage)
    answer = await comments.reply(stage.session, stage.target(comment, post), "12 €")
    assert answer.result is AnswerClass.ACCEPTED
    [theirs, ours] = await walk(stage, post)
    assert ours.key == answer.platform_message_id
    assert (ours.own, ours.parent_id, theirs.own) == (True, comment, False)
    await stage.sandbox.settle()
    [echo] = linkedin.read(json.loads(stage.heard[-1]))
    assert isinstance(echo, IncomingComment)
    assert (echo.key, echo.own) == (answer.platform_message_id, True)


async def test_an_answer_to_an_answer_hangs_under_the_top(stage: Stage) -> None:
    post, top = await commented(stage)
    below = (await stage.sandbox.comment(ANNA, post.urn, "And in Lyon?", top)).id
    target = stage.target(below, post, parent_id=top)
    answer = await comments.reply(stage.session, target, "There, too.")
    assert answer.result is AnswerClass.ACCEPTED
    ours = stage.linkedin.comment(answer.platform_message_id or "")
    above = stage.linkedin.comment(top)
    assert ours is not None
    assert above is not None
    assert ours.parent == above.id


async def test_a_post_that_names_us_is_answered_directly(stage: Stage) -> None:
    theirs = stage.post("We love @Brulerie")
    target = stage.target(theirs.urn, theirs, kind="mention")
    answer = await comments.reply(stage.session, target, "Thank you!")
    assert answer.result is AnswerClass.ACCEPTED
    ours = stage.linkedin.comment(answer.platform_message_id or "")
    assert ours is not None
    assert ours.parent is None


@pytest.mark.parametrize("tells_total", [True, False])
async def test_every_comment_is_found_over_pages(
    stage: Stage, *, tells_total: bool
) -> None:
    stage.linkedin.tells_total = tells_total
    post = stage.post()
    written = {(await stage.sandbox.comment(ANNA, post.urn, f"{n}")).id for n in range(45)}
    top = next(iter(written))
    written |= {
        (await stage.sandbox.comment(ANNA, post.urn, f"r{n}", top)).id for n in range(25)
    }
    found = await walk(stage, post)
    assert {fact.key for fact in found} == written
    assert len(found) == len(written)


async def test_comments_that_come_meanwhile_cost_none_and_keep_their_keys(
    stage: Stage,
) -> None:
    post = stage.post()
    before = {(await stage.sandbox.comment(ANNA, post.urn, f"{n}")).id for n in range(25)}
    first = await comments.page(stage.session, post.urn, None)
    for n in range(3):
        await stage.sandbox.comment(ANNA, post.urn, f"later {n}")
    second = await comments.page(stage.session, post.urn, first.cursor)
    keys = [fact.key for fact in (*first.facts, *second.facts)]
    assert before <= set(keys)
    assert len(keys) - len(set(keys)) == 3


@pytest.mark.parametrize("text", ["", "   ", "x" * 1251])
async def test_what_linkedin_would_not_take_is_not_sent(stage: Stage, text: str) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    for answer in (
        await comments.reply(stage.session, target, text),
        await comments.edit(stage.session, target, text),
    ):
        assert answer.result is AnswerClass.REFUSED
    assert stage.sandbox.sends() == ()


async def test_the_longest_text_goes(stage: Stage) -> None:
    post, comment = await commented(stage)
    answer = await comments.reply(stage.session, stage.target(comment, post), "x" * 1250)
    assert answer.result is AnswerClass.ACCEPTED


@pytest.mark.parametrize(
    "fault", [Fault.CUT_AFTER_ACCEPT, Fault.ERROR_AFTER_ACCEPT, Fault.BROKEN_JSON]
)
async def test_an_answer_whose_answer_was_lost_is_found(stage: Stage, fault: Fault) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    await comments.reply(stage.session, target, "12 €")
    stage.later(minutes=5)
    stage.sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.LINKEDIN_REPLIES))
    lost = await comments.reply(stage.session, target, "12 €")
    assert lost.result is AnswerClass.UNKNOWN
    since = stage.at - timedelta(minutes=1)
    found = await comments.find_reply(stage.session, target, "12 €", since)
    assert found == stage.sandbox.sends()[-1].message_id
    assert len(stage.sandbox.sends()) == 2


async def test_an_answer_that_never_arrived_is_not_found(stage: Stage) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.LINKEDIN_REPLIES)
    )
    lost = await comments.reply(stage.session, target, "12 €")
    assert lost.result is AnswerClass.UNKNOWN
    assert await comments.find_reply(stage.session, target, "12 €", NOON) is None


async def test_a_comment_of_ours_is_reworded(stage: Stage) -> None:
    post, comment = await commented(stage)
    made = await comments.reply(stage.session, stage.target(comment, post), "12 €")
    stage.later(minutes=1)
    ours = stage.target(made.platform_message_id or "", post)
    assert (await comments.edit(stage.session, ours, "13 €")).result is AnswerClass.ACCEPTED
    [_theirs, reworded] = await walk(stage, post)
    assert reworded.text == "13 €"
    assert reworded.sub


async def test_a_comment_is_deleted_and_may_be_deleted_again(stage: Stage) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    for _time in range(2):
        answer = await comments.delete(stage.session, target)
        assert answer.result is AnswerClass.ACCEPTED
    assert await walk(stage, post) == []


async def test_what_linkedin_has_not_is_refused_in_plain_words(stage: Stage) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    answers = [
        await comments.hide(stage.session, target, hidden=True),
        await comments.reply_privately(stage.session, target, "Hi"),
        await linkedin.send(stage.session, an_item(), None),
        await comments.reply(
            stage.session, replace(target, comment_id="?", post_id="?"), "Hi"
        ),
    ]
    assert {answer.result for answer in answers} == {AnswerClass.REFUSED}
    assert all(answer.title.endswith(".") for answer in answers)
    assert stage.sandbox.sends() == ()


async def test_a_comment_without_an_address_is_an_obstacle(stage: Stage) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    assert comments.obstacle(target, PAGE) is None
    assert comments.obstacle(replace(target, comment_id="?", post_id="?"), PAGE) is not None


async def test_our_posts_are_listed_newest_first(stage: Stage) -> None:
    older = stage.post("One \\(of two\\)")
    stage.later(hours=1)
    newer = stage.post("Two")
    found = await comments.posts(stage.session, 5)
    assert [one.platform_post_id for one in found] == [newer.urn, older.urn]
    assert found[1].text == "One (of two)"
    assert len(await comments.posts(stage.session, 1)) == 1


async def test_haste_in_comments_is_over_after_a_minute(stage: Stage) -> None:
    post, comment = await commented(stage)
    target = stage.target(comment, post)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.LINKEDIN_REPLIES, times=1)
    )
    answer = await comments.reply(stage.session, target, "12 €")
    assert (answer.result, answer.retry_after) == (
        AnswerClass.SLOW_DOWN,
        SHORT_PAUSE_SECONDS,
    )
    held = await comments.reply(stage.session, target, "12 €")
    assert held.result is AnswerClass.SLOW_DOWN
    assert held.retry_after is not None
    await walk(stage, post)
    stage.clock.seconds += SHORT_PAUSE_SECONDS
    late = await comments.reply(stage.session, target, "12 €")
    assert late.result is AnswerClass.ACCEPTED
    assert len(stage.sandbox.sends()) == 1


async def test_a_days_limit_lasts_until_midnight(stage: Stage) -> None:
    post, _comment = await commented(stage)
    stage.sandbox.faults.add(
        FaultRule(kind=Fault.RATE_LIMITED, endpoint=Endpoint.LINKEDIN_COMMENTS)
    )
    with pytest.raises(RateLimited) as limit:
        await comments.page(stage.session, post.urn, None)
    assert limit.value.retry_after == 12 * 3600


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.TOKEN_EXPIRED, ChannelSignedOut),
        (Fault.WINDOW_CLOSED, ChannelSignedOut),
        (Fault.SERVER_ERROR, PlatformDown),
        (Fault.CUT_AFTER_ACCEPT, PlatformDown),
    ],
)
async def test_a_question_that_fails_says_what_must_happen(
    stage: Stage, fault: Fault, error: type[Exception]
) -> None:
    post, _comment = await commented(stage)
    stage.sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.LINKEDIN_COMMENTS))
    with pytest.raises(error):
        await comments.page(stage.session, post.urn, None)


async def test_a_version_that_was_switched_off_asks_for_a_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, comment = await commented(stage)
    monkeypatch.setitem(calls.HEADERS, "Linkedin-Version", "202401")
    answer = await comments.reply(stage.session, stage.target(comment, post), "12 €")
    assert answer.result is AnswerClass.PERSON
    with pytest.raises(NotSetUp):
        await comments.page(stage.session, post.urn, None)


async def test_a_dead_token_pauses_the_channel(stage: Stage) -> None:
    post, comment = await commented(stage)
    stage.sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    answer = await comments.reply(stage.session, stage.target(comment, post), "12 €")
    assert answer.result is AnswerClass.RECONNECT
