"""Reusable widgets: they paint values, emit what the person did, and decide nothing.

Each is handed small frozen values of its own (`Bubble`, `ConversationCell`,
`Suggestion`), so that a pane maps its rows to them and a widget never learns where the
rows came from. Words from customers are always drawn as plain text.
"""
