"""Messages both ways over HTTP: what we send arrives as meant, what they do is read."""

from typing import Any

import pytest

from core.domain.channel import PlatformName
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingDeletion,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
)
from core.domain.message import MessageType, Origin
from core.domain.outbox import AnswerClass
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    LocationMessage,
    ReactionMessage,
    RichKind,
)
from core.net.client import open_http
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentTarget
from core.platforms.instagram import MANIFEST, Instagram
from core.sandbox import instagram_events as customers
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from tests.platforms.graph_double import StillClock, an_item
from tests.sandbox.stage import PAGE, Listener

INSTAGRAM = Instagram()
TOM = Person(
    platform=PlatformName.INSTAGRAM, id="9001", name="Tom Reed", username="tom.reed"
)
SIZES = ChoiceMessage(
    text="Which size?",
    header="Coffee",
    choices=(Choice(id="s", title="Small"), Choice(id="l", title="Large")),
)


def told(listener: Listener) -> list[Incoming]:
    return [fact for payload in listener.payloads() for fact in INSTAGRAM.read(payload)]


async def test_a_question_with_buttons_goes_out_as_quick_replies(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    item = an_item(SIZES.summary, recipient=TOM.id, content=SIZES)
    got = await INSTAGRAM.send(session, item, None)
    [send] = sandbox.sends()
    assert (got.result, got.platform_message_id) == (AnswerClass.ACCEPTED, send.message_id)
    assert send.body["message"] == {
        "text": "Coffee\n\nWhich size?",
        "quick_replies": [
            {"content_type": "text", "title": "Small", "payload": "s"},
            {"content_type": "text", "title": "Large", "payload": "l"},
        ],
    }
    assert MANIFEST.rich == {RichKind.CHOICE, RichKind.REACTION}


def choices(count: int, title: str = "Small") -> ChoiceMessage:
    return ChoiceMessage(
        text="?", choices=tuple(Choice(id=str(n), title=title) for n in range(count))
    )


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        (choices(13), 1),
        (choices(14), 0),
        (choices(0), 0),
        (choices(1, "x" * 20), 1),
        (choices(1, "x" * 21), 0),
        (choices(1, ""), 0),
        (ChoiceMessage(text="é" * 501, choices=SIZES.choices), 0),
        (LocationMessage(latitude=1, longitude=2), 0),
    ],
    ids=["13", "14", "none", "20 letters", "21 letters", "unnamed", "too long", "place"],
)
async def test_what_instagram_would_not_take_is_not_offered(
    session: ChannelSession, sandbox: Sandbox, content: Any, sent: int
) -> None:
    got = await INSTAGRAM.send(session, an_item("?", content=content), None)
    assert (got.result is AnswerClass.ACCEPTED) == bool(sent)
    assert len(sandbox.sends()) == sent
    assert bool(got.title) != bool(sent)


@pytest.mark.parametrize(
    ("emoji", "action", "reaction"),
    [
        ("❤", "react", "love"),
        ("❤️", "react", "love"),
        ("👍", "react", "like"),
        ("🔥", "react", "🔥"),
        ("", "unreact", None),
    ],
)
async def test_a_reaction_is_put_on_or_taken_back(
    session: ChannelSession,
    sandbox: Sandbox,
    emoji: str,
    action: str,
    reaction: str | None,
) -> None:
    content = ReactionMessage(target_platform_id="mid.1", emoji=emoji)
    got = await INSTAGRAM.send(session, an_item(emoji, content=content), None)
    [send] = sandbox.sends()
    assert (got.result, got.platform_message_id) == (AnswerClass.ACCEPTED, None)
    expected = {"message_id": "mid.1", "reaction": reaction}
    assert (send.type, send.body["payload"]) == (
        action,
        {name: value for name, value in expected.items() if value is not None},
    )


async def test_a_reaction_of_unknown_outcome_is_simply_put_on_again(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.CUT_AFTER_ACCEPT, times=1))
    content = ReactionMessage(target_platform_id="mid.1", emoji="❤")
    lost = await INSTAGRAM.send(session, an_item("❤", content=content), None)
    again = await INSTAGRAM.send(session, an_item("❤", content=content), None)
    assert (lost.result, again.result) == (AnswerClass.NOT_SENT, AnswerClass.ACCEPTED)


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        (Fault.RATE_LIMITED, AnswerClass.SLOW_DOWN),
        (Fault.TOKEN_EXPIRED, AnswerClass.RECONNECT),
        (Fault.WINDOW_CLOSED, AnswerClass.WINDOW),
        (Fault.SERVER_ERROR, AnswerClass.UNKNOWN),
        (Fault.CUT_AFTER_ACCEPT, AnswerClass.UNKNOWN),
        (Fault.BROKEN_JSON, AnswerClass.UNKNOWN),
    ],
)
async def test_each_bad_day_is_told_apart(
    session: ChannelSession, sandbox: Sandbox, kind: Fault, result: AnswerClass
) -> None:
    sandbox.faults.add(FaultRule(kind=kind, endpoint=Endpoint.INSTAGRAM_MESSAGES))
    item = an_item("Hello", recipient=TOM.id, origin=Origin.ASSISTANT)
    assert (await INSTAGRAM.send(session, item, None)).result is result


