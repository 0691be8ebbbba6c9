"""Small documents of every kind that is read, written here to the letter."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from tests.knowledge.reading.pdf_writer import Words, lines, pdf, table

RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
ODF_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODF_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
ODF_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
PROPERTIES: Final = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)
DUBLIN: Final = "http://purl.org/dc/elements/1.1/"

Parts = Mapping[str, str | bytes]


def archive(parts: Parts) -> bytes:
    """Return a zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return a part that points to others: id to (type, target)."""
    entries = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{entries}</Relationships>'
    )


def core(title: str) -> str:
    """Return the properties of an office document."""
    return (
        f'<p:coreProperties xmlns:p="{PROPERTIES}" xmlns:dc="{DUBLIN}">'
        f"<dc:title>{title}</dc:title></p:coreProperties>"
    )


def docx_parts(body: str, *, title: str = "", **more: str) -> dict[str, str | bytes]:
    """Return the parts of a Word document; `more` are parts such as `styles`."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(
            {
                "r1": ("officeDocument", "word/document.xml"),
                "r2": ("core-properties", "c.xml"),
            }
        ),
        "c.xml": core(title),
        "word/_rels/document.xml.rels": relations(
            {f"r{name}": (name, f"{name}.xml") for name in more}
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        ),
        **{f"word/{name}.xml": part for name, part in more.items()},
    }


def docx(body: str, *, title: str = "", **more: str) -> bytes:
    """Return a Word document."""
    return archive(docx_parts(body, title=title, **more))


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of Word."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def word_table(rows: list[list[str]]) -> str:
    """Return a table of Word; a cell that begins with a tag is put in as it is."""
    body = ""
    for row in rows:
        cells = (cell if cell.startswith("<") else paragraph(cell) for cell in row)
        body += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl>{body}</w:tbl>"


STYLES: Final = (
    f'<w:styles xmlns:w="{WORD}">'
    '<w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="T2"><w:name w:val="Mine"/><w:basedOn w:val="T1"/></w:style>'
    '<w:style w:styleId="T3"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
    '</w:style><w:style w:styleId="Ghost"><w:name w:val="g"/><w:rPr><w:vanish/></w:rPr>'
    "</w:style></w:styles>"
)
NUMBERING: Final = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def xlsx_parts(
    sheets: Mapping[str, str], *, shared: str = "", styles: str = "", state: str = ""
) -> dict[str, str | bytes]:
    """Return the parts of a workbook: names to rows; `state` is that of the last sheet."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" r:id="r{at}" state="'
        f'{state if state and at == len(names) - 1 else "visible"}"/>'
        for at, name in enumerate(names)
    )
    targets = {f"r{at}": ("worksheet", f"worksheets/s{at}.xml") for at in range(len(names))}
    targets |= {"rs": ("sharedStrings", "shared.xml"), "rt": ("styles", "styles.xml")}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": relations(targets),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/shared.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        **{
            f"xl/worksheets/s{at}.xml": (
                f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
            )
            for at, rows in enumerate(sheets.values())
        },
    }


def xlsx(sheets: Mapping[str, str], *, shared: str = "", styles: str = "") -> bytes:
    """Return a workbook."""
    return archive(xlsx_parts(sheets, shared=shared, styles=styles))


def sheet_rows(rows: list[list[str]]) -> str:
    """Return rows of text cells."""
    return "".join(
        f'<row r="{at}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for at, row in enumerate(rows, 1)
        if row
    )


def pptx_parts(slides: list[str]) -> dict[str, str | bytes]:
    """Return the parts of a presentation; a slide is what its shape tree holds."""
    listed = "".join(f'<p:sldId r:id="r{at}"/>' for at in range(len(slides)))
    return {
        "_rels/.rels": relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/_rels/presentation.xml.rels": relations(
            {f"r{at}": ("slide", f"slides/s{at}.xml") for at in range(len(slides))}
        ),
        "ppt/presentation.xml": (
            f'<p:presentation xmlns:p="{SLIDE}" xmlns:r="{RELATIONS}">'
            f"<p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
        ),
        **{
            f"ppt/slides/s{at}.xml": (
                f'<p:sld xmlns:p="{SLIDE}" xmlns:a="{DRAWING}"><p:cSld><p:spTree>{slide}'
                "</p:spTree></p:cSld></p:sld>"
            )
            for at, slide in enumerate(slides)
        },
    }


def shape(role: str, paragraphs: list[str]) -> str:
    """Return a shape with text; a paragraph that begins with a tag is put in as it is."""
    body = "".join(
        text if text.startswith("<") else f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        for text in paragraphs
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2"/><p:nvPr><p:ph type="{role}"/></p:nvPr>'
        f"</p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>"
    )


def odt_parts(body: str, *, styles: str = "", title: str = "") -> dict[str, str | bytes]:
    """Return the parts of an OpenDocument text."""
    names = (
        f'xmlns:office="{OFFICE}" xmlns:text="{ODF_TEXT}" xmlns:table="{ODF_TABLE}" '
        f'xmlns:style="{ODF_STYLE}" xmlns:dc="{DUBLIN}"'
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "meta.xml": f"<office:document-meta {names}><dc:title>{title}</dc:title>"
        "</office:document-meta>",
        "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
    }


def epub_parts(chapters: Mapping[str, str], *, title: str = "") -> dict[str, str | bytes]:
    """Return the parts of a book, its chapters bound in the reverse of their order."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in reversed(range(len(chapters))))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="{DUBLIN}">'
        f"<metadata><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>",
        **{f"OPS/{name}": text for name, text in chapters.items()},
    }


