from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.sentences import sentences

_PROSE = st.text(
    alphabet=st.sampled_from("aéÉßñ 😀.!?…,:;\n-*#|1290€\u00a0'«»’" + "\U0001f469\u200d"),
    max_size=400,
)


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'espresso coûte 2,20 €. Le filtre coûte 4,90 €.",
            ["L'espresso coûte 2,20 €.", "Le filtre coûte 4,90 €."],
        ),
        (
            "Demandez M. Morel ou Mme. Petit. Ils vous aident.",
            ["Demandez M. Morel ou Mme. Petit.", "Ils vous aident."],
        ),
        (
            "We grind for filters, e.g. V60. Ask Dr. J. Smith.",
            ["We grind for filters, e.g. V60.", "Ask Dr. J. Smith."],
        ),
        ("Ouvert ? Oui ! Venez…", ["Ouvert ?", "Oui !", "Venez…"]),
        (
            "Version 2.5 is out. It is great.",
            ["Version 2.5 is out.", "It is great."],
        ),
        (
            "Er sagte: „Nein.“ Dann ging er, z.B. nach Hause.",
            ["Er sagte: „Nein.“", "Dann ging er, z.B. nach Hause."],
        ),
    ],
)
def test_prices_titles_and_abbreviations_stay_inside_their_sentence(
    text: str, expected: list[str]
) -> None:
    assert cut(text) == expected


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    text = (
        "Nos horaires :\n- Lundi : fermé\n- Mardi : 8 h à 18 h\n1. Premier point\n2. Second"
    )

    assert cut(text) == [
        "Nos horaires :",
        "- Lundi : fermé",
        "- Mardi : 8 h à 18 h",
        "1. Premier point",
        "2. Second",
    ]


def test_a_line_wrapped_in_the_middle_of_a_sentence_does_not_end_it() -> None:
    text = (
        "We roast every Tuesday morning in the workshop behind\nthe shop. Come and smell."
    )

    assert cut(text) == [
        "We roast every Tuesday morning in the workshop behind\nthe shop.",
        "Come and smell.",
    ]


@given(_PROSE)
def test_sentences_are_in_order_and_leave_out_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)

    joined = "".join("".join(span.of(text).split()) for span in spans)
    assert joined == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