async def test_a_message_of_unknown_outcome_is_found_in_the_conversation(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    begun = sandbox.world.now()
    sandbox.faults.add(FaultRule(kind=Fault.CUT_AFTER_ACCEPT, times=1))
    item = an_item("Hello", recipient=TOM.id)
    await INSTAGRAM.send(session, item, None)
    found = await INSTAGRAM.find_sent(session, item, since=begun)
    assert found == sandbox.sends()[0].message_id


async def test_private_answers_wait_for_their_own_limit_and_messages_do_not(
    session: ChannelSession, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Workshop")
    async with open_http(clock=StillClock(), loopback=[sandbox.url]) as http:
        strict = ChannelSession(
            account_id=session.account_id,
            base_url=session.base_url,
            token=session.token,
            http=http,
        )
        results = [await _answer(strict, sandbox, post.id) for _ in range(3)]
        direct = await INSTAGRAM.send(strict, an_item("Hi", recipient=TOM.id), None)
    assert results == [
        AnswerClass.ACCEPTED,
        AnswerClass.SLOW_DOWN,
        AnswerClass.SLOW_DOWN,
    ]
    assert direct.result is AnswerClass.ACCEPTED


async def _answer(session: ChannelSession, sandbox: Sandbox, post_id: str) -> AnswerClass:
    written = await sandbox.comment(TOM, post_id, "How much?")
    page = await INSTAGRAM.comments.page(session, post_id, None)
    [comment] = [fact for fact in page.facts if fact.key == written.id]
    assert isinstance(comment, IncomingComment)
    answer = await INSTAGRAM.comments.reply_privately(session, _target(comment), "45")
    return answer.result


def _target(comment: IncomingComment) -> CommentTarget:
    return CommentTarget(
        post_id=comment.post_id,
        comment_id=comment.key,
        parent_id=None,
        author_id=None,
        text=comment.text,
        kind=comment.kind,
        at=comment.at,
    )


async def test_everything_customers_do_is_read_from_its_webhook(
    sandbox: Sandbox, listener: Listener
) -> None:
    world = sandbox.world
    mid, _ = await customers.say(
        world,
        TOM,
        {"text": "wow", "reply_to": {"story": {"id": "7", "url": "https://c/s"}}},
    )
    await customers.say(
        world,
        TOM,
        {
            "attachments": [
                {"type": "share", "payload": {"url": "https://c/old"}},
                {"type": "ig_post", "payload": {"url": "https://c/new", "title": "Sale"}},
            ]
        },
    )
    await customers.react(world, TOM, mid, "🔥")
    await customers.react(world, TOM, mid, "")
    await customers.edit(world, TOM, mid, "wow!")
    await customers.edit_unsaid(world, TOM, mid, "wow!!")
    await customers.unsend(world, TOM, mid)
    await customers.press(world, TOM, "Prices", "PRICES")
    await customers.write_in_app(world, TOM, "By hand")
    post_id = await customers.mention_in_post(world, TOM, "Look at @brulerie")

    story, share, on, off, edit, bare, gone, press, echo, mention = told(listener)
    assert isinstance(story, IncomingMessage)
    assert (story.type, story.details["story_id"]) == (MessageType.STORY_REPLY, "7")
    assert isinstance(share, IncomingMessage)
    assert (share.text, [media.url for media in share.media]) == ("Sale", ["https://c/new"])
    assert isinstance(on, IncomingReaction)
    assert isinstance(off, IncomingReaction)
    assert (on.emoji, off.emoji, on.target_id) == ("🔥", "", mid)
    assert isinstance(edit, IncomingEdit)
    assert isinstance(bare, IncomingEdit)
    assert (edit.text, bare.text, bare.target_id) == ("wow!", None, mid)
    assert isinstance(gone, IncomingDeletion)
    assert isinstance(press, IncomingMessage)
    assert (press.type, press.text) == (MessageType.POSTBACK, "Prices")
    assert isinstance(echo, IncomingEcho)
    assert (echo.customer.platform_customer_id, echo.text) == (TOM.id, "By hand")
    assert isinstance(mention, IncomingComment)
    assert (mention.kind, mention.key) == (CommentKind.MENTION, post_id)
    assert {fact.account_id for fact in told(listener)} == {PAGE.account_id}


def test_what_is_handed_out_is_what_the_manifest_promises() -> None:
    assert MANIFEST.formats == {"image", "video", "reel", "story", "carousel"}
    assert MANIFEST.comment_limit is not None
    assert INSTAGRAM.connecting.flavours[0].scopes == MANIFEST.scopes
