"""JSON lines: many questions in one file, each answered by a line with its id."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.errors import BadDocument, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question: what somebody wrote, in one piece or several."""

    id: Any
    fragments: tuple[str, ...]
    lang: str | None

    @property
    def text(self) -> str:
        """Return everything that was written."""
        return "\n".join(self.fragments)


def read_lines(file: Path) -> list[Line]:
    """Return the lines of a file of `{"id", "text" or "fragments", "lang"?}`.

    Raises:
        NotFound: there is no such file.
        BadDocument: a line is something else; the error says which.
    """
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    try:
        content = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument(f"{file.name} is not UTF-8.", "Save it as UTF-8.") from error
    return [
        _line(line, f"Line {number} of {file.name}")
        for number, line in enumerate(content.split("\n"), start=1)
        if line.strip()
    ]


def _line(line: str, where: str) -> Line:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadDocument(f"{where} is not JSON.") from error
    if not isinstance(value, dict) or "id" not in value:
        raise BadDocument(f"{where} has no “id”.")
    fragments = value.get("fragments", [value.get("text")])
    if (
        not isinstance(fragments, list)
        or not fragments
        or not all(isinstance(one, str) for one in fragments)
    ):
        raise BadDocument(f"{where} needs a “text”, or a list of “fragments”.")
    lang = value.get("lang")
    if lang is not None and not isinstance(lang, str):
        raise BadDocument(f"{where}: “lang” is not a text.")
    return Line(id=value["id"], fragments=tuple(fragments), lang=lang)
