from typing import Any

import pytest

from core.domain.errors import BadPayload
from core.domain.incoming import (
    Incoming,
    IncomingDeletion,
    IncomingEcho,
    IncomingEdit,
    IncomingMessage,
    IncomingNotice,
    IncomingOther,
    IncomingReaction,
    IncomingStatus,
    NoticeWeight,
)
from core.domain.message import DeliveryState
from core.platforms.base import UNDATED
from core.platforms.whatsapp.inbound import read

PHONE = "33644001122"


def envelope(*changes: Any) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "9", "changes": [*changes]}],
    }


def body(*, field: str = "messages", **news: Any) -> dict[str, Any]:
    value = {"metadata": {"phone_number_id": "110"}, **news}
    payload = envelope()
    payload["entry"][0]["changes"] = [{"field": field, "value": value}]
    return payload


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    base = {"id": "wamid.1", "from": PHONE, "timestamp": "1789012345", "type": kind}
    return {**base, kind: content, **more}


def one(payload: Any) -> Incoming:
    [fact] = read(payload)
    return fact


def said(kind: str, content: Any = None, **more: Any) -> IncomingMessage:
    fact = one(body(messages=[message(kind, content, **more)]))
    assert isinstance(fact, IncomingMessage)
    return fact


def test_a_reply_quotes_and_a_forward_does_not() -> None:
    context = {"from": "33199", "id": "wamid.0"}
    assert said("text", {"body": "x"}, context=context).quoted_platform_id == "wamid.0"
    assert (
        said("text", {"body": "x"}, context={"forwarded": True}).quoted_platform_id is None
    )


def test_a_customer_is_who_the_message_is_from_not_the_card() -> None:
    contacts = [{"profile": {"name": "Rui", "username": "rui"}, "wa_id": "5511900000000"}]
    fact = one(body(contacts=contacts, messages=[message("text", {"body": "oi"})]))
    assert isinstance(fact, IncomingMessage)
    assert fact.sender.platform_customer_id == PHONE
    assert fact.sender.phone_number == "+" + PHONE
    assert (fact.sender.name, fact.sender.username) == ("Rui", "rui")
    assert fact.sender.other_ids == ("5511900000000",)


def test_without_a_phone_number_the_user_id_is_the_customer() -> None:
    raw = message(
        "text", {"body": "hi"}, from_user_id="US.123", from_parent_user_id="US.ENT.9"
    )
    del raw["from"]
    contacts = [
        {"profile": {"name": "Other"}, "user_id": "US.999"},
        {"profile": {"name": "Kim"}, "user_id": "US.123"},
    ]
    fact = one(body(contacts=contacts, messages=[raw]))
    assert isinstance(fact, IncomingMessage)
    assert fact.sender.platform_customer_id == "US.123"
    assert fact.sender.phone_number is None
    assert fact.sender.name == "Kim"
    assert fact.sender.other_ids == ("US.ENT.9",)


def test_both_names_of_a_customer_travel_together() -> None:
    sender = said("text", {"body": "hi"}, from_user_id="US.123").sender
    assert (sender.platform_customer_id, sender.other_ids) == (PHONE, ("US.123",))


def test_several_messages_keep_their_own_senders() -> None:
    contacts = [
        {"profile": {"name": "Ann"}, "wa_id": "1"},
        {"profile": {"name": "Bob"}, "wa_id": "2"},
    ]
    raws = [message("text", {"body": "b"}, **{"from": "2"}), message("text", {"body": "?"})]
    first, second = read(body(contacts=contacts, messages=raws))
    assert isinstance(first, IncomingMessage)
    assert isinstance(second, IncomingMessage)
    assert (first.sender.name, second.sender.name) == ("Bob", None)


def test_an_edit_names_its_target_and_its_new_words() -> None:
    changed = {"type": "text", "text": {"body": "new"}}
    edit = {"original_message_id": "wamid.0", "message": changed}
    fact = one(body(messages=[message("edit", edit)]))
    assert isinstance(fact, IncomingEdit)
    assert (fact.target_id, fact.text) == ("wamid.0", "new")


