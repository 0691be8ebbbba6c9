"""Nothing that JSON can hold makes a reader fail."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.channel import PlatformName
from core.domain.errors import BadPayload
from core.platforms.base import Platform
from core.platforms.registry import platforms

SAMPLES = Path(__file__).parent / "samples"
ALL = platforms()
OBJECTS = ["instagram", "whatsapp_business_account", "page"]
KEYS = [
    *("object", "entry", "id", "time", "changes", "messaging", "standby", "field", "value"),
    *(
        "metadata",
        "phone_number_id",
        "contacts",
        "messages",
        "statuses",
        "errors",
        "profile",
    ),
    *(
        "from",
        "from_user_id",
        "timestamp",
        "type",
        "text",
        "body",
        "image",
        "caption",
        "edit",
    ),
    *(
        "original_message_id",
        "message",
        "revoke",
        "reaction",
        "message_id",
        "emoji",
        "context",
    ),
    *("interactive", "nfm_reply", "response_json", "order", "product_items", "location"),
    *(
        "sender",
        "recipient",
        "mid",
        "attachments",
        "payload",
        "url",
        "is_echo",
        "read",
        "title",
    ),
    *(
        "message_edit",
        "num_edit",
        "postback",
        "is_deleted",
        "reply_to",
        "story",
        "comment_id",
    ),
    *("item", "verb", "post_id", "parent_id", "created_time", "delivery", "mids"),
    *("watermark", "coordinates", "lat", "sticker_id", "elements", "policy-enforcement"),
    *(
        "status",
        "recipient_id",
        "message_echoes",
        "to",
        "system",
        "wa_id",
        "phones",
        "name",
    ),
]
WORDS = [
    *(
        "messages",
        "comments",
        "smb_message_echoes",
        "text",
        "image",
        "edit",
        "revoke",
        "reaction",
    ),
    *(
        "interactive",
        "order",
        "contacts",
        "location",
        "system",
        "sent",
        "failed",
        "0",
        "1789012345",
    ),
    *("feed", "mention", "comment", "post", "add", "edited", "remove", "hide", "fallback"),
    *(
        "share",
        "story_mention",
        "2026-02-30T00:00:00",
        '{"a": {"b": 1}}',
        "NaN",
        "1e400",
        "\x00",
    ),
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(WORDS)
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=25,
)
parts = st.dictionaries(st.sampled_from(KEYS), anything, max_size=8)
enveloped = st.fixed_dictionaries(
    {
        "object": st.sampled_from(OBJECTS),
        "entry": st.lists(
            st.fixed_dictionaries(
                {
                    "id": leaves,
                    "changes": st.lists(
                        st.fixed_dictionaries(
                            {"field": st.sampled_from(WORDS), "value": parts}
                        )
                        | anything,
                        max_size=2,
                    ),
                    "messaging": st.lists(parts, max_size=2),
                }
            )
            | anything,
            max_size=2,
        ),
    }
)


def read_all(platform: Platform, payload: Any) -> None:
    try:
        facts = platform.read(payload)
    except BadPayload:
        return
    for fact in facts:
        assert fact.at.tzinfo is not None
        assert isinstance(fact.account_id, str)
        assert fact.key
        assert "\x00" not in fact.key


@pytest.mark.parametrize("name", sorted(ALL), ids=str)
@given(payload=anything | enveloped)
@settings(max_examples=150, deadline=None)
def test_no_json_makes_reading_fail(name: PlatformName, payload: Any) -> None:
    read_all(ALL[name], payload)


def sites(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every place in a payload."""
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(site for key, child in children for site in sites(child, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


@pytest.mark.parametrize("name", sorted(ALL), ids=str)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_single_damage_makes_reading_fail(
    name: PlatformName, data: st.DataObject
) -> None:
    samples = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    case = data.draw(st.sampled_from(["text", "media", "edit", "duplicate"]))
    payload = samples[case]["payload"]
    site = data.draw(st.sampled_from(sites(payload)))
    read_all(ALL[name], replaced(payload, site, data.draw(anything)))


def neighbours(payload: Any) -> list[Any]:
    """Return the list that holds a payload's two messages, wherever a platform keeps it."""
    if "data" in payload:
        found: list[Any] = payload["data"]["payload"]["direct_message_events"]
        return found
    entry = payload["entry"][0]
    inner: list[Any] = (
        entry["messaging"]
        if "messaging" in entry
        else entry["changes"][0]["value"]["messages"]
    )
    return inner


@pytest.mark.parametrize("name", sorted(ALL), ids=str)
@pytest.mark.parametrize("damage", [None, 5, "x", [], {}, {"id": {}}, {"message": 5}])
def test_a_damaged_item_costs_its_neighbour_nothing(
    name: PlatformName, damage: Any
) -> None:
    payload = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))["duplicate"][
        "payload"
    ]
    whole = ALL[name].read(payload)
    neighbours(payload)[0] = damage
    assert ALL[name].read(payload)[-1] == whole[-1]
