"""The search over the knowledge base: what would be said, and why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.domain.errors import ModelDown
from core.queries import knowledge
from desktop.panes.knowledge.answer_card import AnswerCard, NoAnswerCard
from desktop.panes.knowledge.pane import KnowledgePane
from desktop.panes.knowledge.passage_card import PassageCard
from desktop.widgets.choice import Choice
from desktop.widgets.emphasis import MarkedWords
from desktop.widgets.leg_bars import LegBars
from desktop.widgets.text_reader import TextReader
from tests.doubles.knowledge_pane import (
    Library,
    button,
    child,
    choose,
    has_button,
    in_sight,
    press,
    toasts,
)
from tests.doubles.knowledge_rows import a_passage, faq_id

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

QUESTION = "What does delivery to a pick-up point cost?"


def field(pane: KnowledgePane) -> QLineEdit:
    fields = pane.findChildren(QLineEdit)
    return next(each for each in fields if each.accessibleName().startswith("Ask as"))


def ask(pane: KnowledgePane, words: str) -> None:
    press(pane, "search")
    QTest.keyClicks(field(pane), words)
    QTest.keyClick(field(pane), Qt.Key.Key_Return)


def cards(pane: KnowledgePane) -> list[PassageCard]:
    return [each for each in pane.findChildren(PassageCard) if each.isVisible()]


def test_slash_leads_to_the_search(library: Library) -> None:
    pane = library.open()
    QTest.keyClick(pane, Qt.Key.Key_Slash)
    assert field(pane).hasFocus()


def test_answer_stands_over_the_passages_with_its_source(library: Library) -> None:
    pane = library.open()
    ask(pane, QUESTION)
    assert library.bridge.asked(knowledge.look_up) == [
        ((QUESTION,), {"within": None, "k": 8})
    ]
    answer = child(pane, AnswerCard)
    assert "Delivery to a pick-up point costs €3.90" in in_sight(answer)
    assert "delivery-0.md" in in_sight(answer)
    assert len(cards(pane)) == 1


def test_each_leg_says_what_it_gave(library: Library) -> None:
    pane = library.open()
    ask(pane, QUESTION)
    legs = child(cards(pane)[0], LegBars)
    assert legs.accessibleName() == "Words 90%, Letters 70%, In one place 60%, Meaning 80%"
    assert "86% sure" in in_sight(cards(pane)[0])


def test_words_of_the_question_are_bold_in_the_passage(library: Library) -> None:
    pane = library.open()
    ask(pane, QUESTION)
    bold = child(cards(pane)[0], MarkedWords).bold_words()
    assert bold == ["Delivery", "pick", "point", "costs", "delivery"]


def test_passage_opens_where_it_stands(library: Library) -> None:
    pane = library.open()
    ask(pane, QUESTION)
    button(child(pane, AnswerCard), "Open").click()
    reader = child(pane, TextReader)
    assert reader.isVisible()
    assert reader.marked_words() == [library.passages[0].text]
    button(pane, "Back to what was found").click()
    assert len(cards(pane)) == 1


def test_entry_among_the_passages_opens_as_an_entry(library: Library) -> None:
    library.passages = (
        a_passage(faq_id=faq_id(0), document_id=None, question="Do you have wifi?"),
    )
    pane = library.open()
    ask(pane, "wifi")
    button(cards(pane)[0], "Open").click()
    assert has_button(pane, "Remove this way to ask: Is there wifi?")


def test_source_that_is_gone_is_told(library: Library) -> None:
    library.passages = (a_passage(77),)
    pane = library.open()
    ask(pane, QUESTION)
    button(cards(pane)[0], "Open").click()
    assert toasts(pane) == ["This is not here any more."]


def test_nothing_found_is_said_and_can_be_answered(library: Library) -> None:
    library.passages = ()
    pane = library.open()
    ask(pane, "Do you deliver by drone?")
    assert child(pane, NoAnswerCard).isVisible()
    assert cards(pane) == []
    button(pane, "Write a FAQ entry").click()
    question = next(
        each for each in pane.findChildren(QLineEdit) if each.accessibleName() == "Question"
    )
    assert question.text() == "Do you deliver by drone?"


def test_what_is_only_near_is_shown_as_not_used(library: Library) -> None:
    library.passages = (a_passage(likely=0.41),)
    pane = library.open()
    ask(pane, QUESTION)
    assert "NEAR, BUT BELOW 50%: NOT USED TO ANSWER" in in_sight(pane)
    assert child(pane, NoAnswerCard).isVisible()


def test_search_keeps_to_one_language(library: Library) -> None:
    pane = library.open()
    ask(pane, QUESTION)
    languages = next(c for c in pane.findChildren(Choice) if c.isVisible())
    QTest.keyClick(languages, Qt.Key.Key_Down)
    languages.activated.emit(languages.currentIndex())
    assert library.bridge.asked(knowledge.look_up)[-1][1]["within"] == "en"


def test_escape_brings_back_what_was_open(library: Library) -> None:
    pane = library.open()
    choose(pane, 0)
    ask(pane, QUESTION)
    assert not child(pane, TextReader).isVisible()
    QTest.keyClick(field(pane), Qt.Key.Key_Escape)
    assert child(pane, TextReader).isVisible()
    assert field(pane).text() == ""


def test_newest_question_alone_is_answered(library: Library) -> None:
    library.bridge.holds(knowledge.look_up)
    pane = library.open()
    ask(pane, "first")
    assert "Looking…" in in_sight(pane)
    field(pane).selectAll()
    ask(pane, "wifi")
    library.bridge.release(knowledge.look_up)
    assert len(cards(pane)) == 1
    assert library.bridge.asked(knowledge.look_up)[-1][0] == ("wifi",)


def test_search_is_asked_again_when_the_knowledge_changes(library: Library) -> None:
    library.passages = ()
    pane = library.open()
    ask(pane, QUESTION)
    library.passages = (a_passage(),)
    library.feed.knowledge_changed.emit()
    assert len(cards(pane)) == 1


def test_search_that_fails_offers_to_try_again(library: Library) -> None:
    library.bridge.refuses(knowledge.look_up, ModelDown("Away."))
    pane = library.open()
    ask(pane, QUESTION)
    again = button(pane, "Try again")
    library.bridge.computes(knowledge.look_up, library._look_up)
    again.click()
    assert len(cards(pane)) == 1


def test_markup_of_a_stranger_stays_text(library: Library) -> None:
    library.passages = (a_passage(text="<b>cost</b> <img src=x>", title="<i>t</i>"),)
    pane = library.open()
    ask(pane, "cost")
    words = child(cards(pane)[0], MarkedWords)
    assert words.accessibleName() == "<b>cost</b> <img src=x>"
    assert words.bold_words() == ["cost"]
