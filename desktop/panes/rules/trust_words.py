"""The words of the trust page: topics without words of their own, shares, what is missing."""

from PySide6.QtCore import QCoreApplication, QLocale

from core.domain.channel import AssistantMode
from core.domain.topic import TopicKind
from core.queries.trust import ENOUGH, TrustRow
from desktop.panes.rules.counts import Counts


def percent(share: float) -> str:
    """Return a share as the reader's language writes it; never rounded up to all."""
    shown = int(share * 1000) / 10
    digits = 0 if shown == int(shown) else 1
    return f"{QLocale().toString(shown, 'f', digits)} %"


def topic_words(row: TrustRow) -> str:
    """Return what a row is about."""
    return _kinds().get(row.kind) or row.topic or _kinds()[TopicKind.OTHER]


def _kinds() -> dict[TopicKind, str]:
    translate = QCoreApplication.translate
    return {
        TopicKind.EVERYTHING: translate("Trust", "All replies"),
        TopicKind.COURTESY: translate("Trust", "Greetings and thanks, ignored"),
        TopicKind.ADVERTISEMENT: translate("Trust", "Advertising, ignored"),
        TopicKind.RULE: translate("Trust", "Decided by your rules"),
        TopicKind.COMPLAINT: translate("Trust", "Complaints, handed over"),
        TopicKind.WANTS_PERSON: translate("Trust", "Wants a person, handed over"),
        TopicKind.NEEDS_EYES: translate("Trust", "Files and pictures, handed over"),
        TopicKind.NOTHING_KNOWN: translate("Trust", "Nothing known, handed over"),
        TopicKind.OTHER: translate("Trust", "Everything else"),
    }


def mode_words(row: TrustRow) -> str:
    """Return what the assistant may do on a row's channel."""
    translate = QCoreApplication.translate
    if row.mode is AssistantMode.AUTO and row.is_limited:
        return translate("Trust", "Answers some topics by itself")
    return {
        AssistantMode.OFF: translate("Trust", "Assistant off"),
        AssistantMode.DRAFT: translate("Trust", "Drafts only"),
        AssistantMode.AUTO: translate("Trust", "Answers by itself"),
    }[row.mode]


def count_words(row: TrustRow) -> str:
    """Return how many of the outcomes agreed, and how many are not known yet."""
    translate = QCoreApplication.translate
    if not row.decided:
        return translate("Trust", "No outcome yet")
    words = translate("Trust", "%1 of %2 agreed")
    words = words.replace("%1", str(row.agreed)).replace("%2", str(row.decided))
    if row.open:
        more = Counts().not_known_yet(row.open)
        return f"{words} · {more}"
    return words


def interval_words(row: TrustRow, bar: float) -> str:
    """Return the limits in words, for who cannot see the bar."""
    translate = QCoreApplication.translate
    if not row.decided:
        return translate("Trust", "No outcome yet")
    words = translate("Trust", "%1 agreed, between %2 and %3; your bar is %4")
    shares = (row.precision, row.low, row.high, bar)
    for at, share in enumerate(shares, start=1):
        words = words.replace(f"%{at}", percent(share))
    return words


def missing_words(row: TrustRow) -> str:
    """Return why a row is not proposed."""
    translate = QCoreApplication.translate
    if row.kind is not TopicKind.EVERYTHING and not row.topic_of.is_answer:
        return ""
    if row.mode is AssistantMode.OFF:
        return translate("Trust", "The assistant is off here")
    if row.decided < ENOUGH:
        return Counts().outcomes_needed(ENOUGH - row.decided)
    if row.ready:
        return translate("Trust", "Single topics are chosen here")
    return translate("Trust", "Below your bar")
