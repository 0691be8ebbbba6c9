import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.language import (
    FALLBACK,
    detect,
    guess,
    unaccented,
    without_everyday_words,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bonjour", "fr"),
        ("Vous livrez en Belgique ?", "fr"),
        ("c koi vos horaires", "fr"),
        ("avez vous du decafeine", "fr"),
        ("hello, are you open on sunday?", "en"),
        ("can i get oat milk", "en"),
        ("where's my parcel", "en"),
        ("Price of an electric bike per day?", "en"),
        ("Hola, ¿cuánto cuesta el envío?", "es"),
        ("donde esta mi pedido", "es"),
        ("wo ist meine Bestellung", "de"),
        ("Haben Sie heute geöffnet?", "de"),
        ("quanto costa la spedizione", "it"),
        ("Grazie mille, a domani", "it"),
        ("Olá, vocês entregam hoje?", "pt"),
        ("não recebi o meu pedido", "pt"),
        ("Hebben jullie nog koffie?", "nl"),
        ("waar is mijn bestelling", "nl"),
    ],
)
def test_a_short_message_tells_its_language(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("text", ["", "👍", "12,50", "Ω≈ç√∫"[:1], "???"])
def test_what_says_nothing_falls_back_without_any_confidence(text: str) -> None:
    found = guess(text)

    assert (found.code, found.confidence) == (FALLBACK, 0.0)


def test_a_longer_text_is_surer_than_a_word_two_languages_share() -> None:
    certain = guess("Je voudrais savoir si ma commande est bien partie aujourd'hui")

    assert certain.confidence > 0.6
    assert guess("de").confidence < certain.confidence


@given(st.text())
def test_confidence_is_a_share_whatever_the_text(text: str) -> None:
    assert 0.0 <= guess(text).confidence < 1.0


def test_everyday_words_are_dropped_with_or_without_accents_and_apostrophes() -> None:
    assert without_everyday_words("Où est le café, s'il vous plaît ?", "fr").split()[
        :1
    ] == ["café,"]
    assert without_everyday_words("the parcel", "xx") == "the parcel"


def test_accents_and_case_fall_away() -> None:
    assert unaccented("ÉTÉ à Nîmes, garçon") == "ete a nimes, garcon"
