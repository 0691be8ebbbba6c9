"""Payloads collected from documents and real traffic, where this machine has them.

They are not part of the repository. A file in that folder that is not listed here fails,
so that nothing collected goes unread.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import BadPayload
from core.domain.incoming import Incoming
from core.platforms.meta.errors import read_error
from core.platforms.registry import platforms

FIXTURES = Path(__file__).parents[3] / "shared" / "platforms" / "fixtures"
ALL = platforms()

REFUSED = ["BadPayload"]
MESSAGE, OTHER = "IncomingMessage", "IncomingOther"

EXPECTED: dict[str, list[dict[str, str]] | list[str]] = {
    "whatsapp/flat360_contacts_from_differs_from_wa_id": REFUSED,
    "whatsapp/flat360_ephemeral": REFUSED,
    "whatsapp/flat360_status_deleted": REFUSED,
    "whatsapp/flat360_text": REFUSED,
    "whatsapp/webhook_button_message": [
        {
            "fact": MESSAGE,
            "type": "button",
            "text": "Unsubscribe",
            "at": "2025-06-16T16:24:05",
        }
    ],
    "whatsapp/webhook_changes_empty_object": [{"fact": OTHER, "kind": "unreadable"}],
    "whatsapp/webhook_contact_sharing_message": [
        {"fact": MESSAGE, "type": "contacts", "text": "Lucía Gómez: +1 (983) 555-2319"}
    ],
    "whatsapp/webhook_entry_object_not_array": [],
    "whatsapp/webhook_group_create_message": [
        {"fact": OTHER, "kind": "group_lifecycle_update"}
    ],
    "whatsapp/webhook_group_remove_participants": [
        {"fact": OTHER, "kind": "group_participants_update"}
    ],
    "whatsapp/webhook_group_settings_update": [
        {"fact": OTHER, "kind": "group_settings_update"}
    ],
    "whatsapp/webhook_image_message": [
        {
            "fact": MESSAGE,
            "account_id": "106540352242922",
            "type": "image",
            "text": "Taj Mahal",
            "media": "1003383421387256",
        }
    ],
    "whatsapp/webhook_image_with_media_error": [{"fact": OTHER, "kind": "unreadable"}],
    "whatsapp/webhook_interactive_button_reply_message": [
        {"fact": MESSAGE, "type": "interactive", "text": "Cancel"}
    ],
    "whatsapp/webhook_interactive_list_reply_message": [
        {
            "fact": MESSAGE,
            "type": "interactive",
            "text": "Priority Mail Express\nNext Day to 2 Days",
        }
    ],
    "whatsapp/webhook_location_message": [
        {
            "fact": MESSAGE,
            "type": "location",
            "customer": "16505551234",
            "at": "2025-04-11T04:08:16",
        }
    ],
    "whatsapp/webhook_minimal_image_no_message_id": [{"fact": OTHER, "kind": "unreadable"}],
    "whatsapp/webhook_order_message": [
        {
            "fact": MESSAGE,
            "type": "order",
            "text": "2 × di9ozbzfi4 (30 USD)\n1 × nqryix03ez (25 USD)",
        }
    ],
    "whatsapp/webhook_reaction_first_event_without_target": [
        {"fact": OTHER, "kind": "unreadable"}
    ],
    "whatsapp/webhook_reaction_message": [
        {
            "fact": "IncomingReaction",
            "target_id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0RTJEOTc2ODVERUY5RDlGNkYA",
            "emoji": "👍",
        }
    ],
    "whatsapp/webhook_request_welcome": [{"fact": OTHER, "kind": "request_welcome"}],
    "whatsapp/webhook_status_failed_131049": [
        {
            "fact": "IncomingStatus",
            "state": "failed",
            "error_code": "131049",
            "customer_id": "16505551234",
            "at": "2025-06-28T20:34:48",
        }
    ],
    "whatsapp/webhook_status_sent_conversation_pricing": [
        {"fact": "IncomingStatus", "state": "accepted", "customer_id": "16505551234"}
    ],
    "whatsapp/webhook_status_v24_no_conversation_no_pricing": [
        {"fact": "IncomingStatus", "state": "accepted", "customer_id": "16505551234"}
    ],
    "whatsapp/webhook_system_message": [
        {
            "fact": "IncomingRenaming",
            "renamed": "16505551234",
            "new_id": "12195555358",
            "note": "User Sheena Nelson changed from 16505551234 to 12195555358",
        }
    ],
    "whatsapp/webhook_text_message": [
        {
            "fact": MESSAGE,
            "account_id": "106540352242922",
            "key": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=",
            "customer": "16505551234",
            "type": "text",
            "text": "Does it come in another color?",
            "at": "2025-06-08T20:59:43",
        }
    ],
    "whatsapp/webhook_text_message_from_click_to_whatsapp_ad": [
        {"fact": MESSAGE, "type": "text", "text": "Hello! Can I get more info on this?"}
    ],
    "whatsapp/webhook_text_message_with_context_product_inquiry": [
        {"fact": MESSAGE, "type": "text", "text": "Is this still available?"}
    ],
    "whatsapp/webhook_unsupported_message": [{"fact": MESSAGE, "type": "unsupported"}],
    "instagram/webhook_comment_fb_login": [
        {
            "fact": "IncomingComment",
            "key": "17900000000000001",
            "text": "Price please?",
            "post_id": "17910000000000001",
        }
    ],
    "instagram/webhook_comment_ig_login_flat_in_array": [
        {"fact": "IncomingComment", "key": "17900000000000003", "text": "Love it"}
    ],
    "instagram/webhook_dashboard_test_changes_messages": [
        {"fact": OTHER, "kind": "dashboard_test", "at": "2018-05-27T22:23:44"}
    ],
    "instagram/webhook_dashboard_test_messaging": [
        {"fact": OTHER, "kind": "dashboard_test"}
    ],
    "instagram/webhook_dm_ig_reel": [
        {"fact": MESSAGE, "type": "share", "text": "Reel title"}
    ],
    "instagram/webhook_dm_image_captured": [
        {
            "fact": MESSAGE,
            "account_id": "17841193534041025",
            "customer": "704420718771354",
            "type": "image",
            "at": "2025-02-21T17:01:26.706000",
        }
    ],
    "instagram/webhook_dm_referral_ad": [{"fact": MESSAGE, "type": "text", "text": "Hi"}],
    "instagram/webhook_dm_reply_to_mid": [
        {"fact": MESSAGE, "text": "This is message with replyto mid"}
    ],
    "instagram/webhook_dm_seen": [{"fact": "IncomingReadMark", "key": "message-id-1"}],
    "instagram/webhook_dm_share_attachment": [{"fact": MESSAGE, "type": "share"}],
    "instagram/webhook_dm_standby": [{"fact": MESSAGE, "type": "text"}],
    "instagram/webhook_dm_story_mention": [{"fact": MESSAGE, "type": "story_mention"}],
    "instagram/webhook_dm_story_mention_echo": [
        {"fact": "IncomingEcho", "key": "message-id-1"}
    ],
    "instagram/webhook_dm_story_reply": [
        {"fact": MESSAGE, "type": "story_reply", "text": "This is the story reply"}
    ],
    "instagram/webhook_dm_text": [
        {
            "fact": MESSAGE,
            "text": "This is the first message from the customer",
            "at": "2021-09-08T06:34:04",
        }
    ],
    "instagram/webhook_dm_text_entry_time_in_seconds": [
        {"fact": MESSAGE, "text": "Hello", "at": "2025-10-08T06:54:55.657000"}
    ],
    "instagram/webhook_dm_unsend": [
        {"fact": "IncomingDeletion", "target_id": "message-id-to-delete"}
    ],
    "instagram/webhook_dm_unsupported": [{"fact": MESSAGE, "type": "unsupported"}],
    "instagram/webhook_mentions_dashboard_test": [
        {"fact": OTHER, "kind": "dashboard_test"}
    ],
    "instagram/webhook_message_edit": [
        {
            "fact": "IncomingEdit",
            "target_id": "mid.text.9",
            "text": "edited text",
            "sub": "1",
        }
    ],
    "instagram/webhook_reaction_unreact": [
        {"fact": "IncomingReaction", "target_id": "mid.sent.1", "emoji": ""}
    ],
}


def load(name: str) -> Any:
    path = FIXTURES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"NO REFERENCE PAYLOAD at {path}")
    return json.loads(path.read_bytes())


def seen(fact: Incoming, name: str) -> str:
    """Return one feature of a fact, in the words of the table above."""
    if name == "fact":
        return type(fact).__name__
    if name == "at":
        return fact.at.isoformat().removesuffix("+00:00")
    if name == "customer":
        return str(getattr(fact, "sender").platform_customer_id)  # noqa: B009  kinds differ
    if name == "renamed":
        return str(getattr(fact, "customer").platform_customer_id)  # noqa: B009  kinds differ
    if name == "media":
        return str(getattr(fact, "media")[0].platform_media_id)  # noqa: B009  kinds differ
    return str(getattr(fact, name))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_collected_webhook_is_read_as_expected(name: str) -> None:
    platform = ALL[PlatformName(name.partition("/")[0])]
    expected = EXPECTED[name]
    payload = load(name)
    if expected == REFUSED:
        with pytest.raises(BadPayload):
            platform.read(payload)
        return
    facts = platform.read(payload)
    assert len(facts) == len(expected)
    for fact, wanted in zip(facts, expected, strict=True):
        assert isinstance(wanted, dict)
        assert {feature: seen(fact, feature) for feature in wanted} == wanted


def test_no_collected_webhook_goes_unread() -> None:
    if not FIXTURES.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {FIXTURES}")
    found = {
        f"{folder}/{path.stem}"
        for folder in ("whatsapp", "instagram")
        for path in (FIXTURES / folder).glob("*.json")
        if path.name.startswith(("webhook", "flat"))
    }
    assert found == set(EXPECTED)


@pytest.mark.parametrize("folder", ["whatsapp", "instagram"])
def test_every_collected_error_is_found_in_its_body(folder: str) -> None:
    paths = sorted((FIXTURES / folder).glob("error_*.json"))
    if not paths:
        pytest.skip(f"NO REFERENCE ERRORS in {FIXTURES / folder}")
    for path in paths:
        error = read_error(json.loads(path.read_bytes()))
        assert error is not None, path.name
        assert error.code is not None, path.name
        assert error.message, path.name


@pytest.mark.parametrize("folder", ["whatsapp", "instagram"])
def test_what_is_no_webhook_is_refused(folder: str) -> None:
    paths = [
        path
        for path in sorted((FIXTURES / folder).glob("*.json"))
        if path.name.startswith(("request_", "response_", "error_", "ae_"))
    ]
    if not paths:
        pytest.skip(f"NO REFERENCE PAYLOADS in {FIXTURES / folder}")
    for path in paths:
        with pytest.raises(BadPayload):
            ALL[PlatformName(folder)].read(json.loads(path.read_bytes()))
