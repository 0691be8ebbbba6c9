"""What is learnt from a few examples to ignore, and what it must never swallow."""

import pytest

from core.assistant.ignoring import FEWEST_EXAMPLES, SURE, Ignoring
from core.llm.base import Embedder
from tests.assistant.cases import LetterEmbedder

OWNED = (
    "Grow your followers overnight, cheap packages, click the link in our bio",
    "Prêt entre particuliers, sans justificatif, réponse en 24 heures",
    "Congratulations, you won a voucher! Claim it at http://prize.example",
)


@pytest.mark.parametrize(
    "said",
    [
        "Get 5,000 real subscribers for $15 only, DM us now",
        "WINNER!! Your number was drawn, call 0900123456 to claim your 1,000 prize",
        "Crédit rapide 20 000 € sans dossier, contactez-nous sur WhatsApp",
    ],
)
async def test_advertisements_unlike_any_example_to_the_letter_are_ignored(
    said: str, embedder: Embedder
) -> None:
    match = await Ignoring(embedder).match(said, OWNED, ())
    assert match is not None
    assert match.example in OWNED
    assert match.likeness >= SURE


@pytest.mark.parametrize(
    "said",
    [
        "How do I claim my refund of $20?",
        "My parcel 123456789 has not arrived",
        "Do you give a discount for students?",
        "Pouvez-vous me rappeler au 0612345678 ?",
        "I won the voucher you gave away and nobody answers me, this is a scam",
        "Ma carte cadeau de 50 € ne marche pas",
        "I would like to order two packages of coffee",
        "Merci, et vous ouvrez quand ?",
    ],
)
async def test_customers_with_money_numbers_and_prizes_are_not_ignored(
    said: str, embedder: Embedder
) -> None:
    assert await Ignoring(embedder).match(said, OWNED, ()) is None


async def test_an_owner_can_say_what_is_ordinary_to_them(embedder: Embedder) -> None:
    said = "Congratulations on your new shop, you won my heart"
    ignoring = Ignoring(embedder)
    (before,) = await ignoring.likely([said], OWNED)
    (after,) = await ignoring.likely([said], OWNED, [said] * FEWEST_EXAMPLES)
    assert after < before


@pytest.mark.parametrize(
    "examples", [("",) * 3, ("same words",) * 50, ("x" * 100_000,) * 3, ("\x00", "?", "…")]
)
async def test_odd_examples_do_no_harm(examples: tuple[str, ...]) -> None:
    ignoring = Ignoring(LetterEmbedder())
    for text in ("", "a question", "y" * 100_000):
        (likely,) = await ignoring.likely([text], examples)
        assert 0.0 <= likely <= 1.0


async def test_without_words_nothing_matches(embedder: Embedder) -> None:
    assert await Ignoring(embedder).match("", OWNED, ()) is None


async def test_the_same_examples_give_the_same_answer(embedder: Embedder) -> None:
    said = ["win a prize now", "when are you open"]
    assert await Ignoring(embedder).likely(said, OWNED) == await Ignoring(embedder).likely(
        said, OWNED
    )
