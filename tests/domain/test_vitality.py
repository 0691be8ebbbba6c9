from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain import renewal
from core.domain.channel import ChannelStatus
from core.domain.scopes import Use, use_of, uses_of
from core.domain.vitality import Ailment, Gap, Vitals, ailment, remedy

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
WELL = Vitals(
    looked_at=NOW,
    subscribed=True,
    reachable=True,
    last_inbound_at=NOW - timedelta(minutes=3),
)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Ailment.WELL),
        ({"last_inbound_at": None}, Ailment.WAITING),
        ({"looked_at": None}, Ailment.NOT_LOOKED),
        ({"trouble": "away"}, Ailment.TROUBLE),
        ({"expires_at": NOW + DAY}, Ailment.EXPIRES_SOON),
        ({"expires_at": NOW + DAY, "is_renewed": True}, Ailment.WELL),
        ({"usual_silence": DAY, "last_inbound_at": NOW - 3 * DAY}, Ailment.SILENT),
        ({"usual_silence": DAY, "last_inbound_at": NOW - 1.5 * DAY}, Ailment.WELL),
        (
            {
                "usual_silence": timedelta(hours=1),
                "last_inbound_at": NOW - timedelta(hours=9),
            },
            Ailment.WELL,
        ),
        ({"gap": Gap(from_at=NOW - DAY, to_at=NOW)}, Ailment.GAP),
        ({"missed_at": NOW}, Ailment.WEBHOOKS_DEAD),
        ({"missed_at": NOW - timedelta(hours=1)}, Ailment.WELL),
        ({"reachable": False}, Ailment.UNREACHABLE),
        ({"subscribed": False}, Ailment.NOT_SUBSCRIBED),
        ({"missing_fields": ("messages",)}, Ailment.NOT_SUBSCRIBED),
        ({"paused_reason": "by hand"}, Ailment.PAUSED),
        ({"missing_scopes": ("dm.read",)}, Ailment.SCOPE_MISSING),
        ({"status": ChannelStatus.EXPIRED, "paused_reason": "x"}, Ailment.SIGNED_OUT),
        ({"status": ChannelStatus.REVOKED}, Ailment.REVOKED),
    ],
)
def test_the_most_pressing_thing_is_said(change: dict[str, Any], expected: Ailment) -> None:
    assert ailment(replace(WELL, **change), NOW) is expected


def test_every_ailment_has_one_thing_to_do() -> None:
    for each in Ailment:
        assert remedy(each)


@pytest.mark.parametrize(
    ("life", "left"),
    [
        (timedelta(days=60), timedelta(days=20)),
        (timedelta(days=10), timedelta(days=20 / 3)),
        (timedelta(hours=2), timedelta(minutes=40)),
        (timedelta(minutes=45), timedelta(minutes=20)),
        (timedelta(minutes=3), timedelta(minutes=2)),
    ],
)
def test_a_token_is_renewed_well_ahead_but_not_without_pause(
    life: timedelta, left: timedelta
) -> None:
    due = renewal.due_at(NOW + life, NOW, NOW)
    assert due is not None
    assert abs(NOW + life - due - left) < timedelta(seconds=1)
    assert due > NOW


def test_a_token_without_end_is_never_renewed() -> None:
    assert renewal.due_at(None, NOW, NOW) is None


@pytest.mark.parametrize(
    ("scope", "use"),
    [
        ("whatsapp_business_messaging", Use.MESSAGES),
        ("instagram_business_manage_messages", Use.MESSAGES),
        ("instagram_business_manage_comments", Use.COMMENTS),
        ("instagram_business_content_publish", Use.PUBLISHING),
        ("pages_messaging", Use.MESSAGES),
        ("pages_manage_posts", Use.PUBLISHING),
        ("pages_manage_metadata", Use.EVENTS),
        ("pages_read_user_content", Use.COMMENTS),
        ("pages_show_list", Use.ACCOUNT),
        ("dm.write", Use.MESSAGES),
        ("tweet.write", Use.PUBLISHING),
        ("tweet.moderate.write", Use.COMMENTS),
        ("offline.access", Use.STAYING),
        ("w_organization_social", Use.PUBLISHING),
        ("w_organization_social_feed", Use.COMMENTS),
    ],
)
def test_a_permission_is_named_by_what_it_is_for(scope: str, use: Use) -> None:
    assert use_of(scope) is use


def test_uses_are_named_once_the_most_missed_first() -> None:
    scopes = ("pages_show_list", "dm.read", "dm.write")
    assert uses_of(scopes) == (Use.MESSAGES, Use.ACCOUNT)
