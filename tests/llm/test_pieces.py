from math import sqrt

import pytest

from core.llm.base import ChunkText, Vector
from core.llm.embed import LocalEmbedder
from core.llm.pieces import assembled, pieces_of


def cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_the_windows_of_a_chunk_are_read_and_a_chunk_without_any_as_it_is() -> None:
    text = "Öffnung 🙂: neun Uhr. Sonntags zu."

    assert pieces_of(ChunkText(text=text)) == [text]
    assert pieces_of(ChunkText(text=text, windows=((0, 20), (21, len(text))))) == [
        "Öffnung 🙂: neun Uhr.",
        "Sonntags zu.",
    ]


def test_the_whole_points_where_its_windows_point_together() -> None:
    chunk = ChunkText(text="ab", windows=((0, 1), (1, 2)))
    found = assembled(chunk, [[1.0, 0.0], [0.0, 1.0]])

    assert found.whole == pytest.approx([sqrt(0.5), sqrt(0.5)])
    assert found.windows == ([1.0, 0.0], [0.0, 1.0])


def test_windows_that_cancel_each_other_out_still_give_a_whole_of_length_one() -> None:
    chunk = ChunkText(text="ab", windows=((0, 1), (1, 2)))

    assert assembled(chunk, [[1.0, 0.0], [-1.0, 0.0]]).whole == [1.0, 0.0]


async def test_a_window_follows_its_own_meaning_and_the_whole_all_of_them(
    embedder: LocalEmbedder,
) -> None:
    parcel = "If a parcel arrives broken we send another one at no charge."
    hours = "On Sundays we open from nine until noon."
    text = f"{parcel} {hours}"
    windows = ((0, len(parcel)), (len(parcel) + 1, len(text)))
    (found,) = await embedder.embed_chunks([ChunkText(text=text, windows=windows)])
    (asked,) = await embedder.embed(["When are you open on Sunday?"])
    about_parcel, about_hours = found.windows

    assert cosine(about_hours, asked) > cosine(found.whole, asked)
    assert cosine(found.whole, asked) > cosine(about_parcel, asked)
    assert cosine(found.whole, found.whole) == pytest.approx(1.0)
    assert [about_hours] == await embedder.embed([hours])


async def test_what_lies_beyond_what_the_model_reads_is_read_in_its_window(
    embedder: LocalEmbedder,
) -> None:
    filling = "The roastery stands by the harbour and roasts on Mondays. " * 40
    last = "Gift cards are valid for three years."
    text = filling + last
    windows = ((0, len(filling)), (len(filling), len(text)))
    (found,) = await embedder.embed_chunks([ChunkText(text=text, windows=windows)])

    assert [found.windows[1]] == await embedder.embed([last])
