"""Join passages that stand next to each other in their document.

An answer often runs over the edge where a document was cut: the price in one chunk, its
conditions in the next. Where both were found they are shown, and quoted, as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.ids import DocumentId
from core.domain.knowledge import Passage
from core.knowledge.chunking import word_count

NEARLY_AS_LIKELY = 0.5
"""A neighbour joins a passage from this part of its likelihood on."""
MOST_WORDS = 320
"""Two full chunks: more would bury what was asked."""


@dataclass(slots=True)
class _Run:
    """Neighbours in their order; the best of them says how good they are."""

    best: Passage
    first: Passage
    last: Passage
    text: str


def joined(found: Sequence[Passage]) -> list[Passage]:
    """Return the passages, given best first, with neighbours as one in the better's place.

    The text of joined passages is the document's own, from the start of the first to the
    end of the last. Entries of a FAQ have no neighbours.
    """
    runs: list[_Run] = []
    ends: dict[tuple[DocumentId, int], _Run] = {}
    for passage in found:
        run = _extended(ends, passage)
        if run is None:
            run = _Run(best=passage, first=passage, last=passage, text=passage.text)
            runs.append(run)
        for edge in (run.first, run.last):
            if edge.document_id is not None and edge.chunk_index is not None:
                ends[edge.document_id, edge.chunk_index] = run
    return [_passage(run) for run in runs]


def _extended(ends: dict[tuple[DocumentId, int], _Run], passage: Passage) -> _Run | None:
    """Return the run that the passage continues, extended by it."""
    if passage.document_id is None or passage.chunk_index is None:
        return None
    before = ends.get((passage.document_id, passage.chunk_index - 1))
    if before is not None and before.last.chunk_index == passage.chunk_index - 1:
        text = before.text + before.last.gap + passage.text
        if _belongs(before, passage, text):
            before.last, before.text = passage, text
            return before
    after = ends.get((passage.document_id, passage.chunk_index + 1))
    if after is not None and after.first.chunk_index == passage.chunk_index + 1:
        text = passage.text + passage.gap + after.text
        if _belongs(after, passage, text):
            after.first, after.text = passage, text
            return after
    return None


def _belongs(run: _Run, passage: Passage, text: str) -> bool:
    is_likely = passage.likely >= NEARLY_AS_LIKELY * run.best.likely
    return is_likely and word_count(text) <= MOST_WORDS


def _passage(run: _Run) -> Passage:
    if run.first is run.last:
        return run.best
    return replace(
        run.best,
        text=run.text,
        chunk_id=run.first.chunk_id,
        chunk_index=run.first.chunk_index,
        start_char=run.first.start_char,
        end_char=run.last.end_char,
        gap=run.last.gap,
        pieces=(),  # of the joined text there are others
    )
