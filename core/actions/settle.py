"""Settle an outbox item, and the bubble it carries, by what a platform reports.

Used by every road a report can take: the answer to the send itself, a status webhook,
an echo, a look into the platform's own history. States only rise; a report that says
less than we know is ignored.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from core.domain.ids import ConversationId
from core.domain.incoming import IncomingStatus
from core.domain.message import DeliveryState, raised
from core.domain.outbox import NEXT, OutboxState
from core.notices import NoticeKind
from core.store import decisions, marks, messages, settlements
from core.store.messages import Located, WaitingUpdate
from core.store.outbox import Failure
from core.store.pool import Unit
from core.store.settlements import Standing

_REPORTED = {
    DeliveryState.ACCEPTED: OutboxState.ACCEPTED,
    DeliveryState.DELIVERED: OutboxState.DELIVERED,
    DeliveryState.READ: OutboxState.READ,
    DeliveryState.FAILED: OutboxState.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a platform says about one message of ours."""

    platform_id: str
    state: DeliveryState
    at: datetime
    opaque_id: str | None = None
    code: str | None = None
    title: str | None = None

    @classmethod
    def arrived_at_platform(cls, platform_id: str, at: datetime) -> Self:
        """Return the report an echo amounts to."""
        return cls(platform_id=platform_id, state=DeliveryState.ACCEPTED, at=at)

    @classmethod
    def read(cls, platform_id: str, at: datetime) -> Self:
        """Return the report a read mark amounts to."""
        return cls(platform_id=platform_id, state=DeliveryState.READ, at=at)

    @classmethod
    def from_waiting(cls, platform_id: str, update: WaitingUpdate) -> Self:
        """Return a report that waited for its message."""
        return cls(
            platform_id=platform_id,
            state=DeliveryState(update.payload["state"]),
            at=update.at,
            opaque_id=update.payload["opaque_id"],
            code=update.payload["code"],
            title=update.payload["title"],
        )

    def waiting(self) -> WaitingUpdate:
        """Return the form in which this report waits for its message."""
        payload = {
            "state": self.state,
            "opaque_id": self.opaque_id,
            "code": self.code,
            "title": self.title,
        }
        return WaitingUpdate(kind="status", payload=payload, at=self.at)


def report_of(status: IncomingStatus) -> Report:
    """Return the report in a status webhook."""
    return Report(
        platform_id=status.key,
        state=status.state,
        at=status.at,
        opaque_id=status.opaque_id,
        code=status.error_code,
        title=status.error_title,
    )


async def report(unit: Unit, standing: Standing, said: Report) -> None:
    """Raise a locked item and its message, if it has one, to what a platform reports."""
    reported = _REPORTED[said.state]
    if reported in NEXT[standing.state]:
        why = Failure(code=said.code, title=said.title or "") if said.code else None
        await settlements.settle(
            unit, standing.id, reported, platform_id=said.platform_id, why=why
        )
    if standing.message_id is None:
        return
    await messages.set_platform_id(unit, standing.message_id, said.platform_id)
    current = await messages.delivery_of(unit, standing.message_id)
    await _raise(unit, standing.conversation_id, current, said)
    await marks.repeat(unit, standing.conversation_id, standing.marks)


async def raise_message(unit: Unit, message: Located, said: Report) -> None:
    """Raise a message that no item of ours carries (typed in the platform's app)."""
    await _raise(unit, message.conversation_id, message, said)


async def _raise(
    unit: Unit, conversation: ConversationId, message: Located, said: Report
) -> None:
    current = message.delivery or DeliveryState.QUEUED
    state = raised(current, said.state)
    if state is current:
        return
    await messages.set_delivery(unit, message.id, state, at=said.at, failure=said.title)
    await unit.publish(NoticeKind.MESSAGE_CHANGED, conversation)


async def close_draft(unit: Unit, conversation: ConversationId) -> None:
    """Withdraw the suggestion of a conversation that was answered another way."""
    if await decisions.supersede_drafts(unit, conversation):
        await unit.publish(NoticeKind.DRAFT_SETTLED, conversation)
