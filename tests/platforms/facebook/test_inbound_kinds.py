"""What Facebook's webhooks say, kind by kind; the payloads here are our own."""

import pytest

from core.domain.attachment import MediaKind
from core.domain.incoming import (
    IncomingDeletion,
    IncomingDeliveryMark,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingNotice,
    IncomingOther,
    IncomingReaction,
    IncomingReadMark,
    IncomingStatus,
    NoticeWeight,
)
from core.domain.message import DeliveryState, MessageType
from tests.platforms.facebook.webhooks import (
    CUSTOMER,
    PAGE,
    SECONDS,
    attached,
    event,
    message,
    messaging,
    only,
    read,
)


def test_ids_may_be_numbers_and_stay_the_same_as_texts() -> None:
    number = {
        **event(message={"mid": "m_1", "text": "Hi"}),
        "sender": {"id": int(CUSTOMER)},
    }
    fact = only(messaging(number))
    assert fact.sender.platform_customer_id == CUSTOMER


@pytest.mark.parametrize(
    ("kind", "type_", "media"),
    [
        ("image", MessageType.IMAGE, MediaKind.IMAGE),
        ("audio", MessageType.AUDIO, MediaKind.AUDIO),
        ("video", MessageType.VIDEO, MediaKind.VIDEO),
        ("file", MessageType.DOCUMENT, MediaKind.DOCUMENT),
    ],
)
def test_a_file_is_announced_by_its_address(
    kind: str, type_: MessageType, media: MediaKind
) -> None:
    fact = only(messaging(attached(kind, {"url": "https://cdn.example/1"})))
    assert isinstance(fact, IncomingMessage)
    assert fact.type is type_
    [file] = fact.media
    assert (file.kind, file.url) == (media, "https://cdn.example/1")


def test_a_sticker_is_no_photo() -> None:
    payload = {"url": "https://cdn.example/thumb.png", "sticker_id": 369239263222822}
    fact = only(messaging(attached("image", payload)))
    assert (fact.type, fact.media[0].kind) == (MessageType.STICKER, MediaKind.STICKER)


def test_a_location_keeps_its_place() -> None:
    payload = {"coordinates": {"lat": 49.1, "long": 6.2}}
    fact = only(messaging(attached("location", payload, title="Metz")))
    assert fact.type is MessageType.LOCATION
    assert fact.details == {"latitude": 49.1, "longitude": 6.2, "place": "Metz"}


def test_a_link_alone_is_a_share_and_under_words_a_preview() -> None:
    link = {"type": "fallback", "title": "A page", "url": "https://example.org/"}
    alone = only(messaging(message(attachments=[link])))
    assert (alone.type, alone.text) == (MessageType.SHARE, "A page")
    assert alone.details == {"url": "https://example.org/"}
    worded = only(messaging(message(text="Look", attachments=[link])))
    assert (worded.type, worded.text) == (MessageType.TEXT, "Look")


def test_an_attachment_of_tomorrow_is_shown_as_unsupported() -> None:
    fact = only(messaging(attached("hologram", {"url": "https://cdn.example/1"})))
    assert (fact.type, fact.media) == (MessageType.UNSUPPORTED, ())


def test_a_pressed_quick_reply_brings_back_what_it_stands_for() -> None:
    fact = only(messaging(message(text="Monday", quick_reply={"payload": "day:1"})))
    assert (fact.type, fact.text) == (MessageType.INTERACTIVE, "Monday")
    assert fact.details == {"payload": "day:1"}


def test_a_quote_names_the_quoted_message() -> None:
    fact = only(messaging(message(text="This", reply_to={"mid": "m_0"})))
    assert fact.quoted_platform_id == "m_0"


def test_an_echo_brings_back_our_own_id() -> None:
    body = {
        "mid": "m_2",
        "text": "Yes",
        "is_echo": True,
        "app_id": 17,
        "metadata": "our-id",
    }
    echo = {**event(message=body), "sender": {"id": PAGE}, "recipient": {"id": CUSTOMER}}
    fact = only(messaging(echo))
    assert isinstance(fact, IncomingEcho)
    assert (fact.key, fact.text, fact.opaque_id) == ("m_2", "Yes", "our-id")
    assert fact.customer.platform_customer_id == CUSTOMER


def test_an_echo_of_another_app_has_no_id_of_ours() -> None:
    body = {"mid": "m_2", "text": "Yes", "is_echo": True}
    echo = {**event(message=body), "sender": {"id": PAGE}, "recipient": {"id": CUSTOMER}}
    fact = only(messaging(echo))
    assert isinstance(fact, IncomingEcho)
    assert fact.opaque_id is None


def test_another_apps_thread_is_read_like_ours() -> None:
    fact = only(messaging(message(text="Hi"), under="standby"))
    assert isinstance(fact, IncomingMessage)


