"""Two machines in conversation are told from a person, quick or slow."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.exchange import IN_A_ROW, RHYTHM_SECONDS, Line, is_with_a_machine
from core.domain.message import Origin

START = datetime(2026, 11, 28, 9, tzinfo=UTC)
US, THEM, COLLEAGUE = Origin.ASSISTANT, Origin.CUSTOMER, Origin.MEMBER


def lines(*said: tuple[Origin, str, float]) -> list[Line]:
    """Return messages, each some seconds after the one before."""
    at, found = START, []
    for origin, text, seconds in said:
        at += timedelta(seconds=seconds)
        found.append(Line(origin=origin, text=text, at=at))
    return found


def rounds(texts: Sequence[str], seconds: float) -> list[tuple[Origin, str, float]]:
    """Return a first question, and for each text a reply and the customer's answer to it."""
    opening = [(THEM, "Hello?", 0.0)]
    return opening + [
        one for text in texts for one in ((US, "A reply", 3.0), (THEM, text, seconds))
    ]


def test_an_answer_within_two_seconds_three_times_is_a_machine() -> None:
    assert is_with_a_machine(lines(*rounds(["one", "two", "three"], 1.9)))
    assert not is_with_a_machine(lines(*rounds(["one", "two", "three"], RHYTHM_SECONDS)))


def test_the_same_words_three_times_are_a_machine_even_if_it_counts() -> None:
    counting = [f"Thank you! Your ticket is #{n}, received 09:0{n}." for n in range(3)]
    assert is_with_a_machine(lines(*rounds(counting, 40.0)))


def test_a_person_with_many_questions_is_not_a_machine() -> None:
    asked = ["And on Sunday?", "Do you deliver?", "How much is the Kenya?", "And dogs?"] * 3
    assert not is_with_a_machine(lines(*rounds(asked, 25.0)))


def test_twice_is_not_enough() -> None:
    assert not is_with_a_machine(lines(*rounds(["same"] * (IN_A_ROW - 1), 0.5)))


def test_a_colleague_who_steps_in_starts_the_count_anew() -> None:
    talked = [*rounds(["same"] * 3, 0.5), (COLLEAGUE, "Is anybody there?", 5.0)]
    assert not is_with_a_machine(lines(*talked))
    assert not is_with_a_machine(lines(*talked, *rounds(["same"] * 2, 0.5)[1:]))
    assert is_with_a_machine(lines(*talked, *rounds(["same"] * 3, 0.5)[1:]))


def test_once_slow_is_a_person_who_was_typing_already() -> None:
    said = [*rounds(["one", "two"], 0.5), (US, "A reply", 3.0), (THEM, "three", 9.0)]
    assert not is_with_a_machine(lines(*said))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Origin)), st.sampled_from(["a", "b"]), st.floats(0, 5)
        ),
        max_size=12,
    )
)
def test_nothing_is_a_machine_before_three_replies_since_a_colleague(
    said: list[tuple[Origin, str, float]],
) -> None:
    found = lines(*said)
    since = [line.origin for line in found]
    for index in range(len(since) - 1, -1, -1):
        if since[index] in (Origin.MEMBER, Origin.ELSEWHERE):
            since = since[index + 1 :]
            break
    if since.count(US) < IN_A_ROW:
        assert not is_with_a_machine(found)
