"""Tell about a bug without getting in the way, and offer what a developer needs."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.bridge.report import Crash
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, secondary
from desktop.widgets.label import PlainLabel, WrappedLabel

_WIDTH, _HEIGHT = 560, 380


class CrashDialog(QDialog):
    """Opened, never executed; the work goes on behind it."""

    def __init__(self, crash: Crash, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A mistake of ours"))
        self._text = crash.text
        what = WrappedLabel(
            self.tr(
                "Something in SocialSync went wrong. What you were doing may not have"
                " happened; nothing that customers wrote is lost. The report below holds"
                " no messages and no names."
            )
        )
        where = WrappedLabel(role="small")
        where.show_text(
            self.tr("Written to %1").replace("%1", str(crash.path)) if crash.path else ""
        )
        report = QPlainTextEdit(crash.text)
        report.setReadOnly(True)
        report.setAccessibleName(self.tr("Report"))
        copy = primary(self.tr("Copy the report"), "copy")
        close = secondary(self.tr("Close"))
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(close)
        buttons.addWidget(copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(PlainLabel(self.windowTitle(), "heading"))
        column.addWidget(what)
        column.addWidget(report, 1)
        column.addWidget(where)
        column.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
