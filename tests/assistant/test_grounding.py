"""A written reply must stand on its quotes: what is invented, moved or turned is seen."""

import pytest

from core.assistant import guard
from core.assistant.facts import facts_of
from core.assistant.links import links_in, unknown_links
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.llm.prompt_files import prompt
from tests.assistant.cases import chunk

ENGLISH = chunk(
    "Shipping to Belgium costs 9,50 € and takes 4 to 6 working days. "
    "We do not ship to Norway. Orders over 60 € ship free. "
    "Track your parcel at https://cafe.example/track or call 04 72 00 00 00. "
    "We are open from Tuesday to Saturday, 9:30 am to 7 pm, and closed on Monday. "
    "Adults pay 12 €, children 8 €. "
    "Dogs are welcome on the terrace but not inside. "
    "Write to hello@cafe.example until 5 December. "
    "The decaf bag holds 250 g and contains no gluten. "
    "Returns are accepted within 14 days, except for opened bags."
)
FRENCH = chunk(
    "La livraison en Belgique coûte 9,50 € et prend 4 à 6 jours ouvrés. "
    "Nous ne livrons pas en Norvège. "
    "Nous sommes ouverts du mardi au samedi, de 9h30 à 19h, et fermés le lundi. "
    "Les chiens sont acceptés en terrasse, mais pas à l'intérieur. "
    "Le sachet décaféiné pèse 250 g. L'atelier est gratuit pour les enfants.",
    language="fr",
)
LISTS = chunk(
    "There are three plans: 250 g for 12 €, 500 g for 22 € and 1 kg for 39 €.\n"
    "- Saturday: 9 am to 7 pm.\n- Sunday: 9:30 am to 1 pm.\n- Monday: closed."
)
SPANISH = chunk(
    "El envío a Bélgica cuesta 9,50 € y tarda de 4 a 6 días laborables. "
    "No enviamos a Noruega. Abrimos de martes a sábado. Cerramos los lunes.",
    language="es",
)


def _cited(passage: Passage, quote: str | None = None) -> Citation:
    words = quote or passage.text
    start = passage.text.index(words)
    return Citation(
        title=passage.title,
        name=passage.name,
        quote=words,
        document_id=passage.document_id,
        start_char=start,
        end_char=start + len(words),
    )


def _found(body: str, passage: Passage = ENGLISH, quote: str | None = None) -> list[str]:
    dangers = guard.dangers(body, [passage], ())
    citations = [_cited(passage, quote)]
    return dangers + guard.ungrounded(body, citations, [passage], passage.lang_code)


@pytest.mark.parametrize(
    "body",
    [
        "Shipping to Belgium costs 9,50 € and takes 4 to 6 working days.",
        "For Belgium, shipping costs 9,50 €. It takes 4 to 6 working days.",
        "We do not ship to Norway.",
        "Dogs are welcome on the terrace but not inside.",
        "You can track your parcel at https://cafe.example/track.",
        "We are closed on Monday.",
        "Adults pay 12 €.",
        "Thank you! Orders over 60 € ship free.",
        "The decaf bag contains no gluten.",
    ],
)
def test_true_words_pass(body: str) -> None:
    assert _found(body) == []


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("La livraison en Belgique coûte 9,50 €.", FRENCH),
        ("Nous ne livrons pas en Norvège.", FRENCH),
        ("Merci beaucoup ! Nous sommes fermés le lundi.", FRENCH),
        ("El envío a Bélgica cuesta 9,50 €.", SPANISH),
        ("No enviamos a Noruega.", SPANISH),
    ],
)
def test_true_words_pass_in_other_languages(body: str, passage: Passage) -> None:
    assert _found(body, passage) == []


@pytest.mark.parametrize(
    "body",
    [
        # an invented or changed amount, unit or currency
        "Shipping to Belgium costs 8,50 €.",
        "Shipping to Belgium costs 9,50 $.",
        "Shipping to Belgium costs 9,50 %.",
        "Shipping to Belgium costs ten euros.",
        "Shipping to Belgium takes 4 to 6 days.",
        "Shipping to Belgium takes 4 to 6 weeks.",
        "Shipping to Belgium takes 4 to 6 hours.",
        "The decaf bag holds 250 kg.",
        "The decaf bag holds two hundred g.",
        "Orders over 50 € ship free.",
        "Orders over 60 € ship free with a discount of 10 %.",
        # a date, day or hour that was moved
        "Write to hello@cafe.example until 6 December.",
        "Write to hello@cafe.example until 5 January.",
        "We are closed on Sunday.",
        "We are open from Monday to Saturday.",
        "We are open from Tuesday to Saturday, 9:30 am to 9 pm.",
        "We are open from Tuesday to Saturday, 9:30 pm to 7 pm.",
        "Write to hello@cafe.example until tomorrow.",
        "Returns are accepted within 30 days, except for opened bags.",
        # a fact of something else
        "Children pay 12 €.",
        "Adults pay 8 €.",
        "Orders over 9,50 € ship free.",
        # turned into the opposite
        "We ship to Norway.",
        "We do ship to Norway.",
        "We do not ship to Belgium.",
        "We are open on Monday.",
        "We are closed from Tuesday to Saturday.",
        "Dogs are welcome inside.",
        "Dogs are not welcome on the terrace.",
        "The decaf bag contains gluten.",
        "Orders over 60 € do not ship free.",
        "Orders under 60 € ship free.",
        "Returns are not accepted within 14 days.",
        "Returns are accepted within 14 days.",
        "Returns are accepted within 14 days, also for opened bags.",
        # nobody said so
        "We refund you today.",
        "Your parcel has left and arrives soon.",
        "Shipping to Belgium is guaranteed and insured.",
        "The decaf bag is safe for people with allergies.",
        "Yes.",
        "Of course! We do that.",
        "Thanks for your order, the refund is granted.",
        # nothing is said at all
        "Hello! Thank you very much.",
        "🙂",
        # a number, address or phone that is nobody's
        "Call 04 72 00 00 01.",
        "Track your parcel with number 7781.",
    ],
)
def test_what_the_source_does_not_say_is_objected_to(body: str) -> None:
    assert _found(body), body


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("Nous livrons en Norvège.", FRENCH),
        ("Nous livrons aussi en Norvège, pour 9,50 €.", FRENCH),
        ("Nous sommes ouverts le lundi.", FRENCH),
        ("Nous sommes ouverts du lundi au samedi.", FRENCH),
        ("Les chiens sont acceptés à l'intérieur.", FRENCH),
        ("Les chiens ne sont pas acceptés en terrasse.", FRENCH),
        ("La livraison en Belgique prend 4 à 6 jours.", FRENCH),
        ("La livraison en Belgique est gratuite.", FRENCH),
        ("L'atelier est payant pour les enfants.", FRENCH),
        ("La livraison en Belgique coûte dix euros.", FRENCH),
        ("Le sachet décaféiné pèse 250 kg.", FRENCH),
        ("Enviamos a Noruega.", SPANISH),
        ("Abrimos los lunes.", SPANISH),
        ("El envío a Bélgica tarda de 4 a 6 semanas.", SPANISH),
    ],
)
def test_it_is_objected_to_in_other_languages(body: str, passage: Passage) -> None:
    assert _found(body, passage), body


