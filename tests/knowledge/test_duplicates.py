"""The warning before an entry is added that another one asks already, on real meaning."""

from collections.abc import Sequence
from uuid import uuid4

import pytest

from core.domain.ids import FaqId
from core.knowledge import duplicates, faq
from core.knowledge.faq import read_csv
from core.knowledge.language import detect
from core.llm.base import Embedder
from core.paths import resources_dir
from core.store.faqs import NearEntry

PARAPHRASES = [
    ("How do I get a refund?", "How can I get my refund?"),
    ("What are your opening hours?", "What are the opening hours of the shop?"),
    ("Do you deliver to Belgium?", "Do you ship to Belgium?"),
    ("Where can I download my invoice?", "How do I download my invoice?"),
    ("Quels sont vos horaires d'ouverture ?", "Vos horaires d'ouverture, c'est quoi ?"),
    ("Livrez-vous en Belgique ?", "Est-ce que vous livrez en Belgique ?"),
    ("Comment obtenir une facture ?", "Comment puis-je obtenir une facture ?"),
]
DIFFERENT = [
    ("How do I get a refund?", "How do I track my parcel?"),
    ("Do you have oat milk?", "Do you have wifi?"),
    ("Can I book a table?", "Can I bring my dog?"),
    ("Do you deliver to Belgium?", "Do you sell coffee machines?"),
    ("Comment obtenir une facture ?", "Comment suivre mon colis ?"),
    ("Avez-vous du lait d'avoine ?", "Avez-vous une terrasse ?"),
    ("Peut-on réserver une table ?", "Peut-on payer par carte ?"),
]


@pytest.mark.parametrize(("one", "other"), PARAPHRASES)
async def test_another_way_to_ask_is_near_enough_for_a_warning(
    embedder: Embedder, one: str, other: str
) -> None:
    assert await _likeness(embedder, one, other) >= duplicates.SAME


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
async def test_questions_of_one_shape_about_other_things_are_not(
    embedder: Embedder, one: str, other: str
) -> None:
    assert await _likeness(embedder, one, other) < duplicates.SAME


async def test_no_two_entries_of_the_demo_are_taken_for_one(embedder: Embedder) -> None:
    table = (resources_dir() / "demo" / "faq.csv").read_bytes()
    written = read_csv(table)
    entries = [(one.question, *one.phrasings) for one in written]
    vectors = [await embedder.embed(texts) for texts in entries]

    warned = [
        (asked[0], text)
        for at, asked in enumerate(entries)
        for other, texts in enumerate(entries)
        if other != at
        for text, vector in zip(texts, vectors[other], strict=True)
        for near in (_entry(text, max(_cosine(vector, own) for own in vectors[at])),)
        if near.cosine >= duplicates.FARTHEST
        and duplicates.likeness(asked, near, faq.language_of(written[other]))
        >= duplicates.SAME
    ]

    assert warned == []


def test_the_same_words_are_the_same_whatever_the_embedder_says() -> None:
    near = _entry("Où êtes-vous ?", cosine=0.9)
    assert duplicates.likeness(["ou etes vous"], near, "fr") == 1.0


def test_what_the_database_leaves_out_no_letters_could_have_lifted() -> None:
    below = _entry("Do you sell tea here?", cosine=duplicates.FARTHEST - 0.01)
    assert duplicates.likeness(["Do you sell teas here?"], below, "en") < duplicates.SAME


def test_the_likest_of_several_ways_to_ask_counts() -> None:
    near = _entry("Do you sell tea?", cosine=0.8)
    alone = duplicates.likeness(["Opening hours?"], near, "en")
    both = duplicates.likeness(["Opening hours?", "Do you sell green tea?"], near, "en")
    assert alone < duplicates.SAME < both


async def _likeness(embedder: Embedder, asked: str, text: str) -> float:
    one, other = await embedder.embed([asked, text])
    near = _entry(text, _cosine(one, other))
    return duplicates.likeness([asked], near, detect(f"{asked} {text}"))


def _entry(text: str, cosine: float) -> NearEntry:
    return NearEntry(id=FaqId(uuid4()), text=text, cosine=cosine)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))
