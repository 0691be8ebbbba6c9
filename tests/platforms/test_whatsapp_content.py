from typing import Any

import pytest

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.message import MessageType
from core.platforms.whatsapp.content import Content, read_content


def said(kind: str, content: Any = None, **more: Any) -> Content:
    return read_content({"type": kind, kind: content, **more})


@pytest.mark.parametrize(
    ("kind", "content", "type_", "text"),
    [
        ("text", {"body": "hello"}, MessageType.TEXT, "hello"),
        ("text", {"body": "a\x00b"}, MessageType.TEXT, "ab"),
        ("text", {"body": "\ud83d\ude42 \ud83d"}, MessageType.TEXT, "🙂 �"),
        ("text", None, MessageType.TEXT, ""),
        (
            "location",
            {"latitude": 45.5, "longitude": -73.6, "name": "Shop", "address": "1 Main St"},
            MessageType.LOCATION,
            "Shop\n1 Main St\n45.5, -73.6",
        ),
        ("location", {"latitude": None}, MessageType.LOCATION, ""),
        (
            "contacts",
            [
                {
                    "name": {"formatted_name": "Ann"},
                    "phones": [{"phone": "+1"}, {"phone": "+2"}],
                },
                {"phones": [{"phone": "+3"}]},
                {"name": {"first_name": "Bo"}},
                {},
            ],
            MessageType.CONTACTS,
            "Ann: +1, +2\n+3\nBo",
        ),
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "y", "title": "Yes"}},
            MessageType.INTERACTIVE,
            "Yes",
        ),
        (
            "interactive",
            {"list_reply": {"id": "x", "title": "Express", "description": "1 day"}},
            MessageType.INTERACTIVE,
            "Express\n1 day",
        ),
        (
            "interactive",
            {
                "nfm_reply": {
                    "name": "flow",
                    "body": "Sent",
                    "response_json": '{"flow_token": "t", "size": 38}',
                }
            },
            MessageType.INTERACTIVE,
            "Sent\nsize: 38",
        ),
        (
            "interactive",
            {"nfm_reply": {"response_json": "{broken"}},
            MessageType.INTERACTIVE,
            "",
        ),
        (
            "interactive",
            {"call_permission_reply": {"response": "accept"}},
            MessageType.INTERACTIVE,
            "accept",
        ),
        ("interactive", None, MessageType.INTERACTIVE, ""),
        ("button", {"payload": "STOP", "text": "No more"}, MessageType.BUTTON, "No more"),
        ("button", {"payload": "STOP"}, MessageType.BUTTON, "STOP"),
        (
            "order",
            {
                "text": "Please",
                "product_items": [
                    {
                        "product_retailer_id": "mug",
                        "quantity": 2,
                        "item_price": 7.5,
                        "currency": "EUR",
                    },
                    {"product_retailer_id": 12},
                ],
            },
            MessageType.ORDER,
            "Please\n2 × mug (7.5 EUR)\n? × 12",
        ),
        ("unsupported", None, MessageType.UNSUPPORTED, ""),
        ("unknown", None, MessageType.UNSUPPORTED, ""),
        ("a kind of next year", {"body": "?"}, MessageType.UNSUPPORTED, ""),
    ],
)
def test_each_kind_becomes_what_a_thread_can_show(
    kind: str, content: Any, type_: MessageType, text: str
) -> None:
    fact = said(kind, content)
    assert (fact.type, fact.text) == (type_, text)


@pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "sticker"])
def test_a_file_is_announced_with_what_is_needed_to_fetch_it(kind: str) -> None:
    file = {
        "id": 770011,
        "mime_type": "x/y",
        "sha256": "abc=",
        "caption": "look",
        "filename": "f.bin",
        "url": "https://lookaside.example/1",
    }
    fact = said(kind, file)
    assert fact.type == MessageType(kind)
    assert fact.text == "look"
    assert fact.media == (
        IncomingMedia(
            kind=MediaKind(kind),
            platform_media_id="770011",
            url="https://lookaside.example/1",
            mime_type="x/y",
            file_name="f.bin",
            sha256="abc=",
        ),
    )


def test_a_file_that_whatsapp_lost_keeps_its_place_with_nothing_to_fetch() -> None:
    fact = said("image", {"id": "7", "mime_type": "image/png"}, errors=[{"code": 131052}])
    [media] = fact.media
    assert (media.platform_media_id, media.url) == (None, None)
    assert media.mime_type == "image/png"