MAIL: Final = (
    "From: =?utf-8?q?Ren=C3=A9?= <rene@example.com>\nTo: shop@example.com\n"
    "Subject: Ma commande\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    "Où est ma commande ?\n\n> Bonjour\n--b\nContent-Type: application/pdf\n"
    'Content-Disposition: attachment; filename="../facture.pdf"\n\nx\n--b--\n'
)
RICH: Final = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\*\generator X;}"
    r"\pard\s1 Retours\par\pard Vous avez 30\u160? jours, caf\'e9 inclus.\par"
    r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par{\listtext\bullet\tab}Pomme\par{\v caché}"
    r"\trowd\cellx1\cellx2\intbl Produit\cell Prix\cell\row"
    r"\intbl Latte\cell 3 \u8364?\cell\row\pard Fin\par}"
)


def one_of_each() -> dict[str, bytes]:
    """Return an honest document of every kind, by the ending of its name."""
    return {
        "pdf": pdf(
            [
                [
                    Words(text="Tarifs", size=22, y=770),
                    *lines(["Nos prix en euros."], top=730),
                    *table(
                        [("Produit", "Prix"), ("Espresso", "2,20"), ("Latte", "3,90")],
                        (72, 300),
                    ),
                ]
            ]
        ),
        "docx": docx(paragraph("Retours sous 30 jours.")),
        "pptx": archive(pptx_parts([shape("title", ["Nos cafés"])])),
        "xlsx": xlsx({"Prix": sheet_rows([["Produit", "Prix"], ["Latte", "3,90"]])}),
        "odt": archive(odt_parts("<text:p>Bonjour à tous.</text:p>")),
        "epub": archive(epub_parts({"a.xhtml": "<p>Il était une fois.</p>"})),
        "html": b"<!doctype html><p>Ouvert le lundi.</p>",
        "eml": MAIL.encode(),
        "rtf": RICH.encode("latin-1", errors="replace"),
        "csv": "Produit;Prix\nLatte;3,90 €\n".encode(),
        "md": b"# Horaires\n\nOuvert le lundi.",
        "txt": b"Ouvert le lundi.",
    }
