"""The fields of a pasted token: the account's id, what else belongs to it, the token."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.actions.log_in import Pasted, Secret
from core.queries.channels import ChannelRow, Connectable
from desktop.style.tokens import Space
from desktop.widgets.label import PlainLabel


class TokenForm(QWidget):
    """Empties itself of the token as soon as it is handed over."""

    filled = Signal(bool)
    """Whether everything that is needed has been typed."""
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._platform: Connectable | None = None
        self._account = self._field(self.tr("Account ID"))
        self._name = self._field(self.tr("Name here (optional)"))
        self._token = self._field(self.tr("Access token"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._others: dict[str, QLineEdit] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._labels: dict[QLineEdit, PlainLabel] = {}
        for field in (self._account, self._name, self._token):
            self._add(field)

    def show_platform(self, platform: Connectable) -> None:
        """Ask for what a platform's token needs."""
        self._platform = platform
        for field in self._others.values():
            self._labels.pop(field).deleteLater()
            field.deleteLater()
        self._others = {name: self._field(name) for name in platform.other_ids}
        for field in self._others.values():
            self._add(field)
        self._show_account(wanted=True)
        self._on_changed()

    def show_again(self, _row: ChannelRow) -> None:
        """Ask for the token alone: the account is known."""
        self._show_account(wanted=False)
        self._on_changed()

    def take(self) -> Pasted | None:
        """Return what was typed, and forget the token."""
        if self._platform is None:
            return None
        return Pasted(
            platform=self._platform.platform,
            account_id=self._account.text().strip(),
            token=self.take_token(),
            name=self._name.text().strip(),
            ids={name: field.text().strip() for name, field in self._others.items()},
        )

    def take_token(self) -> Secret:
        """Return the token, and forget it."""
        token = Secret(self._token.text().strip())
        self._token.clear()
        return token

    def is_filled(self) -> bool:
        """Return whether everything that is needed has been typed."""
        wanted = [self._token, self._account, *self._others.values()]
        return all(field.text().strip() or field.isHidden() for field in wanted)

    def focus_first(self) -> None:
        """Give the keyboard to the first field that is asked for."""
        (self._token if self._account.isHidden() else self._account).setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self.filled.emit(self.is_filled())

    def _show_account(self, *, wanted: bool) -> None:
        for field in (self._account, self._name, *self._others.values()):
            field.setVisible(wanted)
            self._labels[field].setVisible(wanted)

    def _add(self, field: QLineEdit) -> None:
        label = PlainLabel(field.accessibleName(), "small")
        label.setBuddy(field)
        self._labels[field] = label
        self._column.addWidget(label)
        self._column.addWidget(field)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumHeight(36)
        field.textChanged.connect(self._on_changed)
        field.returnPressed.connect(self.entered)
        return field
