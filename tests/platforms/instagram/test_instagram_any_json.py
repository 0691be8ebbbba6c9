"""Nothing that JSON can hold makes Instagram's readers fail, nor costs a neighbour anything."""

from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config.secret import Secret
from core.domain.errors import SocialSyncError
from core.net.client import open_http
from core.platforms.base import ChannelSession
from core.platforms.instagram.comments import Comments
from core.platforms.instagram.containers import read_container, read_quota
from core.platforms.instagram.history import History, read_messages
from core.platforms.instagram.inbound import read
from tests.platforms.graph_double import BASE, Graph, StillClock

US = "17840000000000777"
MEMBERS = st.sampled_from(
    [
        "id",
        "sender",
        "recipient",
        "timestamp",
        "message",
        "mid",
        "text",
        "attachments",
        "type",
        "payload",
        "url",
        "title",
        "reply_to",
        "story",
        "quick_reply",
        "referral",
        "ref",
        "ads_context_data",
        "ad_title",
        "reaction",
        "action",
        "emoji",
        "postback",
        "message_edit",
        "num_edit",
        "is_deleted",
        "is_echo",
        "is_unsupported",
        "from",
        "username",
        "media",
        "media_id",
        "comment_id",
        "parent_id",
        "like_count",
        "hidden",
        "replies",
        "data",
        "paging",
        "next",
        "cursors",
        "after",
        "created_time",
        "to",
        "shares",
        "link",
        "mention",
        "image_data",
        "file_url",
        "status_code",
        "status",
        "quota_usage",
        "config",
        "quota_total",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(
        [
            "share",
            "ig_post",
            "image",
            "react",
            "FINISHED",
            US,
            "1789012345",
            "\x00",
            "\ud800",
        ]
    )
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=6),
    max_leaves=20,
)
EVENTS = st.dictionaries(MEMBERS, VALUES, max_size=8)
FIELDS = st.sampled_from(
    ["comments", "live_comments", "mentions", "messages", "story_insights"]
)
CHANGES = st.fixed_dictionaries({"field": FIELDS, "value": EVENTS})
SAID = {
    "sender": {"id": "66"},
    "recipient": {"id": US},
    "timestamp": 1789012345000,
    "message": {"mid": "mid.good", "text": "hi"},
}


@given(event=EVENTS, change=CHANGES)
@settings(max_examples=200, deadline=None)
def test_no_event_fails_or_costs_its_neighbours_anything(event: Any, change: Any) -> None:
    entry = {
        "id": US,
        "time": 1789012345,
        "messaging": [event, SAID],
        "standby": [event],
        "changes": [change],
    }
    facts = read({"object": "instagram", "entry": [entry]})
    assert len(facts) == 4
    assert "mid.good" in [fact.key for fact in facts]
    for fact in facts:
        assert fact.at.tzinfo is not None
        assert fact.key
        assert "\x00" not in fact.key
    assert read({"object": "instagram", "entry": [entry]}) == facts


@given(listed=st.lists(VALUES, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_listed_message_fails(listed: list[Any]) -> None:
    good = {"id": "m", "from": {"id": "66"}, "message": "hi"}
    assert read_messages([*listed, good], US)[-1].key == "m"


@given(body=EVENTS)
@settings(max_examples=100, deadline=None)
def test_no_state_or_allowance_fails(body: Any) -> None:
    read_container(body)
    read_quota(body)


@given(body=EVENTS)
@settings(max_examples=60, deadline=None)
async def test_no_answer_to_a_question_fails_but_in_words(body: Any) -> None:
    graph = Graph()
    for _ in range(60):
        graph.replies.append(httpx.Response(200, json=_writable(body)))
    transport = httpx.MockTransport(graph.answer)
    async with open_http(clock=StillClock(), loopback=[BASE], transport=transport) as http:
        session = ChannelSession(
            account_id=US, base_url=BASE, token=Secret("the-token"), http=http
        )
        try:
            page = await Comments().page(session, "180", None)
            await History().message(session, "m")
        except SocialSyncError:
            return
        assert all(fact.key and fact.account_id == US for fact in page.facts)


def _writable(value: Any) -> Any:
    """Return what `json` can write: it has no NaN and no half characters."""
    if isinstance(value, float):
        return None if value != value or abs(value) == float("inf") else value
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_writable(one) for one in value]
    if isinstance(value, dict):
        return {key: _writable(one) for key, one in value.items()}
    return value
