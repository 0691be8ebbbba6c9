import csv
import io
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
    entry = _faq(
        'Is "decaf" sold?',
        "Yes,\nin bags.",
        category="menu",
        phrasings=("decaf?", "no caffeine"),
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
    entry = _faq("=1+1?", "Two.")
    assert write_csv([entry]).splitlines()[1] == "'=1+1?,Two.,,en,"


@pytest.mark.parametrize(
    "text",
    [
        "- on foot: ten minutes\n- by bus: three",
        "=SUM(A1:A9)",
        "+33 1 23 45 67 89",
        "@thecafé",
        "'=quoted",
        "''- twice",
        '\'tis free; or not, "perhaps"',
        "C:\\menu\\",
        "a|b\\|c",
    ],
)
def test_no_text_is_changed_by_a_spreadsheets_guard(text: str) -> None:
    entry = _faq(f"{text} 1", text, category=text, phrasings=(text, f"x {text}"))

    written = write_csv([entry])
    (back,) = read_csv(written.encode())
    rows = list(csv.reader(io.StringIO(written)))

    assert (back.question, back.answer, back.category) == (f"{text} 1", text, text)
    assert back.phrasings == (text, f"x {text}")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_any_spreadsheet_are_read(encoding: str, delimiter: str) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(("Question", "Answer", "Phrasings"))
    writer.writerow(
        ("Où êtes-vous ?", "À la gare, quai 3 ; à gauche.", "où ça ?|l’adresse ?")
    )

    assert read_csv(table.getvalue().encode(encoding)) == [
        FaqText(
            question="Où êtes-vous ?",
            answer="À la gare, quai 3 ; à gauche.",
            phrasings=("où ça ?", "l’adresse ?"),
        )
    ]


def test_a_spreadsheets_note_about_its_separator_is_passed_over() -> None:
    table = b"sep=;\r\nquestion;answer\r\nIs there wifi?;Yes, free.\r\nAnd tea?;\r\n"
    with pytest.raises(BadDocument, match="line 4"):
        read_csv(table)
    (entry,) = read_csv(table.rpartition(b"And")[0])
    assert entry.answer == "Yes, free."


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ('One?,"Yes,\nreally"\n\nTwo?,\n', r"question and an answer \(line 5\)"),
        ("One?,Yes\nTwo?,Yes, free\n", r"more cells than columns \(line 3\)"),
        ('One?,Yes\nTwo?,"Yes\nThree?,No\n', r"quotation marks .* \(line 3\)"),
        (f"One?,Yes\n{'long ' * 200}?,No\n", r"at most 500 characters.*\(line 3\)"),
    ],
)
def test_a_bad_line_is_named_by_where_it_begins(lines: str, why: str) -> None:
    with pytest.raises(BadDocument, match=why):
        read_csv(f"question,answer\n{lines}".encode())


def test_a_table_of_nothing_is_told_what_it_lacks() -> None:
    with pytest.raises(BadDocument, match="question"):
        read_csv(b"")


def test_letters_that_nobody_sees_are_left_out() -> None:
    entry = checked(FaqText(question="Tea\x00?\U000e0041", answer="Yes\u00ad.\r\nReally."))
    assert (entry.question, entry.answer) == ("Tea?", "Yes.\nReally.")


def _faq(
    question: str, answer: str, category: str | None = None, phrasings: tuple[str, ...] = ()
) -> Faq:
    return Faq(
        id=FaqId(UUID(int=1)),
        question=question,
        answer=answer,
        category=category,
        lang_code="en",
        phrasings=phrasings,
        enabled=True,
    )
