import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.likeness import denies, edit_share, facts, shared_words
from core.domain.wording import REMOVED, without_frame, without_persons

FRAMED = [
    ("Bonjour Nora,\nNous ouvrons à 9h.\nBelle journée,\nMarc", "Nous ouvrons à 9h."),
    ("Bonjour Nora 👋 ! Oui, avec plaisir. À bientôt, Léa", "Oui, avec plaisir."),
    ("Hi Tom! Yes, we do. Have a great day! — Anna", "Yes, we do."),
    ("Bonjour nous ouvrons à 9h", "Nous ouvrons à 9h"),
    (
        "Bonjour Madame Dupont, merci pour votre message. C'est 12 €. Cordialement, L'équipe",
        "C'est 12 €.",
    ),
    ("Hello there, we open at nine.\n\nBest regards\nThe Roastery", "We open at nine."),
    (
        "Hi, thanks for reaching out! We ship to Belgium (3-5 days).\n\nMarie",
        "We ship to Belgium (3-5 days).",
    ),
    ("Hola, abrimos a las nueve.\nSaludos", "Abrimos a las nueve."),
]
BARE = ["Bonjour", "Oui", "We open at nine.", "€5.90 la livraison.", "Merci à vous !"]


@pytest.mark.parametrize(("reply", "answer"), FRAMED)
def test_greeting_and_signature_are_taken_off(reply: str, answer: str) -> None:
    assert without_frame(reply) == answer


@pytest.mark.parametrize("reply", BARE)
def test_reply_that_is_nothing_but_an_answer_or_a_frame_stays(reply: str) -> None:
    assert without_frame(reply) == reply


@pytest.mark.parametrize(
    "personal",
    [
        "nora.d@example.com",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "#48213",
        "AB-123456",
        "FR76 3000 6000 0112 3456 7890 189",
        "@nora_d",
        "Nora",
        "Nora Dupont",
    ],
)
def test_what_belongs_to_one_customer_is_removed(personal: str) -> None:
    text = f"Pour {personal}, c'est prêt."
    assert without_persons(text, ["Nora Dupont"]) == f"Pour {REMOVED}, c'est prêt."


@pytest.mark.parametrize(
    "text",
    [
        "Du 12/03/2026 au 15.03.2026, de 9h à 18h30.",
        "1 250,00 € ou 12 500 €, 75011 Paris.",
        "Le sac de 250 g, moulu pour filtre, à 18.50 €.",
        "Norah n'est pas de la famille.",
    ],
)
def test_prices_dates_and_hours_belong_to_everybody(text: str) -> None:
    assert without_persons(text, ["Nora"]) == text


def test_changes_are_counted_in_characters_of_the_longer_text() -> None:
    assert edit_share("kitten", "sitting") == pytest.approx(3 / 7)
    assert edit_share("", "") == 0.0
    assert edit_share("", "abc") == 1.0
    assert edit_share("Bonjour 👋🏽", "Bonjour 👋🏽") == 0.0


@given(
    one=st.text(alphabet="abc ", max_size=14), other=st.text(alphabet="abc ", max_size=14)
)
def test_changes_are_counted_as_the_textbook_counts_them(one: str, other: str) -> None:
    longer = max(len(one), len(other), 1)
    assert edit_share(one, other) == pytest.approx(_levenshtein(one, other) / longer)


def _levenshtein(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, start=1):
        before, row = row, [at]
        for place, its in enumerate(other, start=1):
            changed = before[place - 1] + (char != its)
            row.append(min(before[place] + 1, row[-1] + 1, changed))
    return row[-1]


def test_one_fact_written_in_several_ways_is_one() -> None:
    assert facts("de 9 h 00 à 18 h 30") == facts("de neuf heures à 18:30") == {"9", "18h30"}
    assert facts("1 250,50 €") == facts("1250.50 €") == {"1250.50"}
    assert facts("Fermé le lundi") == facts("Closed on Mondays") == {"monday"}


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Nous ne livrons pas en Corse.", True),
        ("Sorry, we don’t.", True),
        ("C'est plus de 20 € d'achat ? Non.", True),
        ("Oui, nous livrons partout.", False),
        ("Yes, on the next notice.", False),
    ],
)
def test_a_no_is_told_from_a_yes(text: str, *, does: bool) -> None:
    assert denies(text) is does


def test_short_answer_shares_its_words_with_a_long_one() -> None:
    suggested = "Nous ouvrons du mardi au samedi, de neuf heures à dix-neuf heures."
    assert shared_words("On ouvre du mardi au samedi", suggested) >= 0.5
    assert shared_words("Quel est votre numéro de commande ?", suggested) == 0.0
    assert shared_words("", suggested) == 0.0
