"""Draw the widgets with made-up conversations, to be looked at.

    python tests/desktop/gallery.py FOLDER

writes one picture per theme, language and direction into FOLDER, at one and two times.
Not a test: what is beautiful is judged by eye.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.domain.message import DeliveryState
from core.paths import resources_dir
from desktop.models.row_model import RowModel
from desktop.models.row_window import Page, PageRequest
from desktop.style.fonts import load_fonts, use_fonts
from desktop.style.theme import Scheme, apply_theme
from desktop.style.tokens import Tone
from desktop.widgets.assistant_card import AssistantCard, EscalationNote, Suggestion
from desktop.widgets.avatar import Avatar
from desktop.widgets.banner import Banner
from desktop.widgets.bubble import Attachment, AttachmentKind, Bubble, Quote, Side
from desktop.widgets.buttons import danger, icon_button, primary, quiet, secondary
from desktop.widgets.chips import FilterChips
from desktop.widgets.composer import Composer
from desktop.widgets.conversation_cell import (
    AiMark,
    ConversationCell,
    describe_conversation,
)
from desktop.widgets.conversation_delegate import ROW_HEIGHT, ConversationDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.label import ElidedLabel, PlainLabel
from desktop.widgets.pill import Pill
from desktop.widgets.quotes import Source
from desktop.widgets.row_list import RowList
from desktop.widgets.search_field import SearchField
from desktop.widgets.thread_view import ThreadView
from desktop.widgets.toast import ToastStack

NOW: Final = datetime(2026, 3, 12, 10, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A row of the made-up inbox."""

    id: int
    cell: ConversationCell


def now() -> datetime:
    """Return the moment at which every picture is taken."""
    return NOW


def ago(**span: float) -> datetime:
    """Return a moment before the pictures."""
    return NOW - timedelta(**span)


def inbox() -> list[Sample]:
    """Return conversations that show every mark a row can carry."""
    cells = [
        ConversationCell(name="Maëlle Kerguélen", platform="instagram", preview="Mon paquet de Yirgacheffe est arrivé ouvert, il en manque au moins un tiers… Que faire ?", at=ago(minutes=4), unread=3, ai=AiMark.DRAFTED, reply_until=NOW + timedelta(minutes=24)),
        ConversationCell(name="سلمى الحداد", platform="whatsapp", preview="صباح الخير، هل يمكنني استبدال المطحنة بعد فتح العلبة؟ اشتريتها يوم السبت", at=ago(minutes=11), unread=1, ai=AiMark.ESCALATED, reply_until=NOW + timedelta(hours=21)),
        ConversationCell(name="Tom Ashworth", platform="facebook", preview="Brilliant, thank you! See you at the tasting on Saturday 🎉☕️", at=ago(minutes=36), ai=AiMark.IGNORED, reply_until=NOW + timedelta(days=6)),
        ConversationCell(name="Atelier Lumière & Fils", platform="whatsapp", preview="Do you deliver 20 kg a month to Ghent? We would also like your wholesale price list.", at=ago(hours=1, minutes=5), unread=12, label="wholesale", label_tone=Tone.GOOD, ai=AiMark.THINKING, reply_until=NOW + timedelta(minutes=95)),
        ConversationCell(name="Jonas Weiß", platform="whatsapp", preview="Vous : Votre commande part demain matin.", at=ago(hours=2), failed=True, ai=AiMark.ANSWERED, reply_until=ago(minutes=3)),
        ConversationCell(name="Zoé 🌻", platform="instagram", preview="La mouture filtre, c’est plutôt gros sel ou sucre ?", at=ago(hours=3), ai=AiMark.ANSWERED, reply_until=NOW + timedelta(hours=19), draft=True),
        ConversationCell(name="<b>Bobby</b> <img src=file:///etc/hostname>", platform="x", preview="<script>alert(1)</script> & more", at=ago(days=1), label="spam?", label_tone=Tone.WARNING),
        ConversationCell(name="Noor de Wit", platform="linkedin", preview="Following up on our chat about the office subscription.", at=ago(days=2), label="VIP", label_tone=Tone.ACCENT),
        ConversationCell(name="Élise Fontanel-Marchand de La Rochefoucauld", platform="facebook", preview="Merci 🙏", at=ago(days=20), ai=AiMark.ANSWERED),
    ]  # fmt: skip
    return [Sample(id=number, cell=cell) for number, cell in enumerate(cells)]


