"""What an answer has to have, and what is looked up for it."""

from core.assistant.words import Vocabulary, looked_up, of_dates, wanted
from core.knowledge.kinds import Kind


def test_words_that_only_ask_for_an_address_stand_for_the_address() -> None:
    assert wanted("Where are you?", "en") == [Kind.PLACE]
    assert wanted("Où êtes-vous situés ?", "fr") == [Kind.PLACE]
    assert wanted("Are you open on Sundays?", "en") == [Kind.OPENING, "sundays"]
    assert wanted("Do you have decaf?", "en") == ["decaf"]


def test_a_text_that_states_a_fact_has_it_and_so_has_one_that_names_it() -> None:
    assert Vocabulary("We are at 14 Mill Lane, Otley.").nearness(Kind.PLACE) == 1.0
    assert Vocabulary("Opening hours").nearness(Kind.OPENING) == 1.0
    assert Vocabulary("Dogs are welcome.").nearness(Kind.PLACE) == 0.0


def test_the_day_of_a_date_is_no_word_to_be_found() -> None:
    assert of_dates("Are you open on 14 July?") == ["14", "july"]
    assert "14" not in wanted("Are you open on 14 July?", "en")
    assert "july" in wanted("Are you open on 14 July?", "en")


def test_only_a_question_for_nothing_else_is_looked_up_in_other_words() -> None:
    assert "Monday to Friday" in looked_up("What are your opening hours?", "en")
    assert "du lundi" in looked_up("Quels sont vos horaires ?", "fr")
    for question in ("Are you open on Sundays?", "Do you have decaf?", "?"):
        assert looked_up(question, "en") == question
    assert looked_up("Wo sind Sie?", "de") == "Wo sind Sie?"
