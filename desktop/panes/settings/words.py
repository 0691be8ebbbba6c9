"""What the channels' page says: health, remedies, permissions, times."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.domain.channel import AssistantMode
from core.domain.errors import LoginFailed, NoDeveloperApp, SocialSyncError
from core.domain.scopes import Use
from core.domain.vitality import Ailment, Remedy
from core.queries.channels import ChannelRow
from desktop.bridge.trouble import trouble_of
from desktop.style.tokens import Tone
from desktop.widgets.when import clock_time, short_time

_GRAVE = frozenset(
    {Ailment.REVOKED, Ailment.SIGNED_OUT, Ailment.SCOPE_MISSING, Ailment.WEBHOOKS_DEAD}
)
_CALM = frozenset({Ailment.WAITING, Ailment.NOT_LOOKED})


def tone_of(ailment: Ailment) -> Tone:
    """Return how grave something is."""
    if ailment is Ailment.WELL:
        return Tone.GOOD
    if ailment in _CALM:
        return Tone.NEUTRAL
    return Tone.DANGER if ailment in _GRAVE else Tone.WARNING


def state_words(ailment: Ailment) -> str:
    """Return a channel's state in one or two words."""
    translate = QCoreApplication.translate
    return {
        Ailment.REVOKED: translate("Channels", "Signed out"),
        Ailment.SIGNED_OUT: translate("Channels", "Signed out"),
        Ailment.SCOPE_MISSING: translate("Channels", "Permission missing"),
        Ailment.PAUSED: translate("Channels", "Paused"),
        Ailment.NOT_SUBSCRIBED: translate("Channels", "Not subscribed"),
        Ailment.UNREACHABLE: translate("Channels", "Not reachable"),
        Ailment.WEBHOOKS_DEAD: translate("Channels", "Webhooks dead"),
        Ailment.GAP: translate("Channels", "Possible gap"),
        Ailment.SILENT: translate("Channels", "Unusually quiet"),
        Ailment.EXPIRES_SOON: translate("Channels", "Ends soon"),
        Ailment.TROUBLE: translate("Channels", "No answer"),
        Ailment.NOT_LOOKED: translate("Channels", "Not looked at"),
        Ailment.WAITING: translate("Channels", "Waiting"),
        Ailment.WELL: translate("Channels", "Connected"),
    }[ailment]


def sentence(row: ChannelRow, now: datetime) -> str:
    """Return what is the matter with a channel, in a sentence."""
    words = _stopped(row.ailment) or _deaf(row.ailment) or _lesser(row.ailment)
    return _filled(words, row, now)


def _stopped(ailment: Ailment) -> str:
    translate = QCoreApplication.translate
    return {
        Ailment.REVOKED: translate(
            "Channels", "Our permission was taken back. Connect the account again."
        ),
        Ailment.SIGNED_OUT: translate(
            "Channels",
            "The platform takes our token no longer. Replies wait, and leave once the"
            " account is connected again.",
        ),
        Ailment.SCOPE_MISSING: translate(
            "Channels", "A permission is missing; this does not work: %uses."
        ),
        Ailment.PAUSED: translate(
            "Channels", "Sending is paused. Replies wait and leave afterwards."
        ),
    }.get(ailment, "")


def _deaf(ailment: Ailment) -> str:
    translate = QCoreApplication.translate
    return {
        Ailment.NOT_SUBSCRIBED: translate(
            "Channels", "The platform does not deliver everything to us: %fields."
        ),
        Ailment.UNREACHABLE: translate(
            "Channels",
            "Platforms do not reach us at our public address. New messages may come late"
            " or not at all.",
        ),
        Ailment.WEBHOOKS_DEAD: translate(
            "Channels",
            "Messages were only found by asking the platform: its notices no longer reach"
            " us.",
        ),
        Ailment.GAP: translate(
            "Channels",
            "Possible gap from %from to %to: nobody listened, and the platform cannot say"
            " what was written then. Look in its own app.",
        ),
        Ailment.SILENT: translate(
            "Channels", "Nothing has come for far longer than is usual here."
        ),
    }.get(ailment, "")