def thread() -> list[Bubble]:
    """Return a conversation with every kind of bubble."""
    photo = Attachment(
        key="bag", kind=AttachmentKind.PHOTO, name="bag.jpg", width=1200, height=900
    )
    late = Attachment(key="late", kind=AttachmentKind.PHOTO, name="étiquette.jpg")
    file = Attachment(key="pdf", kind=AttachmentKind.FILE, name="facture-2026-0311.pdf")
    who, us = "Maëlle", "Inès"
    return [
        Bubble(id=1, side=Side.INBOUND, text="Bonjour ! J’ai commandé 1 kg de Yirgacheffe la semaine dernière ☕️", at=ago(days=1, hours=2), sender=who),
        Bubble(id=2, side=Side.OUTBOUND, text="Bonjour Maëlle, elle est partie lundi. Le suivi est ici : https://suivi.example.org/colis/48213?lang=fr", at=ago(days=1, hours=1), sender="Assistant", delivery=DeliveryState.READ, by_assistant=True),
        Bubble(id=3, side=Side.INBOUND, text="Mon paquet est arrivé ouvert, il en manque au moins un tiers…", at=ago(minutes=24), sender=who, attachments=(photo,)),
        Bubble(id=4, side=Side.NOTE, text="Le transporteur a déjà eu deux plaintes cette semaine. On remplace sans discuter.", at=ago(minutes=20), sender=us),
        Bubble(id=5, side=Side.OUTBOUND, text="Je suis désolée ! Je regarde tout de suite.", at=ago(minutes=18), sender=us, delivery=DeliveryState.DELIVERED),
        Bubble(id=6, side=Side.INBOUND, text="شكرا جزيلا على المساعدة 🙏 طلبية 48213", at=ago(minutes=15), sender=who, attachments=(file,), reactions=("❤️",), quote=Quote(of=5, who=us, words="Je suis désolée ! Je regarde tout de suite.")),
        Bubble(id=7, side=Side.OUTBOUND, text="Un second paquet part aujourd’hui.", at=ago(minutes=12), sender=us, delivery=DeliveryState.UNCERTAIN),
        Bubble(id=8, side=Side.OUTBOUND, text="Voici la facture corrigée.", at=ago(minutes=10), sender=us, delivery=DeliveryState.FAILED, reason="(#100) The parameter recipient is not allowed to receive messages.", attachments=(late,)),
        Bubble(id=10, side=Side.INBOUND, text="Merci", at=ago(minutes=6), sender=who, quote=Quote(of=7, who=us, words="Un second paquet part aujourd’hui. Il arrive demain avant midi, et nous gardons l’ancien.")),
        Bubble(id=9, side=Side.OUTBOUND, text="Bonne journée !", at=ago(minutes=1), sender=us, delivery=DeliveryState.SENDING, quote=Quote(of=6, who=who, words="شكرا جزيلا على المساعدة 🙏 طلبية 48213")),
    ]  # fmt: skip


def photo(key: str) -> QImage | None:
    """Return a picture of a bag of coffee, more or less."""
    if key != "bag":
        return None
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#d9b48a"))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#5b3a21"))
    painter.drawEllipse(QRectF(220, 120, 360, 360))
    painter.setBrush(QColor("#f3e9dc"))
    painter.drawRect(QRectF(380, 80, 40, 440))
    painter.end()
    return image


def suggestion() -> Suggestion:
    """Return a suggestion with two quotes."""
    return Suggestion(
        title="Réponse proposée",
        text="Bonjour Maëlle, votre colis a été abîmé en route. Nous vous renvoyons un "
        "paquet entier aujourd’hui, sans frais ; gardez celui que vous avez.",
        confidence=0.71,
        threshold=0.8,
        sources=(
            Source(title="Colis abîmés", place="§2", quote="Un paquet arrivé ouvert est remplacé en entier, sans retour."),
            Source(title="Livraison", place="§4", quote="Expédié le jour même avant 14 h."),
        ),
    )  # fmt: skip


