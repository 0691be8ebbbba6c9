"""Who customers are on WhatsApp, who they become, and when they call."""

from typing import Any

import pytest

from core.domain.incoming import (
    IncomingMessage,
    IncomingOther,
    IncomingRenaming,
)
from core.domain.message import MessageType
from tests.platforms.test_whatsapp_inbound import PHONE, body, message, one, said


def renamed(system: dict[str, Any], **more: Any) -> IncomingRenaming:
    raw = message("system", system, **more)
    if more.get("from") is None and "from" in more:
        del raw["from"]
    fact = one(body(messages=[raw]))
    assert isinstance(fact, IncomingRenaming)
    return fact


@pytest.mark.parametrize("name", ["wa_id", "new_wa_id"])
def test_a_changed_number_is_the_same_customer_under_another_id(name: str) -> None:
    fact = renamed({"type": "user_changed_number", "body": "Moved", name: "44"})
    assert (fact.customer.platform_customer_id, fact.new_id) == (PHONE, "44")
    assert fact.note == "Moved"


def test_a_changed_user_id_without_a_number_is_found_in_the_words() -> None:
    words = "User Kim changed from US.11 to US.22"
    system = {"type": "user_changed_user_id", "user_id": "US.22", "body": words}
    fact = renamed(system, **{"from": None})
    assert (fact.customer.platform_customer_id, fact.new_id) == ("US.11", "US.22")


def test_a_changed_user_id_may_name_the_one_before() -> None:
    system = {
        "type": "user_changed_user_id",
        "user_id": "US.22",
        "previous_user_id": "US.11",
    }
    fact = renamed(system, **{"from": None})
    assert (fact.customer.platform_customer_id, fact.new_id) == ("US.11", "US.22")
    assert renamed(system).customer.other_ids == ("US.11",)


@pytest.mark.parametrize(
    "system",
    [
        {"type": "user_changed_number", "body": "Moved"},
        {"type": "user_changed_user_id", "user_id": "US.2", "body": "changed"},
    ],
)
def test_a_change_that_names_half_of_it_is_kept_as_unreadable(
    system: dict[str, Any],
) -> None:
    raw = message("system", system)
    if "user_id" in system:
        del raw["from"]
    fact = one(body(messages=[raw]))
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "unreadable"


def test_another_remark_of_the_platform_is_shown_in_the_thread() -> None:
    system = {"type": "customer_identity_changed", "body": "New phone, same person"}
    fact = said("system", system, identity={"hash": "x"})
    assert (fact.type, fact.text) == (MessageType.SYSTEM, "New phone, same person")
    assert fact.details == {"event": "customer_identity_changed"}


@pytest.mark.parametrize(
    "raw",
    [
        {"wa_id": PHONE, "user_id": {"previous": "US.1", "current": "US.2"}},
        {"previous": "US.1", "current": "US.2"},
    ],
)
def test_a_user_id_update_names_both(raw: dict[str, Any]) -> None:
    fact = one(body(field="user_id_update", user_id_update=[{**raw, "timestamp": "1789"}]))
    assert isinstance(fact, IncomingRenaming)
    assert (fact.customer.platform_customer_id, fact.new_id) == ("US.1", "US.2")
    assert (fact.account_id, fact.note) == ("110", "")


def test_what_is_said_in_a_group_is_said_by_the_group() -> None:
    contacts = [{"profile": {"name": "Ann"}, "wa_id": PHONE}]
    raw = message("text", {"body": "hi all"}, group_id="Y2FwaV9n")
    fact = one(body(contacts=contacts, messages=[raw]))
    assert isinstance(fact, IncomingMessage)
    assert fact.sender.platform_customer_id == "Y2FwaV9n"
    assert (fact.sender.name, fact.sender.phone_number) == (None, None)
    assert fact.details == {"group": True, "author": "Ann"}


def called(**more: Any) -> dict[str, Any]:
    call = {"id": "wacid.1", "from": PHONE, "to": "33199", "timestamp": "1789012345"}
    return body(field="calls", calls=[{**call, **more}])


def test_a_call_is_a_message_and_its_end_is_the_same_one() -> None:
    rung = one(called(event="connect", direction="USER_INITIATED"))
    over = one(called(event="terminate", status="COMPLETED", duration=33))
    assert isinstance(rung, IncomingMessage)
    assert isinstance(over, IncomingMessage)
    assert (rung.type, rung.key, rung.sub) == (MessageType.CALL, "wacid.1", "connect")
    assert (over.key, over.sub) == ("wacid.1", "terminate")
    assert over.details == {"event": "terminate", "status": "completed", "seconds": "33"}
    assert rung.sender.platform_customer_id == PHONE


def test_a_call_of_ours_and_how_it_rings_are_kept_aside() -> None:
    ours = one(called(event="connect", direction="BUSINESS_INITIATED"))
    rings = {"id": "wacid.1", "type": "call", "status": "RINGING"}
    status = one(body(field="calls", statuses=[rings]))
    assert isinstance(ours, IncomingOther)
    assert isinstance(status, IncomingOther)
    assert (ours.kind, status.kind) == ("call_made", "call_status")
