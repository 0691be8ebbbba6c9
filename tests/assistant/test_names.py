"""What a question calls by name must be known; who somebody is need not be."""

import pytest

from core.assistant.names import called_by_name


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Do you ship to Norway and how much is it?", "en", ["norway"]),
        ("Is your Paris shop open on Sunday?", "en", ["paris"]),
        ("Norway: do you ship there?", "en", []),
        ("Vous livrez en Norvège ?", "fr", ["norvege"]),
        ("Combien pour l'Italie et le Royaume-Uni ?", "fr", ["italie", "royaume", "uni"]),
        ("¿Envían a Perú?", "es", ["peru"]),
        ("Hi Tom, are you open on Monday? Thanks Julia", "en", []),
        ("My colleague Julia gave me a card, how long is it valid?", "en", []),
        ("Ma cousine Sophie a perdu sa carte", "fr", []),
        ("Do you grind for my Aeropress?", "en", ["aeropress"]),
        ("I saw on Instagram that you roast. Where is it?", "en", []),
        ("do you ship to norway", "en", []),
        ("DO YOU SHIP TO NORWAY?", "en", []),
        ("Do You Ship To Norway Or Sweden?", "en", []),
        ("Liefern Sie den Kaffee nach Norwegen?", "de", []),
        ("", "en", []),
    ],
)
def test_names_stand_large_within_a_sentence(
    question: str, language: str, names: list[str]
) -> None:
    assert called_by_name(question, language) == names


def test_a_name_is_told_once() -> None:
    assert called_by_name("Is it Paris or paris or Paris?", "en") == ["paris"]
