"""What is known of a channel, as lines of a name and a value."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from core.queries.channels import ChannelRow
from desktop.panes.settings.words import ago_words, moment_words
from desktop.style.tokens import Space
from desktop.widgets.label import PlainLabel, WrappedLabel


def facts_of(row: ChannelRow, now: datetime) -> list[tuple[str, str]]:
    """Return the lines of a channel, the most asked for first."""
    translate = QCoreApplication.translate
    return [
        (translate("ChannelFacts", "Last message"), _heard(row, now)),
        (translate("ChannelFacts", "Access"), _access(row, now)),
        (translate("ChannelFacts", "Permissions"), _permissions(row)),
        (translate("ChannelFacts", "Delivered to us"), _subscription(row)),
        (translate("ChannelFacts", "Public address"), _reach(row)),
        (translate("ChannelFacts", "Last look"), ago_words(row.looked_at, now)),
    ]


def _heard(row: ChannelRow, now: datetime) -> str:
    if row.last_inbound_at is None:
        return QCoreApplication.translate("ChannelFacts", "waiting for the first one")
    return ago_words(row.last_inbound_at, now)


def _access(row: ChannelRow, now: datetime) -> str:
    translate = QCoreApplication.translate
    if row.expires_at is None:
        return translate("ChannelFacts", "until it is taken back")
    until = translate("ChannelFacts", "until %1").replace(
        "%1", moment_words(row.expires_at, now)
    )
    renewed = translate("ChannelFacts", "renewed ahead by itself")
    return f"{until}, {renewed}" if row.is_renewed else until


def _permissions(row: ChannelRow) -> str:
    translate = QCoreApplication.translate
    if row.missing_scopes:
        missing = translate("ChannelFacts", "missing: %1")
        return missing.replace("%1", ", ".join(row.missing_scopes))
    return ", ".join(row.scopes) or translate("ChannelFacts", "not told")


def _subscription(row: ChannelRow) -> str:
    translate = QCoreApplication.translate
    if row.subscribed is None:
        return translate("ChannelFacts", "not known")
    if row.subscribed:
        return ", ".join(row.fields)
    missing = translate("ChannelFacts", "missing: %1")
    return missing.replace("%1", ", ".join(row.missing_fields))


def _reach(row: ChannelRow) -> str:
    translate = QCoreApplication.translate
    if row.reachable is None:
        return translate("ChannelFacts", "not tried yet")
    if row.reachable:
        return translate("ChannelFacts", "answers")
    if row.address is None:
        return translate("ChannelFacts", "none is set")
    return translate("ChannelFacts", "does not answer as ours")


class FactGrid(QWidget):
    """Names in one column, values in the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        self._values: list[WrappedLabel] = []

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these facts, always the same names in the same order."""
        if not self._values:
            for line, (name, _) in enumerate(facts):
                value = WrappedLabel()
                value.setTextInteractionFlags(
                    Qt.TextInteractionFlag.TextSelectableByMouse
                    | Qt.TextInteractionFlag.TextSelectableByKeyboard
                )
                top = Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(PlainLabel(name, "muted"), line, 0, top)
                self._grid.addWidget(value, line, 1)
                self._values.append(value)
        for value, (name, words) in zip(self._values, facts, strict=True):
            value.show_text(words)
            value.setAccessibleName(f"{name}: {words}")

    def words(self) -> list[str]:
        """Return the values in sight."""
        return [value.text() for value in self._values]
