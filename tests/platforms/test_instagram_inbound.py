from typing import Any

import pytest

from core.domain.attachment import IncomingMedia, MediaKind
from core.domain.incoming import (
    CommentKind,
    Incoming,
    IncomingComment,
    IncomingDeletion,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingOther,
    IncomingReaction,
    IncomingReadMark,
)
from core.domain.message import MessageType
from core.platforms.instagram.inbound import read

US, CUSTOMER = "17840000000000777", "6600110022"
AT = 1789012345000


def entry(**contents: Any) -> dict[str, Any]:
    return {"object": "instagram", "entry": [{"id": US, "time": AT, **contents}]}


def event(**kind: Any) -> dict[str, Any]:
    return {"sender": {"id": CUSTOMER}, "recipient": {"id": US}, "timestamp": AT, **kind}


def one(payload: Any) -> Incoming:
    [fact] = read(payload)
    return fact


def happened(**kind: Any) -> Incoming:
    return one(entry(messaging=[event(**kind)]))


def said(**message: Any) -> IncomingMessage:
    fact = happened(message={"mid": "mid.1", **message})
    assert isinstance(fact, IncomingMessage)
    return fact


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"attachments": [{"type": kind, "payload": payload}]}


def test_the_same_message_is_read_from_every_shape_of_envelope() -> None:
    item = event(message={"mid": "mid.1", "text": "hi"})
    change = {"field": "messages", "value": item}
    shapes = [
        entry(messaging=[item]),
        entry(standby=[item]),
        entry(changes=[change]),
        entry(**change),
        [entry(messaging=[item])],
    ]
    facts = [one(shape) for shape in shapes]
    assert len({(type(fact), fact.account_id, fact.key, fact.at) for fact in facts}) == 1


@pytest.mark.parametrize(
    ("message", "type_", "text"),
    [
        ({"text": "hi"}, MessageType.TEXT, "hi"),
        ({"text": "Yes", "quick_reply": {"payload": "Y"}}, MessageType.INTERACTIVE, "Yes"),
        (
            {"text": "wow", "reply_to": {"story": {"id": "1"}}},
            MessageType.STORY_REPLY,
            "wow",
        ),
        ({"is_unsupported": True}, MessageType.UNSUPPORTED, ""),
        ({}, MessageType.UNSUPPORTED, ""),
        (attached("image", url="https://c/1"), MessageType.IMAGE, ""),
        (attached("audio", url="https://c/1"), MessageType.AUDIO, ""),
        (attached("video", url="https://c/1"), MessageType.VIDEO, ""),
        (attached("file", url="https://c/1"), MessageType.DOCUMENT, ""),
        (attached("story_mention", url="https://c/1"), MessageType.STORY_MENTION, ""),
        (attached("share", url="https://c/1"), MessageType.SHARE, ""),
        (attached("ig_post", url="https://c/1", title="Sale"), MessageType.SHARE, "Sale"),
        (attached("ig_reel", url="https://c/1", title="Reel"), MessageType.SHARE, "Reel"),
        (attached("ig_story", url="https://c/1"), MessageType.SHARE, ""),
        (attached("unsupported_type", url="https://c/1"), MessageType.UNSUPPORTED, ""),
        (attached("next year's", url="https://c/1"), MessageType.UNSUPPORTED, ""),
    ],
)
def test_each_kind_becomes_what_a_thread_can_show(
    message: dict[str, Any], type_: MessageType, text: str
) -> None:
    fact = said(**message)
    assert (fact.type, fact.text) == (type_, text)


def test_a_picture_is_announced_by_its_address() -> None:
    media = said(**attached("image", url="https://c/1")).media
    assert media == (IncomingMedia(kind=MediaKind.IMAGE, url="https://c/1"),)


def test_a_post_that_came_as_share_and_ig_post_is_one_file() -> None:
    attachments = [
        {"type": "share", "payload": {"url": "https://c/1"}},
        {"type": "ig_post", "payload": {"url": "https://c/1"}},
    ]
    assert len(said(attachments=attachments).media) == 1


def test_a_post_that_came_twice_under_two_addresses_is_one_file() -> None:
    attachments = [
        {"type": "share", "payload": {"url": "https://c/old"}},
        {"type": "ig_post", "payload": {"url": "https://c/1", "ig_post_media_id": "180"}},
    ]
    fact = said(attachments=attachments)
    assert [media.url for media in fact.media] == ["https://c/1"]
    assert fact.details == {"url": "https://c/1", "post_id": "180"}


def test_a_picture_beside_a_share_is_kept() -> None:
    attachments = [
        {"type": "share", "payload": {"url": "https://c/post"}},
        {"type": "image", "payload": {"url": "https://c/1"}},
    ]
    assert len(said(attachments=attachments).media) == 2


