"""Posts that speak to us on X: how they arrive, and how they are answered."""

from dataclasses import replace

import pytest

from core.domain.errors import PlatformDown
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    IncomingNotice,
    NoticeWeight,
)
from core.domain.outbox import AnswerClass
from core.platforms.commenting import CommentTarget
from core.platforms.x.comments import Comments
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.x_customers import announce, post_publicly, revoke, reword
from core.sandbox.x_shapes import add_post
from core.sandbox.x_state import XPost
from tests.platforms.x.stage import ANNA, TOM, US, Stage

COMMENTS = Comments()


def our_post(stage: Stage, text: str = "New: Ethiopia Guji") -> XPost:
    return add_post(stage.sandbox.world, US.account_id, text)


def comments(facts: list[Incoming]) -> list[IncomingComment]:
    return [fact for fact in facts if isinstance(fact, IncomingComment)]


def target_of(fact: IncomingComment) -> CommentTarget:
    return CommentTarget(
        post_id=fact.post_id,
        comment_id=fact.key,
        parent_id=fact.parent_id,
        author_id=fact.sender.platform_customer_id if fact.sender is not None else None,
        text=fact.text,
        kind=fact.kind,
        at=fact.at,
        own=fact.own,
    )


async def mentioned(stage: Stage, text: str = "Is @brulerie open?") -> CommentTarget:
    await post_publicly(stage.sandbox.world, ANNA, text)
    (fact,) = comments(stage.facts())
    return target_of(fact)


async def replied(stage: Stage, text: str = "Which grind?") -> CommentTarget:
    await stage.sandbox.comment(ANNA, our_post(stage).id, text)
    (fact,) = comments(stage.facts())
    return target_of(fact)


async def test_a_reply_under_our_post_arrives_without_the_names_x_puts_in_front(
    stage: Stage,
) -> None:
    post = our_post(stage)
    written = await stage.sandbox.comment(ANNA, post.id, "Beans & filter? <3")
    (fact,) = comments(stage.facts())
    assert (fact.key, fact.post_id, fact.parent_id) == (written.id, post.id, None)
    assert (fact.kind, fact.text, fact.own) == (
        CommentKind.COMMENT,
        "Beans & filter? <3",
        False,
    )
    assert fact.sender is not None
    assert (fact.sender.username, fact.avatar_url is not None) == ("anna_sorel", True)
    assert fact.url == f"https://x.com/anna_sorel/status/{written.id}"


async def test_one_post_told_as_reply_and_as_mention_is_one_fact(stage: Stage) -> None:
    post = our_post(stage)
    answer = add_post(
        stage.sandbox.world, ANNA.id, "Tell me, @brulerie, which grind?", answered=post
    )
    await announce(stage.sandbox.world, answer)
    page = await COMMENTS.page(stage.session, post.id, None)
    facts = comments([*stage.facts(), *page.facts])
    assert len(facts) == 3
    assert len({(fact.key, fact.sub, fact.kind, fact.post_id) for fact in facts}) == 1
    assert facts[0].kind is CommentKind.MENTION
    assert facts[0].post_id == post.id


async def test_a_quote_shows_what_it_quotes(stage: Stage) -> None:
    post = our_post(stage)
    await post_publicly(stage.sandbox.world, ANNA, "Try this", quoted=post.id)
    (fact,) = comments(stage.facts())
    assert (fact.kind, fact.text, fact.post_text) == (
        CommentKind.QUOTE,
        "Try this",
        "New: Ethiopia Guji",
    )
    assert fact.post_id == fact.key


async def test_an_edited_post_is_the_same_comment_in_other_words(stage: Stage) -> None:
    world = stage.sandbox.world
    post, _ = await post_publicly(world, ANNA, "Is @brulerie opne?")
    await reword(world, post, "Is @brulerie open?")
    first, again, change = stage.facts()
    assert isinstance(first, IncomingComment)
    assert isinstance(again, IncomingComment)
    assert isinstance(change, IncomingCommentChange)
    assert (again.key, again.sub) == (first.key, first.sub)
    assert (change.comment_id, change.text) == (first.key, "Is @brulerie open?")
    assert change.key == post.id != first.key


async def test_a_permission_taken_back_signs_the_channel_out(stage: Stage) -> None:
    await revoke(stage.sandbox.world)
    (notice,) = stage.facts()
    assert isinstance(notice, IncomingNotice)
    assert (notice.account_id, notice.weight) == (US.account_id, NoticeWeight.SIGNED_OUT)


async def test_a_mention_can_be_answered_and_the_answer_is_ours(stage: Stage) -> None:
    target = await mentioned(stage)
    assert COMMENTS.obstacle(target, US.account_id) is None
    answer = await COMMENTS.reply(stage.session, target, "Until 7 pm")
    (sent,) = stage.sandbox.sends()
    assert (answer.result, answer.platform_message_id) == (
        AnswerClass.ACCEPTED,
        sent.message_id,
    )
    await stage.sandbox.settle()
    page = await COMMENTS.page(stage.session, target.post_id, None)
    (own,) = comments(list(page.facts))
    (_mention, told) = comments(stage.facts())
    assert (told.key, told.own, told.text) == (own.key, True, own.text)
    assert (own.own, own.key, own.text) == (True, sent.message_id, "Until 7 pm")
    assert own.parent_id is None


