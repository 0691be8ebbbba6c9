"""Texts weigh on X what X says they do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.channel import PlatformName
from core.domain.comment import DeedKind
from core.domain.weighing import weigh
from core.platforms.commenting import limit_of
from core.platforms.registry import platforms


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hello", 5),
        ("Καφές Кофе قهوة", 15),
        ("é", 1),
        ("e\u0301", 1),
        ("コーヒー", 8),
        ("커피", 4),
        ("“quoted” – it’s", 15),
        ("€", 2),
        ("…", 2),
        ("🥐", 2),
        ("❤️", 2),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("🏳️\u200d🌈", 2),
        ("🇫🇷", 2),
        ("🇫🇷🇩🇪", 4),
        ("3️⃣", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("©", 1),
        ("https://a.example/b", 23),
        ("https://" + "x" * 300 + ".example/" + "y" * 300, 23),
        ("See https://a.example/b.", 28),
        ("(http://a.example)", 25),
        ("shop.com", 23),
        ("www.shop.co.uk/guji?x=1 now", 27),
        ("anna@shop.com", 13),
        ("v2.0 of file.txt", 16),
        ("https://a.example/b https://a.example/c", 47),
    ],
)
def test_a_text_weighs(text: str, weight: int) -> None:
    assert weigh(text) == weight


def test_two_hundred_and_eighty_is_the_end() -> None:
    assert weigh("x" * 280) == weigh("語" * 140) == weigh("🥐" * 140) == 280


@given(st.text())
def test_a_text_weighs_the_same_however_it_is_composed(text: str) -> None:
    assert weigh(text) == weigh(unicodedata.normalize("NFD", text))
    assert 0 <= weigh(text) <= max(23, 2) * max(1, len(unicodedata.normalize("NFC", text)))


def test_posts_are_weighed_and_messages_counted() -> None:
    manifest = platforms()[PlatformName.X].manifest
    comment = limit_of(manifest, DeedKind.REPLY).unit
    assert (manifest.measure("語🥐"), comment.measure("語🥐")) == (2, 4)
    whatsapp = platforms()[PlatformName.WHATSAPP].manifest
    assert limit_of(whatsapp, DeedKind.REPLY).unit.measure("語") == 1
