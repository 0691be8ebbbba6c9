"""Messages without words: the lists name them in the reader's language."""

from datetime import timedelta

import pytest

from core.domain.message import Direction, MessageType
from desktop.panes.escalations.queue import cell_of as escalated
from desktop.panes.inbox.cells import cell_of
from desktop.style.icons import icon_names
from desktop.widgets.conversation_cell import describe_conversation
from desktop.widgets.kinds import kind_of
from tests.doubles.fake_bridge import NOON
from tests.doubles.inbox_rows import a_row, an_escalation


@pytest.mark.parametrize("kind", list(MessageType))
def test_every_kind_has_a_word_and_an_icon(kind: MessageType) -> None:
    found = kind_of(f"[{kind}]")
    assert found is not None
    assert found.word
    assert found.icon in icon_names()


@pytest.mark.parametrize("words", ["", "[sic]", "see [image]", "[image] here", "image"])
def test_words_of_a_customer_stay_words(words: str) -> None:
    assert kind_of(words) is None
    assert cell_of(a_row(preview=words)).preview == words


def test_photo_of_ours_says_whose_it_is() -> None:
    cell = cell_of(a_row(preview="[image]", last_direction=Direction.OUTBOUND))
    assert (cell.preview, cell.preview_icon) == ("You: Photo", "photo")
    assert "You: Photo" in describe_conversation(cell, NOON + timedelta(hours=1))


def test_escalation_without_a_summary_names_the_file() -> None:
    cell = escalated(an_escalation(summary="", last_message_preview="[audio]"))
    assert (cell.preview, cell.preview_icon) == ("Voice message", "microphone")
    assert escalated(an_escalation()).preview_icon is None
