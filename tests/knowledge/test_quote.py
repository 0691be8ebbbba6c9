"""Which sentences are read for a quote, and that leaving some unread changes none."""

import asyncio
import math
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.domain.knowledge import Passage
from core.knowledge.chunking import pieces
from core.knowledge.excerpt import chosen
from core.knowledge.grams import gram_scores
from core.knowledge.kinds import asked_kinds, names, share_held
from core.knowledge.quote import FACT, MOST_NEAR, SAID, quote
from core.knowledge.sentences import Span, sentences
from core.llm.base import ChunkText, ChunkVectors, Vector

QUERY = "how much is the parking"
WORDS = [
    "parking",
    "costs",
    "much",
    "money",
    "hours",
    "garden",
    "price",
    "the",
    "is",
    "how",
    "€5",
    "free",
]


class KnownNearness:
    """Finds each sentence as near to the query as it was told, and notes what it read."""

    name = "known"
    dimensions = 2

    def __init__(self, nearness: Mapping[str, float]) -> None:
        self._nearness = nearness
        self.read: list[str] = []

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.read += [text for text in texts if text != QUERY]
        cosines = [self._nearness.get(text, 1.0) for text in texts]
        return [[cosine, math.sqrt(1 - cosine * cosine)] for cosine in cosines]

    async def embed_chunks(self, chunks: Sequence[ChunkText]) -> list[ChunkVectors]:
        raise NotImplementedError


def quoted(
    told: Sequence[tuple[str, float]], between: str = " ", by: str = ""
) -> tuple[str, str, list[str]]:
    """Return the quote, what it would be had all been read, and what was read.

    The passage was found `by` an embedder, which compared its pieces. A part of a sentence
    is as near as the whole, several sentences as the nearest of them.
    """
    text = between.join(sentence for sentence, _ in told)
    spans = sentences(text)
    texts = [span.of(text) for span in spans]
    nearness = dict(told)
    embedder = KnownNearness(nearness)
    compared = tuple(
        max(nearness[span.of(text)] for span in spans if _share_words(piece, span))
        for piece in pieces(text)
    )
    passage = _passage(text, embedder=by, pieces=compared)
    found = asyncio.run(quote(embedder, passage, QUERY))
    letters = gram_scores(QUERY, texts)
    most = max(letters) or 1.0
    kinds = asked_kinds(QUERY)
    facts = [share_held(kinds, one) for one in texts]
    said = [any(names(kind, one) for kind in kinds) for one in texts]
    scores = [
        max(0.0, nearness[one]) + shared / most + FACT * fact + SAID * bool(fact and word)
        for one, shared, fact, word in zip(texts, letters, facts, said, strict=True)
    ]
    return found.text, chosen(texts, spans, scores, QUERY).of(text), embedder.read


def _share_words(piece: Span, sentence: Span) -> bool:
    return piece.start < sentence.end and sentence.start < piece.end


def _passage(text: str, **fields: Any) -> Passage:
    return Passage(score=1.0, text=text, title="", name="", lang_code="en", **fields)


@st.composite
def sentences_of(draw: st.DrawFn, words: Sequence[str]) -> list[tuple[str, float]]:
    """Draw different sentences of these words, and how near each is to the query."""
    some = st.lists(st.sampled_from(words), min_size=2, max_size=6)
    each = st.tuples(some, st.floats(-1.0, MOST_NEAR))
    told = draw(st.lists(each, min_size=2, max_size=9))
    return [(f"No{at} {' '.join(said)}.", near) for at, (said, near) in enumerate(told)]


@given(sentences_of(WORDS))
def test_a_quote_is_the_same_as_if_every_sentence_had_been_read(
    sentence_each: list[tuple[str, float]],
) -> None:
    found, wanted, _ = quoted(sentence_each)
    assert found == wanted

    item_each = [(f"- {sentence}", nearness) for sentence, nearness in sentence_each]
    found, wanted, _ = quoted(item_each, between="\n")
    assert found == wanted


LONG = "and there is a " + "very " * 14 + "old chestnut tree"


@given(sentences_of([*WORDS, LONG]))
def test_what_the_search_has_compared_changes_no_quote(
    sentence_each: list[tuple[str, float]],
) -> None:
    found, wanted, read = quoted(sentence_each, by=KnownNearness.name)
    assert found == wanted
    text = " ".join(sentence for sentence, _ in sentence_each)
    assert not {piece.of(text) for piece in pieces(text)} & set(read)


def test_what_another_embedder_has_compared_is_read() -> None:
    told = [(f"The parking costs {LONG}.", 0.9), (f"Parking is {LONG}.", 0.8)]
    found, wanted, read = quoted(told, by="another")
    assert found == wanted
    assert sorted(read) == sorted(sentence for sentence, _ in told)


