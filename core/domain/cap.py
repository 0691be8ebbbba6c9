"""How far the assistant may go in a day and a month, for a customer and for an inbox."""

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

MOST_THOUGHTS = 1_000_000
MOST_A_MONTH = 100_000_000
LEAST_USD, MOST_USD = Decimal("0.01"), Decimal(1_000_000)


class Cap(StrEnum):
    """One of the caps, by the name of its field in `Caps`."""

    CUSTOMER_DAY = "customer_day"
    DAY = "day"
    MONTH = "month"
    USD_CUSTOMER_DAY = "usd_customer_day"
    USD_DAY = "usd_day"
    USD_MONTH = "usd_month"


OF_A_CUSTOMER = frozenset({Cap.CUSTOMER_DAY, Cap.USD_CUSTOMER_DAY})
OF_A_MONTH = frozenset({Cap.MONTH, Cap.USD_MONTH})
OF_MONEY = frozenset({Cap.USD_CUSTOMER_DAY, Cap.USD_DAY, Cap.USD_MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most thoughts and dollars; a thought is one look at what a customer wrote."""

    customer_day: int = 60
    day: int = 5_000
    month: int = 100_000
    usd_customer_day: Decimal = Decimal(1)
    usd_day: Decimal = Decimal(10)
    usd_month: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was used so far, in the same six measures."""

    customer_day: int
    day: int
    month: int
    usd_customer_day: Decimal
    usd_day: Decimal
    usd_month: Decimal


def reached(caps: Caps, used: Used) -> Cap | None:
    """Return a cap that allows no further thought, the widest first.

    The widest, because a person who raises a customer's cap while the month's is reached
    has changed nothing.
    """
    order = (
        Cap.USD_MONTH,
        Cap.MONTH,
        Cap.USD_DAY,
        Cap.DAY,
        Cap.USD_CUSTOMER_DAY,
        Cap.CUSTOMER_DAY,
    )
    return next((cap for cap in order if getattr(used, cap) >= getattr(caps, cap)), None)


def wrong_in(caps: Caps) -> str | None:
    """Return what is wrong with caps that an owner asks for, None when they are sound."""
    for field in fields(caps):
        wrong = _wrong_value(Cap(field.name), getattr(caps, field.name))
        if wrong is not None:
            return wrong
    if not caps.customer_day <= caps.day <= caps.month:
        return "customer_day may not exceed day, nor day exceed month."
    if not caps.usd_customer_day <= caps.usd_day <= caps.usd_month:
        return "usd_customer_day may not exceed usd_day, nor usd_day exceed usd_month."
    return None


def _wrong_value(cap: Cap, value: int | Decimal) -> str | None:
    if cap in OF_MONEY:
        amount = Decimal(value)
        is_sound = (
            amount.is_finite()
            and LEAST_USD <= amount <= MOST_USD
            and amount == round(amount, 2)
        )
        return (
            None if is_sound else f"{cap} is an amount in dollars and cents from 0.01 on."
        )
    most = MOST_A_MONTH if cap is Cap.MONTH else MOST_THOUGHTS
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return (
        None if is_whole and 1 <= value <= most else f"{cap} is a number from 1 to {most}."
    )


def told_as(cap: Cap, caps: Caps) -> str:
    """Return the words for people about a cap that was reached."""
    most = getattr(caps, cap)
    much = f"{most} US dollars" if cap in OF_MONEY else f"{most:,} decisions"
    whose = "for one customer" if cap in OF_A_CUSTOMER else "for this inbox"
    span = "month" if cap in OF_A_MONTH else "day"
    return (
        f"The assistant has reached its cap {whose}: {much} a {span} ({cap}). It goes on "
        f"with the next {span} (UTC). New messages wait in the inbox as usual; an owner or "
        "admin can raise the cap."
    )
