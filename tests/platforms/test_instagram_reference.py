"""Everything collected about Instagram, read in full: kind, ids, direction, text, time.

The files are not part of the repository. Each is in one of the tables below, and one
that is in none fails.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from core.domain.incoming import Incoming, IncomingEcho
from core.domain.outbox import AnswerClass
from core.net.client import Answer
from core.platforms.base import ChannelSession
from core.platforms.instagram.comments import Comments
from core.platforms.instagram.containers import ContainerState, read_container, read_quota
from core.platforms.instagram.inbound import read
from core.platforms.instagram.limits import ERRORS
from core.platforms.instagram.publish_errors import POST_ERRORS, code_in
from core.platforms.meta.errors import judge
from tests.platforms.graph_double import Graph

FOLDER = Path(__file__).parents[3] / "shared" / "platforms" / "fixtures" / "instagram"
MESSAGE, OTHER, COMMENT = "IncomingMessage", "IncomingOther", "IncomingComment"
SPOKEN_AT = "2021-09-08T06:34:04"
US, JANE = "17841400000000001", "900000000000001"


def spoken(account: str = "instagram-message-id-123", **features: Any) -> dict[str, Any]:
    """Return what most of the collected messages have in common."""
    usual = {
        "fact": MESSAGE,
        "account_id": account,
        "key": "message-id-1",
        "customer": "Sender-id-1",
        "at": SPOKEN_AT,
    }
    return {**usual, **features}


WEBHOOKS: dict[str, dict[str, Any]] = {
    "webhook_comment_fb_login": {
        "fact": COMMENT,
        "account_id": US,
        "key": "17900000000000001",
        "parent_id": "17900000000000000",
        "post_id": "17910000000000001",
        "customer": JANE,
        "text": "Price please?",
        "post_text": "Spring ad",
        "own": "False",
        "at": "2026-03-08T19:27:04",
    },
    "webhook_comment_ig_login_flat_in_array": {
        "fact": COMMENT,
        "account_id": US,
        "key": "17900000000000003",
        "parent_id": "None",
        "post_id": "17910000000000001",
        "customer": JANE,
        "text": "Love it",
        "own": "False",
        "at": "2026-03-08T19:27:10",
    },
    "webhook_dashboard_test_changes_messages": {
        "fact": OTHER,
        "account_id": "0",
        "kind": "dashboard_test",
        "at": "2018-05-27T22:23:44",
    },
    "webhook_dashboard_test_messaging": {
        "fact": OTHER,
        "account_id": "0",
        "kind": "dashboard_test",
        "at": "2018-05-27T22:23:44",
    },
    "webhook_dm_ig_reel": spoken(
        "instagram-message-id-1234",
        type="share",
        text="Reel title",
        media="https://www.example.com/test.jpeg",
        post_id="1234",
    ),
    "webhook_dm_image_captured": spoken(
        "17841193534041025",
        key="aWdfZAG1faXRlbToxOkFBQUFBQUFBQUFBQTAwMDAwMDAyZDZD",
        customer="704420718771354",
        type="image",
        text="",
        media="https://lookaside.fbsbx.com/ig_messaging_cdn/"
        "?asset_id=1000000000000001&signature=REDACTED",
        at="2025-02-21T17:01:26.706000",
    ),
    "webhook_dm_referral_ad": spoken(
        US,
        key="mid.ref.1",
        customer=JANE,
        type="text",
        text="Hi",
        ad_id="120000000000001",
        ad_title="Spring ad",
        at="2026-03-08T19:27:20",
    ),
    "webhook_dm_reply_to_mid": spoken(
        key="message-id-2",
        type="text",
        text="This is message with replyto mid",
        quoted_platform_id="message-id-1",
    ),
    "webhook_dm_seen": {
        "fact": "IncomingReadMark",
        "account_id": "instagram-message-id-123",
        "key": "message-id-1",
        "platform_message_id": "message-id-1",
        "customer_id": "Sender-id-1",
        "at": SPOKEN_AT,
    },
    "webhook_dm_share_attachment": spoken(
        "instagram-message-id-1234",
        type="share",
        text="",
        media="https://www.example.com/test.jpeg",
    ),
    "webhook_dm_standby": spoken(
        type="text",
        text="This is the first standby message from the customer, after 24 hours.",
    ),
    "webhook_dm_story_mention": spoken(
        "instagram-message-id-1234",
        key="mention-message-id-1",
        type="story_mention",
        text="",
        media="https://www.example.com/test.jpeg",
    ),
    "webhook_dm_story_mention_echo": spoken(
        "instagram-message-id-1234",
        fact="IncomingEcho",
        type="story_mention",
        customer="chatwoot-app-user-id-1",
        media="https://www.example.com/test.jpeg",
    ),
    "webhook_dm_story_reply": spoken(
        type="story_reply",
        text="This is the story reply",
        story_id="chatwoot-app-user-id-1",
        url="https://chatwoot-assets.local/sample.png",
    ),
    "webhook_dm_text": spoken(
        type="text", text="This is the first message from the customer"
    ),
    "webhook_dm_text_entry_time_in_seconds": spoken(
        "17841821090420052",
        key="aWdfZAG1faXRlbToxOkFBQUFBQUFBQUFBQTAwMDAwMDAxZDZD",
        customer="724951434018637",
        type="text",
        text="Hello",
        at="2025-10-08T06:54:55.657000",
    ),
    "webhook_dm_unsend": {
        "fact": "IncomingDeletion",
        "account_id": "instagram-message-id-123",
        "key": "message-id-to-delete",
        "target_id": "message-id-to-delete",
        "at": SPOKEN_AT,
    },
    "webhook_dm_unsupported": spoken(
        "instagram-message-unsupported-id-123",
        key="unsupported-message-id-1",
        type="unsupported",
        text="",
    ),
    "webhook_mentions_dashboard_test": {
        "fact": OTHER,
        "account_id": "0",
        "kind": "dashboard_test",
        "at": "2025-02-21T16:52:54",
    },
    "webhook_message_edit": {
        "fact": "IncomingEdit",
        "account_id": US,
        "key": "mid.text.9",
        "sub": "1",
        "target_id": "mid.text.9",
        "text": "edited text",
        "at": "2026-03-08T19:27:30",
    },
    "webhook_reaction_unreact": {
        "fact": "IncomingReaction",
        "account_id": US,
        "key": "mid.sent.1",
        "target_id": "mid.sent.1",
        "customer": JANE,
        "emoji": "",
        "at": "2019-09-23T18:14:45.349000",
    },
}
ERROR_CLASSES = {
    "error_10_2534022_outside_window": AnswerClass.WINDOW,
    "error_190_expired": AnswerClass.RECONNECT,
    "error_400_account_restricted": AnswerClass.UNKNOWN,  # a code of no table
}
POST_ERROR_CLASSES = {"error_36000_2207004": AnswerClass.REFUSED}
CONTAINERS = {
    "response_container_error": ContainerState.ERROR,
    "response_container_expired": ContainerState.EXPIRED,
    "response_container_finished": ContainerState.FINISHED,
    "response_container_in_progress": ContainerState.IN_PROGRESS,
    "response_container_published": ContainerState.PUBLISHED,
}
QUOTA, PAGE = "response_content_publishing_limit", "response_comments_page"


def load(name: str) -> Any:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"NO REFERENCE PAYLOAD at {path}")
    return json.loads(path.read_bytes())


def seen(fact: Incoming, name: str) -> str:
    """Return one feature of a fact, in the words of the table above."""
    if name == "fact":
        return type(fact).__name__
    if name == "at":
        return fact.at.isoformat().removesuffix("+00:00")
    whole: Any = fact
    if name == "customer":
        party = whole.customer if isinstance(fact, IncomingEcho) else whole.sender
        return str(party.platform_customer_id)
    if name == "media":
        return str(whole.media[0].url)
    details = getattr(fact, "details", {})
    return str(details[name] if name in details else getattr(fact, name))


def test_every_collected_file_is_in_one_of_the_tables() -> None:
    if not FOLDER.exists():
        pytest.skip(f"NO REFERENCE PAYLOADS at {FOLDER}")
    named = [*WEBHOOKS, *ERROR_CLASSES, *POST_ERROR_CLASSES, *CONTAINERS, QUOTA, PAGE]
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(named)


@pytest.mark.parametrize("name", WEBHOOKS)
def test_a_webhook_is_read_in_full_and_has_the_same_keys_again(name: str) -> None:
    payload = load(name)
    [fact] = read(payload)
    expected = WEBHOOKS[name]
    assert {feature: seen(fact, feature) for feature in expected} == expected
    [again] = read(json.loads(json.dumps(payload)))
    assert (again.key, again.sub) == (fact.key, fact.sub)


@pytest.mark.parametrize("name", ERROR_CLASSES)
def test_an_error_of_messages_means_what_its_row_says(name: str) -> None:
    answer = Answer(status=400, headers={}, json=load(name))
    assert judge(answer, ERRORS, None).result is ERROR_CLASSES[name]


@pytest.mark.parametrize("name", POST_ERROR_CLASSES)
def test_an_error_of_posts_means_what_its_row_says(name: str) -> None:
    answer = Answer(status=400, headers={}, json=load(name))
    assert judge(answer, POST_ERRORS, None).result is POST_ERROR_CLASSES[name]


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_in_the_state_it_says(name: str) -> None:
    container = read_container(load(name))
    assert container.state is CONTAINERS[name]
    failed = container.state is ContainerState.ERROR
    assert code_in(container.status) == (2207026 if failed else None)


def test_the_allowance_is_read_from_its_answer() -> None:
    quota = read_quota(load(QUOTA))
    assert quota is not None
    assert (quota.used, quota.total, quota.period.total_seconds()) == (47, 100, 86400)


async def test_a_page_of_comments_is_read_with_its_cursor(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply(load(PAGE))
    page = await Comments().page(session, "17910000000000001", None)
    assert [(fact.key, seen(fact, "text"), seen(fact, "at")) for fact in page.facts] == [
        ("17881770991003328", "Wow!", "2017-05-19T23:27:28"),
        ("17873440459141029", "Nice", "2017-05-19T23:26:11"),
    ]
    assert page.cursor is not None
    graph.reply({"data": []})
    last = await Comments().page(session, "17910000000000001", page.cursor)
    assert last.cursor is None
    assert graph.requests[1].url.params["after"] == "QVFIUmJwc1BhY2UtYWZ0ZXI"
