"""Collected WhatsApp payloads that are no webhooks: what we send, what we are answered.

They are not part of the repository. A file of that folder that neither this table nor that
of `test_reference_payloads` names fails.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.outbox import AnswerClass
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    LocationMessage,
    ReactionMessage,
    TemplateMessage,
)
from core.net.client import Answer
from core.platforms.base import ChannelSession
from core.platforms.meta.errors import judge
from core.platforms.whatsapp import WhatsApp
from core.platforms.whatsapp.limits import ERRORS
from core.platforms.whatsapp.media import read_digest
from core.platforms.whatsapp.templates import read_template
from tests.platforms.graph_double import Graph, a_file, an_item
from tests.platforms.test_reference_payloads import EXPECTED, FIXTURES, load

WHATSAPP = WhatsApp()
PHONE = "{{Recipient-Phone-Number}}"
SENT = {"messages": [{"id": "wamid.out"}]}

REQUESTS: Mapping[str, Any] = {
    "request_send_text_message": {"text": "text-message-content"},
    "request_send_text_message_with_preview_url": {
        "text": "Please visit https://youtu.be/hpltvTEiRrY."
    },
    "request_send_reply_to_text_message": {
        "text": "<TEXT_MSG_CONTENT>",
        "quoted_platform_id": "<MSGID_OF_PREV_MSG>",
    },
    "request_send_image_message_by_id": {"media": ("image", "image/png")},
    "request_send_audio_message_by_id": {"media": ("audio", "audio/ogg")},
    "request_send_video_message_by_id": {
        "text": "<VIDEO_CAPTION_TEXT>",
        "media": ("video", "video/mp4"),
    },
    "request_send_document_message_by_id": {
        "text": "<DOCUMENT_CAPTION_TO_SEND>",
        "media": ("document", "application/pdf"),
    },
    "request_send_sticker_message_by_id": {"media": ("sticker", "image/webp")},
    "request_send_location_message": {
        "content": LocationMessage(
            latitude=37.758056,
            longitude=-122.425332,
            name="META HQ",
            address="1 Hacker Way, Menlo Park, CA 94025",
        )
    },
    "request_send_reply_with_reaction_message": {
        "content": ReactionMessage(target_platform_id="wamid.HBgLM...", emoji="😀")
    },
    "request_send_reply_button": {
        "content": ChoiceMessage(
            text="<BUTTON_TEXT>",
            choices=(
                Choice(id="<UNIQUE_BUTTON_ID_1>", title="<BUTTON_TITLE_1>"),
                Choice(id="<UNIQUE_BUTTON_ID_2>", title="<BUTTON_TITLE_2>"),
            ),
        )
    },
}
"""The samples whose every word we could have written."""

RELATED = frozenset(
    {
        "request_send_contact_message",
        "request_send_list_message",
        "request_send_message_template_interactive",
        "request_send_message_template_media",
        "request_send_message_template_text",
    }
)
"""Kinds that we send with fewer parts than these samples have."""

NEVER_SENT = frozenset(
    {
        "request_send_catalog_message",
        "request_send_document_message_by_url",
        "request_send_image_message_by_url",
        "request_send_multi_product_message",
        "request_send_published_flow_by_id",
        "request_send_single_product_message",
    }
)
SIGNALS = frozenset({"request_send_typing_indicator_and_read_receipt"})

ANSWERS: Mapping[str, str | None] = {
    "response_example_response": (
        "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJCOTY3NDc0NDFDRUI3NTA0Q0UA"
    ),
    "response_send_text_message": "wamid.gBGGSFcCNEOPAgkO_KJ55r4w_ww",
    "ae_cloud_api_send_message_response": "wamid.abc123",
    "response_send_typing_indicator_and_read_receipt": None,
    "response_media_delete": None,
}
LOOK_UPS = frozenset({"response_media_get", "response_media_get_chatwoot"})
UPLOADS = frozenset({"response_media_upload"})

ERROR_CLASSES: Mapping[str, AnswerClass] = {
    "error_400_invalid_template_parameters": AnswerClass.REFUSED,
    "error_400_malformed_request": AnswerClass.REFUSED,
    "error_400_missing_feature_setting": AnswerClass.REFUSED,
    "error_401_invalid_access_token": AnswerClass.RECONNECT,
    "error_401_missing_access_token": AnswerClass.RECONNECT,
    "error_403_feature_not_supported": AnswerClass.RECONNECT,
    "error_403_insufficient_permissions": AnswerClass.RECONNECT,
    "error_403_template_not_approved": AnswerClass.RECONNECT,
    "error_404_phone_number_not_found": AnswerClass.REFUSED,
    "error_404_template_not_found": AnswerClass.REFUSED,
    "error_429_rate_limit_exceeded": AnswerClass.SLOW_DOWN,
    "error_500_unexpected_error": AnswerClass.UNKNOWN,
}
TEMPLATES = frozenset({"ae_business_management_api_message_template"})
SHAPES = frozenset(
    {
        "ae_business_management_api_create_template_request",
        "ae_business_management_api_cursor_paging",
        "ae_business_management_api_phone_number",
        "ae_cloud_api_send_message_request",
    }
)
"""Made from a schema, with `example_value` for most values: names only."""


def sample(name: str) -> Any:
    return load(f"whatsapp/{name}")


@pytest.mark.parametrize("name", REQUESTS)
async def test_we_write_what_the_documentation_shows(
    session: ChannelSession, graph: Graph, name: str
) -> None:
    expected = sample(name)
    fields = dict(REQUESTS[name])
    media = fields.pop("media", None)
    shown = expected.get(media[0], {}) if media else {}
    if media:
        fields["media"] = a_file(*media)
        graph.reply({"id": shown["id"]})
    graph.reply(SENT)
    text = fields.pop("text", "")
    item = an_item(text, recipient=PHONE.strip("{}"), **fields)
    await WHATSAPP.send(session, item, b"x" if media else None)
    body = json.loads(graph.requests[-1].content)
    for known in ("to", "recipient_type", "biz_opaque_callback_data"):
        body.pop(known)
        expected.pop(known, None)
    if "filename" in shown:
        expected[media[0]]["filename"] = "menu.pdf"
    assert body == {"type": "text", **expected}


@pytest.mark.parametrize("name", sorted(RELATED))
async def test_we_write_the_same_kind_of_message(
    session: ChannelSession, graph: Graph, name: str
) -> None:
    expected = sample(name)
    if expected["type"] == "template":
        graph.reply(SENT)
        content = TemplateMessage(
            name=expected["template"]["name"],
            language=expected["template"]["language"]["code"],
            body=("text-string",),
        )
        await WHATSAPP.send(session, an_item("", content=content), None)
        [body] = graph.bodies
        assert body["type"] == "template"
        assert set(body["template"]) == set(expected["template"])
    else:
        assert expected["type"] in ("contacts", "interactive")


async def test_a_typing_sign_is_a_read_mark(session: ChannelSession, graph: Graph) -> None:
    [name] = SIGNALS
    expected = sample(name)
    graph.reply(sample("response_send_typing_indicator_and_read_receipt"))
    await WHATSAPP.show_typing(session, "336", expected["message_id"])
    assert graph.bodies == [expected]


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_answer_has_an_id_or_is_not_known_to_be_good(
    session: ChannelSession, graph: Graph, name: str
) -> None:
    graph.reply(sample(name))
    got = await WHATSAPP.send(session, an_item(), None)
    assert got.platform_message_id == ANSWERS[name]
    assert (got.result is AnswerClass.ACCEPTED) == (ANSWERS[name] is not None)


@pytest.mark.parametrize("name", sorted(LOOK_UPS))
def test_a_digest_that_is_none_is_not_checked(name: str) -> None:
    assert read_digest(sample(name)["sha256"]) is None


@pytest.mark.parametrize("name", sorted(UPLOADS))
def test_an_upload_answers_with_an_id(name: str) -> None:
    assert isinstance(sample(name)["id"], str)


@pytest.mark.parametrize("name", ERROR_CLASSES)
def test_a_collected_error_means_something(name: str) -> None:
    status = int(name.split("_")[1])
    answer = Answer(status=status, headers={}, json=sample(name))
    assert judge(answer, ERRORS, None).result is ERROR_CLASSES[name]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_of_examples_only_is_read(name: str) -> None:
    template = read_template(sample(name))
    assert template is not None
    assert (template.language, template.status) == ("en_US", "APPROVED")


@pytest.mark.parametrize("name", sorted(SHAPES | NEVER_SENT))
def test_a_shape_we_do_not_write_is_no_template(name: str) -> None:
    raw = sample(name)
    assert isinstance(raw, dict)
    template = read_template(raw)
    assert template is None or not template.ready


def test_no_collected_file_goes_unread() -> None:
    folder = FIXTURES / "whatsapp"
    if not folder.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {folder}")
    named = {
        *(name.removeprefix("whatsapp/") for name in EXPECTED),
        *(*REQUESTS, *RELATED, *NEVER_SENT, *SIGNALS, *ANSWERS, *LOOK_UPS, *UPLOADS),
        *(*ERROR_CLASSES, *TEMPLATES, *SHAPES),
    }
    missed = {path.stem for path in folder.glob("*.json")} - named
    assert missed == set()
