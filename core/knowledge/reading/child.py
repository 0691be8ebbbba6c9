"""The child: reads one file from its standard input and answers with one JSON.

Started by `process` for each file, as `python -I` or as the companion with a hidden
argument. It first imports what its kind of file needs, then gives up its rights, then
reads. Nothing it says is trusted.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

from core.knowledge.reading import confinement, sniffing
from core.knowledge.reading.limits import MB
from core.knowledge.reading.manuscript import Full, Manuscript
from core.knowledge.reading.reasons import Reason, Unreadable

Read = Callable[[bytes, Manuscript], None]

_FOLDER = "core.knowledge.reading."
_READERS = {
    "pdf": ("pdf", "read"),
    "docx": ("docx", "read"),
    "pptx": ("pptx", "read"),
    "xlsx": ("xlsx", "read"),
    "odt": ("odt", "read"),
    "epub": ("epub", "read"),
    "html": ("markup", "read"),
    "eml": ("mail", "read"),
    "rtf": ("rtf", "read"),
    "txt": ("plain", "read_note"),
    "md": ("plain", "read_markdown"),
    "csv": ("plain", "read_table"),
}
_LIBRARIES = ("lxml", "pypdfium2_raw")
_BLOCK = 1 * MB

DRAW = "draw"
RECOGNISE = "recognise"


def main(arguments: Sequence[str]) -> None:
    """Do what the parent asks: read a kind of file, draw a page, or run Tesseract."""
    task, *rest = arguments
    if task == RECOGNISE:
        confinement.confine_to_program(rest[0])
        # One thread: more would count against the limit of processes, and fail.
        os.execve(rest[0], rest, {"OMP_THREAD_LIMIT": "1"})  # noqa: S606 -- found by the parent
    module, name = ("picture", "draw") if task == DRAW else _READERS[task]
    reader = importlib.import_module(_FOLDER + module)
    confinement.confine(_loaded_libraries())
    content = sys.stdin.buffer.read()
    if task == DRAW:
        answer = getattr(reader, name)(content, int(rest[0]))
    else:
        answer = _said(task, content, getattr(reader, name))
    _reply(answer)


def _loaded_libraries() -> list[ModuleType]:
    return [sys.modules[name] for name in _LIBRARIES if name in sys.modules]


def _said(kind: str, content: bytes, read: Read) -> bytes:
    """Return the answer as JSON; whatever goes wrong has a reason."""
    try:
        answer = _answer(kind, content, read)
    except Unreadable as refusal:
        answer = {"refused": refusal.reason}
    except MemoryError:
        answer = {"refused": Reason.TOO_MUCH_MEMORY}
    except Exception:  # noqa: BLE001 -- a parser met bytes that its authors did not foresee
        answer = {"refused": Reason.BROKEN}
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace")


def _answer(kind: str, content: bytes, read: Read) -> dict[str, Any]:
    sniffing.check(kind, content)
    manuscript = Manuscript()
    with suppress(Full):
        read(content, manuscript)
    return {
        "title": manuscript.title or manuscript.heading,
        "text": manuscript.text,
        "page_starts": manuscript.page_starts,
        "warnings": manuscript.warnings,
        "scanned": manuscript.scanned,
    }


def _reply(answer: bytes) -> None:
    """Write the answer and end at once: what a library would tidy up ends with us."""
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(1, rest[:_BLOCK]) :]
    os._exit(0)
