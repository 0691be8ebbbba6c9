"""Read how far our messages have come, and what a failure says about the whole account."""

from collections.abc import Mapping
from typing import Any, Final

from core.domain.incoming import Incoming, IncomingNotice, IncomingStatus, NoticeWeight
from core.domain.message import DeliveryState
from core.domain.outbox import AnswerClass
from core.platforms.meta.envelope import other
from core.platforms.untyped import (
    Unreadable,
    identifier,
    items,
    moment,
    optional_words,
    required,
    section,
    words,
)
from core.platforms.whatsapp.limits import ERRORS

_STATES: Final = {
    "sent": DeliveryState.ACCEPTED,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "played": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}
_CODE_DIGITS: Final = 9


def read_status(account_id: str, raw: Mapping[str, Any]) -> Incoming:
    """Return a status of a message; one of a call, or one we do not know, is kept aside."""
    state = _STATES.get(words(raw.get("status")))
    if state is None or raw.get("type") == "call":
        return other(f"status_{words(raw.get('status'))}", raw, account_id=account_id)
    if not account_id:
        raise Unreadable("phone_number_id")
    recipient = identifier(raw.get("recipient_id")) or identifier(
        raw.get("recipient_user_id")
    )
    error = next(map(section, items(raw.get("errors"))), section(None))
    # A message to a group has one status per participant.
    participant = identifier(raw.get("recipient_participant_id")) or recipient or ""
    return IncomingStatus(
        account_id=account_id,
        key=required(raw.get("id"), "id"),
        at=moment(raw.get("timestamp")),
        raw=raw,
        sub=f"{words(raw.get('status'))}:{participant}",
        state=state,
        customer_id=recipient,
        opaque_id=identifier(raw.get("biz_opaque_callback_data")),
        error_code=identifier(error.get("code")),
        error_title=optional_words(error.get("title"))
        or optional_words(error.get("message")),
    )


def stop_in(fact: Incoming) -> IncomingNotice | None:
    """Return what a failure says about the whole account, None if it is about one message.

    An unpaid bill or a blocked number is often told in a status, after the send was taken.
    """
    code = fact.error_code or "" if isinstance(fact, IncomingStatus) else ""
    if not (code.isascii() and code.isdigit()) or len(code) > _CODE_DIGITS:
        return None
    if ERRORS.meaning(int(code), None) is not AnswerClass.PERSON:
        return None
    title = fact.error_title if isinstance(fact, IncomingStatus) else None
    return IncomingNotice(
        account_id=fact.account_id,
        key=f"{fact.key}:{code}",
        at=fact.at,
        raw=fact.raw,
        kind="send_failed",
        weight=NoticeWeight.STOPPED,
        title=title or f"WhatsApp refuses our messages ({code}).",
    )
