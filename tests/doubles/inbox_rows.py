"""Conversations of a small café, for panes that only need something to show."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.domain.channel import AssistantMode, Channel, ChannelStatus, PlatformName
from core.domain.customer import Customer
from core.domain.decision import Citation, Decision, EscalationReason, OpenDraft
from core.domain.ids import (
    ChannelId,
    ConversationId,
    CustomerId,
    DecisionId,
    DraftId,
    EscalationId,
    MessageId,
    TenantId,
)
from core.domain.message import Direction, Message, MessageType, Origin
from core.domain.text_unit import TextUnit
from core.queries.conversation import ConversationDetail, DecisionRow
from core.queries.escalations import EscalationRow
from core.queries.inbox import InboxRow
from tests.doubles.fake_bridge import NOON

NAMES = ("Élodie Marchand", "Karim Haddad", "Julie Moreau", "Tom Becker", "Nour El-Amin")
CHANNEL = ChannelId(UUID(int=7))
CITATION = Citation(
    title="Delivery", name="delivery.md", quote="Orders leave within two working days."
)


def conversation_id(number: int) -> ConversationId:
    return ConversationId(UUID(int=1000 + number))


def message_id(number: int) -> MessageId:
    return MessageId(UUID(int=5000 + number))


def a_row(number: int = 0, **changes: Any) -> InboxRow:
    row = InboxRow(
        id=conversation_id(number),
        channel_id=CHANNEL,
        platform=PlatformName.WHATSAPP,
        customer_name=NAMES[number % len(NAMES)],
        username=None,
        status="active",
        last_message_at=NOON - timedelta(minutes=10 * number),
        preview="When does my order arrive?",
        last_direction=Direction.INBOUND,
        unread_count=0,
        assistant_state=None,
        window_ends_at=NOON + timedelta(hours=5),
        assignee_id=None,
        assignee_name=None,
        snoozed_until=None,
        has_failed=False,
        labels=(),
    )
    return replace(row, **changes)


def a_message(number: int = 0, **changes: Any) -> Message:
    message = Message(
        id=message_id(number),
        conversation_id=conversation_id(0),
        direction=Direction.INBOUND,
        origin=Origin.CUSTOMER,
        type=MessageType.TEXT,
        text=f"Message number {number}",
        at=NOON - timedelta(minutes=60 - number),
    )
    return replace(message, **changes)


def a_draft(**changes: Any) -> OpenDraft:
    draft = OpenDraft(
        id=DraftId(UUID(int=31)),
        conversation_id=conversation_id(0),
        decision_id=DecisionId(UUID(int=32)),
        text="Your order leaves tomorrow.",
        citations=(CITATION,),
        confidence=0.71,
        threshold=0.8,
        epoch=1,
        newest_inbound_id=message_id(0),
        created_at=NOON,
    )
    return replace(draft, **changes)


def a_decision(**changes: Any) -> DecisionRow:
    decision = DecisionRow(
        id=DecisionId(UUID(int=33)),
        decision=Decision.RESPOND,
        confidence=0.93,
        reason="The delivery page answers it.",
        matched_rule=None,
        created_at=NOON,
        citations=(CITATION,),
    )
    return replace(decision, **changes)


def an_escalation(number: int = 0, **changes: Any) -> EscalationRow:
    row = EscalationRow(
        id=EscalationId(UUID(int=2000 + number)),
        conversation_id=conversation_id(number),
        customer_name=NAMES[number % len(NAMES)],
        platform=PlatformName.INSTAGRAM,
        reason=EscalationReason.CUSTOMER_REQUEST,
        status="open",
        summary="Wants to speak to somebody about a damaged grinder.",
        notes="",
        last_message_preview="Can I talk to a person?",
        assigned_to=None,
        assigned_name=None,
        created_at=NOON - timedelta(minutes=30 * (number + 1)),
        waiting_since=NOON - timedelta(minutes=30 * (number + 1)),
        confidence=0.4,
    )
    return replace(row, **changes)


def a_detail(number: int = 0, **changes: Any) -> ConversationDetail:
    customer = Customer(
        id=CustomerId(UUID(int=41)),
        channel_id=CHANNEL,
        platform_customer_id="33612345678",
        name=NAMES[number % len(NAMES)],
        username=None,
        phone_number="+33612345678",
    )
    channel = Channel(
        id=CHANNEL,
        tenant=TenantId(UUID(int=1)),
        platform=PlatformName.WHATSAPP,
        account_id="1",
        account_name="Café",
        status=ChannelStatus.ACTIVE,
        assistant_mode=AssistantMode.AUTO,
    )
    detail = ConversationDetail(
        id=conversation_id(number),
        customer=customer,
        channel=channel,
        status="active",
        assignee_id=None,
        assignee_name=None,
        window_ends_at=NOON + timedelta(hours=5),
        text_limit=4096,
        text_limit_unit=TextUnit.CHARS,
        can_reply=True,
        cannot_reply_reason="",
        assistant_paused=False,
        assistant_state=None,
        epoch=1,
        draft=None,
        escalation=None,
        last_decision=None,
        notes=(),
        composer_text="",
        customer_since=NOON - timedelta(days=400),
        message_count=3,
    )
    return replace(detail, **changes)
