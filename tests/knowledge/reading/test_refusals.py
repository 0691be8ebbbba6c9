"""What is not read has a plain reason, and another one for each cause."""

import pytest

from core.domain.errors import BadDocument
from core.knowledge.reading.limits import LARGEST_BYTES
from core.knowledge.reading.reader import read_file
from core.knowledge.reading.reasons import Reason
from core.knowledge.reading.refusals import refusal
from tests.knowledge.reading import samples
from tests.knowledge.reading.hostile_pdf import PDFS
from tests.knowledge.reading.pdf_writer import pdf


async def _refused(name: str, content: bytes) -> BadDocument:
    with pytest.raises(BadDocument) as refused:
        await read_file(name, content)
    assert refused.value.next_step
    return refused.value


async def test_an_unread_kind_is_refused_with_the_kinds_that_are_read() -> None:
    error = await _refused("macro.docm", b"PK")

    assert ".docm" in error.title
    assert ".csv, .docx, .eml" in error.next_step


@pytest.mark.parametrize("content", [b"  \n\t ", b"\xef\xbb\xbf", b"--- ***"])
async def test_a_file_without_words_is_refused(content: bytes) -> None:
    assert "no text" in (await _refused("a.txt", content)).title


async def test_every_cause_has_a_sentence_of_its_own() -> None:
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    honest = samples.one_of_each()
    macros = samples.archive(samples.docx_parts("") | {"word/vbaProject.bin": b"x"})
    locked_book = samples.epub_parts({"a.xhtml": "<p>a"}) | {
        "META-INF/encryption.xml": '<e xmlns="x"><EncryptedData><EncryptionMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></e>'
    }
    causes = {
        "a.txt": (b"", "empty"),
        "b.txt": (b"a" * (LARGEST_BYTES + 1), "larger than 50 MB"),
        "a.pdf": (PDFS["a password"](), "password"),
        "b.pdf": (honest["pdf"][:400], "damaged"),
        "c.pdf": (PDFS["100,000 pages"](), "5,000 pages"),
        "d.pdf": (pdf([]), "damaged"),
        "e.pdf": (pdf([[]]), "no text"),
        "a.docx": (honest["pdf"], "not what its name says"),
        "b.docx": (office, "old format"),
        "c.docx": (office + "EncryptedPackage".encode("utf-16-le"), "password"),
        "d.docx": (macros, "macros"),
        "e.docx": (honest["docx"][:-30], "damaged"),
        "f.docx": (samples.docx("<!DOCTYPE x>"), "entities"),
        "g.docx": (samples.archive({"x": bytes(5_000_000)}), "unpacks"),
        "h.docx": (honest["xlsx"], "not what its name says"),
        "a.epub": (samples.archive(locked_book), "password"),
        "c.txt": (b"MZ\x90\x00\x03\x00", "not a text file"),
        "d.txt": (b"<html><script>a()</script>hello", "not what its name says"),
        "a.html": (b"no tag at all", "not what its name says"),
        "a.eml": (b"no head at all", "not what its name says"),
    }

    for name, (content, words) in causes.items():
        assert words in (await _refused(name, content)).title, name


def test_every_reason_has_words() -> None:
    said = [refusal(reason, "a.exe").title for reason in Reason]

    assert len(set(said)) == len(Reason)


async def test_a_name_with_turned_letters_is_not_repeated() -> None:
    error = await _refused("a.\u202etxt.exe\u202e", b"words")

    assert "\u202e" not in error.title
