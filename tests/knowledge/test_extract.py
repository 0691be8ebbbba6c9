import pytest

from core.domain.errors import BadDocument
from core.knowledge.extract import decoded

_TEXT = "Le café coûte 4,90 €.\nÀ bientôt !"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
def test_a_text_reads_the_same_in_every_usual_encoding(encoding: str) -> None:
    assert decoded(_TEXT.encode(encoding)) == _TEXT


def test_line_ends_and_accents_have_one_form() -> None:
    assert decoded("# Cafe\u0301\r\n\rok".encode()) == "# Café\n\nok"


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(BadDocument, match="not a text file"):
        decoded(b"\x89PNG\r\n\x00\x1a" + b"pixels" * 50)
