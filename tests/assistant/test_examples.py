"""The owner's examples of what to ignore: what they cover, and what they must not swallow."""

import pytest

from core.assistant.examples import matching
from core.llm.base import Embedder

OWNED = (
    "Merci beaucoup, bonne journée !",
    "Grow your followers overnight, cheap packages, click the link in our bio",
    "Prêt entre particuliers, sans justificatif, réponse en 24 heures",
)


@pytest.mark.parametrize(
    ("said", "language", "example"),
    [
        ("Merci beaucoup et bonne journée", "fr", OWNED[0]),
        (
            "Grow your followers overnight with our cheap packages, link in bio",
            "en",
            OWNED[1],
        ),
        ("Prêt entre particuliers sans justificatif, réponse sous 24 h", "fr", OWNED[2]),
    ],
)
async def test_a_message_that_says_the_same_matches(
    said: str, language: str, example: str, embedder: Embedder
) -> None:
    match = await matching(embedder, said, language, OWNED)
    assert match is not None
    assert match.example == example


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Merci beaucoup, bonne journée ! Et vous livrez en Belgique ?", "fr"),
        ("Merci beaucoup, vous ouvrez à quelle heure ?", "fr"),
        ("Merci beaucoup mais mon colis est abîmé, bonne journée", "fr"),
        ("How do I follow my package? I clicked the link", "en"),
        ("Puis-je avoir un justificatif d'achat ?", "fr"),
        ("Bonjour", "fr"),
    ],
)
async def test_a_message_that_says_more_does_not_match(
    said: str, language: str, embedder: Embedder
) -> None:
    assert await matching(embedder, said, language, OWNED) is None


async def test_without_examples_or_words_nothing_matches(embedder: Embedder) -> None:
    assert await matching(embedder, "anything", "en", ()) is None
    assert await matching(embedder, "", "en", OWNED) is None
