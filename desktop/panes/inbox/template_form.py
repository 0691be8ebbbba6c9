"""The form of a message template: which one, what goes into its places, how it will read."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.domain.rich import Template, TemplateValues
from desktop.style.tokens import Space
from desktop.widgets.buttons import icon_button, primary, quiet
from desktop.widgets.choice import Choice
from desktop.widgets.label import PlainLabel, WrappedLabel

_FIELDS_IN_SIGHT = 12
"""More places than WhatsApp's own editor makes a template with."""


class TemplateForm(QFrame):
    """Shows the templates that may be sent, and says what the person has filled in."""

    submitted = Signal(object, object)
    """A `Template` and the `TemplateValues` for it."""
    refresh_wanted = Signal()
    """The person misses a template: the platform should be asked again."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Template"))
        self._templates: tuple[Template, ...] = ()
        self._fields: list[QLineEdit] = []
        self._is_sending = False
        self._why = WrappedLabel(role="muted")
        self._which = Choice(self.tr("Template"))
        self._places = QVBoxLayout()
        self._caption = PlainLabel(self.tr("The customer reads:"), role="caption")
        self._preview = WrappedLabel(role="quote")
        self._preview.setMargin(Space.S)
        self._nothing = WrappedLabel(role="muted")
        self._again = quiet(self.tr("Read the templates again"))
        self._send = primary(self.tr("Send the template"), "send")
        self._close = icon_button("close", self.tr("Close the template"))
        self._which.currentIndexChanged.connect(self._on_chosen)
        self._again.clicked.connect(self.refresh_wanted)
        self._send.clicked.connect(self._on_send)
        self._close.clicked.connect(self.closed)
        self._arrange()
        self.show_templates(())

    def show_reason(self, words: str, *, can_close: bool) -> None:
        """Say why the form is here, and whether the person can do without it."""
        self._why.show_text(words)
        self._why.setVisible(bool(words))
        self._close.setVisible(can_close)

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Offer these; what is being filled in stays while its template is the same."""
        chosen = self.template()
        self._templates = tuple(templates)
        self._which.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._which.clear()
        for template in self._templates:
            self._which.addItem(f"{template.name} · {template.language}")
        at = self._templates.index(chosen) if chosen in self._templates else 0
        self._which.setCurrentIndex(at if self._templates else -1)
        self._which.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._nothing.show_text(self.tr("No approved template is known for this channel."))
        if self.template() != chosen:
            self._show_places()
        self._refresh()

    def show_sending(self, *, is_sending: bool) -> None:
        """Close the form while something travels."""
        self._is_sending = is_sending
        self._refresh()

    def forget_values(self) -> None:
        """Empty the places, once their template has been sent."""
        self._show_places()
        self._refresh()

    def template(self) -> Template | None:
        """Return the template that is chosen."""
        at = self._which.currentIndex()
        return self._templates[at] if 0 <= at < len(self._templates) else None

    def values(self) -> TemplateValues:
        """Return what is filled in."""
        template = self.template()
        written = [field.text().strip() for field in self._fields]
        return TemplateValues() if template is None else template.places(written)

    def focus_first(self) -> None:
        """Put the keyboard where the person goes on."""
        (self._fields[0] if self._fields else self._which).setFocus()

    @Slot()
    def _on_chosen(self) -> None:
        self._show_places()
        self._refresh()

    @Slot()
    def _on_edited(self) -> None:
        self._refresh()

    @Slot()
    def _on_send(self) -> None:
        template = self.template()
        if template is not None and self._is_complete():
            self.submitted.emit(template, self.values())

    def _is_complete(self) -> bool:
        return all(field.text().strip() for field in self._fields)

    def _show_places(self) -> None:
        for field in self._fields:
            self._places.removeWidget(field)
            field.hide()
            field.deleteLater()
        template = self.template()
        names = () if template is None else self._names(template)[:_FIELDS_IN_SIGHT]
        self._fields = [self._field(name) for name in names]
        for field in self._fields:
            self._places.addWidget(field)
            field.show()
        for before, after in pairwise((self._which, *self._fields, self._send)):
            QWidget.setTabOrder(before, after)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setAcceptDrops(False)
        field.setMinimumHeight(36)
        field.textEdited.connect(self._on_edited)
        field.returnPressed.connect(self._on_send)
        return field

    def _names(self, template: Template) -> list[str]:
        """Return what each place is called, in the order in which they are read."""
        media = [self.tr("https address of the file at the head")]
        header = template.header.place_names if template.header else ()
        return [
            *(media if template.header_media else []),
            *(self.tr("Heading: %1").replace("%1", name) for name in header),
            *(
                self.tr("Value for %1").replace("%1", name)
                for name in template.body.place_names
            ),
            *(
                self.tr("End of the address behind “%1”").replace("%1", button.text)
                for button in template.buttons
                if button.placeholders
            ),
        ]

    def _refresh(self) -> None:
        template = self.template()
        known = template is not None
        for part in (self._which, self._caption, self._preview, self._send):
            part.setVisible(known)
        self._nothing.setVisible(not known)
        for field in self._fields:
            field.setEnabled(not self._is_sending)
        self._which.setEnabled(not self._is_sending)
        self._send.setEnabled(known and self._is_complete() and not self._is_sending)
        if template is not None:
            self._preview.show_text(template.preview(self.values()))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._why, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._places.setSpacing(Space.S)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self._again)
        foot.addStretch()
        foot.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._which)
        column.addLayout(self._places)
        column.addWidget(self._caption)
        column.addWidget(self._preview)
        column.addLayout(foot)
