"""LinkedIn's notifications, its signature and its names for things."""

import json
from collections.abc import Mapping
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
    IncomingOther,
)
from core.platforms.linkedin import MANIFEST, LinkedIn
from core.platforms.linkedin.inbound import EVENT_TYPE
from core.platforms.linkedin.listed import read_listed
from core.platforms.linkedin.urns import comment_urn, encoded, post_urn, urn

PAGE = "urn:li:organization:5515715"
SHARE, ACTIVITY = "urn:li:share:71", "urn:li:activity:72"
COMMENT = f"urn:li:comment:({ACTIVITY},9)"
BROKEN = "urn:li:comment:(activity:72,9)"
ACTIONS = (
    "COMMENT",
    "COMMENT_EDIT",
    "COMMENT_DELETE",
    "ADMIN_COMMENT",
    "LIKE",
    "SHARE",
    "SHARE_MENTION",
)

linkedin = LinkedIn()


def told(action: str = "COMMENT", **more: Any) -> dict[str, Any]:
    """Return a notification; `more` replaces what every one of them has."""
    return {
        "notificationId": 44,
        "organizationalEntity": PAGE,
        "action": action,
        "sourcePost": SHARE,
        "generatedActivity": BROKEN,
        "lastModifiedAt": 1793700000123,
        "subscriber": "urn:li:person:Admin",
        **more,
    }


def read(*notifications: Any) -> list[Incoming]:
    return linkedin.read({"type": EVENT_TYPE, "notifications": list(notifications)})


def made(**comment: Any) -> dict[str, Any]:
    return {"comment": {"owner": "urn:li:person:Anna", "entity": COMMENT, **comment}}


def one(notification: Mapping[str, Any]) -> IncomingComment:
    [fact] = read(notification)
    assert isinstance(fact, IncomingComment)
    return fact


def test_the_right_name_of_a_comment_stands_in_its_decoration() -> None:
    whole = "urn:li:comment:(urn:li:activity:80,81)"
    fact = one(told(decoratedGeneratedActivity=made(entity=whole)))
    assert fact.key == whole


def test_a_broken_name_alone_is_made_whole() -> None:
    assert one(told()).key == COMMENT


def test_a_comment_is_named_by_its_activity_where_either_name_tells_it() -> None:
    by_post = "urn:li:comment:(urn:li:ugcPost:73,9)"
    fact = one(told(decoratedGeneratedActivity=made(entity=by_post)))
    assert fact.key == COMMENT


@pytest.mark.parametrize(
    "words", [{"text": "Hello"}, {"message": {"text": "Hello"}}, {"message": "Hello"}]
)
def test_words_are_found_in_each_of_their_places(words: dict[str, Any]) -> None:
    assert one(told(decoratedGeneratedActivity=made(**words))).text == "Hello"


@pytest.mark.parametrize(
    "names",
    [
        {"sourcePost": SHARE},
        {"sourcePost": ACTIVITY, "decoratedSourcePost": {"entity": SHARE}},
        {"sourcePost": SHARE, "decoratedSourcePost": {"entity": ACTIVITY}},
        {"sourcePost": "share:71"},
        {"sourcePost": "urn%3Ali%3Ashare%3A71"},
    ],
)
def test_a_post_has_one_name_whichever_a_payload_uses(names: dict[str, Any]) -> None:
    assert one(told(**names)).post_id == SHARE


def test_the_author_is_who_wrote_and_not_who_subscribed() -> None:
    assert one(told()).sender is None
    sender = one(told(decoratedGeneratedActivity=made())).sender
    assert sender is not None
    assert sender.platform_customer_id == "urn:li:person:Anna"


def test_what_the_page_says_is_our_own() -> None:
    assert one(told("ADMIN_COMMENT")).own
    assert one(told(decoratedGeneratedActivity=made(owner=PAGE))).own
    assert not one(told(decoratedGeneratedActivity=made())).own


def test_the_words_of_others_posts_are_not_kept_with_a_comment() -> None:
    post = {"entity": SHARE, "owner": "urn:li:person:Anna", "text": "My week"}
    assert one(told(decoratedSourcePost=post)).post_text is None
    ours = {**post, "owner": PAGE}
    assert one(told(decoratedSourcePost=ours)).post_text == "My week"


def test_an_answer_names_the_comment_at_the_top() -> None:
    parent = "urn:li:comment:(activity:72,5)"
    fact = one(told(decoratedGeneratedActivity=made(parentComment=parent)))
    assert fact.parent_id == f"urn:li:comment:({ACTIVITY},5)"


def test_edits_and_deletions_change_the_comment() -> None:
    edit, deletion = read(
        told("COMMENT_EDIT", decoratedGeneratedActivity=made(text="Anew")),
        told("COMMENT_DELETE", notificationId=45),
    )
    assert isinstance(edit, IncomingCommentChange)
    assert isinstance(deletion, IncomingCommentChange)
    assert (edit.comment_id, edit.text, edit.removed) == (COMMENT, "Anew", False)
    assert (deletion.comment_id, deletion.text, deletion.removed) == (COMMENT, None, True)


def test_a_mention_is_a_post_of_theirs() -> None:
    theirs = {"share": {"entity": "urn:li:share:99", "owner": "urn:li:person:Anna"}}
    fact = one(
        told(
            "SHARE_MENTION",
            generatedActivity="urn:li:activity:98",
            decoratedGeneratedActivity={"share": {**theirs["share"], "text": "@Page!"}},
        )
    )
    assert (fact.kind, fact.key, fact.post_id) == (
        CommentKind.MENTION,
        "urn:li:share:99",
        "urn:li:share:99",
    )
    assert fact.text == "@Page!"


