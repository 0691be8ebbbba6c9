"""What the engine's values are called on the screen."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from core.domain.attachment import MediaKind, MediaRule
from core.domain.decision import Citation, Decision
from core.queries.conversation import ConversationDetail, DecisionRow
from desktop.style.channels import channel_mark
from desktop.widgets.quotes import Source


def decided(decision: DecisionRow) -> str:
    """Return what the assistant did, as the line under a conversation says it."""
    translate = QCoreApplication.translate
    words = {
        Decision.RESPOND: translate("Decision", "Answered by the assistant"),
        Decision.IGNORE: translate("Decision", "The assistant saw no need to reply"),
        Decision.ESCALATE: translate("Decision", "The assistant asked for a person"),
    }
    confidence = QLocale().toString(decision.confidence, "f", 2)
    sure = translate("Decision", "confidence %1").replace("%1", confidence)
    return f"{words[decision.decision]} · {sure}"


def source_of(citation: Citation) -> Source:
    """Return a citation as the cards show it."""
    return Source(title=citation.title, quote=citation.quote)


def handle_of(detail: ConversationDetail) -> str:
    """Return the platform and how the customer is known there."""
    customer = detail.customer
    handle = f"@{customer.username}" if customer.username else customer.phone_number
    parts = (channel_mark(detail.channel.platform).name, handle)
    return " · ".join(part for part in parts if part)


def since_words(detail: ConversationDetail) -> str:
    """Return since when we know the customer, by the month."""
    since = detail.customer_since.astimezone()
    month = QLocale().toString(QDate(since.year, since.month, since.day), "MMMM yyyy")
    return QCoreApplication.translate("Inbox", "customer since %1").replace("%1", month)


def cannot_reply(detail: ConversationDetail) -> str:
    """Return why nothing can be sent now."""
    translate = QCoreApplication.translate
    reasons = {
        "window_closed": translate(
            "Inbox", "The reply window is closed: the customer has to write again first."
        )
    }
    unknown = translate("Inbox", "This conversation cannot be answered now.")
    return reasons.get(detail.cannot_reply_reason, unknown)


def file_limits(rules: Mapping[MediaKind, MediaRule]) -> str | None:
    """Return which files a platform takes, with their largest size; None if it takes none."""
    translate = QCoreApplication.translate
    words = {
        MediaKind.IMAGE: translate("Inbox", "photos up to %1"),
        MediaKind.AUDIO: translate("Inbox", "audio up to %1"),
        MediaKind.VIDEO: translate("Inbox", "video up to %1"),
        MediaKind.DOCUMENT: translate("Inbox", "documents up to %1"),
    }
    binary = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    limits = [
        text.replace("%1", QLocale().formattedDataSize(rules[kind].limit_bytes, 0, binary))
        for kind, text in words.items()
        if kind in rules
    ]
    line = " · ".join(limits)
    return line[:1].upper() + line[1:] or None
