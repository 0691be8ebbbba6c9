"""The order of candidates and the cut of a quote, without a database."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.excerpt import chosen
from core.knowledge.fusion import ranked
from core.knowledge.grams import gram_scores, grams
from core.knowledge.sentences import sentences
from core.store.candidates import Candidate


def candidate(number: int, text: str, **fields: object) -> Candidate:
    given: dict[str, object] = {
        "id": UUID(int=number),
        "embedder": "",
        "document_id": UUID(int=100 + number),
        "chunk_index": 0,
        "start_char": 0,
        "end_char": len(text),
        "lang_code": "en",
        "title": f"Document {number}",
        "name": "a.md",
        "heading": "",
        "text": text,
        "phrasings": (),
        "words": 0.0,
        "question_words": 0.0,
        "whole_cosine": 0.0,
        "piece_cosines": (),
        "question_cosine": 0.0,
    }
    return Candidate(**{**given, **fields})  # type: ignore[arg-type]  # fields by name


def entry(number: int, question: str, answer: str, **fields: object) -> Candidate:
    return candidate(
        number, answer, document_id=None, title=question, phrasings=(question,), **fields
    )


def near(cosine: float) -> dict[str, object]:
    """Return the fields of a text that is as near in meaning, wherever it is looked at."""
    return {"whole_cosine": cosine, "piece_cosines": (cosine, cosine)}


def test_a_weak_leg_cannot_spoil_the_order_of_a_strong_one() -> None:
    sure = candidate(1, "the refund takes ten days", words=9.0, **near(0.30))
    lucky = candidate(2, "something else entirely", words=0.5, **near(0.33))
    other = candidate(3, "nothing to do with it", words=0.4, **near(0.10))

    (best, *_) = ranked("how long does a refund take", [lucky, other, sure])

    assert best.text == sure.text


def test_an_entry_asked_in_its_own_words_beats_a_document_that_mentions_them() -> None:
    asked = entry(
        1,
        "Do you ship abroad?",
        "Yes.",
        question_words=5.0,
        question_cosine=0.95,
        words=2.0,
    )
    mention = candidate(2, "We ship on Mondays.", words=3.0, **near(0.4))

    (best, *_) = ranked("do you ship abroad", [mention, asked])

    assert best.question == "Do you ship abroad?"


def test_one_word_shared_with_a_question_does_not_beat_the_document_that_answers() -> None:
    shared = entry(
        1, "Is there wifi?", "Yes, free.", question_words=2.0, question_cosine=0.3
    )
    answer = candidate(2, "The wifi password is on the receipt.", words=4.0, **near(0.7))

    (best, *_) = ranked("where is the wifi password", [shared, answer])

    assert best.text == answer.text


def test_equal_candidates_keep_one_order_however_they_come() -> None:
    twins = [candidate(number, "same words") for number in (3, 1, 2)]

    there = ranked("same", twins)
    back = ranked("same", twins[::-1])

    assert [passage.title for passage in there] == [passage.title for passage in back]


def test_no_candidates_are_no_passages() -> None:
    assert ranked("anything", []) == []


def test_a_text_that_says_it_in_one_place_beats_one_that_mentions_the_words() -> None:
    filler = "and then there is much to tell about other matters of the house " * 3
    scattered = candidate(1, f"We rent. {filler} A bike. {filler} By the week.", words=3.0)
    together = candidate(2, f"{filler} Rent a bike by the week. {filler}", words=3.0)

    (best, other) = ranked("rent a bike by the week", [scattered, together])

    assert best.text == together.text
    assert best.place == 1.0 > other.place


def test_what_the_title_says_need_not_be_said_again() -> None:
    about = candidate(1, "It weighs eleven kilos.", title="Ventoux road bike", words=1.0)
    other = candidate(2, "It weighs eleven kilos.", title="Calanques city bike", words=1.0)
    under = candidate(
        3, "It weighs four kilos.", title="Bags", heading="Ventoux", words=1.0
    )

    found = ranked("how heavy is the Ventoux road bike", [other, under, about])

    assert [passage.title for passage in found] == [about.title, "Bags", other.title]


def test_words_that_only_ask_bring_no_text_in_front() -> None:
    asks = candidate(1, "Nul ne sait combien de temps il a vécu, ni combien il gagnait.")
    answers = candidate(2, "La réparation est facturée 40 euros.")

    (best, *_) = ranked("Combien coûte une réparation ?", [asks, answers])

    assert best.text == answers.text


def test_a_source_that_comes_near_several_times_is_put_forward() -> None:
    lone = candidate(1, "Brakes squeak in the rain.", title="Weather", words=2.0)
    one = candidate(2, "Brakes squeak in the cold.", title="Brakes", words=2.0)
    more = candidate(3, "Pads squeak in the rain.", title="Brakes", words=2.0)

    found = ranked("why do they squeak", [lone, one, more])

    assert [passage.title for passage in found] == ["Brakes", "Brakes", "Weather"]


@given(
    texts=st.lists(st.text(max_size=40), max_size=6),
    question=st.text(max_size=30),
    words=st.floats(min_value=0, max_value=30),
    cosine=st.floats(min_value=-1, max_value=1),
)
def test_whatever_is_found_has_scores_between_nothing_and_all(
    texts: list[str], question: str, words: float, cosine: float
) -> None:
    some = [
        candidate(at, text, words=words * at, **near(cosine))
        if at % 2
        else entry(at, text, text[::-1], question_words=words, question_cosine=cosine)
        for at, text in enumerate(texts)
    ]

    found = ranked(question, some)

    legs = [
        leg
        for one in found
        for leg in (one.words, one.grams, one.place, one.meaning, one.score, one.likely)
    ]
    assert len(found) == len(some)
    assert all(0.0 <= leg <= 1.0 for leg in legs)
    assert [one.likely for one in found] == sorted((p.likely for p in found), reverse=True)


def test_a_typo_or_a_missing_accent_still_shares_most_pieces() -> None:
    right, wrong = gram_scores(
        "remboursment delai", ["Délai de remboursement", "Horaires d'ouverture"]
    )

    assert right > 2 * wrong


def test_a_short_word_is_a_piece_with_its_edges() -> None:
    assert grams("Un été à Nîmes") == [
        " un ",
        " ete",
        "ete ",
        " a ",
        " nim",
        "nime",
        "imes",
        "mes ",
    ]


@pytest.mark.parametrize(
    ("text", "best", "quoted"),
    [
        (
            "First point here. The second one answers. A third.",
            1,
            "The second one answers.",
        ),
        (
            "## Opening hours\n\nTuesday to Friday, nine to six. Saturday until five.\n",
            0,
            "Tuesday to Friday, nine to six. Saturday until five.",
        ),
        (
            "Nos tarifs :\n- Filtre : 4 €\n- Latte : 5 €",
            0,
            "Nos tarifs :\n- Filtre : 4 €\n- Latte : 5 €",
        ),
    ],
)
def test_a_quote_is_the_answer_and_not_what_announces_it(
    text: str, best: int, quoted: str
) -> None:
    spans = sentences(text)
    scores = [1.0 if at == best else 0.1 for at in range(len(spans))]

    assert chosen([span.of(text) for span in spans], spans, scores, "?").of(text) == quoted


def test_a_neighbour_that_answers_nearly_as_well_joins_the_quote() -> None:
    text = "It costs 5 euros. Twins pay 8 euros. We like dogs."
    spans = sentences(text)

    both = chosen([span.of(text) for span in spans], spans, [1.0, 0.9, 0.1], "?")

    assert both.of(text) == "It costs 5 euros. Twins pay 8 euros."


def test_a_long_list_is_quoted_up_to_a_breath() -> None:
    text = "Our coffees:\n" + "\n".join(
        f"- Coffee number {at} from far away" for at in range(40)
    )
    spans = sentences(text)

    cut = chosen([span.of(text) for span in spans], spans, [1.0] + [0.0] * 40, "?").of(text)

    assert cut.startswith("Our coffees:\n- Coffee number 0")
    assert 40 <= len(cut.split()) <= 80
