"""The guard objects to whatever no quote holds, and to nothing that is quoted."""

from dataclasses import replace

import pytest

from core.assistant import draft
from core.assistant.guard import hard_facts, objections
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.knowledge.quote import Quote
from tests.assistant.cases import chunk

SHIPPING = chunk(
    "Shipping to Belgium costs 9,50 € and takes 4 to 6 working days. "
    "Track it at https://cafe.example/track or call 04 72 00 00 00.",
    start=50,
)


def _citation(passage: Passage = SHIPPING) -> Citation:
    return Citation(
        title=passage.title,
        name=passage.name,
        quote=passage.text,
        document_id=passage.document_id,
        start_char=passage.start_char,
        end_char=passage.end_char,
    )


def _objections(reply: str, *citations: Citation) -> list[str]:
    return objections(reply, citations or (_citation(),), [SHIPPING], "en")


def test_quoted_words_in_their_frame_pass() -> None:
    assert _objections(f"Hi Léa,\n{SHIPPING.text}") == []
    assert _objections("Shipping to Belgium costs 9,50 €") == []


def test_a_sentence_in_other_words_passes_when_its_words_are_in_the_quote() -> None:
    assert _objections("For Belgium, shipping costs 9,50 €.") == []


@pytest.mark.parametrize(
    "planted",
    [
        "Shipping to Belgium costs 8,50 €.",
        "Shipping to Belgium takes 4 to 5 working days.",
        "Shipping to Belgium costs 9,50 € until 31/12.",
        "Shipping to Belgium takes until 5 pm.",
        "Track it at https://cafe.example/track?id=12.",
        "Track it at https://evil.example/track.",
        "Track it at evil.example/track.",
        "Call 04 72 00 00 01.",
        "Call or write to boss@cafe.example.",
        "Shipping to Belgium is 20 % off.",
    ],
)
def test_a_planted_price_date_link_or_number_is_objected_to(planted: str) -> None:
    assert _objections(planted)


def test_a_promise_no_source_makes_is_objected_to() -> None:
    assert _objections("We guarantee a full refund and a voucher for your trouble.")


def test_a_reply_without_a_source_is_objected_to() -> None:
    assert objections("Shipping costs 9,50 €.", (), [SHIPPING], "en")


def test_words_that_are_not_in_the_source_are_no_quote() -> None:
    invented = replace(_citation(), quote="Shipping to Belgium is free.")
    assert _objections("Shipping to Belgium is free.", invented)


def test_a_quote_from_the_wrong_place_is_no_quote() -> None:
    moved = replace(_citation(), start_char=51)
    assert _objections(SHIPPING.text, moved)


def test_a_quote_from_a_source_that_was_not_found_is_no_quote() -> None:
    assert _objections(SHIPPING.text, _citation(chunk(SHIPPING.text, start=50)))


def test_what_is_quoted_out_of_a_list_passes() -> None:
    listed = chunk("- **Sunday**: 9:30 am to 1 pm.\n- Monday: closed.")
    quote = Quote(text=listed.text, start_char=0, end_char=len(listed.text))
    written = draft.write(listed, quote, "en", "Léa")
    assert objections(written.reply, written.citations, [listed], "en") == []


def test_numbers_links_and_addresses_are_hard_facts() -> None:
    text = "Open 9:30 am, 12,50 €, see www.cafe.example, write a@b.example!"
    assert hard_facts(text) == ["9:30am", "12,50€", "www.cafe.example", "a@b.example"]
