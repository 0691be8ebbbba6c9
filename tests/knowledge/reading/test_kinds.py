"""Every kind of file becomes one text with headings, lists and tables."""

import pytest

from core.knowledge.reading.reader import ReadFile, read_file
from tests.knowledge.reading import samples
from tests.knowledge.reading.samples import paragraph


async def test_a_word_document_keeps_headings_lists_and_notes() -> None:
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'
    body = (
        paragraph("Retours", '<w:pStyle w:val="T2"/>')
        + paragraph("Délais", '<w:pStyle w:val="T3"/>')
        + "<w:p><w:r><w:t>Sous 30 jours</w:t></w:r><w:r><w:footnoteReference w:id='4'/></w:r>"
        + "<w:hyperlink><w:r><w:t>, voir ici</w:t></w:r></w:hyperlink></w:p>"
        + paragraph("Emballer", item.format(0))
        + paragraph("bien fermer", item.format(1))
        + paragraph("Envoyer", item.format(0))
    )
    notes = (
        f'<w:footnotes xmlns:w="{samples.WORD}"><w:footnote w:id="4">'
        f"{paragraph('Jours ouvrés.')}</w:footnote></w:footnotes>"
    )

    read = await read_file(
        "a.docx",
        samples.docx(
            body,
            title="Guide",
            styles=samples.STYLES,
            numbering=samples.NUMBERING,
            footnotes=notes,
        ),
    )

    assert read.title == "Guide"
    assert read.text == (
        "# Retours\n\n### Délais\n\nSous 30 jours [1], voir ici\n\n[1] Jours ouvrés.\n\n"
        "1. Emballer\n  - bien fermer\n2. Envoyer"
    )
    assert read.warnings == ()


async def test_tables_in_tables_and_merged_cells_of_word_can_be_read_alone() -> None:
    inner = samples.word_table([["S", "2,20"], ["L", "3,00"]])
    rows = [
        ["Produit", "Boutique", "Prix"],
        ["Espresso", "Nice", "2,20 €"],
        ["<w:tcPr><w:vMerge/></w:tcPr><w:p/>", "Lyon", inner + "<w:p/>"],
    ]

    read = await read_file("a.docx", samples.docx(samples.word_table(rows)))

    assert read.text == (
        "- Produit: Espresso; Boutique: Nice; Prix: 2,20 €\n"
        "- Produit: Espresso; Boutique: Lyon\n\n- S: 2,20\n- L: 3,00"
    )


async def test_hidden_and_deleted_words_of_word_are_left_out_with_a_warning() -> None:
    body = (
        paragraph("Vu. ")
        + paragraph("caché", run="<w:vanish/>")
        + paragraph("fantôme", '<w:pStyle w:val="Ghost"/>')
        + paragraph("minuscule", run='<w:sz w:val="1"/>')
        + "<w:p><w:del><w:r><w:t>barré</w:t></w:r></w:del></w:p>"
    )

    read = await read_file("a.docx", samples.docx(body, styles=samples.STYLES))

    assert (read.text, read.warnings) == ("Vu.", ("hidden_text",))


async def test_white_words_of_word_are_told_apart_from_white_words_on_a_shade() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    shade = white + '<w:shd w:fill="000000"/>'

    on_paper = await read_file("a.docx", samples.docx(paragraph("obéis", run=white)))
    on_black = await read_file("a.docx", samples.docx(paragraph("Prix", run=shade)))

    assert (on_paper.warnings, on_black.warnings) == (("hidden_text",), ())