@pytest.mark.parametrize("watermark", [SECONDS * 1000, str(SECONDS * 1000)])
def test_a_delivery_names_messages_and_a_moment(watermark: int | str) -> None:
    body = {"mids": ["m_2", "m_3"], "watermark": watermark}
    first, second, mark = read(messaging(event(delivery=body)))
    assert isinstance(first, IncomingStatus)
    assert (first.key, first.state) == ("m_2", DeliveryState.DELIVERED)
    assert second.key == "m_3"
    assert isinstance(mark, IncomingDeliveryMark)
    assert (mark.customer_id, mark.at.timestamp()) == (CUSTOMER, SECONDS)


def test_a_read_mark_speaks_of_a_customer_and_a_moment() -> None:
    fact = only(messaging(event(read={"watermark": SECONDS * 1000})))
    assert isinstance(fact, IncomingReadMark)
    assert (fact.customer_id, fact.platform_message_id) == (CUSTOMER, None)
    assert fact.at.timestamp() == SECONDS


def test_two_marks_of_one_customer_are_two_facts() -> None:
    first, second = read(
        messaging(
            event(read={"watermark": SECONDS * 1000}),
            event(read={"watermark": SECONDS * 1000 + 1}),
        )
    )
    assert (first.key, first.sub) != (second.key, second.sub)


@pytest.mark.parametrize("number", [2, "2"])
def test_an_edit_brings_the_later_text(number: int | str) -> None:
    body = {"mid": "m_1", "text": "Later", "num_edit": number}
    fact = only(messaging(event(message_edit=body)))
    assert isinstance(fact, IncomingEdit)
    assert (fact.target_id, fact.text, fact.sub) == ("m_1", "Later", "2")


def test_a_message_taken_back_is_a_deletion() -> None:
    fact = only(messaging(message(is_deleted=True)))
    assert isinstance(fact, IncomingDeletion)
    assert fact.target_id == "m_1"


def test_a_reaction_is_put_and_taken_away() -> None:
    put = {"mid": "m_2", "action": "react", "reaction": "love", "emoji": "❤️"}
    bare = {"mid": "m_2", "action": "react", "reaction": "wow"}
    away = {"mid": "m_2", "action": "unreact"}
    loved, wondered, gone = read(
        messaging(*(event(reaction=body) for body in (put, bare, away)))
    )
    assert isinstance(loved, IncomingReaction)
    assert [one.emoji for one in (loved, wondered, gone)] == ["❤️", "😮", ""]  # type: ignore[attr-defined]


def test_the_pages_own_reaction_is_not_taken_for_the_customers() -> None:
    body = {"mid": "m_1", "action": "react", "emoji": "❤️"}
    ours = {**event(reaction=body), "sender": {"id": PAGE}, "recipient": {"id": CUSTOMER}}
    assert only(messaging(ours)).kind == "own_reaction"


def test_a_pressed_button_is_a_message_with_or_without_an_id() -> None:
    named = {"mid": "m_5", "title": "Start", "payload": "START"}
    bare = {"title": "Start", "payload": "START", "referral": {"ref": "poster"}}
    with_id, without = read(messaging(event(postback=named), event(postback=bare)))
    assert isinstance(with_id, IncomingMessage)
    assert (with_id.key, with_id.type) == ("m_5", MessageType.POSTBACK)
    assert isinstance(without, IncomingMessage)
    assert without.details == {"payload": "START", "referral": "poster"}
    assert without.key == read(messaging(event(postback=bare)))[0].key


def test_a_button_pressed_by_somebody_without_an_id_is_kept() -> None:
    plugin = {**event(postback={"payload": "START"}), "sender": {"user_ref": "ref-1"}}
    assert isinstance(only(messaging(plugin)), IncomingOther)


@pytest.mark.parametrize(
    "kind",
    [
        "referral",
        "optin",
        "pass_thread_control",
        "take_thread_control",
        "request_thread_control",
    ],
)
def test_what_we_have_no_use_for_is_kept_under_its_name(kind: str) -> None:
    fact = only(messaging(event(**{kind: {"metadata": "x"}})))
    assert isinstance(fact, IncomingOther)
    assert (fact.kind, fact.account_id) == (kind, PAGE)


@pytest.mark.parametrize(
    ("action", "weight"),
    [
        ("block", NoticeWeight.STOPPED),
        ("unblock", NoticeWeight.INFO),
        ("warning", NoticeWeight.WARNING),
    ],
)
def test_facebooks_verdict_on_a_page_is_a_notice(action: str, weight: NoticeWeight) -> None:
    body = {
        "recipient": {"id": PAGE},
        "timestamp": SECONDS * 1000,
        "policy-enforcement": {"action": action, "reason": "Spam was seen."},
    }
    fact = only(messaging(body))
    assert isinstance(fact, IncomingNotice)
    assert (fact.kind, fact.weight) == ("policy_enforcement", weight)
    assert fact.title.endswith("Spam was seen.")


def test_the_dashboards_test_button_is_no_customer() -> None:
    payload = messaging(message(text="TEST_MESSAGE"))
    payload["entry"][0]["id"] = "0"
    assert only(payload).kind == "dashboard_test"
