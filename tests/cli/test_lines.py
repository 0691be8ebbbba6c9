from pathlib import Path

import pytest

from core.cli.lines import read_lines
from core.domain.errors import BadDocument, NotFound


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "questions.jsonl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_each_line_is_one_question(tmp_path: Path) -> None:
    content = (
        '{"id": 1, "text": "Hours?"}\n\n'
        '{"id": "b", "text": "Horaires ?", "lang": "fr"}\r\n'
        '{"id": null, "fragments": ["Hello", "when do you open"], "lang": null}'
    )
    first, second, third = read_lines(written(tmp_path, content))
    assert (first.id, first.text, first.lang) == (1, "Hours?", None)
    assert (second.id, second.lang) == ("b", "fr")
    assert (third.id, third.fragments) == (None, ("Hello", "when do you open"))
    assert third.text == "Hello\nwhen do you open"


def test_a_separator_inside_a_text_does_not_end_its_line(tmp_path: Path) -> None:
    (line,) = read_lines(written(tmp_path, '{"id": 1, "text": "one\u2028two"}'))
    assert line.text == "one\u2028two"


def test_the_mark_that_windows_puts_first_is_no_part_of_the_file(tmp_path: Path) -> None:
    (line,) = read_lines(written(tmp_path, b'\xef\xbb\xbf{"id": 1, "text": "Hours?"}'))
    assert line.text == "Hours?"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "is not JSON"),
        ("[1]", "has no “id”"),
        ('{"text": "Hours?"}', "has no “id”"),
        ('{"id": 1}', "needs a “text”"),
        ('{"id": 1, "text": 5}', "needs a “text”"),
        ('{"id": 1, "fragments": []}', "needs a “text”"),
        ('{"id": 1, "fragments": ["a", 2]}', "needs a “text”"),
        ('{"id": 1, "text": "a", "lang": 3}', "“lang” is not a text"),
    ],
)
def test_a_line_that_asks_nothing_is_refused_by_its_number(
    tmp_path: Path, content: str, why: str
) -> None:
    file = written(tmp_path, f'{{"id": 0, "text": "ok"}}\n{content}\n')
    with pytest.raises(BadDocument, match=rf"Line 2 of questions\.jsonl.*{why}"):
        read_lines(file)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="not UTF-8"):
        read_lines(written(tmp_path, b'{"id": 1, "text": "\xe9"}'))


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_lines(tmp_path / "nothing.jsonl")
