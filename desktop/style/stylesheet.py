"""The one stylesheet, a template over the names of `Tokens`.

Widgets say what they are with the dynamic property `role` and never carry a stylesheet
of their own. Each control that takes the keyboard has a `:focus` rule.
"""

from typing import Final

STYLESHEET: Final = """
* { font-size: ${size_body}px; }
QWidget[role="panel"], QScrollArea, QScrollArea > QWidget > QWidget { background: $window; }
QWidget[role="sunken"] { background: $sunken; }
QWidget[role="rail"] { background: $rail; }
QFrame[role="bar"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[role="side"] { background: $window; border: none; border-left: 1px solid $line; }
QFrame[role="foot"] { background: $window; border: none; border-top: 1px solid $line; }
QFrame[role="dock"] { background: $raised; border: none; border-top: 1px solid $line; }
QFrame[role="dock"] QTableView { background: $raised; }
QFrame[role="caution"] { background: $warning_soft; border: none; border-radius: ${radius_field}px; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: ${radius_card}px; }
QFrame[role="fact"] { background: $sunken; border: none; border-radius: ${radius_field}px; }
QFrame[role="remark"], QFrame[role="remark-chosen"] {
  background: $sunken; border: 1px solid $sunken; border-radius: ${radius_field}px;
}
QFrame[role="remark-chosen"] { background: $selected; border-color: $accent; }
QFrame[role="suggestion"] {
    background: $accent_soft; border: 1px solid $accent_line; border-radius: ${radius_card}px;
}
QFrame[role="quote"] {
    background: $raised; border: 1px solid $accent_line; border-radius: ${radius_field}px;
}
QFrame[role="line"] { background: $line; border: none; max-height: 1px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: ${size_title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${size_heading}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="section"] { font-size: ${size_caption}px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { font-size: ${size_small}px; color: $muted; }
QLabel[role="caption"] { font-size: ${size_caption}px; color: $muted; }
QLabel[role="warning"] { font-size: ${size_small}px; color: $warning_text; }
QLabel[role="danger"] { font-size: ${size_small}px; color: $danger_text; }
QLabel[role="toast"] { color: $toast_text; }
QLabel:disabled { color: $disabled; }

QAbstractScrollArea { border: none; }
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {
    background: $sunken; color: $text; border: 1.5px solid transparent;
    border-radius: ${radius_field}px; padding: 6px 10px;
    selection-background-color: $text_selection; selection-color: $text;
}
QPlainTextEdit { padding: 6px 8px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; subcontrol-position: center right; width: 1px; height: 1px; border: none; background: transparent;
}
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QAbstractSpinBox:hover {
    border-color: $line_strong;
}
QAbstractSpinBox QLineEdit:hover, QAbstractSpinBox QLineEdit:focus { border: none; background: transparent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border-color: $focus; background: $window;
}
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; }
QPlainTextEdit[role="note"] { background: $note; color: $note_text; border-color: $note_line; }
QPlainTextEdit[role="note"]:focus { border-color: $focus; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $line; selection-background-color: $selected;
    selection-color: $text; outline: none;
}

QPushButton {
    background: $sunken; color: $text; border: 1px solid $line; border-radius: ${radius_field}px;
    padding: 7px 15px; font-size: ${size_row}px; font-weight: 600;
}
QPushButton:hover { border-color: $line_strong; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $focus; padding: 6px 14px; }
QPushButton:disabled { color: $disabled; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled {
    background: $sunken; color: $disabled; border-color: $line;
}
QPushButton[role="danger"] { background: $danger; color: $on_danger; border-color: $danger; }
QPushButton[role="quiet"] {
    background: transparent; border-color: transparent; color: $accent_text; padding: 7px 10px;
}
QPushButton[role="quiet"]:hover { background: $hover; border-color: $hover; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; padding: 6px 9px; }
QPushButton[role="quiet"]:disabled { color: $disabled; }
QPushButton[role="chip"] {
    background: transparent; border: 1px solid $line; border-radius: 13px; padding: 4px 11px;
    color: $muted; font-weight: 500;
}
QPushButton[role="chip"]:hover { background: $hover; border-color: $line_strong; }
QPushButton[role="chip"]:checked {
    background: $accent_soft; border-color: $accent_soft; color: $accent_text; font-weight: 600;
}
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 3px 10px; }
QPushButton[role="nav"] {
    background: transparent; border: 1px solid transparent; border-radius: ${radius_field}px;
    padding: 8px 10px; text-align: left; color: $muted; font-weight: 500;
}
QPushButton[role="nav"]:hover { background: $hover; }
QPushButton[role="nav"]:checked { background: $selected; color: $text; font-weight: 600; }
QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: 7px 9px; }
QPushButton[role="jump"] {
    background: $toast; color: $toast_text; border: 1px solid $toast; border-radius: 17px;
    padding: 7px 16px;
}
QPushButton[role="jump"]:focus { border: 2px solid $focus; padding: 6px 15px; }
QPushButton[role="banner"] {
    background: transparent; border-color: transparent; padding: 4px 8px;
    text-decoration: underline;
}
QPushButton[role="toast"] {
    background: transparent; color: $toast_action; border-color: transparent; padding: 4px 8px;
}
QPushButton[role="banner"]:focus, QPushButton[role="toast"]:focus {
    border: 2px solid $focus; padding: 3px 7px;
}

QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${radius_field}px; padding: 6px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 2px solid $focus; padding: 5px; }
QToolButton[role="rail"] { border-radius: 10px; padding: 10px; }
QToolButton[role="rail"]:hover { background: $rail_hover; }
QToolButton[role="rail"]:checked { background: $rail_active; }
QToolButton[role="rail"]:focus { border: 2px solid $rail_text; padding: 9px; }
QToolButton[role="off"] {
    background: $warning_soft; color: $warning_text; border-radius: 8px; padding: 5px 1px;
    font-size: ${size_tiny}px; font-weight: 600;
}
QToolButton[role="off"]:hover { border-color: $warning_text; }
QToolButton[role="off"]:focus { border: 2px solid $rail_text; padding: 4px 0; }

QTableView {
    background: $window; border: none; outline: none;
    selection-background-color: transparent; selection-color: $text;
}
QTableView::item:focus { border: none; outline: none; }
ThreadView { background: $window; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scrollbar; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $scrollbar_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider { background: transparent; min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line_strong; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px; background: $accent;
    border: 1px solid $accent;
}
QSlider::handle:horizontal:focus { border: 2px solid $text; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {
    background: $disabled; border-color: $disabled;
}

QMenu { background: $raised; border: 1px solid $line; border-radius: ${radius_field}px; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 6px; color: $text; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QToolTip {
    background: $toast; color: $toast_text; border: none; padding: 5px 8px;
    font-size: ${size_small}px;
}
QSplitter::handle { background: $line; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { outline: none; border: 1px solid $focus; border-radius: 4px; }
"""