class Screen(QWidget):
    """The inbox as the panes will put it together."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list_side())
        row.addWidget(self._thread_side(), 1)

    def _list_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(372)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Boîte de réception", "title"), 1)
        head.addWidget(Pill("24 ouvertes", Tone.GOOD))
        head.setContentsMargins(18, 0, 18, 0)
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(18, 0, 18, 0)
        inner.setSpacing(10)
        inner.addWidget(SearchField("Rechercher client, commande, mot…"))
        chips = FilterChips("Filtres")
        chips.set_choices([("all", "Toutes"), ("mine", "À moi"), ("esc", "Escalades"), ("wait", "En attente")])  # fmt: skip
        inner.addWidget(chips)
        column.addLayout(inner)
        column.addWidget(self._rows(), 1)
        return side

    def _rows(self) -> RowList:
        samples = inbox()
        model: RowModel[Sample] = RowModel(
            key=lambda sample: sample.cell.at,
            describe=lambda sample: describe_conversation(sample.cell, NOW),
            parent=self,
        )

        def answer(request: PageRequest) -> None:
            model.splice(Page(request=request, rows=samples, complete=True))

        model.page_wanted.connect(answer)
        rows = RowList("Conversations")
        delegate = ConversationDelegate(
            to_cell=lambda sample: sample.cell, now=now, parent=rows
        )
        rows.set_row_delegate(delegate, ROW_HEIGHT)
        rows.set_rows(model, model.at_newest)
        model.reset()
        rows.select(0)
        return rows

    def _thread_side(self) -> QWidget:
        side = QFrame()
        side.setProperty("role", "side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        messages = ThreadView(now)
        messages.set_photo_provider(photo)
        messages.set_bubbles(thread())
        column.addWidget(messages, 1)
        below = QVBoxLayout()
        below.setContentsMargins(24, 8, 24, 16)
        below.setSpacing(10)
        card = AssistantCard()
        card.show_suggestion(suggestion())
        below.addWidget(card)
        composer = Composer()
        composer.set_placeholder("Répondre à Maëlle…")
        below.addWidget(composer)
        column.addLayout(below)
        return side

    def _head(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 10, 24, 10)
        avatar = Avatar(36)
        avatar.set_person("Maëlle Kerguélen", "instagram")
        row.addWidget(avatar)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel("Maëlle Kerguélen", "heading"))
        names.addWidget(ElidedLabel("Instagram · @maelle.k · cliente depuis 2023", "small"))
        row.addLayout(names, 1)
        row.addWidget(Pill("encore 24 min", Tone.WARNING))
        row.addWidget(secondary("Attribuer", "assign"))
        row.addWidget(primary("Résoudre", "check"))
        row.addWidget(icon_button("more", "Plus"))
        return bar


class Parts(QWidget):
    """The widgets that the inbox does not show."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(14)
        buttons = QHBoxLayout()
        shut = primary("Disabled", "send")
        shut.setEnabled(False)
        for button in (primary("Approve", "send"), secondary("Edit", "edit"), quiet("Dismiss"), danger("Erase", "trash"), shut):  # fmt: skip
            buttons.addWidget(button)
        buttons.addStretch()
        column.addLayout(buttons)
        for tone in Tone:
            banner = Banner(tone)
            banner.show_message("The WhatsApp channel has been signed out. Nothing is lost: messages wait.", "Sign in")  # fmt: skip
            column.addWidget(banner)
        escalation = AssistantCard()
        escalation.show_escalation(
            EscalationNote(
                title="Refund above the limit",
                reason="The customer asks for a refund above the amount you allow.",
                checks=("Order 48213 was paid by card", "Photos show the damage"),
            )
        )
        column.addWidget(escalation)
        opened = AssistantCard()
        opened.show_suggestion(suggestion())
        opened.findChildren(type(opened._sources))[0].open()
        column.addWidget(opened)
        closed = Composer()
        closed.set_banner(
            "The reply window closed at 09:12. Only an approved template can be sent."
        )
        closed.set_disabled_reason("Replies are closed on this channel")
        column.addWidget(closed)
        counting = Composer()
        counting.set_limit(100)
        counting.set_text("A line\nand another one that goes on and on, until the counter below wakes up to warn us, and then more.")  # fmt: skip
        column.addWidget(counting)
        column.addWidget(EmptyState("inbox", "Nothing waits for you", "Conversations that are assigned to you, or that the assistant could not answer, come here.", "Show all conversations"), 1)  # fmt: skip


def settle(app: QApplication) -> None:
    """Let layouts finish: a text that grows asks for its height in a second round."""
    for _ in range(3):
        app.processEvents()


def save(widget: QWidget, path: Path, ratio: int) -> None:
    """Draw `widget` at `ratio` device pixels per logical pixel."""
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    widget.render(picture)
    picture.save(str(path))


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts(resources_dir() / "fonts")
    use_fonts(app)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        apply_theme(app, scheme)
        for name, direction, language in (
            ("fr", Qt.LayoutDirection.LeftToRight, QLocale.Language.French),
            ("rtl", Qt.LayoutDirection.RightToLeft, QLocale.Language.Arabic),
        ):
            QLocale.setDefault(QLocale(language))
            app.setLayoutDirection(direction)
            screen = Screen()
            screen.resize(1180, 900)
            screen.show()
            settle(app)
            for ratio in (1, 2):
                save(screen, folder / f"inbox_{scheme.value}_{name}_{ratio}x.png", ratio)
            screen.close()
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(QLocale(QLocale.Language.English))
        parts = Parts()
        parts.resize(720, 1200)
        parts.show()
        stack = ToastStack(parts)
        stack.show_toast("Reply sent to Maëlle", Tone.GOOD, "Undo")
        stack.show_toast("The channel refused the message", Tone.DANGER)
        settle(app)
        save(parts, folder / f"parts_{scheme.value}.png", 1)
        parts.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
