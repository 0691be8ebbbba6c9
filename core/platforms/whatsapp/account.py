"""Read what WhatsApp says about our own account: quality, restrictions, templates.

These come for the business account, not for a number, so they are addressed by its id
(`entry[].id`); one that is about a single number names it. They have no id of their own:
the time of their delivery is part of the key, since the same thing may happen twice.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.domain.incoming import (
    Incoming,
    IncomingNotice,
    IncomingRenaming,
    IncomingTemplate,
    NoticeWeight,
)
from core.platforms.meta.envelope import Change, Entry, other
from core.platforms.untyped import (
    Unreadable,
    fingerprint,
    identifier,
    items,
    moment,
    required,
    section,
    words,
)
from core.platforms.whatsapp.people import person

Raw = Mapping[str, Any]
_Weighed = tuple[NoticeWeight, str]

_TITLE_LIMIT: Final = 300

_ACCOUNT_EVENTS: Final[Mapping[str, _Weighed]] = {
    "DISABLED_UPDATE": (NoticeWeight.STOPPED, "WhatsApp has disabled the account"),
    "ACCOUNT_RESTRICTION": (NoticeWeight.STOPPED, "WhatsApp has restricted the account"),
    "ACCOUNT_DELETED": (NoticeWeight.SIGNED_OUT, "The WhatsApp account was deleted"),
    "ACCOUNT_OFFBOARDED": (NoticeWeight.SIGNED_OUT, "The number left the Cloud API"),
    "PARTNER_REMOVED": (NoticeWeight.SIGNED_OUT, "Our access was taken back"),
    "PARTNER_APP_UNINSTALLED": (NoticeWeight.SIGNED_OUT, "Our app was removed"),
    "PHONE_NUMBER_REMOVED": (NoticeWeight.SIGNED_OUT, "The number was removed"),
    "ACCOUNT_VIOLATION": (NoticeWeight.WARNING, "WhatsApp reports a policy violation"),
}
_BANS: Final[Mapping[str, _Weighed]] = {
    "DISABLE": (NoticeWeight.STOPPED, "WhatsApp has disabled the account"),
    "SCHEDULE_FOR_DISABLE": (NoticeWeight.WARNING, "WhatsApp will disable the account"),
    "REINSTATE": (NoticeWeight.INFO, "WhatsApp has reinstated the account"),
}
_QUALITY_EVENTS: Final[Mapping[str, _Weighed]] = {
    "FLAGGED": (NoticeWeight.WARNING, "The quality of the number is low"),
    "DOWNGRADE": (NoticeWeight.WARNING, "The messaging limit was lowered"),
    "UNFLAGGED": (NoticeWeight.INFO, "The quality of the number has recovered"),
    "UPGRADE": (NoticeWeight.INFO, "The messaging limit was raised"),
}
_DECISIONS: Final[Mapping[str, _Weighed]] = {
    "REJECTED": (NoticeWeight.WARNING, "WhatsApp has rejected the account"),
    "DECLINED": (NoticeWeight.WARNING, "WhatsApp has declined the name"),
    "APPROVED": (NoticeWeight.INFO, "WhatsApp has approved the request"),
}
_SEVERITIES: Final[Mapping[str, NoticeWeight]] = {
    "CRITICAL": NoticeWeight.WARNING,
    "WARNING": NoticeWeight.WARNING,
}


def read_account(entry: Entry, change: Change) -> list[Incoming] | None:
    """Return the facts of an account's change, None for a field that is none.

    What cannot be read is kept as it came.
    """
    read = _FIELDS.get(change.field)
    if read is None:
        return None
    try:
        return read(entry, change)
    except Unreadable:
        return [other(change.field, change.raw, account_id=entry.id, at=entry.at)]


def _key(entry: Entry, raw: Any) -> str:
    return fingerprint({"of": entry.id, "time": entry.raw.get("time"), "raw": raw})


def _notice(entry: Entry, change: Change, weighed: _Weighed, *more: str) -> list[Incoming]:
    number = words(change.value.get("display_phone_number")) or words(
        change.value.get("phone_number")
    )
    digits = "".join(one for one in number if one in "0123456789")
    weight, title = weighed
    said = ", ".join(dict.fromkeys(filter(None, more)))
    shown = f"{title} ({said})." if said else f"{title}."
    return [
        IncomingNotice(
            account_id=required(entry.id, "id"),
            key=_key(entry, change.raw),
            at=entry.at,
            raw=section(change.raw),
            kind=change.field,
            weight=weight,
            title=(f"+{digits}: {shown}" if digits else shown)[:_TITLE_LIMIT],
            number=digits or None,
        )
    ]


def _account_update(entry: Entry, change: Change) -> list[Incoming]:
    event = words(change.value.get("event"))
    ban = words(section(change.value.get("ban_info")).get("waba_ban_state"))
    violation = section(change.value.get("violation_info"))
    restrictions = map(section, items(change.value.get("restriction_info")))
    weighed = _BANS.get(ban) or _ACCOUNT_EVENTS.get(event)
    if weighed is None:
        weighed = (NoticeWeight.INFO, f"WhatsApp says: {event or 'account update'}")
    return _notice(
        entry,
        change,
        weighed,
        words(violation.get("violation_type")),
        *(words(one.get("restriction_type")) for one in restrictions),
    )


def _quality(entry: Entry, change: Change) -> list[Incoming]:
    event = words(change.value.get("event"))
    told = (NoticeWeight.INFO, f"WhatsApp says: {event or 'quality update'}")
    limit = words(change.value.get("current_limit")) or words(
        change.value.get("max_daily_conversations_per_business")
    )
    return _notice(entry, change, _QUALITY_EVENTS.get(event, told), limit)


def _review(entry: Entry, change: Change) -> list[Incoming]:
    decision = words(change.value.get("decision"))
    told = (NoticeWeight.INFO, f"WhatsApp says: {decision or 'review'}")
    reason = words(change.value.get("rejection_reason"))
    name = words(change.value.get("requested_verified_name"))
    shown = "" if reason == "NONE" else reason
    return _notice(entry, change, _DECISIONS.get(decision, told), name, shown)


def _security(entry: Entry, change: Change) -> list[Incoming]:
    event = words(change.value.get("event"))
    title = "The two-step PIN of the number was touched"
    return _notice(entry, change, (NoticeWeight.WARNING, title), event)


def _alert(entry: Entry, change: Change) -> list[Incoming]:
    alert = section(change.value.get("alert_info")) or change.value
    severity = words(alert.get("alert_severity"))
    kind = words(alert.get("alert_type"))
    title = words(alert.get("alert_description")) or "WhatsApp has an alert"
    weight = _SEVERITIES.get(severity, NoticeWeight.INFO)
    return _notice(entry, change, (weight, title.rstrip(".")), kind)


def _capability(entry: Entry, change: Change) -> list[Incoming]:
    limit = change.value.get("max_daily_conversation_per_phone")
    title = "The limits of the account have changed"
    return _notice(entry, change, (NoticeWeight.INFO, title), identifier(limit) or "")


def _template(entry: Entry, change: Change) -> list[Incoming]:
    """Return a template's news; quality and category change no status."""
    value = change.value
    told = section(value.get("rejection_info")) or section(value.get("other_info"))
    reasons = (
        words(value.get("reason")),
        words(told.get("reason")) or words(told.get("description")),
        words(value.get("new_quality_score")),
        words(value.get("new_category")),
    )
    return [
        IncomingTemplate(
            account_id=required(entry.id, "id"),
            key=_key(entry, change.raw),
            at=entry.at,
            raw=section(change.raw),
            name=required(value.get("message_template_name"), "message_template_name"),
            language=words(value.get("message_template_language")),
            status=words(value.get("event")),
            reason=", ".join(one for one in reasons if one and one != "NONE"),
        )
    ]