async def test_a_workbook_shows_its_numbers_as_the_sheet_does() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;€&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/>'
        '<xf numFmtId="10"/></cellXfs>'
    )
    shared = "<si><t>Produit</t></si><si><r><t>Lat</t></r><r><t>te</t></r></si>"
    prices = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Tarifs</t></is></c></row>'
        '<row r="3"><c r="A3" t="s"><v>0</v></c>'
        + "".join(
            f'<c r="{column}3" t="inlineStr"><is><t>{name}</t></is></c>'
            for column, name in zip("BCD", ("Prix", "Depuis", "Part"), strict=True)
        )
        + '</row><row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>3.9</v></c>'
        '<c r="C4" s="2"><v>46027</v></c><c r="D4" s="3"><v>0.255</v></c></row>'
        '<row r="5" hidden="1"><c r="A5" t="inlineStr"><is><t>secret</t></is></c></row>'
    )
    hours = samples.sheet_rows([["Lundi", "9h-18h"], ["Mardi", "9h-18h"]])

    read = await read_file(
        "a.xlsx",
        samples.xlsx({"Prix": prices, "Heures": hours}, shared=shared, styles=styles),
    )

    first, second = _pages(read)
    assert first == (
        "# Prix\n\nTarifs\n\n"
        "- Produit: Latte; Prix: 3.90 €; Depuis: 2026-01-05; Part: 25.50%\n\n"
    )
    assert second == "# Heures\n\n- Lundi: 9h-18h\n- Mardi: 9h-18h"
    assert read.warnings == ("hidden_text",)


async def test_a_sheet_that_is_not_shown_is_not_read() -> None:
    parts = samples.xlsx_parts(
        {"Vu": samples.sheet_rows([["a", "b"]]), "Caché": samples.sheet_rows([["c", "d"]])},
        state="veryHidden",
    )

    read = await read_file("a.xlsx", samples.archive(parts))

    assert (read.text, read.warnings) == ("# Vu\n\n- a: b", ("hidden_text",))


