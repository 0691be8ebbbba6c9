"""Webhooks of the X Activity API, and what becomes of the broken ones."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.errors import BadPayload
from core.domain.incoming import (
    CommentKind,
    IncomingComment,
    IncomingEcho,
    IncomingMessage,
    IncomingOther,
)
from core.domain.message import MessageType
from tests.platforms.x.bodies import (
    ANNA,
    PLATFORM,
    US,
    a_post,
    comment_of,
    event,
    old_letter,
    only,
)


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
    comment = comment_of(event("post.create", answer))
    assert (comment.own, comment.parent_id) == (True, "5")
    post = only(event("post.create", a_post(author_id=US)))
    assert isinstance(post, IncomingOther)
    assert post.kind == "own_post"


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


def test_a_challenge_is_answered_with_the_first_secret_only_if_there_is_one() -> None:
    shake = PLATFORM.handshake
    answer = shake({"crc_token": "tok"}, "", ["", "dev", "other"])
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert json.loads(answer.body)["response_token"].startswith("sha256=")
    assert answer.body == shake({"crc_token": "tok"}, "", ["dev"]).body
    assert shake({"crc_token": "tok"}, "", []).status == 403
    assert shake({}, "", ["dev"]).status == 400
