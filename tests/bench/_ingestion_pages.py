"""Documents of a shop, made up: prose, lists and tables in French and English, no two alike.

A page has about 400 words. The same seed makes the same documents, of every kind that is
read in turn; what a file calls a page, a slide or a sheet is none of our pages.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from textwrap import wrap

from tests.knowledge.reading.pdf_writer import Words, lines, pdf, table
from tests.knowledge.reading.samples import (
    STYLES,
    archive,
    docx,
    epub_parts,
    odt_parts,
    paragraph,
    pptx_parts,
    shape,
    sheet_rows,
    word_table,
    xlsx,
)

PAGES_EACH = (2, 6, 12, 4, 20, 8, 3, 15)
"""How many pages documents have, in turn: most are short, some are handbooks."""
SENTENCES = 14
ROWS = 9

_GOODS = {
    "fr": "vélos de ville;casques d'enfant;sacoches étanches;remorques pliantes;pneus d'hiver;"
    "selles en cuir;éclairages à dynamo;antivols articulés;porte-bagages avant;pédales"
    " automatiques;batteries amovibles;gants de pluie;chaînes inoxydables;pompes à pied;"
    "garde-boue longs;sonnettes en laiton;freins à disque;jantes renforcées;compteurs sans"
    " fil;chargeurs rapides",
    "en": "city bicycles;children's helmets;waterproof panniers;folding trailers;winter tyres;"
    "leather saddles;dynamo lights;hinged locks;front racks;clipless pedals;removable"
    " batteries;rain gloves;stainless chains;floor pumps;long mudguards;brass bells;disc"
    " brakes;reinforced rims;wireless computers;fast chargers",
}
_PLACES = {
    "fr": "Lyon;Nantes;Annecy;Lille;Bayonne;Strasbourg;Grenoble;Dijon;Rennes;Toulouse;Metz;Tours",
    "en": "Leeds;Bristol;Cardiff;Glasgow;Exeter;Norwich;Dundee;Bath;Derby;York;Oxford;Hull",
}
_TURNS = {
    "fr": (
        "À {place}, nous réparons les {goods} en {days} jours ouvrés, et nous prêtons un autre"
        " modèle contre une caution de {price} €.",
        "Les {goods} coûtent {price} € pièce, port compris, dès que la commande dépasse"
        " {days} articles livrés à {place}.",
        "Pour rendre des {goods}, il faut écrire à l'atelier de {place} dans les {days} jours"
        " et joindre la facture numéro {number}.",
        "La garantie des {goods} court pendant {days} mois ; elle ne couvre ni l'usure ni les"
        " chocs constatés à {place} le {date}.",
        "Depuis le {date}, la référence {number} remplace les anciens {goods} que notre dépôt"
        " de {place} ne reçoit plus.",
        "Un rendez-vous à {place} se prend au guichet {days}, où l'on règle d'avance {price} €"
        " pour l'entretien des {goods}.",
        "Si vos {goods} arrivent abîmés, photographiez le colis {number} et prévenez {place}"
        " avant le {date} pour être remboursés.",
        "Les membres du club de {place} paient leurs {goods} {price} € au lieu du prix public"
        " affiché sur l'étiquette {number}.",
    ),
    "en": (
        "In {place} we repair {goods} within {days} working days, and lend you another model"
        " against a deposit of £{price}.",
        "Our {goods} cost £{price} each with delivery included, as soon as an order for {place}"
        " holds more than {days} articles.",
        "To return {goods}, write to the workshop in {place} within {days} days and enclose"
        " the receipt with the number {number}.",
        "The warranty on {goods} lasts {days} months; it covers neither wear nor the damage"
        " that {place} has noted on {date}.",
        "Since {date} the part {number} has replaced the older {goods}, which our store in"
        " {place} no longer receives.",
        "Appointments in {place} are made at counter {days}, where you pay £{price} in advance"
        " for the care of your {goods}.",
        "If your {goods} arrive damaged, take a picture of parcel {number} and tell {place}"
        " before {date} to get your money back.",
        "Members of the club in {place} pay £{price} for {goods} instead of the public price"
        " on the label {number}.",
    ),
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November"
    " December",
}
_TOPICS = {
    "fr": "Réparations;Livraison;Retours;Garanties;Tarifs;Location;Paiement;Entretien;Club;Ateliers",
    "en": "Repairs;Delivery;Returns;Warranties;Prices;Rental;Payment;Care;Membership;Workshops",
}
_COLUMNS = {
    "fr": ("Référence", "Article", "Atelier", "Prix", "Délai"),
    "en": ("Part", "Article", "Workshop", "Price", "Delay"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page says."""

    heading: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document as somebody would drop it in."""

    name: str
    content: bytes
    pages: int


def files(pages: int, *, seed: int) -> Iterator[File]:
    """Make documents of so many pages altogether."""
    draw = random.Random(seed)  # noqa: S311 - to be repeated, not secret
    kinds = list(_WRITERS)
    at = 0
    while pages > 0:
        count = min(pages, PAGES_EACH[at % len(PAGES_EACH)])
        kind = kinds[at % len(kinds)]
        lang = "fr" if at % 3 else "en"
        written = [_page(draw, lang, number) for number in range(1, count + 1)]
        name = f"catalogue-{seed}-{at:03}.{kind}"
        yield File(name=name, content=_WRITERS[kind](written), pages=count)
        pages -= count
        at += 1


def _page(draw: random.Random, lang: str, number: int) -> Page:
    said = [_sentence(draw, lang) for _ in range(SENTENCES)]
    third = SENTENCES // 3
    goods, places = _GOODS[lang].split(";"), _PLACES[lang].split(";")
    rows = [
        (
            f"R-{draw.randrange(10_000, 99_999)}",
            draw.choice(goods),
            draw.choice(places),
            _price(draw),
            str(draw.randrange(2, 60)),
        )
        for _ in range(ROWS)
    ]
    return Page(
        heading=f"{draw.choice(_TOPICS[lang].split(';'))} {draw.choice(places)} {number}",
        paragraphs=(
            " ".join(said[:third]),
            " ".join(said[third : 2 * third]),
            " ".join(said[2 * third :]),
        ),
        rows=(_COLUMNS[lang], *rows),
    )


def _sentence(draw: random.Random, lang: str) -> str:
    month = draw.choice(_MONTHS[lang].split())
    return draw.choice(_TURNS[lang]).format(
        goods=draw.choice(_GOODS[lang].split(";")),
        place=draw.choice(_PLACES[lang].split(";")),
        days=draw.randrange(2, 90),
        price=_price(draw),
        number=draw.randrange(100_000, 999_999),
        date=f"{draw.randrange(1, 29)} {month} {draw.randrange(2019, 2027)}",
    )


def _price(draw: random.Random) -> str:
    return f"{draw.randrange(4, 400)},{draw.randrange(10, 99)}"


def _pdf(pages: list[Page]) -> bytes:
    return pdf([_pdf_page(page) for page in pages])


def _pdf_page(page: Page) -> list[Words]:
    broken: list[str] = []
    for text in page.paragraphs:
        broken += [*wrap(text, 88), ""]
    body = [words for words in lines(broken, top=748) if words.text]
    top = 748 - 14 * len(broken) - 10
    return [
        Words(text=page.heading, size=18, y=788),
        *body,
        *table(page.rows, (72, 150, 290, 390, 470), top=top),
    ]


def _docx(pages: list[Page]) -> bytes:
    heading = '<w:pStyle w:val="T1"/>'
    body = ""
    for page in pages:
        body += paragraph(page.heading, properties=heading)
        body += "".join(paragraph(text) for text in page.paragraphs)
        body += word_table([list(row) for row in page.rows])
    return docx(body, styles=STYLES)


def _pptx(pages: list[Page]) -> bytes:
    slides = []
    for page in pages:
        spoken = [*page.paragraphs, *(" – ".join(row) for row in page.rows)]
        slides.append(shape("title", [page.heading]) + shape("body", spoken))
    return archive(pptx_parts(slides))


def _xlsx(pages: list[Page]) -> bytes:
    return xlsx(
        {
            f"{number} {page.heading}"[:31]: sheet_rows(
                [*[list(row) for row in page.rows], *[[text] for text in page.paragraphs]]
            )
            for number, page in enumerate(pages, 1)
        }
    )


def _odt(pages: list[Page]) -> bytes:
    body = ""
    for page in pages:
        body += f'<text:h text:outline-level="1">{page.heading}</text:h>'
        body += "".join(f"<text:p>{text}</text:p>" for text in page.paragraphs)
        body += f"<table:table>{_cells(page, 'table:table-row', 'table:table-cell')}"
        body += "</table:table>"
    return archive(odt_parts(body.replace("<i>", "<text:p>").replace("</i>", "</text:p>")))


def _cells(page: Page, row: str, cell: str) -> str:
    return "".join(
        f"<{row}>"
        + "".join(f"<{cell}><i>{text}</i></{cell}>" for text in cells)
        + f"</{row}>"
        for cells in page.rows
    )


def _markup(page: Page) -> str:
    said = "".join(f"<p>{text}</p>" for text in page.paragraphs)
    return f"<h1>{page.heading}</h1>{said}<table>{_cells(page, 'tr', 'td')}</table>"


def _html(pages: list[Page]) -> bytes:
    body = "".join(map(_markup, pages))
    return f'<!doctype html><html><meta charset="utf-8"><body>{body}</body></html>'.encode()


def _epub(pages: list[Page]) -> bytes:
    chapters = {
        f"c{number:03}.xhtml": f"<html><body>{_markup(page)}</body></html>"
        for number, page in enumerate(pages, 1)
    }
    return archive(epub_parts(chapters))


def _plain(page: Page, marks: str = "") -> str:
    listed = "\n".join(f"- {' / '.join(row)}" for row in page.rows)
    return "\n\n".join([f"{marks}{page.heading}", *page.paragraphs, listed])


def _txt(pages: list[Page]) -> bytes:
    return "\n\n".join(map(_plain, pages)).encode()


def _md(pages: list[Page]) -> bytes:
    written = []
    for page in pages:
        head, *rows = (f"| {' | '.join(row)} |" for row in page.rows)
        ruled = "\n".join([head, "|---" * len(page.rows[0]) + "|", *rows])
        written.append("\n\n".join([f"# {page.heading}", *page.paragraphs, ruled]))
    return "\n\n".join(written).encode()


def _eml(pages: list[Page]) -> bytes:
    mail = EmailMessage()
    mail["From"] = "workshop@example.com"
    mail["To"] = "shop@example.com"
    mail["Subject"] = pages[0].heading
    mail["Date"] = "Mon, 05 Jan 2026 10:00:00 +0100"
    mail.set_content("\n\n".join(map(_plain, pages)))
    return mail.as_bytes()


def _rtf(pages: list[Page]) -> bytes:
    said = [text for page in pages for text in _plain(page).split("\n") if text]
    body = "\n".join(rf"\pard {_escaped(text)}\par" for text in said)
    return rf"{{\rtf1\ansi\ansicpg1252 {body}}}".encode("ascii")


def _escaped(text: str) -> str:
    return "".join(one if one.isascii() else rf"\u{ord(one)}?" for one in text)


def _csv(pages: list[Page]) -> bytes:
    rows = [";".join(row) for page in pages for row in page.rows[1:]]
    said = [f"{page.heading};{text};;;" for page in pages for text in page.paragraphs]
    head = ";".join(pages[0].rows[0])
    return "\n".join([head, *rows, *(one.replace(" ; ", ", ") for one in said)]).encode()


_WRITERS: dict[str, Callable[[list[Page]], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "md": _md,
    "xlsx": _xlsx,
    "html": _html,
    "pptx": _pptx,
    "txt": _txt,
    "odt": _odt,
    "eml": _eml,
    "epub": _epub,
    "rtf": _rtf,
    "csv": _csv,
}
