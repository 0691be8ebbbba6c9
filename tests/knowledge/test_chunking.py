from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.chunking import (
    MOST_WORDS,
    PIECE_WORDS,
    SMALL_WORDS,
    chunks,
    pieces,
    word_count,
)

_LINES = st.sampled_from(
    [
        "# Crème brûlée",
        "## Prix 😀",
        "Titre souligné\n===",
        "",
        "- café moulu, 4,90 €",
        "2. Zweitens, größer",
        "| taille | prix |",
        "|---|---|",
        "```\nsome = 'code'\n\n# not a heading\n```",
        "OPENING HOURS",
        "Un petit mot",
        "Le 👩‍🍳 torréfie chaque mardi. " * 9,
        "Sans point " * 200,
        "\u00a0\ttab\u2003",
        "mot" * 500,
    ]
)
_DOCUMENTS = st.lists(st.one_of(_LINES, st.text(max_size=40)), max_size=30).map("\n".join)


def without_space(text: str) -> str:
    return "".join(text.split())


@given(_DOCUMENTS)
def test_offsets_name_the_chunk_and_the_chunks_together_are_the_document(text: str) -> None:
    cut = chunks(text)

    assert all(text[chunk.start_char : chunk.end_char] == chunk.text for chunk in cut)
    assert without_space("".join(chunk.text for chunk in cut)) == without_space(text)
    assert [chunk.index for chunk in cut] == list(range(len(cut)))
    assert all(a.end_char <= b.start_char for a, b in pairwise(cut))


@given(_DOCUMENTS)
def test_no_chunk_is_longer_than_the_embedder_can_take_in(text: str) -> None:
    assert all(chunk.token_count <= MOST_WORDS + 20 for chunk in chunks(text))


def test_a_heading_begins_a_chunk_and_gives_it_its_path() -> None:
    text = "# Returns\n\nIntro.\n\n## Delays\n\nWithin 14 days.\n\n## Fees\n\nNone.\n\n# Shop\n\nOpen."

    assert [(chunk.heading, chunk.text) for chunk in chunks(text)] == [
        ("Returns", "# Returns\n\nIntro."),
        ("Returns › Delays", "## Delays\n\nWithin 14 days."),
        ("Returns › Fees", "## Fees\n\nNone."),
        ("Shop", "# Shop\n\nOpen."),
    ]


def test_a_plain_text_is_cut_at_its_titles() -> None:
    text = (
        "OPENING HOURS\n\nOn Sundays\nWe open at nine and close when the last croissant is gone.\n\n"
        "In August\nThe shop is closed for two weeks; the workshop goes on roasting.\n"
    )

    assert [chunk.heading for chunk in chunks(text)] == [
        "OPENING HOURS › On Sundays",
        "OPENING HOURS › In August",
    ]


def test_short_paragraphs_share_a_chunk_and_long_texts_are_split_between_sentences() -> (
    None
):
    sentence = "We roast our beans every single Tuesday in small drums near the old quay. "
    text = "A line.\n\nAnother line.\n\n" + sentence * 40

    cut = chunks(text)

    assert cut[0].text.startswith("A line.\n\nAnother line.")
    assert all(chunk.text.endswith(".") for chunk in cut)
    assert all(SMALL_WORDS <= chunk.token_count <= MOST_WORDS for chunk in cut[:-1])


def test_a_hash_inside_code_is_no_heading() -> None:
    text = "# Setup\n\n```\n# not a heading\nrun\n```\n"

    assert [chunk.heading for chunk in chunks(text)] == ["Setup"]


def test_pieces_are_whole_sentences_and_hold_every_word() -> None:
    text = "Le café ouvre à 9 h. " * 3 + "Il ferme tard. " * 12 + "un " * 80 + "fin."

    cut = pieces(text)

    assert cut[0].of(text).endswith(".")
    assert " ".join(piece.of(text) for piece in cut).split() == text.split()
    assert all(word_count(piece.of(text)) <= PIECE_WORDS for piece in cut)


def test_a_chunk_that_fits_into_one_piece_has_none() -> None:
    assert pieces("only a few words") == []


def test_words_are_counted_without_their_punctuation() -> None:
    assert word_count("Café, 4,90 € !") == 3
