"""What has been collected about X, where this machine has it; every file is named here.

Webhooks are read as facts; answers of the API by what reads them; requests and the proof
of an address are compared with what we would send.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from core.domain.channel import PlatformName
from core.domain.errors import BadPayload
from core.domain.incoming import Incoming
from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.registry import platforms
from core.platforms.untyped import items, section
from core.platforms.x.direct import read_list
from core.platforms.x.errors import content_of, judge, read_problem
from core.platforms.x.facts import Context, facts_of
from core.platforms.x.posts import read_accounts, read_post
from core.platforms.x.uploads import _working

FIXTURES = Path(__file__).parents[4] / "shared" / "platforms" / "fixtures"
FOLDER = FIXTURES / "x"
PLATFORM = platforms()[PlatformName.X]
US, THEM = "1111111111111111111", "2222222222222222222"

Expected = list[dict[str, Any]]


def aside(kind: str, key: str) -> Expected:
    return [{"fact": "IncomingOther", "kind": kind, "key": key}]


WEBHOOKS: dict[str, Expected] = {
    "xaa_dm_received": [
        {
            "fact": "IncomingMessage",
            "account_id": US,
            "key": "2080765901528535096",
            "customer": THEM,
            "type": "text",
            "text": "hello!",
            "at": "2026-07-24T21:23:44.372000",
        }
    ],
    "xaa_dm_sent": [
        {
            "fact": "IncomingEcho",
            "account_id": US,
            "key": "2080763914820927863",
            "customer": "2244994945",
            "type": "text",
            "text": "Thanks for the update!",
            "at": "2026-07-24T21:15:50.704000",
        }
    ],
    "xaa_chat_received": [
        {
            "fact": "IncomingMessage",
            "key": "e4f4d3fc-8bbf-4928-92eb-e5058d6bb6f6",
            "customer": THEM,
            "type": "unsupported",
            "text": "",
            "at": "2026-07-23T21:13:03.370000",
        }
    ],
    "xaa_chat_sent": [
        {
            "fact": "IncomingEcho",
            "key": "8e75466b-56ec-4e88-bddf-b18f7cc6030e",
            "customer": THEM,
            "type": "unsupported",
        }
    ],
    "xaa_post_mention_create": [
        {
            "fact": "IncomingComment",
            "account_id": US,
            "key": "2080765813578191303",
            "post_id": "2080765813578191303",
            "parent_id": None,
            "kind": "mention",
            "customer": THEM,
            "own": False,
            "text": "hey @ExampleUser",
            "url": "https://x.com/OtherUser/status/2080765813578191303",
            "at": "2026-07-24T21:23:23",
        }
    ],
    "xaa_post_reply_create": [
        {
            "fact": "IncomingComment",
            "key": "2090000000000000001",
            "post_id": "2080761390344937796",
            "parent_id": None,
            "kind": "comment",
            "customer": THEM,
            "text": "Great post — thanks for sharing!",
        }
    ],
    "xaa_post_quote_create": [
        {
            "fact": "IncomingComment",
            "key": "2090000000000000002",
            "post_id": "2090000000000000002",
            "kind": "quote",
            "customer": THEM,
            "text": "Adding some context to this.",
        }
    ],
    "xaa_post_create": aside("own_post", "2080761390344937796"),
    "xaa_post_repost_create": aside("post.repost.create", "5283049576128394756"),
    "xaa_post_delete": [
        {
            "fact": "IncomingCommentChange",
            "comment_id": "2080761269309813134",
            "removed": True,
        }
    ],
    "xaa_oauth_revoke": [
        {
            "fact": "IncomingNotice",
            "account_id": US,
            "key": "5934540941047412905",
            "weight": "signed_out",
            "at": "2026-07-23T21:44:05",
        }
    ],
    "xaa_like_create": aside("like.create", "-3402274206530057851"),
    "xaa_follow_follow": aside("follow.follow", "-7953119945885597316"),
    "xaa_follow_unfollow": aside("follow.unfollow", "-4233426745281461957"),
    "xaa_profile_update_banner_picture": aside(
        "profile.update.banner_picture", "5061407317112342192"
    ),
    "xaa_profile_update_bio": aside("profile.update.bio", "-8917909039855612786"),
    "xaa_profile_update_geo": aside("profile.update.geo", "8309664692915093892"),
    "xaa_profile_update_profile_picture": aside(
        "profile.update.profile_picture", "3497989179769309099"
    ),
    "xaa_profile_update_screenname": aside(
        "profile.update.screenname", "4123434298221215973"
    ),
    "xaa_profile_update_url": aside("profile.update.url", "-6055744140117128555"),
}


def posts(content: Any, account: str) -> list[Incoming]:
    """Read a page of posts, or one, as polls do."""
    people = read_accounts(items(section(content.get("includes")).get("users")))
    context = Context(account_id=account, people=people)
    return [
        fact for raw in items(content["data"]) for fact in facts_of(read_post(raw), context)
    ]


READ: dict[str, tuple[Callable[[Any], list[Incoming]], Expected]] = {
    "dm_event_message_create": (
        lambda raw: read_list({"data": [raw]}, "5"),
        aside("group_dm", "1582838499983564806"),
    ),
    "dm_event_participants_join": (
        lambda raw: read_list({"data": [raw]}, "5"),
        aside("ParticipantsJoin", "1582835469712138240"),
    ),
    "dm_event_participants_leave": (
        lambda raw: read_list({"data": [raw]}, "5"),
        aside("ParticipantsLeave", "1582838535115067392"),
    ),
    "response_dm_events_page": (
        lambda raw: read_list(raw, "5"),
        [
            {
                "fact": "IncomingMessage",
                "key": "1234567890",
                "customer": "9876543210",
                "text": "Hello! How are you?",
                "at": "2024-01-15T10:30:00",
            }
        ],
    ),
    "response_dm_events_with_includes": (
        lambda raw: read_list(raw, "5"),
        [{"fact": "IncomingMessage", "key": "1234567890", "username": "example_user"}],
    ),
    "response_mentions": (
        lambda raw: posts(raw, "2244994945"),
        [
            {
                "fact": "IncomingComment",
                "key": "1301573587187331074",
                "kind": "mention",
                "username": "developer",
                "like_count": 42,
                "text": "Hey @XDevelopers, love the new API!",
            }
        ],
    ),
    "response_conversation_search": (
        lambda raw: posts(raw, "1111111111"),
        [
            {
                "fact": "IncomingComment",
                "key": "1234567893",
                "post_id": "1234567890",
                "parent_id": "1234567892",
                "kind": "comment",
                "text": "I agree with you both!",
            },
            {"fact": "IncomingComment", "key": "1234567892", "parent_id": None},
            {"fact": "IncomingComment", "key": "1234567891", "text": "Great point!"},
        ],
    ),
    "response_reply_lookup": (
        lambda raw: posts(raw, "2244994945"),
        [
            {
                "fact": "IncomingComment",
                "key": "1234567891",
                "post_id": "1234567890",
                "kind": "comment",
                "text": "Great point!",
            }
        ],
    ),
    "response_edited_post": (
        lambda raw: posts(raw, "5"),
        [
            {"fact": "IncomingComment", "key": "1234567890", "post_id": "1234567890"},
            {
                "fact": "IncomingCommentChange",
                "key": "1234567891",
                "comment_id": "1234567890",
                "text": "Updated text (edited)",
            },
        ],
    ),
    "response_pagination": (
        lambda raw: posts(raw, "5"),
        [{"fact": "IncomingComment", "key": "1234"}, {"key": "1235", "text": "..."}],
    ),
    "response_200_partial_errors": (
        lambda raw: posts(content_of(answer(200, raw), 0), "5"),
        [{"fact": "IncomingComment", "key": "123", "text": "Hello"}],
    ),
}


def answer(status: int, content: Any) -> Answer:
    return Answer(status=status, headers={}, json=content)


def names(content: Any, key: str) -> Any:
    return content["data"][key]


OTHERS: dict[str, Callable[[Any], bool]] = {
    "crc_response": lambda raw: (
        set(raw) == {"response_token"} and raw["response_token"].startswith("sha256=")
    ),
    "error_429_legacy_shape": lambda raw: (
        judge(answer(429, raw), None, 60).result is AnswerClass.SLOW_DOWN
        and judge(answer(429, raw), None, 60).retry_after == 60
    ),
    "error_invalid_request": lambda raw: (
        judge(answer(400, raw), None, 0).code == "invalid-request"
        and "query" in judge(answer(400, raw), None, 0).title
    ),
    "request_activity_subscription": lambda raw: (
        set(raw) <= {"event_type", "filter", "tag", "webhook_id"}
    ),
    "request_dm_with_media": lambda raw: set(raw) == {"text", "attachments"},
    "request_post_create": lambda raw: set(raw) == {"text"},
    "response_activity_subscription_delete": lambda raw: names(raw, "deleted") is True,
    "response_activity_subscription_list": lambda raw: all(
        section(one["filter"]).get("user_id") for one in raw["data"]
    ),
    "response_dm_send_201": lambda raw: names(raw, "dm_event_id") == "1122334455667788990",
    "response_hide_reply": lambda raw: names(raw, "hidden") is True,
    "response_media_finalize_processing": lambda raw: (
        _working(names(raw, "processing_info")).wait == 1.0
    ),
    "response_media_initialize": lambda raw: names(raw, "id") == "1880028106020515840",
    "response_post_create_201": lambda raw: names(raw, "id") == "1445880548472328192",
    "response_post_delete": lambda raw: names(raw, "deleted") is True,
    "response_webhook_create": lambda raw: names(raw, "valid") is True,
    "response_webhook_list": lambda raw: raw["data"][0]["id"] == "1234567890",
}


def load(path: Path) -> Any:
    if not path.exists():
        pytest.skip(f"NO REFERENCE PAYLOAD at {path}")
    return json.loads(path.read_bytes())


def seen(fact: Incoming, name: str) -> Any:
    """Return one feature of a fact, in the words of the tables above."""
    if name == "fact":
        return type(fact).__name__
    if name == "at":
        return fact.at.isoformat().removesuffix("+00:00")
    if name in ("customer", "username"):
        known = {field.name for field in fields(fact)}
        party = getattr(fact, "customer" if "customer" in known else "sender")
        return party.username if name == "username" else party.platform_customer_id
    return getattr(fact, name)


def check(facts: list[Incoming], expected: Expected) -> None:
    assert len(facts) == len(expected)
    for fact, wanted in zip(facts, expected, strict=True):
        assert {feature: seen(fact, feature) for feature in wanted} == wanted


@pytest.mark.parametrize("name", WEBHOOKS)
def test_a_collected_webhook_is_read_as_expected(name: str) -> None:
    check(PLATFORM.read(load(FOLDER / f"{name}.json")), WEBHOOKS[name])


@pytest.mark.parametrize("name", READ)
def test_a_collected_list_is_read_as_expected(name: str) -> None:
    reader, expected = READ[name]
    check(reader(load(FOLDER / f"{name}.json")), expected)


@pytest.mark.parametrize("name", OTHERS)
def test_a_collected_answer_or_request_has_the_shape_we_rely_on(name: str) -> None:
    assert OTHERS[name](load(FOLDER / f"{name}.json"))


@pytest.mark.parametrize("name", [*READ, *OTHERS])
def test_what_is_no_webhook_is_refused(name: str) -> None:
    with pytest.raises(BadPayload):
        PLATFORM.read(load(FOLDER / f"{name}.json"))


def test_no_collected_file_goes_unread() -> None:
    if not FOLDER.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {FOLDER}")
    found = {path.stem for path in FOLDER.glob("*.json")}
    assert found == {*WEBHOOKS, *READ, *OTHERS}


def test_every_collected_error_is_found_in_its_body() -> None:
    for name in ("error_429_legacy_shape", "error_invalid_request"):
        problem = read_problem(load(FOLDER / f"{name}.json"))
        assert problem is not None
        assert problem.title
    partial = load(FOLDER / "response_200_partial_errors.json")
    assert read_problem(partial) is None


VECTORS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "x_crc": lambda vector: (
        json.loads(
            PLATFORM.handshake(
                {"crc_token": vector["crc_token"]}, "", [vector["secret"]]
            ).body
        )
        == vector["response"]
    ),
    "x_signature": lambda vector: (
        PLATFORM.verify(
            vector["raw_body"].encode(),
            {vector["header_name"]: vector["header_value"]},
            [vector["secret"]],
        )
        is vector["valid"]
    ),
}


def test_every_vector_of_x_agrees() -> None:
    vectors = load(FIXTURES / "signatures" / "vectors.json")
    ours = [vector for vector in vectors if vector["scheme"].startswith("x_")]
    assert ours
    for vector in ours:
        assert VECTORS[vector["scheme"]](vector), vector["scheme"]