def test_a_share_with_words_is_a_quote_and_one_without_is_none() -> None:
    share = {"entity": "urn:li:share:99", "owner": "urn:li:person:Anna"}
    quote = one(
        told("SHARE", decoratedGeneratedActivity={"share": {**share, "text": "Go!"}})
    )
    assert quote.kind is CommentKind.QUOTE
    [silent] = read(told("SHARE", decoratedGeneratedActivity={"share": share}))
    assert isinstance(silent, IncomingOther)
    assert silent.kind == "share"


def test_the_same_notification_twice_is_one_fact() -> None:
    assert len(read(told(), told(), told(notificationId=45))) == 2


def test_ids_longer_than_a_float_keep_their_digits() -> None:
    text = json.dumps(told(notificationId=9007199254740993))
    [fact] = read(json.loads(text))
    assert fact.sub == "9007199254740993:1793700000123"


def test_a_broken_notification_is_kept_beside_its_neighbours() -> None:
    facts = read(
        told(generatedActivity="nonsense"), None, told(organizationalEntity=5), told()
    )
    assert [type(fact).__name__ for fact in facts] == [
        *["IncomingOther"] * 3,
        "IncomingComment",
    ]


def test_a_listed_comment_has_the_key_of_its_notification() -> None:
    listed = {
        "id": "9",
        "object": ACTIVITY,
        "actor": "urn:li:person:Anna",
        "message": {"text": "Hello"},
        "created": {"time": 1793700000123},
    }
    fact = read_listed(listed, PAGE, SHARE)
    assert isinstance(fact, IncomingComment)
    assert (fact.key, fact.sub, fact.post_id) == (COMMENT, "", SHARE)
    edited = read_listed({**listed, "lastModified": {"time": 1793700009999}}, PAGE, SHARE)
    assert edited.sub == "1793700009999"


@pytest.mark.parametrize(
    "envelope", [{"type": "OTHER", "notifications": []}, {"type": EVENT_TYPE}]
)
def test_another_event_is_refused(envelope: dict[str, Any]) -> None:
    with pytest.raises(BadPayload):
        linkedin.read(envelope)


def test_names_are_read_and_written() -> None:
    assert urn("activity:9") == "urn:li:activity:9"
    assert urn("9") is None
    assert urn("urn:li:share:%00") is None
    assert comment_urn("urn:li:comment:(urn:li:activity:1)") is None
    assert post_urn(None, ACTIVITY, SHARE) == SHARE
    assert encoded(COMMENT) == "urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A72%2C9%29"


def test_the_challenge_is_answered_with_our_own_secret() -> None:
    answer = linkedin.handshake({"challengeCode": "abc"}, "", ["own", "sandbox"])
    alone = linkedin.handshake({"challengeCode": "abc"}, "", ["own"])
    assert answer == alone
    assert (answer.status, answer.media_type) == (200, "application/json")
    body = json.loads(answer.body)
    assert body["challengeCode"] == "abc"
    assert len(body["challengeResponse"]) == 64


@pytest.mark.parametrize(
    ("query", "secrets", "status"),
    [
        ({}, ["s"], 400),
        ({"challengeCode": "c" * 257}, ["s"], 400),
        ({"challengeCode": "c"}, [""], 403),
    ],
)
def test_no_challenge_is_answered_without_a_secret(
    query: dict[str, str], secrets: list[str], status: int
) -> None:
    assert linkedin.handshake(query, "", secrets).status == status


def test_an_empty_secret_signs_nothing() -> None:
    headers = {"X-LI-Signature": "0" * 64}
    assert not linkedin.verify(b"{}", headers, [""])


def test_terms_and_limits_stand_in_the_manifest() -> None:
    assert MANIFEST.keeps_activity is not None
    assert MANIFEST.keeps_profiles is not None
    hours = [
        one.total_seconds() / 3600
        for one in (MANIFEST.keeps_activity, MANIFEST.keeps_profiles)
    ]
    assert hours == [48, 24]
    assert MANIFEST.comment_limit == 1250


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(
        [
            COMMENT,
            BROKEN,
            SHARE,
            PAGE,
            "urn:li:comment:(",
            "\x00",
            "urn:li:x:\ud800",
            *ACTIONS,
        ]
    )
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    "comment",
                    "share",
                    "entity",
                    "owner",
                    "text",
                    "message",
                    "object",
                    "actor",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
notifications = st.dictionaries(st.sampled_from(sorted(told())), anything, max_size=8).map(
    lambda some: {**told(), **some}
) | st.fixed_dictionaries(
    {
        **dict.fromkeys(told(), anything),
        "action": st.sampled_from(ACTIONS),
        "decoratedGeneratedActivity": anything,
        "decoratedSourcePost": anything,
    }
)


@given(listed=st.lists(notifications | anything, max_size=3))
@settings(max_examples=150, deadline=None)
def test_no_notification_makes_reading_fail(listed: list[Any]) -> None:
    for fact in read(*listed):
        assert fact.key
        assert fact.at.tzinfo is not None
        assert "\x00" not in fact.key + fact.sub + fact.account_id


@given(
    listed=st.dictionaries(
        st.sampled_from(
            [
                "id",
                "commentUrn",
                "object",
                "actor",
                "message",
                "created",
                "lastModified",
                "parentComment",
                "likesSummary",
            ]
        ),
        anything,
    )
)
@settings(max_examples=100, deadline=None)
def test_no_listed_comment_makes_reading_fail(listed: dict[str, Any]) -> None:
    assert read_listed(listed, PAGE, SHARE).key
