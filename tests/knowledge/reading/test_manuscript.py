"""Whatever a reader writes, the text is fit to be stored and its pages begin exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.knowledge.reading.decoding import clean
from core.knowledge.reading.limits import LONGEST_TEXT
from core.knowledge.reading.manuscript import Full, Manuscript, reads_like_header

_TEXTS = st.text(
    st.sampled_from("ab \n\r\t\x00\x85\xade\u0301\u0338\u1100\u1161\u202e\ufeff\ud800#-:;1")
)


def _write(manuscript: Manuscript, how: int, text: str) -> None:
    if how == 0:
        manuscript.heading_line(2, text)
    elif how == 1:
        manuscript.paragraph(text)
    elif how == 2:
        manuscript.item(text, 1, 3)
    elif how == 3:
        manuscript.table([[text, "x"], ["y", text], [text, text]], has_header=True)
    else:
        manuscript.verbatim(text)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), _TEXTS), max_size=4), min_size=1, max_size=5
    )
)
def test_the_text_is_clean_and_its_pages_are_those_that_were_written(
    pages: list[list[tuple[int, str]]],
) -> None:
    manuscript = Manuscript()
    alone = []
    for page in pages:
        manuscript.page()
        other = Manuscript()
        for how, text in page:
            _write(manuscript, how, text)
            _write(other, how, text)
        alone.append(other.text)

    whole, starts = manuscript.text, manuscript.page_starts
    ends = [*starts[1:], len(whole)]
    written = [
        whole[start:end].removesuffix("\n\n")
        for start, end in zip(starts, ends, strict=True)
    ]
    assert written == alone
    assert clean(whole) == whole


def test_a_text_that_is_too_long_is_cut_off_and_says_so() -> None:
    manuscript = Manuscript()

    with pytest.raises(Full):
        manuscript.verbatim("a" * (LONGEST_TEXT + 1))

    assert len(manuscript.text) == LONGEST_TEXT
    assert manuscript.warnings == ["truncated"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Produit", "Prix"], ["Thé", "3 €"]], True),
        ([["", "Petit", "Grand"], ["Thé", "3 €", "4 €"]], True),
        ([["Nom", "Ville"], ["Anna", "Nice"]], False),
        ([["Lundi", "9h-18h"], ["Mardi", "9h-18h"]], False),
        ([["Tél. :", "Mail"], ["1", "2"]], False),
        ([["A", "A", "B"], ["1", "2", "3"]], False),
        ([["Produit", "Prix"]], False),
    ],
)
def test_a_first_row_counts_as_header_when_it_reads_like_one(
    rows: list[list[str]],
    expected: bool,  # noqa: FBT001 -- what is expected
) -> None:
    assert reads_like_header(rows) is expected
