"""Caps: which one is reached, and which an owner may not ask for."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cap import Cap, Caps, Used, reached, told_as, wrong_in

NOTHING = Used(
    customer_day=0,
    day=0,
    month=0,
    usd_customer_day=Decimal(0),
    usd_day=Decimal(0),
    usd_month=Decimal(0),
)


def test_the_usual_caps_are_sound_and_not_reached_by_nothing() -> None:
    assert wrong_in(Caps()) is None
    assert reached(Caps(), NOTHING) is None


@pytest.mark.parametrize("cap", Cap)
def test_each_cap_is_reached_at_its_number_and_not_before(cap: Cap) -> None:
    most = getattr(Caps(), cap)
    step = Decimal("0.000001") if isinstance(most, Decimal) else 1
    assert reached(Caps(), replace(NOTHING, **{cap: most})) is cap
    assert reached(Caps(), replace(NOTHING, **{cap: most - step})) is None


def test_of_several_caps_the_widest_is_named() -> None:
    everything = Used(
        **{one.name: getattr(Caps(), one.name) for one in fields(Caps)},
    )
    assert reached(Caps(), everything) is Cap.USD_MONTH


@pytest.mark.parametrize("cap", Cap)
def test_people_are_told_which_cap_it_is(cap: Cap) -> None:
    words = told_as(cap, Caps())
    assert f"({cap})" in words
    assert ("month" in words) is (cap in (Cap.MONTH, Cap.USD_MONTH))
    assert ("dollars" in words) is cap.startswith("usd")


@pytest.mark.parametrize(
    "wrong",
    [
        {"customer_day": 0},
        {"day": -1},
        {"month": 10**9},
        {"usd_day": Decimal("NaN")},
        {"usd_day": Decimal("Infinity")},
        {"usd_day": Decimal("1.005")},
        {"usd_month": Decimal(0)},
        {"customer_day": 5001},
        {"day": 200_000},
        {"usd_customer_day": Decimal(11)},
        {"usd_day": Decimal(101)},
    ],
)
def test_caps_that_make_no_sense_are_named(wrong: dict[str, int | Decimal]) -> None:
    said = wrong_in(replace(Caps(), **wrong))  # type: ignore[arg-type]
    assert said is not None
    assert next(iter(wrong)) in said


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_more_use_never_frees_what_less_use_had_reached(
    customer: int, day: int, used: int, more: int
) -> None:
    caps = replace(Caps(), customer_day=customer, day=day)
    before = replace(NOTHING, customer_day=used, day=used, month=used)
    after = replace(before, customer_day=used + more, day=used + more, month=used + more)
    assert reached(caps, before) is None or reached(caps, after) is not None