def test_a_new_caption_is_an_edit() -> None:
    changed = {"type": "image", "image": {"id": "7", "caption": "new"}}
    edit = {"original_message_id": "wamid.0", "message": changed}
    fact = one(body(messages=[message("edit", edit)]))
    assert isinstance(fact, IncomingEdit)
    assert fact.text == "new"


def test_a_revoked_message_is_deleted() -> None:
    fact = one(body(messages=[message("revoke", {"original_message_id": "wamid.0"})]))
    assert isinstance(fact, IncomingDeletion)
    assert fact.target_id == "wamid.0"


@pytest.mark.parametrize("content", [{}, {"emoji": ""}, {"emoji": None}])
def test_a_reaction_without_emoji_is_taken_back(content: dict[str, Any]) -> None:
    fact = one(body(messages=[message("reaction", {"message_id": "wamid.0", **content})]))
    assert isinstance(fact, IncomingReaction)
    assert (fact.target_id, fact.emoji) == ("wamid.0", "")


def test_a_reaction_is_put_on_a_message() -> None:
    reaction = {"message_id": "wamid.0", "emoji": "👍"}
    fact = one(body(messages=[message("reaction", reaction)]))
    assert isinstance(fact, IncomingReaction)
    assert (fact.emoji, fact.sender.platform_customer_id) == ("👍", PHONE)


def test_opening_a_chat_creates_nothing() -> None:
    raw = {"from": PHONE, "timestamp": "1789012345", "type": "request_welcome"}
    fact = one(body(messages=[raw]))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "request_welcome"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("sent", DeliveryState.ACCEPTED),
        ("delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("played", DeliveryState.READ),
        ("failed", DeliveryState.FAILED),
    ],
)
def test_a_status_says_how_far_a_message_has_come(
    status: str, state: DeliveryState
) -> None:
    raw = {
        "id": "wamid.5",
        "status": status,
        "timestamp": "1789012345",
        "recipient_id": PHONE,
        "biz_opaque_callback_data": "our-id",
    }
    fact = one(body(statuses=[raw]))
    assert isinstance(fact, IncomingStatus)
    assert (fact.key, fact.state, fact.opaque_id) == ("wamid.5", state, "our-id")
    assert (fact.sub, fact.customer_id) == (f"{status}:{PHONE}", PHONE)


def test_a_failed_status_says_why() -> None:
    raw = {
        "id": "wamid.5",
        "status": "failed",
        "timestamp": "1",
        "recipient_user_id": "US.1",
        "errors": [{"code": 131026, "title": "Undeliverable"}],
    }
    fact = one(body(statuses=[raw]))
    assert isinstance(fact, IncomingStatus)
    assert (fact.error_code, fact.error_title) == ("131026", "Undeliverable")
    assert fact.customer_id == "US.1"


@pytest.mark.parametrize("code", [131042, 131048, 131031, 368])
def test_a_failure_of_the_whole_account_is_a_notice_as_well(code: int) -> None:
    raw = {
        "id": "wamid.5",
        "status": "failed",
        "timestamp": "1789012345",
        "recipient_id": PHONE,
        "errors": [{"code": code, "title": "Stopped"}],
    }
    status, stop = read(body(statuses=[raw]))
    assert isinstance(status, IncomingStatus)
    assert isinstance(stop, IncomingNotice)
    assert (stop.weight, stop.title) == (NoticeWeight.STOPPED, "Stopped")
    assert (stop.account_id, stop.key) == ("110", f"wamid.5:{code}")


@pytest.mark.parametrize("code", [None, "²", "9" * 5000, -1, 131026, 1.5, {}])
def test_a_failure_of_one_message_stops_nothing(code: Any) -> None:
    raw = {"id": "wamid.5", "status": "failed", "errors": [{"code": code}]}
    assert isinstance(one(body(statuses=[raw])), IncomingStatus)


@pytest.mark.parametrize(
    "raw",
    [{"status": "deleted"}, {"status": "warning"}, {"type": "call", "status": "read"}],
)
def test_a_status_of_another_kind_is_kept_aside(raw: dict[str, Any]) -> None:
    fact = one(body(statuses=[{"id": "wamid.5", **raw}]))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == f"status_{raw['status']}"


