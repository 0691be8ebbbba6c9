"""What kind of fact a question asks for, and which texts hold one."""

import pytest

from core.knowledge.kinds import Kind, asked_kinds, names, said_to_ask, share_held


@pytest.mark.parametrize(
    ("question", "kind", "answer"),
    [
        ("C'est combien ?", Kind.PRICE, "Le paquet coûte 9,80 €."),
        ("How much is it?", Kind.PRICE, "It is 5 euros."),
        ("Vous fermez à quelle heure ?", Kind.HOUR, "Le samedi à 19 h."),
        ("Vous fermez quand ?", Kind.TIME, "Le samedi à 19 h."),
        ("How much is it?", Kind.PRICE, "A basic service costs 49 EUR."),
        ("When do you open?", Kind.TIME, "On weekdays, during opening hours."),
        ("Vous ouvrez quand ?", Kind.TIME, "Ouvert de 8 heures à midi."),
        ("Le gîte est libre du 3 au 10 août ?", Kind.AVAILABILITY, "Il reste une semaine."),
        ("Any seats left on Saturday?", Kind.AVAILABILITY, "Saturday is sold out."),
        ("How long does it take?", Kind.SPAN, "Allow 2 to 3 working days."),
        ("How long does it take?", Kind.SPAN, "It takes four working days."),
        ("How long is the workshop?", Kind.SPAN, "It is from 6:30 pm to 8:30 pm."),
        ("Combien de temps dure l'atelier ?", Kind.SPAN, "C'est de 10 h à 12 h."),
        ("Where are you?", Kind.PLACE, "12 quai des Mariniers, 69005 Lyon."),
        ("Où vous trouvez-vous ?", Kind.PLACE, "12 quai des Mariniers, 69005 Lyon."),
        ("How much is the deposit?", Kind.PRICE, "A deposit of 30 % is due."),
        ("hours?", Kind.OPENING, "Monday to Friday: 9 am – 6 pm"),
        ("¿Cuál es su horario?", Kind.OPENING, "De lunes a viernes de 10:00 a 20:00."),
        ("Can I call you?", Kind.PHONE, "Book on 01943 555 010 or here."),
        ("Votre numéro de téléphone ?", Kind.PHONE, "Appelez le +33 2 47 55 01 10."),
        ("What is your e-mail?", Kind.EMAIL, "Write to hello@northwind.example."),
        ("How can I contact you?", Kind.CONTACT, "Write to hello@northwind.example."),
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


def test_who_asks_at_what_time_is_not_answered_with_a_day() -> None:
    kinds = asked_kinds("À quelle heure fermez-vous ?")
    assert Kind.TIME not in kinds
    assert share_held(kinds, "Fermé le dimanche.") < share_held(kinds, "Fermé à 19 h.")


def test_how_long_before_something_is_not_how_long_it_lasts() -> None:
    deadline = "You can cancel up to 72 hours before the workshop."
    assert share_held(asked_kinds("How long is the workshop?"), deadline) == 0.0
    assert Kind.SPAN not in asked_kinds("How long before the workshop can I cancel?")
    assert share_held(frozenset({Kind.SPAN}), "For groups from 10 to 20 people.") == 0.0


def test_a_date_or_a_price_is_no_telephone_number() -> None:
    phone = frozenset({Kind.PHONE})
    for text in ("On 2026-11-28 we close.", "It costs €1 200.", "Postcode 37000 Tours"):
        assert share_held(phone, text) == 0.0


def test_a_heading_names_what_it_does_not_state() -> None:
    heading = "Opening hours and address"
    assert names(Kind.OPENING, heading)
    assert said_to_ask(Kind.OPENING, "What are your opening hours?") == {"opening", "hours"}
    assert share_held(frozenset({Kind.OPENING}), heading) == 0.0


def test_how_long_something_takes_is_no_time_of_the_day() -> None:
    time = frozenset({Kind.TIME})
    assert share_held(time, "Free of charge until 24 hours before it starts.") == 0.0
    assert share_held(time, "Sans frais jusqu'à 24 heures avant.") == 0.0
