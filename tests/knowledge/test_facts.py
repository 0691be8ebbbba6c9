from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.amounts import Bound, Kind
from core.knowledge.facts import MOST_VALUES, Fact, expired, facts

_PROSE = st.text(
    alphabet=st.sampled_from(
        "aéÉß 0123456789,.:;/-€$£%hgkmà\n#|'’\u00a0\u202f()+@İœ"
        "lundiouvertfrom to free until May"
    ),
    max_size=200,
)


def only(text: str, lang: str, kind: Kind) -> Fact:
    (fact,) = (each for each in facts(text, lang) if each.kind is kind)
    return fact


def numbers(fact: Fact) -> list[float | None]:
    return [None if part is None else float(part) for part in fact.value]


@pytest.mark.parametrize(
    ("text", "lang", "words", "value", "unit"),
    [
        ("L'espresso coûte 2,20 €.", "fr", "2,20 €", [2.2, 2.2], "EUR"),
        ("La tasse est à 4 € 90.", "fr", "4 € 90", [4.9, 4.9], "EUR"),
        ("The bike costs £1,290.", "en", "£1,290", [1290, 1290], "GBP"),
        (
            "Le vélo coûte 1\u202f290,50 €.",
            "fr",
            "1\u202f290,50 €",
            [1290.5, 1290.5],
            "EUR",
        ),
        ("Das Rad kostet 1.290,00 €.", "de", "1.290,00 €", [1290, 1290], "EUR"),
        ("The service is $75.50.", "en", "$75.50", [75.5, 75.5], "USD"),
        ("Entre 20 € et 150 €.", "fr", "20 € et 150 €", [20, 150], "EUR"),
        ("Rooms cost €80-140.", "en", "€80-140", [80, 140], "EUR"),
        ("La entrada cuesta 8 euros.", "es", "8 euros", [8, 8], "EUR"),
        ("Das Zimmer kostet 90 Franken, also CHF 90.", "de", "CHF 90", [90, 90], "CHF"),
        ("Parking is free.", "en", "free", [0, 0], ""),
        ("Le retrait est gratuit.", "fr", "gratuit", [0, 0], ""),
    ],
)
def test_a_price_is_read_however_it_is_written(
    text: str, lang: str, words: str, value: list[float], unit: str
) -> None:
    fact = only(text, lang, Kind.PRICE)

    assert text[fact.start : fact.end] == words
    assert (numbers(fact), fact.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("You have 14 days.", "en", 14),
        ("You have two weeks.", "en", 14),
        ("Cancel 48 h before.", "en", 2),
        ("Annulez jusqu'à 24 h avant.", "fr", 1),
        ("Valable un an.", "fr", 365),
        ("A two-year guarantee.", "en", 730),
        ("La visite dure 1 h 30.", "fr", 0.0625),
        ("Binnen 14 Tagen.", "de", 14),
        ("Dentro de dos semanas.", "es", 14),
    ],
)
def test_a_span_of_time_is_read_in_any_unit(text: str, lang: str, days: float) -> None:
    fact = only(text, lang, Kind.DURATION)

    assert float(fact.value[0] or 0) == pytest.approx(days * 1440)


@pytest.mark.parametrize(
    ("text", "lang", "days", "hours"),
    [
        ("Mon-Fri 9am-6pm", "en", "01234", [540, 1080]),
        ("Du mardi au vendredi, de 9 h à 18 h 30.", "fr", "1234", [540, 1110]),
        ("Saturday: 10 am to noon", "en", "5", [600, 720]),
        ("Open daily from 9:00 to 17:30.", "en", "0123456", [540, 1050]),
        ("Samstag und Sonntag 9 bis 13 Uhr", "de", "56", [540, 780]),
        ("Lunes a viernes: 9:00-14:00 y 16:00-20:00", "es", "01234", [540, 840, 960, 1200]),
        ("The shop closes at 7 pm on Fridays.", "en", "4", [None, 1140]),
        ("Le samedi, nous ouvrons à 10 h.", "fr", "5", [600, None]),
        ("Bar open at the weekend, 1-5 pm.", "en", "56", [780, 1020]),
    ],
)
def test_opening_hours_belong_to_their_days(
    text: str, lang: str, days: str, hours: list[float | None]
) -> None:
    fact = only(text, lang, Kind.HOURS)

    assert "".join(sorted(fact.scope["weekday"])) == days
    assert numbers(fact) == hours


def test_a_day_can_be_closed_in_the_middle_of_a_timetable() -> None:
    told = facts("Mon-Fri 9am-6pm, Sat 10-4pm; closed Sunday.", "en")

    assert [(numbers(fact), fact.word, sorted(fact.scope["weekday"])) for fact in told] == [
        ([540, 1080], "", list("01234")),
        ([600, 960], "", ["5"]),
        ([], "closed", ["6"]),
    ]


def test_saying_that_one_does_not_open_is_saying_closed() -> None:
    assert only("We do not open on Mondays.", "en", Kind.HOURS).word == "closed"


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("Opening on 12 June 2026.", "en", [2026, 6, 12]),
        ("Ouverture le 1er janvier.", "fr", [None, 1, 1]),
        ("Ouverture le 01/12/2026.", "fr", [2026, 12, 1]),
        ("Starts 2026-12-01.", "en", [2026, 12, 1]),
        ("Starts June 12, 2026.", "en", [2026, 6, 12]),
        ("Abre el 12 de junio de 2026.", "es", [2026, 6, 12]),
        ("Beginnt am 12. Juni 2026.", "de", [2026, 6, 12]),
        ("Du 10 au 20 août.", "fr", [None, 8, 10, None, 8, 20]),
    ],
)
def test_a_date_is_read_in_every_spelling(
    text: str, lang: str, value: list[float | None]
) -> None:
    assert numbers(only(text, lang, Kind.DATE)) == value