def test_what_was_typed_in_the_phones_app_is_ours() -> None:
    raw = message("text", {"body": "on my way"}, **{"from": "33199", "to": PHONE})
    fact = one(body(field="smb_message_echoes", message_echoes=[raw]))
    assert isinstance(fact, IncomingEcho)
    assert (fact.customer.platform_customer_id, fact.text) == (PHONE, "on my way")


def test_our_own_reaction_in_the_phones_app_is_ours() -> None:
    reaction = {"message_id": "wamid.0", "emoji": "👍"}
    raw = message("reaction", reaction, **{"from": "33199", "to": PHONE})
    fact = one(body(field="smb_message_echoes", message_echoes=[raw]))
    assert isinstance(fact, IncomingReaction)
    assert (fact.own, fact.sender.platform_customer_id) == (True, PHONE)


def test_an_edit_to_something_unknown_leaves_the_words() -> None:
    edit = {"original_message_id": "wamid.0", "message": {"type": "hologram"}}
    fact = one(body(messages=[message("edit", edit)]))
    assert isinstance(fact, IncomingEdit)
    assert fact.text is None


def test_our_own_deletion_in_the_phones_app_is_followed() -> None:
    raw = message("revoke", {"original_message_id": "wamid.0"}, to=PHONE)
    fact = one(body(field="smb_message_echoes", message_echoes=[raw]))
    assert isinstance(fact, IncomingDeletion)


@pytest.mark.parametrize(
    "field",
    ["user_preferences", "calls", "user_id_update", "history", "a field of next year"],
)
def test_a_field_we_have_no_use_for_is_kept_aside(field: str) -> None:
    fact = one(envelope({"field": field, "value": {"event": "x"}}))
    assert isinstance(fact, IncomingOther)
    assert (fact.kind, fact.account_id) == (field, "9")
    assert fact.raw["value"] == {"event": "x"}


def test_errors_beside_messages_are_kept_aside() -> None:
    fact = one(body(errors=[{"code": 131000}]))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "errors"


@pytest.mark.parametrize(
    "payload",
    [
        {"messages": [message("text", {"body": "hi"})], "contacts": []},
        {"statuses": [{"id": "1", "status": "deleted"}]},
        {"object": "instagram", "entry": []},
        {"object": "whatsapp_business_account", "entry": "none"},
    ],
)
def test_an_envelope_of_another_gateway_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(BadPayload):
        read(payload)


def test_a_lone_entry_and_a_lone_change_are_read_as_lists_of_one() -> None:
    payload = body(messages=[message("text", {"body": "hi"})])
    [entry] = payload["entry"]
    payload["entry"] = {**entry, "changes": entry["changes"][0]}
    assert isinstance(one(payload), IncomingMessage)


def test_an_empty_entry_says_nothing() -> None:
    assert read({"object": "whatsapp_business_account", "entry": {}}) == []


@pytest.mark.parametrize("changes", [[{}], [5], [{"field": "messages", "value": {}}]])
def test_an_empty_change_is_kept_as_unreadable(changes: list[Any]) -> None:
    fact = one(envelope(*changes))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "unreadable"


@pytest.mark.parametrize("missing", ["id", "from"])
def test_a_message_without_its_essentials_is_kept_as_unreadable(missing: str) -> None:
    raw = message("text", {"body": "hi"})
    del raw[missing]
    fact = one(body(messages=[raw]))
    assert isinstance(fact, IncomingOther)
    assert (fact.kind, fact.account_id, fact.raw) == ("unreadable", "110", raw)


def test_ids_that_arrive_as_numbers_become_strings() -> None:
    raw = message("text", {"body": "hi"}, id=12345678901234567890, **{"from": 33644001122})
    payload = body(messages=[raw])
    payload["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = 110
    fact = one(payload)
    assert isinstance(fact, IncomingMessage)
    assert (fact.account_id, fact.key) == ("110", "12345678901234567890")
    assert fact.sender.platform_customer_id == "33644001122"


@pytest.mark.parametrize("timestamp", [None, "soon", "9" * 30, -1, True, {}])
def test_a_message_without_a_readable_time_is_not_lost(timestamp: Any) -> None:
    assert said("text", {"body": "hi"}, timestamp=timestamp).at == UNDATED
