"""Templates, places, cards, choices, reactions: what WhatsApp is handed, and what it is not."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.outbox import AnswerClass
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    ContactCard,
    ContactsMessage,
    LocationMessage,
    ReactionMessage,
    RichContent,
    TemplateMessage,
)
from core.platforms.base import ChannelSession
from core.platforms.whatsapp import WhatsApp
from core.store.rich import restored, stored
from tests.platforms.graph_double import Graph, a_file, an_item

WHATSAPP = WhatsApp()
SENT = {"messages": [{"id": "wamid.out"}]}
YES = Choice(id="y", title="Yes")

WRITTEN: tuple[tuple[RichContent, Mapping[str, Any]], ...] = (
    (
        TemplateMessage(name="hello", language="fr"),
        {
            "type": "template",
            "template": {"name": "hello", "language": {"code": "fr"}},
        },
    ),
    (
        TemplateMessage(
            name="order",
            language="fr",
            body=("Amal", "12"),
            buttons=("", "x-1"),
            header_media="image",
            header_media_url="https://files.example/a.png",
        ),
        {
            "type": "template",
            "template": {
                "name": "order",
                "language": {"code": "fr"},
                "components": [
                    {
                        "type": "header",
                        "parameters": [
                            {
                                "type": "image",
                                "image": {"link": "https://files.example/a.png"},
                            }
                        ],
                    },
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "Amal"},
                            {"type": "text", "text": "12"},
                        ],
                    },
                    {
                        "type": "button",
                        "sub_type": "url",
                        "index": "1",
                        "parameters": [{"type": "text", "text": "x-1"}],
                    },
                ],
            },
        },
    ),
    (
        TemplateMessage(name="n", language="en", body=("Amal",), body_names=("who",)),
        {
            "type": "template",
            "template": {
                "name": "n",
                "language": {"code": "en"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "Amal", "parameter_name": "who"}
                        ],
                    }
                ],
            },
        },
    ),
    (
        LocationMessage(latitude=45.5, longitude=-73.6, name="Shop"),
        {
            "type": "location",
            "location": {"latitude": 45.5, "longitude": -73.6, "name": "Shop"},
        },
    ),
    (
        ContactsMessage(cards=(ContactCard(name="Ann", phones=("+1",), emails=("a@b",)),)),
        {
            "type": "contacts",
            "contacts": [
                {
                    "name": {"formatted_name": "Ann", "first_name": "Ann"},
                    "phones": [{"phone": "+1", "type": "WORK"}],
                    "emails": [{"email": "a@b", "type": "WORK"}],
                }
            ],
        },
    ),
    (
        ChoiceMessage(text="Grind it?", choices=(YES,), header="Coffee", footer="Free"),
        {
            "type": "interactive",
            "interactive": {
                "type": "button",
                "header": {"type": "text", "text": "Coffee"},
                "body": {"text": "Grind it?"},
                "footer": {"text": "Free"},
                "action": {
                    "buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]
                },
            },
        },
    ),
    (
        ChoiceMessage(
            text="Which?",
            list_button="See",
            choices=(Choice(id="k", title="Kenya", description="Bright"),),
        ),
        {
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": {"text": "Which?"},
                "action": {
                    "button": "See",
                    "sections": [
                        {"rows": [{"id": "k", "title": "Kenya", "description": "Bright"}]}
                    ],
                },
            },
        },
    ),
    (
        ReactionMessage(target_platform_id="wamid.in", emoji=""),
        {"type": "reaction", "reaction": {"message_id": "wamid.in", "emoji": ""}},
    ),
)


@pytest.mark.parametrize(("content", "body"), WRITTEN)
async def test_each_kind_is_written_as_whatsapp_reads_it(
    session: ChannelSession, graph: Graph, content: RichContent, body: Mapping[str, Any]
) -> None:
    graph.reply(SENT)
    got = await WHATSAPP.send(session, an_item("", content=content), None)
    assert (got.result, got.platform_message_id) == (AnswerClass.ACCEPTED, "wamid.out")
    [sent] = graph.bodies
    assert {name: sent[name] for name in body} == body
    assert sent["to"] == "33644001122"
    assert sent["biz_opaque_callback_data"]


@pytest.mark.parametrize("content", [content for content, _body in WRITTEN])
def test_what_the_outbox_keeps_is_what_was_written(content: RichContent) -> None:
    assert restored(stored(content)) == content


def many(count: int, length: int = 1) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"i{n}", title=f"{n:0{length}}") for n in range(count))


@pytest.mark.parametrize(
    "content",
    [
        ChoiceMessage(text="?", choices=many(4)),
        ChoiceMessage(text="?", choices=()),
        ChoiceMessage(text=" ", choices=(YES,)),
        ChoiceMessage(text="x" * 1025, choices=(YES,)),
        ChoiceMessage(text="?", choices=many(1, 21)),
        ChoiceMessage(text="?", choices=(YES, YES)),
        ChoiceMessage(text="?", choices=(Choice(id="x" * 257, title="Yes"),)),
        ChoiceMessage(text="?", choices=(Choice(id="y", title=" "),)),
        ChoiceMessage(text="?", choices=(YES,), header="x" * 61),
        ChoiceMessage(text="?", choices=(YES,), footer="x" * 61),
        ChoiceMessage(text="?", choices=many(11), list_button="See"),
        ChoiceMessage(text="?", choices=many(1, 25), list_button="See"),
        ChoiceMessage(text="?", choices=many(2), list_button=""),
        ChoiceMessage(text="?", choices=many(2), list_button="x" * 21),
        ChoiceMessage(
            text="?", choices=(Choice(id="x" * 201, title="a"),), list_button="S"
        ),
        ChoiceMessage(
            text="?",
            choices=(Choice(id="x", title="a", description="d" * 73),),
            list_button="S",
        ),
        LocationMessage(latitude=91, longitude=0),
        LocationMessage(latitude=0, longitude=float("nan")),
        ContactsMessage(cards=()),
        ContactsMessage(cards=(ContactCard(name=" "),)),
        ReactionMessage(target_platform_id="", emoji="👍"),
        TemplateMessage(name="t", language="fr", header_media="image"),
        TemplateMessage(
            name="t", language="fr", header_media="image", header_media_url="http://x"
        ),
        TemplateMessage(
            name="t", language="fr", header_media="hologram", header_media_url="https://x"
        ),
    ],
)
async def test_what_whatsapp_would_never_take_is_refused_with_a_reason(
    session: ChannelSession, graph: Graph, content: RichContent
) -> None:
    got = await WHATSAPP.send(session, an_item("", content=content), None)
    assert got.result is AnswerClass.REFUSED
    assert got.title
    assert graph.requests == []


@pytest.mark.parametrize(
    "content",
    [
        ChoiceMessage(text="x" * 1024, choices=many(3, 20)),
        ChoiceMessage(text="?", choices=many(10, 24), list_button="x" * 20),
    ],
)
async def test_what_just_fits_is_sent(
    session: ChannelSession, graph: Graph, content: RichContent
) -> None:
    graph.reply(SENT)
    got = await WHATSAPP.send(session, an_item("", content=content), None)
    assert got.result is AnswerClass.ACCEPTED


async def test_a_reaction_quotes_nothing_and_a_choice_may(
    session: ChannelSession, graph: Graph
) -> None:
    contents = (
        ReactionMessage(target_platform_id="wamid.in", emoji="👍"),
        ChoiceMessage(text="?", choices=(YES,)),
    )
    for content in contents:
        graph.reply(SENT)
        item = an_item("", content=content, quoted_platform_id="wamid.0")
        await WHATSAPP.send(session, item, None)
    reaction, choice = graph.bodies
    assert "context" not in reaction
    assert choice["context"] == {"message_id": "wamid.0"}


async def test_a_group_is_written_to_as_a_group(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply(SENT)
    await WHATSAPP.send(session, an_item(recipient="Y2FwaV9n="), None)
    [body] = graph.bodies
    assert (body["recipient_type"], body["to"]) == ("group", "Y2FwaV9n=")


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        (b"OggS" + bytes(24) + b"OpusHead" + bytes(99), {"id": "77", "voice": True}),
        (b"OggS" + bytes(24) + b"OpusHead" + bytes(512 * 1024), {"id": "77"}),
        (b"OggS" + bytes(24) + b"\x01vorbis", {"id": "77"}),
    ],
    ids=["opus", "too large", "vorbis"],
)
async def test_a_recording_is_sent_as_spoken(
    session: ChannelSession, graph: Graph, content: bytes, sent: Any
) -> None:
    graph.reply({"id": "77"})
    graph.reply(SENT)
    item = an_item("", media=a_file("audio", "audio/ogg"))
    await WHATSAPP.send(session, item, content)
    assert json.loads(graph.requests[1].content)["audio"] == sent


@pytest.mark.parametrize(
    ("size", "result"),
    [(500 * 1024, AnswerClass.ACCEPTED), (500 * 1024 + 1, AnswerClass.REFUSED)],
)
async def test_a_sticker_is_a_small_webp(
    session: ChannelSession, graph: Graph, size: int, result: AnswerClass
) -> None:
    graph.reply({"id": "77"})
    graph.reply(SENT)
    item = an_item("", media=a_file("sticker", "image/webp"))
    assert (await WHATSAPP.send(session, item, bytes(size))).result is result
