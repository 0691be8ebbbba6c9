"""Lists of direct messages on X, and what no JSON can do to any reader of X."""

from datetime import UTC
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import BadPayload
from core.domain.incoming import (
    Incoming,
    IncomingOther,
)
from core.platforms.x.direct import read_list
from tests.platforms.x.bodies import (
    ANNA,
    PLATFORM,
    US,
    event,
)


def listed(**fields: Any) -> list[Incoming]:
    event_ = {
        "id": "9",
        "event_type": "MessageCreate",
        "text": "Hi",
        "sender_id": ANNA,
        "dm_conversation_id": f"{min(US, ANNA, key=int)}-{max(US, ANNA, key=int)}",
        "created_at": "2026-09-10T03:55:00.000Z",
        **fields,
    }
    return read_list({"data": [event_]}, US)


def test_groups_and_who_comes_and_goes_are_kept_aside() -> None:
    for fields in (
        {"dm_conversation_id": "1578398451921985538"},
        {"dm_conversation_id": f"{ANNA}-5"},
        {"event_type": "ParticipantsJoin"},
        {"sender_id": US, "dm_conversation_id": None},
        {"sender_id": None},
    ):
        (fact,) = listed(**fields)
        assert isinstance(fact, IncomingOther)


def test_a_list_is_read_oldest_first_and_a_broken_entry_costs_nothing() -> None:
    page = {
        "data": [
            {"id": "3", "event_type": "MessageCreate", "text": "c", "sender_id": ANNA},
            5,
            {"id": "1", "event_type": "MessageCreate", "text": "a", "sender_id": ANNA},
        ]
    }
    assert [fact.key for fact in read_list(page, US)][::2] == ["1", "3"]
    assert read_list({"meta": {"result_count": 0}}, US) == []


KEYS = """
data event_type event_uuid filter user_id payload includes users tweets id
id_str text author_id conversation_id created_at entities mentions urls url
expanded_url start referenced_tweets type display_text_range
edit_history_tweet_ids for_user_id tweet_create_events direct_message_events
message_create message_data sender_id target recipient_id attachment media
extended_tweet full_text user user_mentions indices quoted_status user_event
revoke source status direct_message_mark_read_events last_read_event_id variants
video_info public_metrics like_count
"""
WORDS = """
dm.received dm.read dm.sent post.create post.mention.create post.quote.create
post.reply.create post.delete chat.received oauth.revoke message_create photo
video replied_to quoted retweeted 1700000000000000001 17 https://t.co/a
"""
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS.split())
    | st.text()
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=7)
    ),
    max_leaves=30,
)
events = st.builds(
    lambda kind, payload, more: event(kind, payload, includes=more),
    st.sampled_from(WORDS.split()),
    st.dictionaries(st.sampled_from(KEYS.split()), anything, max_size=8),
    anything,
)
old_ones = st.builds(
    lambda lists: {"for_user_id": US, **lists},
    st.dictionaries(st.sampled_from(KEYS.split()), anything, max_size=5),
)


@given(payload=events | old_ones | anything)
@settings(max_examples=400, deadline=None)
def test_no_json_in_x_s_words_makes_reading_fail(payload: Any) -> None:
    try:
        facts = PLATFORM.read(payload)
    except BadPayload:
        return
    for fact in facts:
        assert fact.key
        assert fact.at.tzinfo is UTC
        assert fact.raw


@given(content=st.dictionaries(st.sampled_from(["data", "includes", "meta"]), anything))
@settings(max_examples=200, deadline=None)
def test_no_json_makes_reading_a_list_fail(content: dict[str, Any]) -> None:
    for fact in read_list(content, US):
        assert fact.key