@pytest.mark.parametrize(
    ("message", "details"),
    [
        ({"text": "hi"}, {}),
        (
            {"text": "wow", "reply_to": {"story": {"id": 7, "url": "https://c/s"}}},
            {"story_id": "7", "url": "https://c/s"},
        ),
        ({"text": "Yes", "quick_reply": {"payload": "Y"}}, {"payload": "Y"}),
        (
            {
                "text": "hi",
                "referral": {
                    "ref": "spring",
                    "ad_id": "12",
                    "source": "ADS",
                    "type": "OPEN_THREAD",
                    "ads_context_data": {"ad_title": "Spring"},
                },
            },
            {
                "referral": "spring",
                "ad_id": "12",
                "source": "ADS",
                "referral_type": "OPEN_THREAD",
                "ad_title": "Spring",
            },
        ),
        (attached("story_mention", url="https://c/s"), {"url": "https://c/s"}),
        (
            attached("ig_reel", url="https://c/r", reel_video_id="5"),
            {"url": "https://c/r", "post_id": "5"},
        ),
    ],
    ids=["none", "story", "button", "advertisement", "mention", "reel"],
)
def test_what_a_bubble_shows_beyond_text_has_plain_names(
    message: dict[str, Any], details: dict[str, Any]
) -> None:
    assert said(**message).details == details


def test_a_reply_quotes_by_mid() -> None:
    assert said(text="yes", reply_to={"mid": "mid.0"}).quoted_platform_id == "mid.0"


def test_an_echo_is_ours_whoever_it_says_it_is_from() -> None:
    fact = happened(message={"mid": "mid.1", "text": "hello", "is_echo": True})
    assert isinstance(fact, IncomingEcho)
    assert (fact.customer.platform_customer_id, fact.text) == (US, "hello")


def test_a_message_from_our_account_is_ours_even_without_the_flag() -> None:
    item = event(message={"mid": "mid.1", "text": "hello"})
    item["sender"], item["recipient"] = item["recipient"], item["sender"]
    fact = one(entry(messaging=[item]))
    assert isinstance(fact, IncomingEcho)
    assert fact.customer.platform_customer_id == CUSTOMER


def test_an_unsent_message_is_deleted_whoever_wrote_it() -> None:
    for flags in ({}, {"is_echo": True}):
        fact = happened(message={"mid": "mid.1", "is_deleted": True, **flags})
        assert isinstance(fact, IncomingDeletion)
        assert fact.target_id == "mid.1"


@pytest.mark.parametrize(
    ("reaction", "emoji"),
    [
        ({"action": "react", "reaction": "love", "emoji": "❤️"}, "❤️"),
        ({"action": "react", "reaction": "love"}, "❤"),
        ({"action": "react", "emoji": "🔥"}, "🔥"),
        ({"action": "unreact", "reaction": "love"}, ""),
        ({"action": "unreact"}, ""),
    ],
)
def test_a_reaction_is_put_on_or_taken_back(reaction: dict[str, Any], emoji: str) -> None:
    fact = happened(reaction={"mid": "mid.0", **reaction})
    assert isinstance(fact, IncomingReaction)
    assert (fact.target_id, fact.emoji) == ("mid.0", emoji)


def test_putting_on_and_taking_back_are_two_facts() -> None:
    on = happened(reaction={"mid": "mid.0", "action": "react", "emoji": "🔥"})
    off = happened(reaction={"mid": "mid.0", "action": "unreact"})
    assert on.sub != off.sub


@pytest.mark.parametrize(
    ("postback", "key", "text"),
    [
        ({"mid": "mid.7", "title": "Prices", "payload": "P"}, "mid.7", "Prices"),
        ({"mid": "mid.7", "payload": "P"}, "mid.7", "P"),
    ],
)
def test_a_postback_says_what_was_pressed(
    postback: dict[str, Any], key: str, text: str
) -> None:
    fact = happened(postback=postback)
    assert isinstance(fact, IncomingMessage)
    assert (fact.type, fact.key, fact.text) == (MessageType.POSTBACK, key, text)
    assert fact.details == {"payload": "P"}


def test_a_postback_without_mid_has_the_same_key_when_it_comes_again() -> None:
    first, again = (happened(postback={"payload": "P"}) for _ in range(2))
    assert first.key == again.key


def test_a_read_mark_may_come_without_anybodys_name() -> None:
    fact = one(entry(messaging=[{"timestamp": AT, "read": {"mid": "mid.0"}}]))
    assert isinstance(fact, IncomingReadMark)
    assert (fact.platform_message_id, fact.customer_id) == ("mid.0", None)


def test_an_edit_has_its_number_as_part_of_its_key() -> None:
    fact = happened(message_edit={"mid": "mid.1", "text": "new", "num_edit": 2})
    assert isinstance(fact, IncomingEdit)
    assert (fact.target_id, fact.sub, fact.text) == ("mid.1", "2", "new")


def test_an_edit_without_text_never_blanks_the_message() -> None:
    item = {"timestamp": AT, "message_edit": {"mid": "mid.1", "num_edit": 0}}
    fact = one(entry(messaging=[item]))
    assert isinstance(fact, IncomingEdit)
    assert fact.text is None


