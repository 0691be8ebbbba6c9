"""Webhooks of X, in both of its shapes, and what becomes of the broken ones."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import BadPayload
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingCommentChange,
    IncomingEcho,
    IncomingMessage,
    IncomingNotice,
    IncomingOther,
    IncomingReadMark,
)
from core.domain.message import MessageType
from core.platforms.x import X
from core.platforms.x.direct import pair_id, read_list

PLATFORM = X()
US, ANNA = "1700000000000000001", "1700000000000000002"


def event(kind: str, payload: Any, **more: Any) -> dict[str, Any]:
    data = {
        "event_uuid": "-9000000000000000001",
        "filter": {"user_id": US},
        "event_type": kind,
        "payload": payload,
        **more,
    }
    return {"data": data}


def a_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": "1960000000000000050",
        "author_id": ANNA,
        "conversation_id": "1960000000000000050",
        "created_at": "2026-09-10T03:55:00.000Z",
        "text": "Hello @brulerie",
        "entities": {"mentions": [{"start": 6, "id": US, "username": "brulerie"}]},
        **fields,
    }


def old_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": 1960000000000000100,
        "id_str": "1960000000000000050",
        "timestamp_ms": "1789012500000",
        "text": "@brulerie cut off here…",
        "user": {"id": 1700000000000000000, "id_str": ANNA, "screen_name": "anna_sorel"},
        "entities": {"user_mentions": [{"id_str": US, "indices": [0, 9]}]},
        **fields,
    }


def old_letter(**fields: Any) -> dict[str, Any]:
    return {
        "type": "message_create",
        "id": "1960000000000000060",
        "created_timestamp": "1789012345000",
        "message_create": {
            "target": {"recipient_id": US},
            "sender_id": ANNA,
            "message_data": {"text": "Hi", **fields},
        },
    }


def old(**lists: Any) -> dict[str, Any]:
    return {"for_user_id": US, **lists}


def only(payload: Any) -> Incoming:
    (fact,) = PLATFORM.read(payload)
    return fact


def comment_of(payload: Any) -> IncomingComment:
    fact = only(payload)
    assert isinstance(fact, IncomingComment)
    return fact


def test_old_posts_are_known_by_their_exact_id_and_their_whole_text() -> None:
    whole = {"full_text": "@brulerie and here is all of it &amp; more", "entities": {}}
    fact = comment_of(old(tweet_create_events=[old_post(extended_tweet=whole)]))
    assert (fact.key, fact.account_id) == ("1960000000000000050", US)
    assert fact.text == "@brulerie and here is all of it & more"
    assert fact.sender is not None
    assert (fact.sender.platform_customer_id, fact.sender.username) == (ANNA, "anna_sorel")
    assert fact.at == datetime(2026, 9, 10, 3, 55, tzinfo=UTC)


def test_an_old_post_without_its_exact_id_is_kept_beside_its_neighbour() -> None:
    lost, found = PLATFORM.read(
        old(tweet_create_events=[old_post(id_str=None), old_post()])
    )
    assert (type(lost), type(found)) == (IncomingOther, IncomingComment)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, CommentKind.MENTION),
        (
            {"in_reply_to_status_id_str": "77", "in_reply_to_user_id_str": US},
            CommentKind.COMMENT,
        ),
        (
            {
                "quoted_status_id_str": "77",
                "quoted_status": {"id_str": "77", "text": "New", "user": {"id_str": US}},
            },
            CommentKind.QUOTE,
        ),
        (
            {
                "quoted_status_id_str": "77",
                "quoted_status": {"id_str": "77", "text": "x", "user": {"id_str": "5"}},
            },
            CommentKind.MENTION,
        ),
    ],
)
def test_old_posts_say_what_they_are_to_us(
    fields: Mapping[str, Any], kind: CommentKind
) -> None:
    assert comment_of(old(tweet_create_events=[old_post(**fields)])).kind is kind


def test_an_old_repost_is_no_comment() -> None:
    fact = only(old(tweet_create_events=[old_post(retweeted_status={"id_str": "1"})]))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "repost"


def test_old_messages_read_marks_deletions_and_the_rest_are_told_apart() -> None:
    payload = old(
        users={ANNA: {"id": ANNA, "name": "Anna", "screen_name": "anna_sorel"}},
        direct_message_events=[old_letter()],
        direct_message_mark_read_events=[
            {
                "sender_id": ANNA,
                "last_read_event_id": "9",
                "created_timestamp": "1789012345000",
            },
            {"sender_id": US, "last_read_event_id": "9"},
        ],
        tweet_delete_events=[{"status": {"id": "5", "user_id": US}, "timestamp_ms": "1"}],
        favorite_events=[{"id": "abc"}],
    )
    letter, mark, own_mark, gone, like = PLATFORM.read(payload)
    assert isinstance(letter, IncomingMessage)
    assert (letter.sender.name, letter.sender.username) == ("Anna", "anna_sorel")
    assert isinstance(mark, IncomingReadMark)
    assert (mark.customer_id, mark.platform_message_id) == (ANNA, "9")
    assert isinstance(own_mark, IncomingOther)
    assert isinstance(gone, IncomingCommentChange)
    assert (gone.comment_id, gone.removed) == ("5", True)
    assert isinstance(like, IncomingOther)
    assert (like.kind, like.key) == ("favorite_events", "abc")


def test_an_old_revocation_names_the_account_itself() -> None:
    revoke = {"date_time": "2026-09-10T03:55:00+00:00", "source": {"user_id": US}}
    fact = only({"user_event": {"revoke": revoke}})
    assert isinstance(fact, IncomingNotice)
    assert fact.account_id == US


def test_what_we_write_by_hand_is_an_echo() -> None:
    letter = old_letter()
    letter["message_create"]["sender_id"] = US
    letter["message_create"]["target"]["recipient_id"] = ANNA
    fact = only(event("dm.sent", {"direct_message_events": [letter]}))
    assert isinstance(fact, IncomingEcho)
    assert fact.customer.platform_customer_id == ANNA


@pytest.mark.parametrize(
    ("fields", "type_", "text"),
    [
        (
            {"quick_reply_response": {"type": "options", "metadata": "m"}},
            MessageType.INTERACTIVE,
            "Hi",
        ),
        ({"text": ""}, MessageType.UNSUPPORTED, ""),
        ({"attachment": {"media": {"type": "hologram"}}}, MessageType.UNSUPPORTED, "Hi"),
        (
            {
                "text": "a &lt;b&gt; https://t.co/x",
                "entities": {
                    "urls": [
                        {"url": "https://t.co/x", "expanded_url": "https://a.example/b"}
                    ]
                },
            },
            MessageType.TEXT,
            "a <b> https://a.example/b",
        ),
    ],
)
def test_messages_show_what_they_hold(
    fields: Mapping[str, Any], type_: MessageType, text: str
) -> None:
    fact = only(event("dm.received", {"direct_message_events": [old_letter(**fields)]}))
    assert isinstance(fact, IncomingMessage)
    assert (fact.type, fact.text) == (type_, text)


def test_a_film_comes_from_the_address_of_its_best_version() -> None:
    variants = [
        {"content_type": "application/x-mpegURL", "url": "https://v.example/a.m3u8"},
        {"content_type": "video/mp4", "bitrate": 832000, "url": "https://v.example/low"},
        {"content_type": "video/mp4", "bitrate": 2176000, "url": "https://v.example/high"},
    ]
    media = {
        "type": "video",
        "media_url_https": "https://pbs.example/still.jpg",
        "video_info": {"variants": variants},
    }
    letter = old_letter(attachment={"media": media})
    fact = only(event("dm.received", {"direct_message_events": [letter]}))
    assert isinstance(fact, IncomingMessage)
    assert [one.url for one in fact.media] == ["https://v.example/high"]


def secret(sender: str, conversation: str) -> dict[str, Any]:
    payload = {
        "id": "e4f4-1",
        "sender_id": sender,
        "conversation_id": conversation,
        "created_at_msec": "1789012345000",
        "encoded_event": "CwAB",
    }
    return event("chat.received" if sender != US else "chat.sent", payload)


def test_an_encrypted_chat_shows_that_somebody_wrote_and_nothing_more() -> None:
    theirs, ours = only(secret(ANNA, f"{ANNA}:{US}")), only(secret(US, f"{ANNA}:{US}"))
    assert isinstance(theirs, IncomingMessage)
    assert (theirs.type, theirs.text) == (MessageType.UNSUPPORTED, "")
    assert theirs.sender.platform_customer_id == ANNA
    assert isinstance(ours, IncomingEcho)
    assert ours.customer.platform_customer_id == ANNA
    assert isinstance(only(secret(ANNA, "g170")), IncomingOther)
    assert isinstance(only(secret(ANNA, f"{ANNA}:5")), IncomingOther)


def test_our_own_answer_is_a_comment_of_ours_and_our_own_post_is_none() -> None:
    answer = a_post(author_id=US, referenced_tweets=[{"type": "replied_to", "id": "5"}])
    fact = comment_of(event("post.create", answer))
    assert (fact.own, fact.parent_id) == (True, "5")
    fact = only(event("post.create", a_post(author_id=US)))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "own_post"


def test_where_x_names_no_entities_the_event_says_what_a_post_is() -> None:
    bare = a_post(entities={}, conversation_id="5", in_reply_to_tweet_id="7")
    assert comment_of(event("post.mention.create", bare)).kind is CommentKind.MENTION
    assert comment_of(event("post.reply.create", bare)).kind is CommentKind.COMMENT
    quoting = a_post(entities={}, referenced_tweets=[{"type": "quoted", "id": "7"}])
    assert comment_of(event("post.quote.create", quoting)).kind is CommentKind.QUOTE


def test_names_in_front_of_a_reply_are_x_s_and_names_behind_the_authors() -> None:
    text = "@tom_reed @brulerie ask @brulerie"
    mentions = [{"start": 10, "id": US}, {"start": 24, "id": US}]
    reply = {"conversation_id": "5", "in_reply_to_tweet_id": "7", "text": text}
    lead = comment_of(
        event(
            "post.mention.create",
            a_post(
                **reply, display_text_range=[20, 33], entities={"mentions": mentions[:1]}
            ),
            tag="none",
        )
    )
    assert lead.text == "ask @brulerie"
    named = comment_of(
        event(
            "post.reply.create",
            a_post(**reply, display_text_range=[20, 33], entities={"mentions": mentions}),
        )
    )
    assert named.kind is CommentKind.MENTION
    typed = a_post(**{**reply, "text": "@brulerie hello"}, display_text_range=[0, 15])
    assert comment_of(event("post.reply.create", typed)).text == "@brulerie hello"


def test_events_can_come_several_in_one_delivery() -> None:
    first, second = (
        event("post.mention.create", a_post()),
        event("like.create", {"id": "1"}),
    )
    facts = PLATFORM.read({"data": [first["data"], second["data"], 5]})
    assert [type(fact) for fact in facts] == [IncomingComment, IncomingOther, IncomingOther]


@pytest.mark.parametrize(
    "payload",
    [
        event("post.mention.create", {"text": "no id"}),
        event("dm.received", {}),
        event("post.delete", {}),
        event("chat.received", {"conversation_id": f"{US}:{ANNA}"}),
    ],
)
def test_an_event_without_what_it_is_about_is_kept_under_its_own_id(payload: Any) -> None:
    fact = only(payload)
    assert isinstance(fact, IncomingOther)
    assert (fact.kind, fact.key, fact.account_id) == (
        "unreadable",
        "-9000000000000000001",
        US,
    )


def test_an_event_of_nobody_is_kept() -> None:
    payload = event("post.mention.create", a_post())
    payload["data"]["filter"] = {"keyword": "coffee"}
    fact = only(payload)
    assert (type(fact), fact.account_id) == (IncomingOther, "")


@pytest.mark.parametrize(
    "payload", [{"data": {"id": "1"}}, {"data": [{"event_type": "x"}]}]
)
def test_answers_of_the_api_are_no_webhooks(payload: Any) -> None:
    with pytest.raises(BadPayload):
        PLATFORM.read(payload)


def listed(**fields: Any) -> list[Incoming]:
    event_ = {
        "id": "9",
        "event_type": "MessageCreate",
        "text": "Hi",
        "sender_id": ANNA,
        "dm_conversation_id": pair_id(US, ANNA),
        "created_at": "2026-09-10T03:55:00.000Z",
        **fields,
    }
    return read_list({"data": [event_]}, US)


def test_a_conversation_of_two_is_named_by_the_smaller_number_first() -> None:
    assert pair_id("1700000000000000002", "99") == "99-1700000000000000002"
    assert pair_id("9", "10") == pair_id("10", "9") == "9-10"


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


KEYS = [
    "data",
    "event_type",
    "event_uuid",
    "filter",
    "user_id",
    "payload",
    "includes",
    "users",
    "tweets",
    "id",
    "id_str",
    "text",
    "author_id",
    "conversation_id",
    "created_at",
    "entities",
    "mentions",
    "urls",
    "url",
    "expanded_url",
    "start",
    "referenced_tweets",
    "type",
    "display_text_range",
    "edit_history_tweet_ids",
    "for_user_id",
    "tweet_create_events",
    "direct_message_events",
    "message_create",
    "message_data",
    "sender_id",
    "target",
    "recipient_id",
    "attachment",
    "media",
    "extended_tweet",
    "full_text",
    "user",
    "user_mentions",
    "indices",
    "quoted_status",
    "user_event",
    "revoke",
    "source",
    "status",
    "direct_message_mark_read_events",
    "last_read_event_id",
    "variants",
    "video_info",
    "public_metrics",
    "like_count",
]
WORDS = [
    "dm.received",
    "dm.read",
    "dm.sent",
    "post.create",
    "post.mention.create",
    "post.quote.create",
    "post.reply.create",
    "post.delete",
    "chat.received",
    "oauth.revoke",
    "message_create",
    "photo",
    "video",
    "replied_to",
    "quoted",
    "retweeted",
    "1700000000000000001",
    "17",
    "https://t.co/a",
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text()
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=7)
    ),
    max_leaves=30,
)
events = st.builds(
    lambda kind, payload, more: event(kind, payload, includes=more),
    st.sampled_from(WORDS),
    st.dictionaries(st.sampled_from(KEYS), anything, max_size=8),
    anything,
)
old_ones = st.builds(
    lambda lists: {"for_user_id": US, **lists},
    st.dictionaries(st.sampled_from(KEYS), anything, max_size=5),
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


def test_a_challenge_is_answered_with_the_first_secret_only_if_there_is_one() -> None:
    shake = PLATFORM.handshake
    answer = shake({"crc_token": "tok"}, "", ["", "dev", "other"])
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert json.loads(answer.body)["response_token"].startswith("sha256=")
    assert answer.body == shake({"crc_token": "tok"}, "", ["dev"]).body
    assert shake({"crc_token": "tok"}, "", []).status == 403
    assert shake({}, "", ["dev"]).status == 400
