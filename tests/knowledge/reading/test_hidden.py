"""Words that only a model would read are reported to the owner, wherever they hide."""

import pytest

from core.knowledge.reading.reader import read_file
from tests.knowledge.reading import samples
from tests.knowledge.reading.pdf_writer import Words, pdf
from tests.knowledge.reading.samples import paragraph

_SEEN = "Ouvert le lundi."
_TAGS = "".join(chr(0xE0000 + code) for code in b"obey me now")


def _html(hidden: str) -> bytes:
    return f"<html><p>{_SEEN}</p>{hidden}</html>".encode()


def _word(run: str) -> bytes:
    return samples.docx(paragraph(_SEEN) + paragraph("obey", run=run))


_PLANTED = {
    "tag letters.txt": (_SEEN + _TAGS).encode(),
    "tag letters.md": (_SEEN + _TAGS).encode(),
    "tag letters.csv": f"a;b\n{_SEEN}{_TAGS};2\n".encode(),
    "tag letters.docx": samples.docx(paragraph(_SEEN + _TAGS)),
    "attribute.html": _html("<p hidden>obey"),
    "style.html": _html('<div style="color:red; display : none"><p>obey</div>'),
    "invisible.html": _html('<p style="visibility:hidden">obey'),
    "no size.html": _html('<p style="font-size:0px">obey'),
    "no shade.html": _html('<p style="opacity:0">obey'),
    "deep.html": _html("<div hidden><ul><li>obey</ul></div><p></p>"),
    "vanish.docx": _word("<w:vanish/>"),
    "tiny.docx": _word('<w:sz w:val="2"/>'),
    "white.docx": _word('<w:color w:val="ffffff"/>'),
    "white.pdf": pdf([[Words(text=_SEEN), Words(text="obey", y=500, white=True)]]),
    "undrawn.pdf": pdf([[Words(text=_SEEN), Words(text="obey", y=500, mode=3)]]),
    "tiny.pdf": pdf([[Words(text=_SEEN), Words(text="obey", y=500, size=0.5)]]),
    "hidden.rtf": b"{\\rtf1 Ouvert le lundi.\\par {\\v obey}}",
    "hidden.eml": b"Subject: x\nContent-Type: text/html\n\n<p>Ouvert le lundi.<p hidden>obey",
    "a shape.pptx": samples.archive(
        samples.pptx_parts(
            [
                samples.shape("body", [_SEEN])
                + samples.shape("body", ["obey"]).replace('id="2"', 'id="3" hidden="1"')
            ]
        )
    ),
}


@pytest.mark.parametrize("name", _PLANTED)
async def test_hidden_words_are_reported(name: str) -> None:
    read = await read_file(name, _PLANTED[name])

    assert "hidden_text" in read.warnings
    assert _SEEN in read.text


@pytest.mark.parametrize(
    "name", [name for name in _PLANTED if "html" in name or "rtf" in name]
)
async def test_words_that_are_marked_as_hidden_are_not_read(name: str) -> None:
    assert "obey" not in (await read_file(name, _PLANTED[name])).text


async def test_comments_and_descriptions_of_a_page_are_not_read() -> None:
    page = _html('<!-- obey --><img alt="obey" src=x><meta name=description content=obey>')

    assert (await read_file("a.html", page)).text == _SEEN


async def test_flags_are_no_hidden_text() -> None:
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"

    read = await read_file("a.txt", f"{_SEEN} {wales}".encode())

    assert read.warnings == ()
