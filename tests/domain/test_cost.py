"""Costs in decimals: a thousand small calls cost what they cost."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.domain.cost import MOST_TOKENS, NOTHING, Price, Spend, cost_of, spends

MINI = Price(input_per_1k=Decimal("0.00015"), output_per_1k=Decimal("0.0006"))
PRICES = {"mini": MINI}


def test_a_call_costs_its_tokens_times_the_price() -> None:
    spent = Spend(model="mini", input_tokens=8_000, output_tokens=500)
    assert cost_of([spent], PRICES) == Decimal("0.001500")


def test_no_call_costs_nothing() -> None:
    assert cost_of([], {}) == NOTHING
    assert spends({"model": "composer"}) == ()


def test_an_unknown_price_is_unknown_and_not_nothing() -> None:
    known = Spend(model="mini", input_tokens=1, output_tokens=1)
    other = Spend(model="made at home", input_tokens=1, output_tokens=1)
    assert cost_of([known, other], PRICES) is None


def test_a_run_says_what_its_calls_took() -> None:
    calls = [
        {"model": "mini", "input_tokens": 10, "output_tokens": None},
        {"model": "mini", "input_tokens": -5, "output_tokens": 10**15},
    ]
    assert spends({"calls": calls}) == (
        Spend(model="mini", input_tokens=10, output_tokens=0),
        Spend(model="mini", input_tokens=0, output_tokens=MOST_TOKENS),
    )


@given(st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 900)), max_size=50))
def test_many_calls_cost_as_much_as_one_that_is_as_long(
    calls: list[tuple[int, int]],
) -> None:
    many = [Spend(model="mini", input_tokens=i, output_tokens=o) for i, o in calls]
    one = Spend(
        model="mini",
        input_tokens=sum(i for i, _ in calls),
        output_tokens=sum(o for _, o in calls),
    )
    assert cost_of(many, PRICES) == cost_of([one], PRICES)
