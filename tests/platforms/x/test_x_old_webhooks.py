"""Webhooks of the Account Activity API, which X still delivers to older apps."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from core.domain.incoming import (
    CommentKind,
    IncomingComment,
    IncomingCommentChange,
    IncomingMessage,
    IncomingNotice,
    IncomingOther,
    IncomingReadMark,
)
from tests.platforms.x.bodies import (
    ANNA,
    PLATFORM,
    US,
    comment_of,
    old,
    old_letter,
    old_post,
    only,
)


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
