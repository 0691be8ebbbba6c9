"""Hours are told from a page's own lines, whatever it calls them."""

import pytest

from core.knowledge.opening import is_timetable, tells_opening


@pytest.mark.parametrize(
    "line",
    [
        "Monday to Friday: 9 am – 6 pm",
        "- **Tuesday to Friday**: 8 am to 7 pm.",
        "Mon–Fri 9–18",
        "Sunday: closed",
        "Closed at weekends.",
        "Fermé le week-end.",
        "- Sunday: mornings only, 9:30 am to 1 pm.",
        "Le samedi : 9 h – 17 h",
        "Du mardi au vendredi : de 8 h à 19 h.",
        "Lunes a viernes de 10:00 a 20:00",
        "Mo-Fr 9:00-18:00 Uhr",
    ],
)
def test_days_with_hours_and_nothing_else_are_a_timetable(line: str) -> None:
    assert is_timetable(line)
    assert tells_opening(line)


@pytest.mark.parametrize(
    "line",
    [
        "Our Saturday workshop runs from 10 am to noon.",
        "Orders placed before noon on Friday leave the same day.",
        "Saturday 12 July: concert at 8 pm",
        "You can cancel up to 12 hours before a class.",
        "The door closes when class begins.",
        "Dogs are welcome.",
        "",
    ],
)
def test_other_hours_do_not_say_when_a_house_is_open(line: str) -> None:
    assert not is_timetable(line)
    assert not tells_opening(line)


def test_in_a_sentence_a_word_has_to_say_that_something_opens() -> None:
    sentence = "In summer the garden opens every day at 10 am, and music starts at noon."
    assert not is_timetable(sentence)
    assert tells_opening(sentence)
