"""Message templates, as WhatsApp lists them and as people fill them in."""

from typing import Any

import pytest

from core.domain.errors import Refused
from core.domain.rich import (
    TemplateValues,
)
from core.platforms.whatsapp.templates import read_template

RAW = {
    "name": "order_ready",
    "language": "fr",
    "status": "APPROVED",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Commande {{1}}"},
        {"type": "BODY", "text": "Bonjour {{1}}, à {{ 2 }} ! {{1}}"},
        {"type": "FOOTER", "text": "Merci"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "OK"},
                {"type": "URL", "text": "Suivre", "url": "https://x.example/{{1}}"},
            ],
        },
    ],
}


def test_a_template_is_read_with_its_places() -> None:
    template = read_template(RAW)
    assert template is not None
    assert template.ready
    assert template.header is not None
    assert (template.header.placeholders, template.body.placeholders) == (1, 2)
    assert [button.placeholders for button in template.buttons] == [0, 1]
    message = template.filled(template.places(["42", "Amal", "9 h", "x-1"]))
    assert (message.header, message.body) == (("42",), ("Amal", "9 h"))
    assert message.buttons == ("", "x-1")
    assert message.summary == (
        "Commande 42\nBonjour Amal, à 9 h ! Amal\nMerci\n[OK]\n[Suivre]"
    )


def test_a_value_that_looks_like_a_place_is_left_alone() -> None:
    template = read_template(
        {**RAW, "components": [{"type": "BODY", "text": "{{1}}{{2}}"}]}
    )
    assert template is not None
    message = template.filled(TemplateValues(body=("{{2}}", "b")))
    assert message.summary == "{{2}}b"


def test_a_template_with_named_places_sends_their_names() -> None:
    parts = [{"type": "BODY", "text": "Hi {{who}}, {{what}} for {{who}}"}]
    template = read_template({**RAW, "components": parts})
    assert template is not None
    message = template.filled(TemplateValues(body=("Amal", "Kenya")))
    assert message.body_names == ("who", "what")
    assert message.summary == "Hi Amal, Kenya for Amal"


@pytest.mark.parametrize(
    "values",
    [
        TemplateValues(),
        TemplateValues(header=("1",), body=("a", " "), buttons=("x",)),
        TemplateValues(header=("1",), body=("a", "b", "c"), buttons=("x",)),
    ],
)
def test_a_template_is_filled_in_completely_or_not_at_all(values: TemplateValues) -> None:
    template = read_template(RAW)
    assert template is not None
    with pytest.raises(Refused, match="order_ready"):
        template.filled(values)


def test_a_template_that_begins_with_a_picture_needs_its_address() -> None:
    parts = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hi"}]
    template = read_template({**RAW, "components": parts})
    assert template is not None
    with pytest.raises(Refused, match="needs its image"):
        template.filled(TemplateValues(header_media_url="http://files.example/a.png"))
    filled = template.filled(template.places(["https://files.example/a.png"]))
    assert filled.header_media_url == "https://files.example/a.png"


@pytest.mark.parametrize(
    "part",
    [
        {"type": "HEADER", "format": "LOCATION"},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copy"}]},
        {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "text": "Copy"}]},
        {"type": "CAROUSEL"},
    ],
)
def test_a_template_that_cannot_be_filled_in_here_is_listed_only(
    part: dict[str, Any],
) -> None:
    template = read_template({**RAW, "components": [*RAW["components"], part][-1:]})
    assert template is not None
    assert not template.ready


@pytest.mark.parametrize(
    "raw",
    [{}, {"name": "x"}, {"name": "x", "language": "fr", "components": [5, {"type": None}]}],
)
def test_anything_may_stand_in_a_list_of_templates(raw: dict[str, Any]) -> None:
    found = read_template(raw)
    assert found is None or not found.ready
