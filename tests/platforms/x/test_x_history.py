"""What was missed on X: found again by polls, as the same facts that webhooks bring."""

from datetime import timedelta

import pytest

from core.domain.errors import ChannelSignedOut
from core.domain.incoming import Incoming, IncomingComment, IncomingEcho, IncomingMessage
from core.platforms.x.history import History
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.pictures import draw
from core.sandbox.x_customers import post_publicly, write_letter
from core.sandbox.x_shapes import add_post
from tests.platforms.x.stage import ANNA, TOM, US, Stage
from tests.platforms.x.test_x_send import PLATFORM, a_message

HISTORY = History()


def essence(fact: Incoming) -> tuple[object, ...]:
    """Return what must not depend on how a fact came to us."""
    common = (type(fact), fact.account_id, fact.key, fact.sub)
    if isinstance(fact, IncomingComment):
        return (*common, fact.kind, fact.post_id, fact.parent_id, fact.text, fact.own)
    assert isinstance(fact, IncomingMessage | IncomingEcho)
    return (*common, fact.type, fact.text, [one.url for one in fact.media])


async def test_a_poll_finds_the_facts_of_the_webhooks(stage: Stage) -> None:
    begun = stage.hands.now()
    post = add_post(stage.sandbox.world, US.account_id, "New: Guji")
    await stage.sandbox.write(ANNA, "Are you open?")
    await stage.sandbox.write(ANNA, "This one?", draw("cup"))
    await PLATFORM.send(stage.session, a_message("Until 7 pm"), None)
    await stage.sandbox.settle()
    await stage.sandbox.comment(ANNA, post.id, "Which grind?")
    await post_publicly(stage.sandbox.world, TOM, "Best in town: @brulerie")
    told = [fact for fact in stage.facts() if not type(fact).__name__.endswith("ReadMark")]
    missed = await HISTORY.since(stage.session, begun)
    assert sorted(map(essence, missed.facts), key=str) == sorted(
        map(essence, told), key=str
    )
    assert missed.complete


async def test_replies_to_others_in_our_conversations_are_found_too(stage: Stage) -> None:
    begun = stage.hands.now()
    post = add_post(stage.sandbox.world, US.account_id, "New: Guji")
    first = add_post(stage.sandbox.world, ANNA.id, "Which grind?", answered=post)
    deeper = add_post(stage.sandbox.world, TOM.id, "Filter, I think", answered=first)
    missed = await HISTORY.since(stage.session, begun)
    found = {fact.key: fact for fact in missed.facts}
    comment = found[deeper.id]
    assert isinstance(comment, IncomingComment)
    assert (comment.post_id, comment.parent_id) == (post.id, first.id)
    assert len(missed.facts) == 2


async def test_nothing_older_is_told(stage: Stage) -> None:
    post = add_post(stage.sandbox.world, US.account_id, "New: Guji")
    await stage.sandbox.comment(ANNA, post.id, "Which grind?")
    await stage.sandbox.write(ANNA, "Are you open?")
    stage.hands.advance(timedelta(minutes=5))
    missed = await HISTORY.since(stage.session, stage.hands.now())
    assert (missed.facts, missed.complete) == ((), True)


async def test_many_pages_are_read_to_their_end(stage: Stage) -> None:
    begun = stage.hands.now()
    for number in range(250):
        write_letter(stage.sandbox.world, ANNA, f"message {number}", None)
        add_post(stage.sandbox.world, TOM.id, f"@brulerie {number}")
    missed = await HISTORY.since(stage.session, begun)
    assert (len(missed.facts), missed.complete) == (500, True)


async def test_what_lies_beyond_the_bound_is_not_called_complete(stage: Stage) -> None:
    begun = stage.hands.now()
    for number in range(501):
        write_letter(stage.sandbox.world, ANNA, f"message {number}", None)
    missed = await HISTORY.since(stage.session, begun)
    assert (len(missed.facts), missed.complete) == (500, False)


async def test_x_does_not_reach_back_further_than_it_says(stage: Stage) -> None:
    long_ago = stage.hands.now() - timedelta(days=40)
    assert not (await HISTORY.since(stage.session, long_ago)).complete


async def test_a_dead_token_is_told(stage: Stage) -> None:
    rule = FaultRule(kind=Fault.TOKEN_EXPIRED, endpoint=Endpoint.X_MENTIONS, times=1)
    stage.sandbox.faults.add(rule)
    with pytest.raises(ChannelSignedOut):
        await HISTORY.since(stage.session, stage.hands.now())
