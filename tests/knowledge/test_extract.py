import pytest

from core.domain.errors import BadDocument
from core.knowledge.extract import LARGEST_BYTES, read_text, title_of

_TEXT = "Le café coûte 4,90 €.\nÀ bientôt !"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
def test_a_text_reads_the_same_in_every_usual_encoding(encoding: str) -> None:
    assert read_text("note.txt", _TEXT.encode(encoding)) == _TEXT


def test_line_ends_and_accents_have_one_form_in_the_stored_text() -> None:
    assert read_text("a.md", "# Cafe\u0301\r\n\rok".encode()) == "# Café\n\nok"


def test_an_unread_kind_is_refused_with_the_kinds_that_are_read() -> None:
    with pytest.raises(BadDocument) as refused:
        read_text("menu.xlsx", b"PK")

    assert "menu.xlsx" in refused.value.title
    assert ".csv, .markdown, .md, .txt" in refused.value.next_step


@pytest.mark.parametrize("content", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"--- ***"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadDocument, match="no text"):
        read_text("a.txt", content)


def test_a_binary_file_with_a_text_ending_is_refused() -> None:
    with pytest.raises(BadDocument, match="not a text file"):
        read_text("a.txt", b"\x89PNG\r\n\x00\x1a" + b"pixels" * 50)


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(BadDocument, match="10 MB"):
        read_text("a.txt", b"a" * (LARGEST_BYTES + 1))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_row_of_a_table_can_be_read_alone(separator: str) -> None:
    rows = [["Produit", "Prix"], ["Espresso", "2.20 €"], ["Latte", ""], ["", ""]]
    table = "\n".join(separator.join(row) for row in rows)

    assert (
        read_text("prix.csv", table.encode())
        == "- Produit: Espresso; Prix: 2.20 €\n- Produit: Latte"
    )


def test_the_title_is_the_first_heading_or_the_name_in_words() -> None:
    assert title_of("x.md", "intro\n# Horaires d'été #\n# Autre") == "Horaires d'été"
    assert (
        title_of("retours_et-remboursements.md", "no heading")
        == "Retours et remboursements"
    )
