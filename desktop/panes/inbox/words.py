"""What the engine's values are called on the screen."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

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
