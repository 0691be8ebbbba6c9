"""What kind of fact a question asks for, and which texts hold one."""

import pytest

from core.knowledge.kinds import Kind, asked_kinds, share_held


@pytest.mark.parametrize(
    ("question", "kind", "answer"),
    [
        ("C'est combien ?", Kind.PRICE, "Le paquet coûte 9,80 €."),
        ("How much is it?", Kind.PRICE, "It is 5 euros."),
        ("Vous fermez à quelle heure ?", Kind.TIME, "Le samedi à 19 h."),
        ("How much is it?", Kind.PRICE, "A basic service costs 49 EUR."),
        ("When do you open?", Kind.TIME, "On weekdays, during opening hours."),
        ("Vous ouvrez quand ?", Kind.TIME, "Ouvert de 8 heures à midi."),
        ("Le gîte est libre du 3 au 10 août ?", Kind.AVAILABILITY, "Il reste une semaine."),
        ("Any seats left on Saturday?", Kind.AVAILABILITY, "Saturday is sold out."),
        ("How long does it take?", Kind.SPAN, "Allow 2 to 3 working days."),
        ("How long does it take?", Kind.SPAN, "It takes four working days."),
        ("Where are you?", Kind.PLACE, "12 quai des Mariniers, 69005 Lyon."),
    ],
)
def test_a_question_asks_for_a_kind_of_fact_that_its_answer_holds(
    question: str, kind: Kind, answer: str
) -> None:
    assert kind in asked_kinds(question)
    assert share_held(frozenset({kind}), answer) == 1.0
    assert share_held(frozenset({kind}), "Dogs are welcome.") == 0.0


def test_free_is_an_answer_to_how_much_but_a_price_is_a_better_one() -> None:
    price = frozenset({Kind.PRICE})
    free = share_held(price, "Places can be cancelled free of charge.")
    assert 0.0 < free < share_held(price, "It costs €45.")


def test_how_long_something_takes_is_no_time_of_the_day() -> None:
    time = frozenset({Kind.TIME})
    assert share_held(time, "Free of charge until 24 hours before it starts.") == 0.0
    assert share_held(time, "Sans frais jusqu'à 24 heures avant.") == 0.0
