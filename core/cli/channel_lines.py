"""A channel's health in words, for the terminal."""

from datetime import datetime

from core.domain.vitality import Ailment, Remedy
from core.queries.channels import ChannelRow

_NEXT = {
    Remedy.NOTHING: "",
    Remedy.RECONNECT: "Run: channels reconnect {id}",
    Remedy.RESUME: "Run: channels resume {id}",
    Remedy.TEST: "Run: channels test {id}",
    Remedy.SET_ADDRESS: "Set SOCIALSYNC_PUBLIC_URL to the address that reaches `serve`.",
    Remedy.ACKNOWLEDGE: "Look in the platform's own app, then run: channels seen {id}",
    Remedy.WAIT: "",
}


def listed(row: ChannelRow) -> str:
    """Return a channel on one line, and below it the platform's newest notice."""
    paused = f"  PAUSED: {row.paused_reason}" if row.paused_reason else ""
    return (
        f"{row.id}  {row.platform:<9}  {row.status:<8}  assistant {row.mode:<5}"
        f"  heard {when(row.last_inbound_at)}  {row.name}{paused}  {sentence(row)}"
        + "".join(f"\n    {line}" for line in _notices(row)[:1])
    )


def report(row: ChannelRow) -> str:
    """Return all that a look found, a line each, and what to do."""
    lines = [
        f"{row.name} ({row.title}): {sentence(row)}",
        f"  token         {row.status}, {_end(row)}",
        f"  permissions   {_missing(row.missing_scopes)}",
        f"  subscription  {_subscription(row)}",
        f"  our address   {_reach(row)}",
        f"  last event    {_last(row)}",
        *(f"  {line}" for line in _notices(row)),
    ]
    next_step = _NEXT[row.remedy].format(id=row.id)
    return "\n".join([*lines, *([next_step] if next_step else [])])


def sentence(row: ChannelRow) -> str:
    """Return what is the matter with a channel, or that nothing is."""
    return _SENTENCES[row.ailment].format(
        missing=", ".join(row.missing_scopes),
        uses=", ".join(use.value for use in row.missing_uses),
        fields=", ".join(row.missing_fields) or "its events",
        why=row.unreachable_why,
        missed=row.missed,
        trouble=row.trouble,
        since=when(row.last_inbound_at),
        end=when(row.expires_at),
        gap_from=when(row.gap.from_at if row.gap else None),
        gap_to=when(row.gap.to_at if row.gap else None),
        reason=row.paused_reason,
    )


_SENTENCES = {
    Ailment.REVOKED: "Our permission was taken back.",
    Ailment.SIGNED_OUT: "Signed out: the platform takes its token no longer.",
    Ailment.SCOPE_MISSING: "The permission {missing} is gone; this does not work: {uses}.",
    Ailment.PAUSED: "Paused.",
    Ailment.NOT_SUBSCRIBED: "The platform does not deliver {fields}.",
    Ailment.UNREACHABLE: "Platforms do not reach us: {why}",
    Ailment.WEBHOOKS_DEAD: "Webhooks are dead: {missed} messages were only found by asking.",
    Ailment.GAP: "Possible gap from {gap_from} to {gap_to}: nobody listened.",
    Ailment.SILENT: "Unusually quiet: nothing since {since}.",
    Ailment.EXPIRES_SOON: "The token ends {end} and cannot be renewed.",
    Ailment.TROUBLE: "The last look was not answered: {trouble}",
    Ailment.NOT_LOOKED: "No companion has looked yet.",
    Ailment.WAITING: "Connected; waiting for the first event.",
    Ailment.WELL: "All is well.",
}


def when(moment: datetime | None) -> str:
    """Return a moment in local time."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "never"


def _notices(row: ChannelRow) -> list[str]:
    """Return what the platform said about the account, newest first."""
    return [
        f"{row.title} said on {when(notice.at)}: {notice.title}" for notice in row.notices
    ]


def _end(row: ChannelRow) -> str:
    if row.expires_at is None:
        return "without end"
    renewed = ", renewed ahead" if row.is_renewed else ""
    return f"until {when(row.expires_at)}{renewed}"


def _missing(names: tuple[str, ...]) -> str:
    return f"missing: {', '.join(names)}" if names else "nothing is missing"


def _subscription(row: ChannelRow) -> str:
    if row.subscribed is None:
        return "not known"
    fields = ", ".join(row.fields) or "nothing"
    return fields if row.subscribed else f"{fields}; {_missing(row.missing_fields)}"


def _reach(row: ChannelRow) -> str:
    if row.reachable is None:
        return "not tried yet"
    return f"{row.address} answers" if row.reachable else str(row.unreachable_why)


def _last(row: ChannelRow) -> str:
    if row.last_inbound_at is None:
        return "waiting for the first event"
    return when(row.last_inbound_at)
