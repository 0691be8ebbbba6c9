"""How well what was not answered is grouped, and how fast."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from time import perf_counter

import pytest

from core.knowledge import gaps
from core.knowledge.gaps import Asked, Standing
from core.llm.base import Embedder
from tests.knowledge.gap_needs import CHOSEN_ON, ENGLISH, FRENCH, HELD_OUT

Group = Sequence[int]


async def _asked(
    embedder: Embedder, data: Mapping[str, tuple[str, ...]], needs: Sequence[str], lang: str
) -> tuple[list[Asked], list[str]]:
    """Return the messages of some needs in a fixed disorder, and the need of each."""
    pairs = [(need, text) for need in needs for text in data[need]]
    random.Random(7).shuffle(pairs)  # noqa: S311 - the same every time
    vectors = await embedder.embed([gaps.essence(text) for _, text in pairs])
    asked = [
        Asked(id=at, text=text, lang_code=lang, vector=vector)
        for at, ((_, text), vector) in enumerate(zip(pairs, vectors, strict=True))
    ]
    return asked, [need for need, _ in pairs]


def _pairwise(groups: Sequence[Group], needs: Sequence[str]) -> tuple[float, float]:
    """Return the precision and the recall of the pairs that stand together."""
    of = {one: at for at, group in enumerate(groups) for one in group}
    pairs = list(combinations(range(len(needs)), 2))
    together = {(a, b) for a, b in pairs if of[a] == of[b]}
    same = {(a, b) for a, b in pairs if needs[a] == needs[b]}
    hits = len(together & same)
    return hits / len(together), hits / len(same)


def _in_steps(asked: Sequence[Asked], step: int) -> list[list[int]]:
    """Return the groups that come of looking again after every few messages."""
    groups: list[list[int]] = []
    for at in range(0, len(asked), step):
        standing = [_standing(*(asked[one] for one in group)) for group in groups]
        found = gaps.grouped(asked[at : at + step], standing)
        groups = [[one for one in group if one not in found.joined] for group in groups]
        for one, group in found.joined.items():
            groups[group].append(one)
        groups = [group for group in groups if group]
        groups += [list(group) for group in found.new]
    return groups


def _standing(*members: Asked) -> Standing:
    return Standing(members=members, is_firm=len(members) > 1)


@pytest.mark.parametrize(
    ("lang", "precision", "recall"), [("en", 0.85, 0.6), ("fr", 0.8, 0.5)]
)
@pytest.mark.parametrize("needs", [CHOSEN_ON, HELD_OUT], ids=["chosen on", "held out"])
@pytest.mark.parametrize("step", [200, 7], ids=["at once", "in steps"])
async def test_those_who_need_the_same_stand_together(
    embedder: Embedder,
    lang: str,
    precision: float,
    recall: float,
    needs: Sequence[str],
    step: int,
) -> None:
    asked, wanted = await _asked(embedder, ENGLISH if lang == "en" else FRENCH, needs, lang)
    found = _pairwise(_in_steps(asked, step), wanted)
    print(f"{lang} {step}: precision {found[0]:.2f} recall {found[1]:.2f}")  # noqa: T201
    assert found[0] >= precision
    assert found[1] >= recall


async def test_same_messages_always_give_the_same_groups(embedder: Embedder) -> None:
    asked, _ = await _asked(embedder, ENGLISH, HELD_OUT, "en")
    assert gaps.grouped(asked) == gaps.grouped(asked)


async def test_firm_groups_stay_as_they_are(embedder: Embedder) -> None:
    asked, _ = await _asked(embedder, ENGLISH, ("gift_card", "parking"), "en")
    first = gaps.grouped(asked[:6])
    groups = [
        Standing(members=tuple(asked[one] for one in group), is_firm=True)
        for group in first.new
    ]
    later = gaps.grouped(asked[6:], groups)
    assert {*later.joined} | {one for group in later.new for one in group} == {6, 7, 8, 9}
    assert all(0 <= at < len(groups) for at in later.joined.values())


async def test_messages_that_stand_alone_come_together_under_the_first(
    embedder: Embedder,
) -> None:
    texts = ("Do you sell gift cards?", "gift card available??", "Can I buy a gift card")
    vectors = await embedder.embed([gaps.essence(text) for text in texts])
    one, two, three = (
        Asked(id=at, text=text, lang_code="en", vector=vector)
        for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    )
    found = gaps.grouped([three], [_standing(one), _standing(two)])
    assert found.joined == {1: 0, 2: 0}
    assert found.new == ()
    held = Standing(members=(two,), is_firm=True)
    assert gaps.grouped([three], [_standing(one), held]).joined == {0: 1, 2: 1}


async def test_languages_never_stand_together(embedder: Embedder) -> None:
    text = "Do you sell gift cards?"
    (vector,) = await embedder.embed([text])
    both = [
        Asked(id=at, text=text, lang_code=lang, vector=vector)
        for at, lang in enumerate(("en", "fr"))
    ]
    assert gaps.grouped(both).new == ((0,), (1,))
    assert gaps.grouped(both[:1], [_standing(both[1])]).joined == {}


async def test_message_too_short_to_tell_its_language_may_stand_with_its_like(
    embedder: Embedder,
) -> None:
    texts = ("Do you sell gift cards?", "gift card available??")
    one, two = await embedder.embed([gaps.essence(text) for text in texts])
    sure = Asked(id=0, text=texts[0], lang_code="en", vector=one)
    unsure = Asked(id=1, text=texts[1], lang_code="es", vector=two, is_sure=False)
    assert gaps.grouped([sure, unsure]).new == ((0, 1),)
    assert gaps.spoken([unsure, sure]) == "en"
    assert gaps.spoken([unsure]) == "es"


def test_nothing_gives_no_groups() -> None:
    assert gaps.grouped([]).new == ()


async def test_central_message_is_most_like_the_others(embedder: Embedder) -> None:
    texts = (
        "Do you ship to Geneva with express on Friday before my holidays?",
        "Do you ship to Switzerland?",
        "ship to Switzerland possible?",
        "Shipping to Switzerland, how much?",
    )
    vectors = await embedder.embed([gaps.essence(text) for text in texts])
    group = [
        Asked(id=at, text=text, lang_code="en", vector=vector)
        for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    assert gaps.central(group) in {1, 2, 3}
    assert gaps.central(group[:1]) == 0
    assert gaps.central([group[0], group[1]]) == 1


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Could I bring my grinder in to get it repaired?", "bring grinder repaired"),
        ("Est-ce que vous réparez les moulins ?", "reparez moulins"),
        ("où ?", "ou"),
        ("👋", "👋"),
    ],
)
def test_essence_leaves_out_what_everybody_says(text: str, about: str) -> None:
    assert set(about.split()) <= set(gaps.essence(text).split())


async def test_two_thousand_messages_are_grouped_within_seconds(
    embedder: Embedder,
) -> None:
    words = [text for texts in ENGLISH.values() for text in texts]
    vectors = await embedder.embed([gaps.essence(text) for text in words])
    noise = random.Random(3)  # noqa: S311 - the same every time
    many = [
        Asked(
            id=at,
            text=f"{words[at % len(words)]} {noise.choice(words)}",
            lang_code="en",
            vector=[x + noise.gauss(0, 0.05) for x in vectors[at % len(words)]],
        )
        for at in range(2000)
    ]
    started = perf_counter()
    found = gaps.grouped(many)
    took = perf_counter() - started
    print(f"2,000 messages: {took:.1f} s, {len(found.new)} groups")  # noqa: T201
    assert sorted(one for group in found.new for one in group) == list(range(2000))
    assert took < 30