@pytest.mark.parametrize(
    "body",
    [
        "The plan of 500 g is 12 €.",
        "250 g are 22 €.",
        "There are four plans.",
        "We are open on Saturday from 9:30 am to 7 pm.",
        "We are open on Sunday from 9 am to 7 pm.",
        "We are open on Monday from 9 am to 7 pm.",
        "We are open on Monday.",
        "We are closed on Sunday.",
    ],
)
def test_facts_of_a_list_stay_with_what_they_belong_to(body: str) -> None:
    assert _found("The plan of 500 g is 22 €.", LISTS) == []
    assert _found("We are open on Saturday from 9 am to 7 pm.", LISTS) == []
    assert _found(body, LISTS), body


def test_half_a_sentence_does_not_say_what_the_whole_one_denies() -> None:
    assert _found("We ship to Norway.", quote="ship to Norway")
    assert _found("Dogs are welcome.", quote="Dogs are welcome")


@pytest.mark.parametrize(
    "body",
    [
        "Track your parcel at https://cafe.example/track?customer=4242.",
        "Track your parcel at https://cafe.example/track#4242.",
        "Track your parcel at https://cafe.example/track/4242.",
        "Track your parcel at https://user@cafe.example/track.",
        "Track your parcel at https://cafe.example.evil.example/track.",
        "Track your parcel at https://сafe.example/track.",  # the first letter is Cyrillic
        "Track your parcel at https://cafè.example/track.",
        "Track your parcel at сafe.example/track.",
        "Track your parcel at https://xn--afe-8cd.example/track.",
        "Track your parcel at evil.example.",
        "Track your parcel at cafe。evil.com.",
        "Track your parcel at 10.0.0.1/track.",
        "Track your parcel at ftp://cafe.example/track.",
        "Track your parcel: javascript:alert(1)",
        "Track your parcel: data:text/html;base64,AAAA",
        "Write to mailto:evil@evil.example",
        "Write to hello@сafe.example.",
        "Write to hello@evil.example.",
        "Track your parcel ![](https://cafe.example/track)",
        "Track your parcel [here](https://cafe.example/track)",
        "Track your parcel [here][1]\n[1]: https://cafe.example/track",
        '<a href="https://cafe.example/track">Track your parcel</a>',
        "<img src=x onerror=alert(1)> Track your parcel",
        "Track your parcel &#60;script&#62;",
        "```\nTrack your parcel\n```",
        "Call [PHONE_3] to track your parcel.",
        "</data-00112233445566778899aabbccddeeff> Track your parcel",
        "Shipping to Belgium costs 9,50 €. " * 80,
    ],
)
def test_what_no_honest_model_writes_is_a_danger(body: str) -> None:
    assert guard.dangers(body, [ENGLISH], ()), body


def test_the_instructions_of_a_model_are_not_said() -> None:
    words = prompt("reply").template.template.split()
    assert guard.dangers(" ".join(words[40:52]), [ENGLISH], ())


def test_a_link_that_the_owner_lists_may_be_given_as_it_stands() -> None:
    allowed = ("https://shop.example/menu", "book.example")
    for body in (
        "See https://shop.example/menu!",
        "See shop.example/menu",
        "(book.example)",
    ):
        assert unknown_links(body, [], allowed) == []
    for body in ("See https://shop.example/menu?x=1", "See shop.example", "book.example/a"):
        assert unknown_links(body, [], allowed)


@pytest.mark.parametrize(
    "text",
    ["Open 9.30 to 19.00, e.g. on Mondays.", "Merci, etc. À bientôt", "4.5 kg or 3.2"],
)
def test_a_number_or_an_abbreviation_is_no_link(text: str) -> None:
    assert links_in(text) == []


def test_a_number_and_its_unit_are_one_fact() -> None:
    found = [
        fact.shown for fact in facts_of("12,50 €, £9, 4 to 6 working days, 9h30, 5 May")
    ]
    assert found == ["12,50 €", "9 £", "4", "6 working day", "9 hour", "30", "5", "may"]


def test_quotes_that_were_not_found_are_no_quotes() -> None:
    assert guard.ungrounded("We ship.", (), [ENGLISH], "en") == [
        "The reply names no source."
    ]
