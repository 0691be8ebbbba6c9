"""Collected payloads of Facebook's, where this machine has them; see test_reference_payloads.

A file in that folder that the table does not name fails, so that nothing goes unread.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from core.domain.errors import BadPayload
from core.domain.incoming import Incoming
from core.net.limits import read_usage
from core.platforms.facebook import Facebook
from core.platforms.meta.errors import read_error
from tests.platforms.test_reference_payloads import FIXTURES

FOLDER = FIXTURES / "facebook"
PAGE = "117172741761305"
CUSTOMER = "3383290475046708"

EXPECTED: dict[str, list[dict[str, Any]]] = {
    "webhook_delivery_watermark_only": [
        {
            "fact": "IncomingDeliveryMark",
            "account_id": PAGE,
            "customer_id": CUSTOMER,
            "key": CUSTOMER,
            "sub": "1648581633369",
            "at": "2022-03-29T19:20:33.369000+00:00",
        }
    ],
    "webhook_feed_comment_add": [
        {
            "fact": "IncomingComment",
            "account_id": "123456789",
            "key": "987654321_111222333",
            "post_id": "123456789_987654321",
            "parent_id": None,
            "own": False,
            "text": "Great post!",
            "sender": ("555666777", "John Doe"),
            "at": "2023-11-14T22:13:20+00:00",
        }
    ],
    "webhook_feed_comment_reply_by_page_captured": [
        {
            "fact": "IncomingComment",
            "account_id": "741152257621505",
            "key": "122131676912594941_1213590066982748",
            "post_id": "741152257621505_122131676912594941",
            "parent_id": "122131676912594941_542072878449250",
            "own": True,
            "text": "meow 2",
            "at": "2025-03-22T18:20:04+00:00",
        }
    ],
    "webhook_feed_two_comments_one_entry": [
        {
            "fact": "IncomingComment",
            "account_id": "111",
            "key": "c5",
            "post_id": "p1",
            "own": False,
            "text": "Ciao, info?",
            "sender": ("u1", "Ada"),
        },
        {
            "fact": "IncomingComment",
            "account_id": "111",
            "key": "c6",
            "post_id": "",
            "own": True,
            "text": "risposta della pagina",
        },
    ],
    "webhook_read_watermark": [
        {
            "fact": "IncomingReadMark",
            "account_id": PAGE,
            "customer_id": CUSTOMER,
            "platform_message_id": None,
            "sub": "1648581633369",
            "at": "2022-03-29T19:20:33.369000+00:00",
        }
    ],
    "webhook_text": [
        {
            "fact": "IncomingMessage",
            "account_id": PAGE,
            "key": "m_KXGKDUpO6xbVdAmZFBVpzU1AhKVJdAIUnUH4cwkvb_K3iZsWhowDRyJ_DcowEpJjn"
            "caBwdCIoRrixvCbbO1PcA",
            "type": "text",
            "text": "facebook message",
            "sender": (CUSTOMER, None),
            "at": "2022-03-29T19:20:33.369000+00:00",
        }
    ],
}
ERRORS = {
    "error_190": 190,
    "error_32_page_throttle": 32,
    "error_80001_buc": 80001,
}
HEADERS = "headers_usage"


def load(name: str) -> Any:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"NO REFERENCE PAYLOAD at {path}")
    return json.loads(path.read_bytes())


def seen(fact: Incoming, name: str) -> Any:
    if name == "fact":
        return type(fact).__name__
    if name == "at":
        return fact.at.isoformat()
    value = getattr(fact, name)
    return (value.platform_customer_id, value.name) if name == "sender" else value


@pytest.mark.parametrize("name", EXPECTED)
def test_a_collected_webhook_is_read_as_expected(name: str) -> None:
    facts = Facebook().read(load(name))
    expected = EXPECTED[name]
    assert len(facts) == len(expected)
    for fact, wanted in zip(facts, expected, strict=True):
        assert {feature: seen(fact, feature) for feature in wanted} == wanted


def test_no_collected_file_goes_unread() -> None:
    if not FOLDER.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {FOLDER}")
    found = {Path(path).stem for path in FOLDER.glob("*.json")}
    assert found == {*EXPECTED, *ERRORS, HEADERS}


@pytest.mark.parametrize("name", ERRORS)
def test_a_collected_error_is_found_and_is_no_webhook(name: str) -> None:
    content = load(name)
    error = read_error(content)
    assert error is not None
    assert error.code == ERRORS[name]
    assert error.message
    with pytest.raises(BadPayload):
        Facebook().read(content)


def test_collected_usage_headers_say_how_long_to_rest() -> None:
    usage = read_usage(load(HEADERS))
    assert (usage.percent, usage.regain_seconds) == (100, 19 * 60)