async def test_who_did_not_name_us_is_answered_on_x_and_x_says_the_same(
    stage: Stage,
) -> None:
    target = await replied(stage)
    obstacle = COMMENTS.obstacle(target, US.account_id)
    assert obstacle is not None
    assert obstacle.url == f"https://x.com/i/status/{target.comment_id}"
    answer = await COMMENTS.reply(stage.session, target, "Filter")
    assert (answer.result, stage.sandbox.sends()) == (AnswerClass.REFUSED, ())
    assert answer.title


async def test_a_quote_and_a_reply_that_names_us_can_be_answered(stage: Stage) -> None:
    post = our_post(stage)
    await post_publicly(stage.sandbox.world, ANNA, "Try this", quoted=post.id)
    await stage.sandbox.comment(TOM, post.id, "Nice, @brulerie!")
    for fact in comments(stage.facts()):
        target = target_of(fact)
        assert COMMENTS.obstacle(target, US.account_id) is None
        text = f"Thank you {fact.key}"
        answer = await COMMENTS.reply(stage.session, target, text)
        assert answer.result is AnswerClass.ACCEPTED


async def test_our_own_comment_needs_nobodys_leave(stage: Stage) -> None:
    target = replace(await replied(stage), own=True)
    assert COMMENTS.obstacle(target, US.account_id) is None


@pytest.mark.parametrize("text", ["", "x" * 281, "語" * 141, "Buy $ACME or $BUX"])
async def test_what_x_never_posts_is_refused_here(stage: Stage, text: str) -> None:
    answer = await COMMENTS.reply(stage.session, await mentioned(stage), text)
    assert (answer.result, stage.sandbox.sends()) == (AnswerClass.REFUSED, ())


async def test_an_answer_of_unknown_outcome_is_found_on_our_timeline(stage: Stage) -> None:
    target, begun = await mentioned(stage), stage.hands.now()
    text = "See https://shop.example/guji & come by"
    assert await COMMENTS.find_reply(stage.session, target, text, begun) is None
    rule = FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.X_POSTS, times=1)
    stage.sandbox.faults.add(rule)
    answer = await COMMENTS.reply(stage.session, target, text)
    assert answer.result is AnswerClass.UNKNOWN
    (sent,) = stage.sandbox.sends()
    found = await COMMENTS.find_reply(stage.session, target, text, begun)
    assert found == sent.message_id
    elsewhere = replace(target, comment_id="1")
    assert await COMMENTS.find_reply(stage.session, elsewhere, text, begun) is None


async def test_a_reply_is_hidden_shown_and_hidden_again(stage: Stage) -> None:
    target = await replied(stage)
    for hidden in (True, True, False):
        answer = await COMMENTS.hide(stage.session, target, hidden=hidden)
        assert answer.result is AnswerClass.ACCEPTED
        assert stage.sandbox.state.x.posts[target.comment_id].hidden is hidden


async def test_what_is_not_in_our_conversation_cannot_be_hidden(stage: Stage) -> None:
    answer = await COMMENTS.hide(stage.session, await mentioned(stage), hidden=True)
    assert answer.result is AnswerClass.REFUSED


async def test_our_own_answer_is_deleted_and_may_be_gone_already(stage: Stage) -> None:
    target = await mentioned(stage)
    answer = await COMMENTS.reply(stage.session, target, "Until 7 pm")
    ours = replace(target, comment_id=answer.platform_message_id or "", own=True)
    for _ in range(2):
        assert (await COMMENTS.delete(stage.session, ours)).result is AnswerClass.ACCEPTED
    assert ours.comment_id not in stage.sandbox.state.x.posts


async def test_what_others_wrote_is_not_deleted(stage: Stage) -> None:
    target = await mentioned(stage)
    assert (await COMMENTS.delete(stage.session, target)).result is AnswerClass.REFUSED
    private = await COMMENTS.reply_privately(stage.session, target, "Hello")
    assert private.result is AnswerClass.REFUSED


async def test_a_long_conversation_comes_in_pages(stage: Stage) -> None:
    post = our_post(stage)
    written = [
        add_post(stage.sandbox.world, ANNA.id, f"comment {n}", answered=post).id
        for n in range(130)
    ]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await COMMENTS.page(stage.session, post.id, cursor)
        seen += [fact.key for fact in page.facts]
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(written)
    assert post.id not in seen


async def test_our_posts_are_listed_without_our_answers(stage: Stage) -> None:
    target = await mentioned(stage)
    await COMMENTS.reply(stage.session, target, "Until 7 pm")
    first, second = our_post(stage, "One"), our_post(stage, "Two https://shop.example/a")
    listed = await COMMENTS.posts(stage.session, 5)
    assert [(post.platform_post_id, post.text) for post in listed] == [
        (second.id, "Two https://shop.example/a"),
        (first.id, "One"),
    ]
    assert await COMMENTS.posts(stage.session, 1) == listed[:1]


async def test_a_server_that_fails_can_be_asked_again(stage: Stage) -> None:
    stage.sandbox.faults.add(FaultRule(kind=Fault.SERVER_ERROR, times=1))
    with pytest.raises(PlatformDown):
        await COMMENTS.page(stage.session, "1", None)
