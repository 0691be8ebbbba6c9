import io

from hypothesis import given
from hypothesis import strategies as st

from core.llm.embed_frames import Question, Reply, Status, Urgency, read_frame

NUMBERS = st.integers(0, 2**32 - 1)
FLOATS = st.floats(width=32, allow_nan=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(NUMBERS, st.sampled_from(Urgency), TEXTS)
def test_a_question_arrives_as_it_was_sent(
    number: int, urgency: Urgency, text: str
) -> None:
    sent = Question(number=number, urgency=urgency, text=text)
    content = read_frame(io.BytesIO(sent.pack()))

    assert content is not None
    assert Question.unpack(content) == sent


@given(NUMBERS, st.sampled_from(Status), st.lists(FLOATS))
def test_an_answer_arrives_as_it_was_sent(
    number: int, status: Status, vector: list[float]
) -> None:
    sent = Reply(number=number, status=status, vector=vector)
    content = read_frame(io.BytesIO(sent.pack()))

    assert content is not None
    assert Reply.unpack(content) == sent


def test_a_frame_that_was_cut_off_is_an_end() -> None:
    frame = Reply(number=7, vector=[1.0, 0.5]).pack()

    assert read_frame(io.BytesIO(frame)) is not None
    assert all(read_frame(io.BytesIO(frame[:n])) is None for n in range(len(frame)))
