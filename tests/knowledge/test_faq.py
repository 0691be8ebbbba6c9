from uuid import UUID

import pytest

from core.domain.errors import BadDocument
from core.domain.ids import FaqId
from core.domain.knowledge import Faq, FaqText
from core.knowledge.faq import checked, key_of, language_of, read_csv, write_csv


def test_a_table_is_read_with_its_columns_in_any_order_and_any_case() -> None:
    table = (
        "Answer,Question,phrasings,Language\n"
        '"Yes, free.",Is there wifi?,wifi code| internet? |,EN\n'
        ",,,\n"
    )

    assert read_csv(table.encode()) == [
        FaqText(
            question="Is there wifi?",
            answer="Yes, free.",
            language="en",
            phrasings=("wifi code", "internet?"),
        )
    ]


def test_a_table_without_answers_is_refused_by_name() -> None:
    with pytest.raises(BadDocument, match="answer"):
        read_csv(b"question,reply\nIs there wifi?,Yes\n")


def test_a_line_without_its_answer_is_named() -> None:
    with pytest.raises(BadDocument, match="line 3"):
        read_csv(b"question,answer\nIs there wifi?,Yes\nAnd tea?,\n")


def test_the_key_is_the_same_for_questions_that_differ_in_accents_case_and_marks() -> None:
    one = FaqText(question="Où êtes-vous ?", answer="Ici.")
    other = FaqText(question="ou etes vous", answer="Là.")

    assert key_of(one) == key_of(other) == "ou etes vous"


def test_an_entry_without_a_language_is_read_for_it() -> None:
    told = FaqText(question="Vous livrez ?", answer="Oui, partout en France.")
    given = FaqText(question="Vous livrez ?", answer="Oui.", language="de")

    assert (language_of(told), language_of(given)) == ("fr", "de")


def test_a_question_of_marks_alone_is_refused() -> None:
    with pytest.raises(BadDocument):
        checked(FaqText(question="???", answer="Yes."))


def test_what_is_written_out_is_read_back() -> None:
    entry = Faq(
        id=FaqId(UUID(int=1)),
        question='Is "decaf" sold?',
        answer="Yes,\nin bags.",
        category="menu",
        lang_code="en",
        phrasings=("decaf?", "no caffeine"),
        enabled=True,
    )

    assert read_csv(write_csv([entry]).encode()) == [
        FaqText(
            question=entry.question,
            answer=entry.answer,
            category="menu",
            language="en",
            phrasings=entry.phrasings,
        )
    ]


def test_a_formula_is_written_as_text_and_an_empty_cell_stays_empty() -> None:
    entry = Faq(
        id=FaqId(UUID(int=1)),
        question="=1+1?",
        answer="Two.",
        category=None,
        lang_code="en",
        phrasings=(),
        enabled=True,
    )
    assert write_csv([entry]).splitlines()[1] == "'=1+1?,Two.,,en,"