def _lesser(ailment: Ailment) -> str:
    translate = QCoreApplication.translate
    return {
        Ailment.EXPIRES_SOON: translate(
            "Channels", "The access ends on %end and cannot be renewed by itself."
        ),
        Ailment.TROUBLE: translate(
            "Channels", "The platform did not answer the last look; we look again soon."
        ),
        Ailment.NOT_LOOKED: translate("Channels", "The companion has not looked yet."),
        Ailment.WAITING: translate(
            "Channels", "All is in place. Waiting for the first message."
        ),
        Ailment.WELL: translate("Channels", "All is well."),
    }.get(ailment, "")


def _filled(words: str, row: ChannelRow, now: datetime) -> str:
    gap = row.gap
    said = {
        "%uses": ", ".join(use_words(use) for use in row.missing_uses),
        "%fields": ", ".join(row.missing_fields) or "–",
        "%from": moment_words(gap.from_at, now) if gap else "",
        "%to": moment_words(gap.to_at, now) if gap else "",
        "%end": moment_words(row.expires_at, now) if row.expires_at else "",
    }
    for place, text in said.items():
        words = words.replace(place, text)
    return words


def remedy_words(remedy: Remedy) -> str | None:
    """Return the button of a remedy; None where there is nothing to press."""
    translate = QCoreApplication.translate
    return {
        Remedy.RECONNECT: translate("Channels", "Reconnect"),
        Remedy.RESUME: translate("Channels", "Resume sending"),
        Remedy.TEST: translate("Channels", "Test again"),
        Remedy.SET_ADDRESS: translate("Channels", "Test again"),
        Remedy.ACKNOWLEDGE: translate("Channels", "I have looked"),
    }.get(remedy)


def use_words(use: Use) -> str:
    """Return what a permission is for."""
    translate = QCoreApplication.translate
    return {
        Use.MESSAGES: translate("Channels", "reading and answering messages"),
        Use.COMMENTS: translate("Channels", "reading and answering comments"),
        Use.PUBLISHING: translate("Channels", "publishing posts"),
        Use.EVENTS: translate("Channels", "hearing of new messages at once"),
        Use.STAYING: translate("Channels", "staying signed in"),
        Use.ACCOUNT: translate("Channels", "knowing the account"),
    }[use]


def connected_words(name: str, lacking: tuple[Use, ...]) -> str:
    """Return what to say of an account that is connected now."""
    translate = QCoreApplication.translate
    words = translate("Channels", "%1 is connected.").replace("%1", name)
    if not lacking:
        return words
    missing = ", ".join(use_words(use) for use in lacking)
    more = translate("Channels", "Not permitted: %1.").replace("%1", missing)
    return f"{words} {more}"


def mode_words(mode: AssistantMode) -> str:
    """Return what the assistant may do."""
    translate = QCoreApplication.translate
    return {
        AssistantMode.OFF: translate("Channels", "Off"),
        AssistantMode.DRAFT: translate("Channels", "Suggests replies"),
        AssistantMode.AUTO: translate("Channels", "Replies by itself"),
    }[mode]


def ago_words(at: datetime | None, now: datetime) -> str:
    """Return how long ago something was, as short as people say it."""
    translate = QCoreApplication.translate
    if at is None:
        return translate("Channels", "never")
    passed = now - at
    if passed < timedelta(minutes=1):
        return translate("Channels", "just now")
    if passed < timedelta(hours=1):
        words, count = translate("Channels", "%1 min ago"), passed.seconds // 60
    elif passed < timedelta(days=1):
        words, count = translate("Channels", "%1 h ago"), passed.seconds // 3600
    else:
        words, count = translate("Channels", "%1 d ago"), passed.days
    return words.replace("%1", QLocale().toString(count))


def moment_words(at: datetime, now: datetime) -> str:
    """Return a day and an hour."""
    day, today = at.astimezone().date(), now.astimezone().date()
    if day == today:
        return clock_time(at)
    if day < today:
        return f"{short_time(at, now)}, {clock_time(at)}"
    date = QDate(day.year, day.month, day.day)
    shown = QLocale().toString(date, QLocale.FormatType.ShortFormat)
    return f"{shown}, {clock_time(at)}"


def login_trouble(error: SocialSyncError) -> str:
    """Return why a login failed; what only the engine knows to say stays in its words."""
    trouble = trouble_of(error)
    if isinstance(error, LoginFailed | NoDeveloperApp):
        return f"{trouble.title}. {trouble.next_step}"
    return f"{trouble.title}. {trouble.detail}"