async def test_a_slide_is_a_page_with_its_title_first() -> None:
    cells = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody/><p:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></p:txBody></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in (("Produit", "Prix"), ("Latte", "3,90"))
    )
    table = (
        "<p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
        f"{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    deeper = '<a:p><a:pPr lvl="1"/><a:r><a:t>Robusta</a:t></a:r></a:p>'
    slides = [
        samples.shape("body", ["Arabica", deeper]) + samples.shape("title", ["Nos cafés"]),
        "",
        samples.shape("title", ["Prix"]) + table,
    ]

    read = await read_file("a.pptx", samples.archive(samples.pptx_parts(slides)))

    assert _pages(read) == [
        "# Nos cafés\n\n- Arabica\n  - Robusta\n\n",
        "",
        "# Prix\n\n- Produit: Latte; Prix: 3,90",
    ]


async def test_an_open_document_keeps_headings_lists_tables_and_notes() -> None:
    body = (
        '<text:h text:outline-level="2">Retours</text:h>'
        "<text:p>Sous<text:s/>30 jours<text:note><text:note-body><text:p>Ouvrés.</text:p>"
        '</text:note-body></text:note>.<text:span text:style-name="G">caché</text:span></text:p>'
        "<text:list><text:list-item><text:p>un</text:p><text:list><text:list-item>"
        "<text:p>deux</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Lieu</text:p></table:table-cell>"
        "<table:table-cell><text:p>Ville</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Quai</text:p></table:table-cell>"
        "<table:table-cell><text:p>Nice</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/>'
        "</table:table-row></table:table>"
    )
    hidden = (
        '<style:style style:name="G"><style:text-properties text:display="none"/>'
        "</style:style>"
    )

    read = await read_file(
        "a.odt", samples.archive(samples.odt_parts(body, styles=hidden, title="Guide"))
    )

    assert read.title == "Guide"
    assert read.text == (
        "## Retours\n\nSous 30 jours [1].\n\n[1] Ouvrés.\n\n- un\n  - deux\n\n"
        "- Lieu: Quai; Ville: Nice"
    )
    assert read.warnings == ("hidden_text",)


async def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    chapters = {
        "fin.xhtml": "<h1>Fin</h1><p>z</p>",
        "début.xhtml": "<h1>Début</h1><p>a</p>",
    }

    read = await read_file(
        "a.epub", samples.archive(samples.epub_parts(chapters, title="Livre"))
    )

    assert (read.title, read.text) == ("Livre", "# Début\n\na\n\n# Fin\n\nz")
    assert read.page_starts == ()


async def test_a_web_page_is_read_as_it_is_seen() -> None:
    page = (
        "<html><head><title>FAQ</title><script>bad()</script></head><body><nav>Menu</nav>"
        "<h2>Retours</h2><p>Sous <b>30</b>\n jours<br>ouvrés</p><!-- non -->"
        '<p style="display: none">caché</p><img alt="non">'
        "<ol><li>un</li><li><p>deux</p></li></ol><ul><li>a<ul><li>b</li></ul></li></ul>"
        "<table><tr><th>Produit<th>Prix<tr><td rowspan=2>Thé<td>3 €<tr><td>4 €</table>"
        "<table><tr><td><h3>Cadre</h3><table><tr><td>x<td>y</table></table></body></html>"
    )

    read = await read_file("a.html", page.encode("cp1252"))

    assert read.title == "FAQ"
    assert read.text == (
        "## Retours\n\nSous 30 jours\nouvrés\n\n1. un\n2. deux\n- a\n  - b\n\n"
        "- Produit: Thé; Prix: 3 €\n- Produit: Thé; Prix: 4 €\n\nCadre\n\n- x: y"
    )
    assert read.warnings == ("hidden_text",)


async def test_the_encoding_that_a_web_page_names_is_believed() -> None:
    page = '<meta charset="windows-1251"><p>Привет'

    assert (await read_file("a.html", page.encode("cp1251"))).text == "Привет"


async def test_a_message_says_who_wrote_and_names_what_came_with_it() -> None:
    read = await read_file("a.eml", samples.MAIL.encode())

    assert read.title == "Ma commande"
    assert read.text == (
        "# Ma commande\n\nFrom: René <rene@example.com>\nTo: shop@example.com\n"
        "Date: Mon, 5 Jan 2026 10:00:00 +0100\n\nOù est ma commande ?\n\n> Bonjour\n\n"
        "- Attachment: facture.pdf"
    )
    assert read.warnings == ("attachments_ignored",)


async def test_a_message_in_html_alone_is_read_as_a_web_page() -> None:
    mail = "Subject: x\nContent-Type: text/html\n\n<p>Bonjour <b>vous</b></p>"

    assert (await read_file("a.eml", mail.encode())).text == "# x\n\nBonjour vous"


async def test_rich_text_keeps_headings_lists_tables_and_letters() -> None:
    read = await read_file("a.rtf", samples.RICH.encode("cp1252"))

    assert read.title == "Retours"
    assert read.text == (
        "# Retours\n\nVous avez 30 jours, café inclus.\n\nПривет\n\n- Pomme\n\n"
        "- Produit: Latte; Prix: 3 €\n\nFin"
    )
    assert read.warnings == ("hidden_text",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_every_row_of_a_table_can_be_read_alone(separator: str) -> None:
    rows = [["Produit", "Prix"], ["Espresso", "2.20 €"], ["Latte", ""], ["", ""]]
    table = "\n".join(separator.join(row) for row in rows)

    read = await read_file("prix.csv", table.encode())

    assert read.text == "- Produit: Espresso; Prix: 2.20 €\n- Produit: Latte"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]
)
async def test_a_text_reads_the_same_in_every_usual_encoding(encoding: str) -> None:
    text = "Le café coûte 4,90 €.\nÀ bientôt !"

    assert (await read_file("note.txt", text.encode(encoding))).text == text


async def test_line_ends_accents_and_controls_have_one_form_in_the_stored_text() -> None:
    read = await read_file(
        "a.md", "# Cafe\u0301 #\r\n\r\n\n\n\rok\x0c\u00ad\ufeff".encode()
    )

    assert (read.title, read.text) == ("Café", "# Café #\n\nok")


def _pages(read: ReadFile) -> list[str]:
    ends = [*read.page_starts[1:], len(read.text)]
    return [read.text[start:end] for start, end in zip(read.page_starts, ends, strict=True)]