def test_each_edit_without_text_is_asked_about_and_its_redelivery_is_not() -> None:
    item = {"timestamp": AT, "message_edit": {"mid": "mid.1", "num_edit": 0}}
    later = {**item, "timestamp": AT + 1000}
    first, again, second = (one(entry(messaging=[raw])) for raw in (item, item, later))
    assert (first.key, first.sub) == (again.key, again.sub)
    assert first.sub != second.sub


@pytest.mark.parametrize("kind", ["referral", "optin", "pass_thread_control"])
def test_an_event_we_have_no_use_for_is_kept_aside(kind: str) -> None:
    fact = happened(**{kind: {"ref": "x"}})
    assert isinstance(fact, IncomingOther)
    assert fact.kind == kind


@pytest.mark.parametrize("field", ["story_insights", "a field of next year"])
def test_a_field_we_have_no_use_for_is_kept_aside(field: str) -> None:
    fact = one(entry(changes=[{"field": field, "value": {"media_id": "1"}}]))
    assert isinstance(fact, IncomingOther)
    assert (fact.kind, fact.account_id) == (field, US)


@pytest.mark.parametrize("field", ["comments", "live_comments"])
@pytest.mark.parametrize("id_name", ["id", "comment_id"])
def test_a_comment_is_read_in_both_flavours(field: str, id_name: str) -> None:
    value = {
        id_name: "179",
        "from": {"id": CUSTOMER, "username": "jo"},
        "parent_id": "178",
        "text": "Price?",
        "media": {"id": "180", "ad_id": "1"},
    }
    change = {"field": field, "value": value}
    for payload in (entry(changes=[change]), [entry(**change)]):
        fact = one(payload)
        assert isinstance(fact, IncomingComment)
        assert (fact.key, fact.post_id, fact.parent_id) == ("179", "180", "178")
        assert (fact.text, fact.own) == ("Price?", False)
        assert fact.sender is not None
        assert fact.sender.username == "jo"


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ({"media_id": "180", "comment_id": "179"}, "179"),
        ({"media_id": 180}, "180"),
    ],
    ids=["in a comment", "in a caption"],
)
def test_a_mention_names_where_it_is(value: dict[str, Any], key: str) -> None:
    fact = one(entry(changes=[{"field": "mentions", "value": value}]))
    assert isinstance(fact, IncomingComment)
    assert (fact.kind, fact.key, fact.post_id) == (CommentKind.MENTION, key, "180")
    assert fact.sender is None


def test_our_own_reply_to_a_comment_is_known_as_ours() -> None:
    value = {"id": "179", "from": {"id": US}, "text": "Thanks", "media": {"id": "180"}}
    fact = one(entry(changes=[{"field": "comments", "value": value}]))
    assert isinstance(fact, IncomingComment)
    assert fact.own


def test_an_old_comment_has_only_id_and_text() -> None:
    fact = one(entry(changes=[{"field": "comments", "value": {"id": "1", "text": "x"}}]))
    assert isinstance(fact, IncomingComment)
    assert (fact.sender, fact.post_id) == (None, "")


def test_the_dashboards_test_button_creates_nothing() -> None:
    item = event(message={"mid": "random_mid", "text": "random_text"})
    item["timestamp"] = "1527459824"
    for shape in (
        {"messaging": [item]},
        {"changes": [{"field": "messages", "value": item}]},
    ):
        fact = one({"object": "instagram", "entry": [{"id": "0", "time": AT, **shape}]})
        assert isinstance(fact, IncomingOther)
        assert fact.kind == "dashboard_test"


@pytest.mark.parametrize(
    ("timestamp", "time"),
    [
        (AT, 0),
        (str(AT), 0),
        ("1789012345", 0),
        ("2026-09-10T03:52:25+0000", 0),
        ("2026-09-10T05:52:25+02:00", 0),
        (None, AT),
        (None, AT // 1000),
        ("soon", "2026-09-10T03:52:25"),
    ],
)
def test_times_are_read_in_every_notation(timestamp: Any, time: Any) -> None:
    item = event(message={"mid": "mid.1", "text": "hi"})
    item["timestamp"] = timestamp
    payload = entry(messaging=[item])
    payload["entry"][0]["time"] = time
    assert one(payload).at.isoformat() == "2026-09-10T03:52:25+00:00"


@pytest.mark.parametrize("message", [{"text": "no mid"}, {"mid": ""}, {"mid": None}])
def test_a_message_without_mid_is_kept_as_unreadable(message: dict[str, Any]) -> None:
    fact = happened(message=message)
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "unreadable"


def test_a_stray_envelope_costs_its_neighbour_nothing() -> None:
    good = entry(messaging=[event(message={"mid": "mid.1", "text": "hi"})])
    facts = read([{"object": "page", "entry": []}, good])
    assert [type(fact) for fact in facts] == [IncomingOther, IncomingMessage]
