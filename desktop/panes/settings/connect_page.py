"""Connect an account: choose its platform, log in in the browser or paste a token.

    choosing -> waiting for the browser -> choosing among several accounts -> connected
             -> a token is pasted -> connected

Every step can be left; leaving closes the address that waits for the browser.
"""

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.actions import log_in
from core.actions.log_in import Attempt, Connected, Opened, Wanted
from core.domain.errors import SocialSyncError
from core.queries.channels import ChannelRow, Connectable, Overview
from desktop.bridge.call import Bridge, Call
from desktop.panes.settings.page import PageBody, scrolled, step
from desktop.panes.settings.token_form import TokenForm
from desktop.panes.settings.words import connected_words, login_trouble
from desktop.style.tokens import Space
from desktop.widgets.buttons import primary, quiet, secondary
from desktop.widgets.choice import Choice
from desktop.widgets.engine_words import engine_words
from desktop.widgets.label import PlainLabel, WrappedLabel
from desktop.widgets.progress_line import ProgressLine


class ConnectPage(QWidget):
    """One account on its way in, or a channel on its way back."""

    connected = Signal(object, str)
    """A ChannelId that is connected now, and what to say of it."""
    left = Signal()
    """The person does not want to go on."""
    browser_wanted = Signal(QUrl)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._connectable: tuple[Connectable, ...] = ()
        self._again: ChannelRow | None = None
        self._attempt: Attempt | None = None
        self._opened: Opened | None = None
        self._call: Call[Opened] | None = None
        self._title = PlainLabel("", "title")
        self._platform = Choice(self.tr("Platform"))
        self._login = Choice(self.tr("Login"))
        self._login_label = PlainLabel(self.tr("Login"), "small")
        self._notes = WrappedLabel(role="muted")
        self._browser = primary(self.tr("Log in in the browser"), "globe")
        self._paste = secondary(self.tr("Paste a token"), "lock")
        self._waiting_words = WrappedLabel()
        self._bar = ProgressLine()
        self._open_again = secondary(self.tr("Open the page again"), "globe")
        self._copy = secondary(self.tr("Copy the address"), "copy")
        self._account = Choice(self.tr("Account"))
        self._take = primary(self.tr("Connect"), "plug")
        self._form = TokenForm()
        self._hand_in = primary(self.tr("Connect"), "plug")
        self._problem = WrappedLabel(role="danger")
        self._leave = quiet(self.tr("Cancel"))
        self._steps = QStackedWidget()
        self._choosing, self._waiting = self._choosing_step(), self._waiting_step()
        self._several, self._pasting = self._several_step(), self._pasting_step()
        self._arrange()
        self._connect()

    def begin(self, overview: Overview) -> None:
        """Ask which platform an account is of."""
        self._reset(None)
        self._title.setText(self.tr("Connect an account"))
        self._connectable = overview.connectable
        self._platform.clear()
        for each in overview.connectable:
            self._platform.addItem(each.title, each)
        self._on_platform()
        self._show(self._choosing)
        self._platform.setFocus()

    def begin_again(self, row: ChannelRow) -> None:
        """Sign a channel in again: by its login, or by a token."""
        self._reset(row)
        self._title.setText(self.tr("Reconnect %1").replace("%1", row.name))
        if row.can_log_in:
            self._on_browser()
        else:
            self._on_paste()

    def give_up(self) -> None:
        """Leave whatever step it is in; the address for the browser closes."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
        if self._attempt is not None:
            self._bridge.ask(self, log_in.give_up, self._attempt)
            self._attempt = None

    @Slot()
    def _on_left(self) -> None:
        self.give_up()
        self.left.emit()

    @Slot()
    def _on_platform(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._login.clear()
        for each in chosen.logins:
            self._login.addItem(each.title, each.key)
        for part in (self._login, self._login_label):
            part.setVisible(len(chosen.logins) > 1)
        self._browser.setVisible(bool(chosen.logins))
        self._notes.show_text("\n".join(map(engine_words, chosen.notes)))
        self._notes.setVisible(bool(chosen.notes))

    def _chosen(self) -> Connectable | None:
        found: Connectable | None = self._platform.currentData()
        return found

    @Slot()
    def _on_browser(self) -> None:
        self._say_problem("")
        self._busy(is_busy=True)
        if self._again is not None:
            begun = self._bridge.ask(self, log_in.begin_again, self._again.id)
        else:
            chosen = self._chosen()
            if chosen is None:
                return
            wanted = Wanted(platform=chosen.platform, flavour=self._login.currentData())
            begun = self._bridge.ask(self, log_in.begin, wanted)
        begun.then(self._on_begun).failed(self._on_failed)

    def _on_begun(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._busy(is_busy=False)
        self._waiting_words.show_text(
            self.tr(
                "Your browser shows the login. Allow everything that is asked there;"
                " this page goes on by itself."
            )
        )
        self._bar.show_part(-1.0, self.tr("Waiting for the browser"))
        self._show(self._waiting)
        self._leave.setFocus()
        # The address for the browser is open already; it may be back before we ask.
        self._on_open_again()
        self._call = (
            self._bridge.ask(self, log_in.finish, attempt)
            .then(self._on_opened)
            .failed(self._on_failed)
        )

    @Slot()
    def _on_open_again(self) -> None:
        if self._attempt is not None:
            self.browser_wanted.emit(QUrl(self._attempt.address))

    @Slot()
    def _on_copy(self) -> None:
        if self._attempt is not None:
            QGuiApplication.clipboard().setText(self._attempt.address)

    def _on_opened(self, opened: Opened) -> None:
        self._attempt, self._call = None, None
        self._opened = opened
        choices = opened.choices
        if len(choices) == 1:
            self._choose(choices[0].account_id)
            return
        self._account.clear()
        for each in choices:
            words = f"{each.name} (@{each.username})" if each.username else each.name
            self._account.addItem(words, each.account_id)
        self._show(self._several)
        self._account.setFocus()

    @Slot()
    def _on_take(self) -> None:
        self._choose(self._account.currentData())

    def _choose(self, account_id: str) -> None:
        if self._opened is None:
            return
        self._busy(is_busy=True)
        self._bridge.ask(self, log_in.choose, self._opened, account_id).then(
            self._on_connected
        ).failed(self._on_failed)

    @Slot()
    def _on_paste(self) -> None:
        self._say_problem("")
        chosen = self._chosen()
        if self._again is not None:
            self._form.show_again(self._again)
        elif chosen is not None:
            self._form.show_platform(chosen)
        self._show(self._pasting)
        self._form.focus_first()

    @Slot()
    def _on_hand_in(self) -> None:
        if not self._form.is_filled():
            return
        self._say_problem("")
        if self._again is not None:
            handed = self._bridge.ask(
                self, log_in.paste_again, self._again.id, self._form.take_token()
            )
        else:
            pasted = self._form.take()
            if pasted is None:
                return
            handed = self._bridge.ask(self, log_in.paste, pasted)
        self._busy(is_busy=True)
        handed.then(self._on_connected).failed(self._on_failed)

    def _on_connected(self, connected: Connected) -> None:
        self._reset(None)
        words = connected_words(connected.name, connected.lacking)
        self.connected.emit(connected.channel_id, words)

    def _on_failed(self, error: SocialSyncError) -> None:
        self._attempt, self._call = None, None
        self._busy(is_busy=False)
        self._say_problem(login_trouble(error))
        if self._steps.currentWidget() is self._waiting:
            self._show(self._pasting if self._again else self._choosing)
            if self._again:
                self._form.show_again(self._again)

    def _reset(self, again: ChannelRow | None) -> None:
        self.give_up()
        self._again, self._opened = again, None
        self._say_problem("")
        self._busy(is_busy=False)

    def _busy(self, *, is_busy: bool) -> None:
        for control in (self._browser, self._paste, self._take):
            control.setEnabled(not is_busy)
        self._hand_in.setEnabled(not is_busy and self._form.is_filled())

    def _say_problem(self, words: str) -> None:
        self._problem.show_text(words)
        self._problem.setVisible(bool(words))

    def _show(self, wanted: QWidget) -> None:
        self._steps.setCurrentWidget(wanted)

    @Slot(bool)
    def _on_filled(self, filled: bool) -> None:  # noqa: FBT001 - a signal's value
        self._hand_in.setEnabled(filled)

    def _connect(self) -> None:
        self._platform.activated.connect(self._on_platform)
        self._browser.clicked.connect(self._on_browser)
        self._paste.clicked.connect(self._on_paste)
        self._open_again.clicked.connect(self._on_open_again)
        self._copy.clicked.connect(self._on_copy)
        self._take.clicked.connect(self._on_take)
        self._hand_in.clicked.connect(self._on_hand_in)
        self._form.filled.connect(self._on_filled)
        self._form.entered.connect(self._on_hand_in)
        self._leave.clicked.connect(self._on_left)

    def _choosing_step(self) -> QWidget:
        words = self.tr("You log in on the platform's own page; we never see a password.")
        deeds = (self._browser, self._paste)
        return step(
            WrappedLabel(words, "muted"),
            PlainLabel(self.tr("Platform"), "small"),
            self._platform,
            self._login_label,
            self._login,
            self._notes,
            deeds=deeds,
        )

    def _waiting_step(self) -> QWidget:
        return step(self._waiting_words, self._bar, deeds=(self._open_again, self._copy))

    def _several_step(self) -> QWidget:
        words = self.tr("The login opens several accounts. Which one shall it be?")
        return step(WrappedLabel(words), self._account, deeds=(self._take,))

    def _pasting_step(self) -> QWidget:
        words = self.tr("The token is sealed at once, and shown to nobody.")
        return step(WrappedLabel(words, "muted"), self._form, deeds=(self._hand_in,))

    def _arrange(self) -> None:
        for each in (self._choosing, self._waiting, self._several, self._pasting):
            self._steps.addWidget(each)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._leave)
        body = PageBody()
        column = QVBoxLayout(body)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self._steps)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body))
