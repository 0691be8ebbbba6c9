"""The door to everything in this folder: bytes of a file in, its text out.

Nothing of a file is parsed in this process. What the child says is checked like a
stranger's words, and becomes text or a reason of ours.
"""

import signal
from dataclasses import dataclass
from pathlib import PurePath

from core import paths
from core.knowledge.reading import answer, process, recognition
from core.knowledge.reading.answer import Answer
from core.knowledge.reading.limits import LARGEST_BYTES as LARGEST_BYTES  # for callers
from core.knowledge.reading.process import Outcome
from core.knowledge.reading.reasons import ReadWarning, Reason
from core.knowledge.reading.refusals import refusal
from core.knowledge.reading.sniffing import KINDS

_OUT_OF_TIME = {getattr(signal, "SIGXCPU", 0)}
_ENDED_BY_LIMIT = -getattr(signal, "SIGKILL", 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file as it will be stored and quoted.

    `title` is what the document calls itself, or its first heading. `page_starts` holds
    the offset in `text` at which each page, slide or sheet begins; it is empty when the
    kind has none. `warnings` are `ReadWarning` codes, some with page numbers.
    """

    kind: str
    title: str | None
    text: str
    page_starts: tuple[int, ...]
    warnings: tuple[str, ...]


async def read_file(name: str, content: bytes) -> ReadFile:
    """Return the text of a file; `name` must say by its ending what the bytes are.

    Being cancelled kills the child that reads.

    Raises:
        BadDocument: it cannot or must not be read; says why, and what to do.
    """
    kind = _kind_of(name)
    if kind is None:
        raise refusal(Reason.UNKNOWN_KIND, name)
    if not content:
        raise refusal(Reason.EMPTY)
    if len(content) > LARGEST_BYTES:
        raise refusal(Reason.TOO_LARGE)
    outcome = await process.outcome_of(paths.reading_command(kind), content)
    found = _judged(outcome)
    if found.scanned:
        found = await _recognised(found, content)
    if not any(char.isalnum() for char in found.text):
        raise refusal(Reason.SCANNED if found.scanned else Reason.NO_TEXT)
    return ReadFile(
        kind=kind,
        title=found.title or None,
        text=found.text,
        page_starts=tuple(found.page_starts),
        warnings=tuple(found.warnings),
    )


def _kind_of(name: str) -> str | None:
    return KINDS.get(PurePath(name.replace("\\", "/")).suffix.lower().removeprefix("."))


def _judged(outcome: Outcome) -> Answer:
    """Return what the child found, or raise the reason that its end tells."""
    found = answer.parse(outcome.answer)
    if found is None:
        raise refusal(_reason_of_death(outcome))
    if found.reason is not None:
        raise refusal(found.reason)
    return found


def _reason_of_death(outcome: Outcome) -> Reason:
    if outcome.was_killed_by_us or -outcome.returncode in _OUT_OF_TIME:
        return Reason.TOO_SLOW
    # The hard limit of time ends with SIGKILL, and so does a machine short of memory.
    return Reason.TOO_SLOW if outcome.returncode == _ENDED_BY_LIMIT else Reason.CRASHED


async def _recognised(found: Answer, content: bytes) -> Answer:
    """Put the text of pages that are pictures in its place, where Tesseract is installed."""
    texts = await recognition.texts_of(found.scanned, content)
    missing = [page for page in found.scanned if page not in texts]
    warnings = list(found.warnings)
    if texts:
        warnings.append(ReadWarning.OCR_PAGES.about(sorted(texts)))
    if missing:
        warnings.append(ReadWarning.SCANNED_PAGES.about(missing))
    text, starts = recognition.spliced(found.text, found.page_starts, texts)
    return found.model_copy(
        update={
            "text": text,
            "page_starts": starts,
            "warnings": warnings,
            "scanned": missing,
        }
    )
