"""What WhatsApp says about our own account."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.domain.incoming import (
    Incoming,
    IncomingNotice,
    IncomingOther,
    IncomingTemplate,
    NoticeWeight,
)
from core.platforms.whatsapp.inbound import read

STOPPED, SIGNED_OUT = NoticeWeight.STOPPED, NoticeWeight.SIGNED_OUT
WARNING, INFO = NoticeWeight.WARNING, NoticeWeight.INFO


def told(field: str, value: Mapping[str, Any], *, time: Any = 1789012345) -> Incoming:
    change = {"field": field, "value": dict(value)}
    entry = {"id": "102", "time": time, "changes": [change]}
    [fact] = read({"object": "whatsapp_business_account", "entry": [entry]})
    return fact


def noticed(field: str, value: Mapping[str, Any]) -> IncomingNotice:
    fact = told(field, value)
    assert isinstance(fact, IncomingNotice)
    assert (fact.account_id, fact.kind) == ("102", field)
    return fact


@pytest.mark.parametrize(
    ("value", "weight"),
    [
        ({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, STOPPED),
        (
            {
                "event": "DISABLED_UPDATE",
                "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"},
            },
            WARNING,
        ),
        (
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
            INFO,
        ),
        ({"event": "DISABLED_UPDATE"}, STOPPED),
        (
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_MESSAGES"}],
            },
            STOPPED,
        ),
        (
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "X"}},
            WARNING,
        ),
        ({"event": "PARTNER_REMOVED"}, SIGNED_OUT),
        ({"event": "PARTNER_APP_UNINSTALLED"}, SIGNED_OUT),
        ({"event": "ACCOUNT_OFFBOARDED"}, SIGNED_OUT),
        ({"event": "ACCOUNT_DELETED"}, SIGNED_OUT),
        ({"event": "VERIFIED_ACCOUNT"}, INFO),
        ({"event": 5}, INFO),
    ],
)
def test_an_account_update_is_weighed(
    value: Mapping[str, Any], weight: NoticeWeight
) -> None:
    assert noticed("account_update", value).weight is weight


def test_a_removed_number_is_named() -> None:
    value = {"event": "PHONE_NUMBER_REMOVED", "phone_number": "33 6 39"}
    fact = noticed("account_update", value)
    assert (fact.number, fact.weight) == ("33639", SIGNED_OUT)
    assert fact.title.startswith("+33639: ")


@pytest.mark.parametrize(
    ("event", "weight"),
    [("FLAGGED", WARNING), ("DOWNGRADE", WARNING), ("UNFLAGGED", INFO), ("UPGRADE", INFO)],
)
def test_a_number_has_a_quality(event: str, weight: NoticeWeight) -> None:
    value = {
        "display_phone_number": "33639980042",
        "event": event,
        "current_limit": "TIER_1K",
    }
    fact = noticed("phone_number_quality_update", value)
    assert (fact.weight, fact.number) == (weight, "33639980042")
    assert "TIER_1K" in fact.title


@pytest.mark.parametrize(
    ("field", "value", "weight"),
    [
        ("account_review_update", {"decision": "REJECTED"}, WARNING),
        ("account_review_update", {"decision": "APPROVED"}, INFO),
        ("phone_number_name_update", {"decision": "DECLINED"}, WARNING),
        ("security", {"event": "PIN_CHANGED"}, WARNING),
        ("account_alerts", {"alert_info": {"alert_severity": "CRITICAL"}}, WARNING),
        ("account_alerts", {"alert_severity": "INFORMATIONAL"}, INFO),
        ("business_capability_update", {"max_daily_conversation_per_phone": 9}, INFO),
    ],
)
def test_other_news_of_the_account_is_weighed(
    field: str, value: Mapping[str, Any], weight: NoticeWeight
) -> None:
    fact = noticed(field, value)
    assert fact.weight is weight
    assert fact.title


TEMPLATE = {
    "message_template_id": 7,
    "message_template_name": "order_ready",
    "message_template_language": "fr",
}


@pytest.mark.parametrize(
    ("field", "value", "status", "reason"),
    [
        ("message_template_status_update", {"event": "APPROVED"}, "APPROVED", ""),
        (
            "message_template_status_update",
            {"event": "REJECTED", "reason": "INVALID_FORMAT"},
            "REJECTED",
            "INVALID_FORMAT",
        ),
        (
            "message_template_status_update",
            {"event": "PAUSED", "reason": "NONE", "other_info": {"description": "Rests"}},
            "PAUSED",
            "Rests",
        ),
        ("message_template_quality_update", {"new_quality_score": "RED"}, "", "RED"),
        ("template_category_update", {"new_category": "MARKETING"}, "", "MARKETING"),
        ("message_template_components_update", {}, "", ""),
    ],
)
def test_a_template_has_news(
    field: str, value: Mapping[str, Any], status: str, reason: str
) -> None:
    fact = told(field, {**TEMPLATE, **value})
    assert isinstance(fact, IncomingTemplate)
    assert (fact.name, fact.language) == ("order_ready", "fr")
    assert (fact.status, fact.reason) == (status, reason)


def test_the_same_news_on_another_day_is_news() -> None:
    value = {"event": "FLAGGED", "display_phone_number": "33"}
    first = told("phone_number_quality_update", value)
    again = told("phone_number_quality_update", value)
    later = told("phone_number_quality_update", value, time=1789099999)
    assert first.key == again.key
    assert first.key != later.key


@pytest.mark.parametrize("value", [{}, {"message_template_name": {}}])
def test_a_template_without_a_name_is_kept_as_it_came(value: Mapping[str, Any]) -> None:
    fact = told("message_template_status_update", value)
    assert isinstance(fact, IncomingOther)
    assert fact.kind == "message_template_status_update"