@pytest.mark.parametrize(
    ("text", "kind", "unit", "value"),
    [
        ("The rack carries 25,000 g.", Kind.QUANTITY, "g", 25000),
        ("The rack carries 25 kg.", Kind.QUANTITY, "g", 25000),
        ("The can holds 1.5 l.", Kind.QUANTITY, "ml", 1500),
        ("The beach is 2 km away.", Kind.QUANTITY, "cm", 200000),
        ("Classes take 12 people.", Kind.QUANTITY, "people", 12),
        ("Less than 0.1% is left.", Kind.PERCENT, "%", 0.1),
    ],
)
def test_amounts_are_turned_into_one_unit(
    text: str, kind: Kind, unit: str, value: float
) -> None:
    fact = only(text, "en", kind)

    assert (fact.unit, float(fact.value[0] or 0)) == (unit, value)


def test_ways_to_reach_a_shop_are_read_and_their_digits_are_nothing_else() -> None:
    text = "Call +33 4 78 00 11 22 or 04 78 00 11 22, or write to hello@shop.example."

    told = facts(text, "en")

    assert [(fact.kind, fact.word) for fact in told] == [
        (Kind.PHONE, "78001122"),
        (Kind.PHONE, "78001122"),
        (Kind.EMAIL, "hello@shop.example"),
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("A repair costs from €15.", Bound.FROM),
        ("A repair costs at least €15.", Bound.FROM),
        ("A repair costs up to €15.", Bound.UP_TO),
        ("A repair costs no more than €15.", Bound.UP_TO),
        ("A repair costs €15.", Bound.EXACT),
    ],
)
def test_a_limit_is_told_from_a_price(text: str, bound: Bound) -> None:
    assert only(text, "en", Kind.PRICE).bound is bound


def test_an_address_or_a_bus_states_no_value() -> None:
    assert not facts("Bus 27 stops at 12 quai des Mariniers, 69005 Lyon.", "en")


@pytest.mark.parametrize(
    "text", ["Feel free to ask.", "The cake is gluten-free.", "Tables free up quickly."]
)
def test_not_everything_free_costs_nothing(text: str) -> None:
    assert not [fact for fact in facts(text, "en") if fact.kind is Kind.PRICE]


def test_what_is_free_on_a_condition_is_no_price_but_a_threshold() -> None:
    fact = only("Delivery is free from €45.", "en", Kind.PRICE)

    assert numbers(fact) == [45, 45]
    assert "role:threshold" in fact.scope["role"]


def test_a_value_is_about_the_words_of_its_own_clause_first() -> None:
    text = "Delivery to a pick-up point costs €3.90 and delivery to your door €5.90."

    relay, door = (fact for fact in facts(text, "en") if fact.kind is Kind.PRICE)

    assert relay.scope["mode"] == frozenset(("mode:relay",))
    assert door.scope["mode"] == frozenset(("mode:home",))
    assert door.about["mode:home"] > door.about["mode:relay"]


def test_the_heading_narrows_what_the_sentence_leaves_open() -> None:
    text = "## Shipping to Switzerland\n\nAllow 5 to 8 working days."

    inside = only(text, "en", Kind.DURATION)
    outside = facts("Allow 5 to 8 working days.", "en", heading="Shipping › Switzerland")[0]

    assert inside.scope["zone"] == outside.scope["zone"] == {"zone:switzerland"}


def test_a_row_of_a_table_says_what_its_price_is_for() -> None:
    fact = only("- Product: Flat white; Price: €3.90", "en", Kind.PRICE)

    assert {"flat", "whit"} <= fact.about.keys()


@given(_PROSE, st.sampled_from(["fr", "en", "es", "de", "xx"]))
def test_a_fact_lies_inside_its_sentence_and_its_sentence_inside_the_text(
    text: str, lang: str
) -> None:
    for fact in facts(text, lang):
        assert 0 <= fact.sentence.start <= fact.start < fact.end <= len(text)
        assert all(part is None or isinstance(part, Decimal) for part in fact.value)


TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The offer is valid until 31 March 2025.", "en"),
        ("Offre valable jusqu'au 31/03/2026.", "fr"),
        ("Christmas hours 2024: 10 am to 4 pm.", "en"),
        ("Das Angebot gilt bis zum 3. Mai 2026.", "de"),
        ("Oferta válida hasta el 1 de mayo de 2026.", "es"),
        ("Soldes du 8 janvier au 4 février 2025.", "fr"),
    ],
)
def test_what_has_run_out_is_expired(text: str, lang: str) -> None:
    assert expired(facts(text, lang), TODAY)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The offer is valid until 4 May 2026.", "en"),
        ("The offer is valid until 31 March.", "en"),
        ("Founded in 1998, prize of the year 2015.", "en"),
        ("From 1 January 2025 the room costs €90.", "en"),
        ("Depuis 2019, nous torréfions à Lyon.", "fr"),
        ("Our summer hours 2026 are on the door.", "en"),
    ],
)
def test_what_holds_today_or_has_no_end_is_not_expired(text: str, lang: str) -> None:
    assert not expired(facts(text, lang), TODAY)


def test_a_sentence_of_nothing_but_prices_is_read_only_so_far() -> None:
    assert len(facts("0 € " * 5000, "en")) == MOST_VALUES