def _user_ids(entry: Entry, change: Change) -> list[Incoming]:
    """Return who goes on under another user id; the number's id says whose customer it is."""
    number = section(change.value.get("metadata")).get("phone_number_id")
    account_id = identifier(number) or required(entry.id, "id")
    found: list[Incoming] = []
    listed = items(change.value.get(change.field))
    for raw in listed or (change.value,):
        try:
            found.append(_user_id(account_id, entry, section(raw)))
        except Unreadable:
            kept = raw if listed else change.raw
            found.append(other(change.field, kept, account_id=account_id, at=entry.at))
    return found


def _user_id(account_id: str, entry: Entry, raw: Raw) -> Incoming:
    pair = section(raw.get("user_id")) or raw
    parents = section(raw.get("parent_user_id"))
    return IncomingRenaming(
        account_id=account_id,
        key=_key(entry, raw),
        at=moment(raw.get("timestamp"), entry.raw.get("time")),
        raw=raw,
        customer=person(
            None,
            required(pair.get("previous"), "previous"),
            identifier(parents.get("previous")),
            identifier(raw.get("wa_id")),
        ),
        new_id=required(pair.get("current"), "current"),
    )


_Reader = Callable[[Entry, Change], list[Incoming]]
_FIELDS: Final[Mapping[str, _Reader]] = {
    "account_update": _account_update,
    "account_alerts": _alert,
    "account_review_update": _review,
    "phone_number_name_update": _review,
    "phone_number_quality_update": _quality,
    "business_capability_update": _capability,
    "security": _security,
    "message_template_status_update": _template,
    "message_template_quality_update": _template,
    "message_template_components_update": _template,
    "template_category_update": _template,
    "user_id_update": _user_ids,
}
"""Fields without an entry (`user_preferences`, `history`, groups' changes) are kept as they
came: there is nothing here yet that they would change."""
