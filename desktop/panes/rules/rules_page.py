"""What the owner tells the assistant in words, examples and costs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.bridge.call import Bridge
from desktop.panes.rules.book import RuleBook
from desktop.panes.rules.cost_section import CostSection
from desktop.panes.rules.example_section import ExampleSection
from desktop.panes.rules.section import PageBody, Section, scrolled
from desktop.panes.rules.switch_section import SwitchSection
from desktop.style.tokens import Space
from desktop.widgets.growing_text import GrowingText

_MOST_LINES = 16


class RulesPage(QWidget):
    """One long page, in the order in which one would think about it."""

    refused = Signal(object)

    def __init__(
        self, bridge: Bridge, book: RuleBook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._switches = SwitchSection(bridge, book)
        self._instructions = self._text(self.tr("Instructions"))
        self._instructions.setPlaceholderText(
            self.tr("We are a small café. Say “vous”. Never promise a table.")
        )
        self._tone = self._text(self.tr("Tone"))
        self._tone.setPlaceholderText(
            self.tr("Friendly and short, without exclamation marks")
        )
        self._costs = CostSection(bridge, book)
        self._links = ExampleSection(
            book, "allow_listed_links", self.tr("example.com/shop, then Enter")
        )
        self._sections: dict[str, Section] = {}
        self._arrange()
        self._instructions.textChanged.connect(self._on_typed)
        self._tone.textChanged.connect(self._on_typed)
        self._switches.refused.connect(self.refused)
        book.read.connect(self._show_form)
        book.edited.connect(self._show_changes)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read the curve again: customers have written since."""
        super().showEvent(event)
        self._costs.read_curve()

    @Slot()
    def _show_form(self) -> None:
        form = self._book.form
        for field, words in (
            (self._instructions, form.instructions),
            (self._tone, form.tone),
        ):
            field.setReadOnly(not self._book.can_change)
            if field.toPlainText() != words:
                field.blockSignals(True)  # noqa: FBT003 - Qt's own signature
                field.setPlainText(words)
                field.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._show_changes()

    @Slot()
    def _show_changes(self) -> None:
        for name, section in self._sections.items():
            section.show_changed(changed=self._book.is_changed(name))
        wrong = [each.words for each in self._book.problems if each.field == "links"]
        self._links.show_problem("\n".join(wrong))
        for name, section in self._sections.items():
            words = [each.words for each in self._book.problems if each.field == name]
            section.show_problem("\n".join(words))

    @Slot()
    def _on_typed(self) -> None:
        self._book.edit(
            instructions=self._instructions.toPlainText(), tone=self._tone.toPlainText()
        )

    @staticmethod
    def _text(name: str) -> GrowingText:
        field = GrowingText(name, most_lines=_MOST_LINES)
        field.setAcceptDrops(False)
        return field

    def _arrange(self) -> None:
        inner = PageBody()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.XL + Space.S)
        column.addWidget(self._switches)
        for name, section in self._parts():
            self._sections[name] = section
            column.addWidget(section)
        column.addStretch()
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scrolled(inner))

    def _parts(self) -> tuple[tuple[str, Section], ...]:
        one_each = self.tr("A message, then Enter; paste several lines to add several")
        return (
            (
                "instructions",
                Section(
                    self.tr("Instructions"),
                    self.tr("What it should know and keep to when it writes."),
                    self._instructions,
                ),
            ),
            (
                "tone",
                Section(
                    self.tr("Tone"),
                    self.tr("How your replies sound."),
                    self._tone,
                ),
            ),
            (
                "ignore_examples",
                Section(
                    self.tr("Ignore messages like these"),
                    self.tr(
                        "Advertising, thanks, chain letters: nobody needs to see them."
                    ),
                    ExampleSection(self._book, "ignore_examples", one_each),
                ),
            ),
            (
                "escalate_examples",
                Section(
                    self.tr("Hand over messages like these"),
                    self.tr("They always go to a person, even with an answer on file."),
                    ExampleSection(self._book, "escalate_examples", one_each),
                ),
            ),
            (
                "respond_examples",
                Section(
                    self.tr("Answer messages like these"),
                    self.tr("They are never ignored: an answer on file is used."),
                    ExampleSection(self._book, "respond_examples", one_each),
                ),
            ),
            (
                "allow_listed_links",
                Section(
                    self.tr("Allowed links"),
                    self.tr("The assistant sends links to these addresses only."),
                    self._links,
                ),
            ),
            (
                "costs",
                Section(
                    self.tr("What mistakes cost"),
                    self.tr(
                        "The dearer a wrong reply, the more often a person is asked"
                        " instead. You say the price, the assistant does the sums."
                    ),
                    self._costs,
                ),
            ),
        )