def test_what_was_found_with_other_words_is_read() -> None:
    told = {f"The parking costs {LONG}.": 0.1, f"Parking is {LONG}.": 0.8}
    text = " ".join(told)
    embedder = KnownNearness(told)
    passage = _passage(text, embedder=embedder.name, pieces=(0.9, 0.1))
    asyncio.run(quote(embedder, passage, QUERY, searched="parking"))
    assert sorted(embedder.read) == sorted(told)


def test_a_sentence_that_cannot_be_quoted_is_not_read() -> None:
    told = [
        ("The parking is five euros, however much you drive.", 0.9),
        ("We like dogs.", 0.1),
        ("Our garden has roses.", 0.2),
        ("It snows in January.", 0.1),
        ("Parking fills up early.", 0.3),
    ]

    found, _, read = quoted(told)

    assert "five euros" in found
    assert "Our garden has roses." not in read
    assert "It snows in January." not in read


HOURS = """# Opening hours and addresses

We roast at two addresses.

## On the quay

12 quai des Mariniers. This is where we roast.

- Tuesday to Friday: 8 am to 7 pm.
- Saturday: 9 am to 7 pm.
- Sunday: closed all day."""


def _said(text: str, query: str, near: Mapping[str, float]) -> str:
    """Return what is quoted where the sentences named are near, and all others are not."""
    embedder = KnownNearness({query: 1.0, **dict.fromkeys(_sentences(text), 0.3), **near})
    passage = _passage(text)
    return asyncio.run(quote(embedder, passage, query)).text


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def test_a_heading_is_passed_over_when_the_fact_stands_elsewhere() -> None:
    heading = "# Opening hours and addresses"
    found = _said(HOURS, "What are your opening hours?", {heading: 0.9})
    assert found == HOURS[HOURS.index("- Tuesday") :]


def test_items_that_answer_alike_are_quoted_together() -> None:
    items = HOURS[HOURS.index("- Tuesday") :]
    near = dict.fromkeys(_sentences(items), 0.6)
    assert _said(HOURS, "What are your opening hours?", near) == items


def test_one_item_that_answers_better_is_quoted_without_the_list() -> None:
    near = {"- Sunday: closed all day.": 0.9}
    found = _said(HOURS, "Are you open on Sunday?", near)
    assert found == "- Sunday: closed all day."


def test_a_price_is_quoted_where_a_price_is_asked_for() -> None:
    text = (
        "The subscription leaves once a month. Coffee tastes best fresh. We like dogs. "
        "There are three plans, from €12 to €39."
    )
    near = {"The subscription leaves once a month.": 0.5}
    found = _said(text, "How much is it?", near)
    assert found == "There are three plans, from €12 to €39."


def test_of_two_prices_the_one_that_says_so_is_quoted() -> None:
    text = "The price is €280 for each night. Dogs are €10 for each night."
    found = _said(text, "What is the price for a night?", {})
    assert found == "The price is €280 for each night."


def test_a_timetable_is_quoted_whole_and_its_last_line_is_no_heading() -> None:
    lines = "Monday to Friday: 9 am – 6 pm\nSaturday: 9 am – 5 pm\nSunday: closed"
    text = f"## Visiting us\n\nWe are at 14 Mill Lane.\n\n{lines}\n\nDogs are welcome."
    assert _said(text, "What are your opening hours?", {}) == lines
    assert (
        _said(text, "Are you open on Sunday?", {"Sunday: closed": 0.9}) == "Sunday: closed"
    )
    assert _said(text, "Where are you?", {}) == "We are at 14 Mill Lane."


def test_a_row_is_quoted_with_the_table_that_names_its_columns() -> None:
    table = "| Bike | Per day |\n|---|---|\n| City bike | €18 |\n| Cargo bike | €45 |"
    text = f"## Rental\n\nWe rent bikes.\n\n{table}\n\nHelmets are included."
    near = {"| Cargo bike | €45 |": 0.9}
    assert _said(text, "How much is a cargo bike?", near) == table


def test_of_a_long_table_only_the_row_is_quoted() -> None:
    rows = [f"| Model number {at} | €{at} per day and week |" for at in range(20)]
    text = "\n".join(["| Bike | Price |", "|---|---|", *rows])
    assert _said(text, "How much is it?", {rows[7]: 0.9}) == rows[7]


def test_the_next_sentence_joins_when_it_goes_on_about_the_same() -> None:
    paying = "Cards, cash and cheques from the library. No bank cheques."
    both = "We take cards. Everybody does so. No bank cheques."
    near = {"Cards, cash and cheques from the library.": 0.9, "We take cards.": 0.9}
    assert _said(paying, "Do you take cheques?", near) == paying
    assert _said(both, "Do you take cards?", near) == "We take cards."
