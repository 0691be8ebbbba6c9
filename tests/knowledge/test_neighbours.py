"""Passages that stand side by side in their document become one, exact to the letter."""

from uuid import UUID

from core.domain.ids import DocumentId
from core.domain.knowledge import Passage
from core.knowledge.neighbours import joined

TEXT = "Le port coûte 5 €.\n\n  Il est offert dès 45 €.\n\nNous partons le mardi."
SPANS = ((0, 18), (22, 45), (47, 69))


def passage(index: int, likely: float, *, document: int = 1) -> Passage:
    start, end = SPANS[index]
    following = SPANS[index + 1][0] if index + 1 < len(SPANS) else len(TEXT)
    return Passage(
        score=likely,
        text=TEXT[start:end],
        title="Port",
        name="port.md",
        lang_code="fr",
        document_id=DocumentId(UUID(int=document)),
        chunk_index=index,
        start_char=start,
        end_char=end,
        gap=TEXT[end:following],
        likely=likely,
    )


def test_neighbours_are_one_passage_with_the_text_of_the_document() -> None:
    for found in (
        [passage(0, 0.9), passage(1, 0.8)],
        [passage(1, 0.9), passage(0, 0.8)],
    ):
        (one,) = joined(found)

        assert one.text == TEXT[one.start_char : one.end_char]
        assert (one.start_char, one.end_char, one.chunk_index) == (0, 45, 0)
        assert one.likely == 0.9


def test_a_run_grows_at_both_ends() -> None:
    (one,) = joined([passage(1, 0.9), passage(2, 0.8), passage(0, 0.7)])

    assert one.text == TEXT


def test_passages_of_other_documents_or_with_one_between_stay_apart() -> None:
    apart = [passage(0, 0.9), passage(2, 0.8), passage(1, 0.7, document=2)]

    assert joined(apart) == apart


def test_a_neighbour_that_hardly_answers_stays_apart() -> None:
    apart = [passage(0, 0.9), passage(1, 0.1)]

    assert joined(apart) == apart


def test_what_would_grow_too_long_stays_apart() -> None:
    long = "mot " * 200
    apart = [
        Passage(
            score=1.0,
            text=long,
            title="",
            name="",
            lang_code="fr",
            document_id=DocumentId(UUID(int=1)),
            chunk_index=index,
            start_char=0,
            end_char=1,
            likely=0.9,
        )
        for index in (0, 1)
    ]

    assert joined(apart) == apart


def test_entries_have_no_neighbours() -> None:
    entries = [
        Passage(score=1.0, text=text, title="", name="", lang_code="fr", likely=0.9)
        for text in ("Oui.", "Non.")
    ]

    assert joined(entries) == entries
