"""PDFs know places, not meanings: what stands where tells what it is."""

import stat
from pathlib import Path

import pytest

from core.domain.errors import BadDocument
from core.knowledge.reading.reader import read_file
from tests.knowledge.reading.pdf_writer import Picture, Words, lines, pdf, table

_PRICES = [
    ("Produit", "Petit", "Grand"),
    ("Espresso", "2,20 €", "3,00 €"),
    ("Latte macchiato", "3,90 €", "4,60 €"),
    ("Thé vert", "3,10 €", ""),
]


async def test_lines_become_headings_paragraphs_and_lists() -> None:
    page = [
        Words(text="Guide", size=24, y=780),
        Words(text="Retours", size=15, y=740),
        *lines(
            [
                "Nos prix sont indiqués en euros, toutes taxes comprises, et chan-",
                "gent chaque saison. Ils valent dans toutes nos boutiques et en",
                "ligne.",
                "Un autre paragraphe commence ici, parce que le dernier est fini.",
            ],
            top=710,
        ),
        *lines(
            ["• Pomme, qui continue à la ligne parce qu'elle est longue et", "mûre"],
            top=640,
        ),
        *lines(["1. Un", "2. Deux"], top=600),
    ]

    read = await read_file("a.pdf", pdf([page], title="Le guide"))

    assert read.title == "Le guide"
    assert read.text == (
        "# Guide\n\n## Retours\n\nNos prix sont indiqués en euros, toutes taxes comprises, "
        "et changent chaque saison. Ils valent dans toutes nos boutiques et en ligne.\n\n"
        "Un autre paragraphe commence ici, parce que le dernier est fini.\n\n"
        "- Pomme, qui continue à la ligne parce qu'elle est longue et mûre\n1. Un\n2. Deux"
    )
    assert (read.page_starts, read.warnings) == ((0,), ())


async def test_a_price_list_comes_out_as_rows_that_can_be_read_alone() -> None:
    page = [Words(text="Nos prix", y=760), *table(_PRICES, (72, 250, 350))]

    read = await read_file("a.pdf", pdf([page]))

    assert read.text == (
        "Nos prix\n\n- Produit: Espresso; Petit: 2,20 €; Grand: 3,00 €\n"
        "- Produit: Latte macchiato; Petit: 3,90 €; Grand: 4,60 €\n"
        "- Produit: Thé vert; Petit: 3,10 €"
    )


async def test_a_table_written_column_by_column_is_read_row_by_row() -> None:
    words = table(_PRICES, (72, 250, 350))
    by_column = sorted(words, key=lambda each: each.x)

    assert (await read_file("a.pdf", pdf([by_column]))).text.startswith(
        "- Produit: Espresso; Petit: 2,20 €; Grand: 3,00 €\n"
    )


async def test_a_cell_of_two_lines_and_a_group_stay_with_their_rows() -> None:
    page = [
        *table([("Produit", "Prix")], (72, 300)),
        Words(text="Boissons chaudes", y=676),
        *table([("Chocolat à", "4,10 €")], (72, 300), top=652),
        Words(text="l'ancienne", y=640),
        *table([("Thé", "3,10 €")], (72, 300), top=616),
    ]

    assert (await read_file("a.pdf", pdf([page]))).text == (
        "Boissons chaudes\n\n- Produit: Chocolat à l'ancienne; Prix: 4,10 €\n"
        "- Produit: Thé; Prix: 3,10 €"
    )


async def test_prices_behind_dots_are_rows() -> None:
    page = lines(["Espresso ........ 2,20 €", "Latte . . . . . . 3,90 €"])

    assert (await read_file("a.pdf", pdf([page]))).text == (
        "- Espresso: 2,20 €\n- Latte: 3,90 €"
    )


async def test_text_in_two_columns_is_read_down_the_first_and_then_the_second() -> None:
    left = [f"gauche {n} et encore quelques mots" for n in range(8)]
    right = [f"droite {n} et encore quelques mots" for n in range(8)]
    page = [
        word for pair in zip(lines(left), lines(right, x=320), strict=True) for word in pair
    ]

    text = (await read_file("a.pdf", pdf([page]))).text

    assert text.index("gauche 7") < text.index("droite 0")


async def test_what_every_page_repeats_is_left_out_and_pages_begin_exactly() -> None:
    pages = [
        [
            Words(text="Café Lumière, édition 2026", y=815, size=8),
            *lines([f"Ceci est la page {word}."], top=700),
            Words(text=f"- {number} -", x=290, y=30, size=9),
        ]
        for number, word in enumerate(("une", "deux", "trois", "quatre"), 1)
    ]

    read = await read_file("a.pdf", pdf([*pages[:2], [], *pages[2:]]))

    words = ["page une", "page deux", "page trois", "page trois", "page quatre"]
    begins = [
        read.text[start:][: len(f"Ceci est la {w}.")]
        for start, w in zip(read.page_starts, words, strict=True)
    ]
    assert begins == [f"Ceci est la {word}." for word in words]
    assert "Lumière" not in read.text
    assert "- 1" not in read.text


async def test_a_document_of_pictures_says_that_tesseract_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BadDocument, match="pictures") as refused:
        await read_file("a.pdf", pdf([Picture(), Picture()]))

    assert "Tesseract" in refused.value.next_step


async def test_pages_that_are_pictures_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    written = lines(["Du texte."])

    read = await read_file("a.pdf", pdf([written, Picture(), Picture(), written]))

    assert read.warnings == ("scanned_pages:2,3",)
    assert read.page_starts == (0, 11, 11, 11)


_TESSERACT = """#!/bin/sh
if [ "$1" = "--list-langs" ]; then printf 'List:\\neng\\nosd\\nfra\\n'; exit; fi
head -c 2; printf ' read with %s:\\nune page\\n\\nreconnue\\n\\f' "$4"
"""


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a program on the path that says what it was given."""
    place = tmp_path / "bin" / "tesseract"
    place.parent.mkdir()
    place.write_text(_TESSERACT)
    place.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(place.parent))


@pytest.mark.usefixtures("tesseract")
async def test_pages_that_are_pictures_are_recognised_where_tesseract_is() -> None:
    scan = pdf([lines(["Du texte."]), Picture(), lines(["Fin."])])

    read = await read_file("a.pdf", scan)

    assert read.text == "Du texte.\n\nP5 read with fra+eng: une page\n\nreconnue\n\nFin."
    assert [read.text[at : at + 4] for at in read.page_starts] == ["Du t", "P5 r", "Fin."]
    assert read.warnings == ("ocr_pages:2",)


async def test_white_words_are_reported_unless_they_stand_on_a_colour() -> None:
    seen, white = Words(text="Visible"), Words(text="Prix", y=500, white=True)
    band = Words(text="x) Tj ET 0 g 60 490 200 30 re f BT (", y=400, raw=True)

    hidden = await read_file("a.pdf", pdf([[seen, white]]))
    honest = await read_file("a.pdf", pdf([[seen, band, white]]))

    assert (hidden.warnings, honest.warnings) == (("hidden_text",), ())
    assert "Prix" in honest.text


async def test_letters_that_are_not_drawn_are_reported() -> None:
    read = await read_file(
        "a.pdf", pdf([[Words(text="Visible"), Words(text="obey", y=500, mode=3)]])
    )

    assert read.warnings == ("hidden_text",)


async def test_a_program_in_a_pdf_is_reported_and_not_run() -> None:
    script = b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>"

    read = await read_file("a.pdf", pdf([lines(["Du texte."])], extra=script))

    assert (read.text, read.warnings) == ("Du texte.", ("macros_ignored",))
