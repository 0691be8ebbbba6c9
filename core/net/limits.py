"""Keep below the platforms' limits, and slow down before they have to say so.

A `Pace` is a value: how fast one lane may go now. The functions on it are pure and take
the time as an argument; `Limiter` keeps the paces of a process and does the waiting.
Whoever would have to wait longer than a moment is sent away with `RateLimited`: a call
that sleeps under a lease can outlive it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from core.domain.errors import RateLimited

PATIENCE_SECONDS: Final = 2.0
SLOW_FROM_PERCENT: Final = 75.0
THROTTLED_PERCENT: Final = 100.0
_SLOWEST_SHARE: Final = 0.02
_RECOVERY_SHARE: Final = 0.02
_PAUSE_SECONDS: Final = 1.0
_THROTTLED_PAUSE_SECONDS: Final = 60.0
_REMEMBERED: Final = 4096
_SHORTEST_RESET_SECONDS: Final = 1.0
_LONGEST_RESET_SECONDS: Final = 24 * 3600.0
_BUDGETS: Final = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""Headers `<name>-remaining` and `<name>-reset` (epoch seconds) of a counted window."""


class CustomerNeedsRest(RateLimited):
    """Too many messages to this one customer; everybody else may go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """What shares one limit: an account and a class of endpoints.

    `burst` calls may leave at once, 0 for about a second's worth: a platform that counts
    calls per quarter of an hour does not mind when in it they come.
    `customer` adds the platform's own limit towards one person, where it has one:
    `customer_burst` messages at once, then one per `customer_seconds`.
    """

    account_id: str
    endpoint: str
    per_second: float
    customer: str | None = None
    customer_seconds: float = 0.0
    customer_burst: int = 1
    burst: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a lane may go: `rate` moves between a floor and `ceiling`.

    `due_at` is when the next call would leave if calls were spaced evenly; up to `burst`
    calls may run ahead of it.
    """

    ceiling: float
    rate: float
    burst: int
    due_at: float = 0.0
    closed_until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a platform says about our share: percent used, seconds until it reopens."""

    percent: float = 0.0
    regain_seconds: float = 0.0


def fresh(ceiling: float, burst: int) -> Pace:
    """Return the pace of a lane nobody has complained about."""
    return Pace(ceiling=ceiling, rate=ceiling, burst=burst)


def wait_seconds(pace: Pace, now: float) -> float:
    """Return how long the next call has to wait."""
    ahead = (pace.burst - 1) / pace.rate
    return max(0.0, pace.due_at - ahead - now, pace.closed_until - now)


def taken(pace: Pace, now: float) -> Pace:
    """Return the pace after one call has been let through at `now`."""
    return replace(pace, due_at=max(pace.due_at, now) + 1 / pace.rate)


def refused(pace: Pace, now: float, retry_after: float | None) -> Pace:
    """Return the pace after "too many": half as fast, and closed for a while.

    Answers to calls that were already under way arrive together; only the first one
    halves, or a burst of ten would cost a factor of a thousand.
    """
    pause = _PAUSE_SECONDS if retry_after is None else retry_after
    closed_until = max(pace.closed_until, now + pause)
    if now < pace.closed_until:
        return replace(pace, closed_until=closed_until)
    slowest = pace.ceiling * _SLOWEST_SHARE
    return replace(pace, rate=max(slowest, pace.rate / 2), closed_until=closed_until)


def closed(pace: Pace, now: float, seconds: float) -> Pace:
    """Return the pace of a lane whose budget is used up for `seconds`; its rate was right."""
    return replace(pace, closed_until=max(pace.closed_until, now + seconds))


def informed(pace: Pace, now: float, usage: Usage) -> Pace:
    """Return the pace after an accepted call that told how much of the budget is used.

    Below 75 % the rate creeps back to its ceiling; above, it shrinks towards a standstill
    at 100 %, where calling on would only lengthen the block.
    """
    if usage.percent >= THROTTLED_PERCENT or usage.regain_seconds > 0:
        pause = usage.regain_seconds or _THROTTLED_PAUSE_SECONDS
        return refused(pace, now, pause)
    if usage.percent < SLOW_FROM_PERCENT:
        rate = min(pace.ceiling, pace.rate + pace.ceiling * _RECOVERY_SHARE)
        return replace(pace, rate=rate)
    left = (THROTTLED_PERCENT - usage.percent) / (THROTTLED_PERCENT - SLOW_FROM_PERCENT)
    allowed = pace.ceiling * max(_SLOWEST_SHARE, left)
    return replace(pace, rate=min(pace.rate, allowed))


def read_usage(headers: Mapping[str, str]) -> Usage:
    """Return the worst news of Meta's usage headers; header names are in lower case."""
    app = _json(headers.get("x-app-usage"))
    budgets = _json(headers.get("x-business-use-case-usage"))
    entries = [app] if isinstance(app, dict) else []
    if isinstance(budgets, dict):
        for rows in budgets.values():
            entries += (
                [row for row in rows if isinstance(row, dict)] if _is_list(rows) else []
            )
    percents = [
        _number(entry.get(name))
        for entry in entries
        for name in ("call_count", "total_time", "total_cputime")
    ]
    minutes = [_number(entry.get("estimated_time_to_regain_access")) for entry in entries]
    return Usage(
        percent=max(percents, default=0.0), regain_seconds=60 * max(minutes, default=0.0)
    )


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of `Retry-After`; the form with a date is not used by platforms."""
    value = headers.get("retry-after", "").strip()
    return float(value) if value.isascii() and value.isdigit() else None


def read_reset(headers: Mapping[str, str], now: datetime, *, refused: bool) -> float | None:
    """Return the seconds until a used-up budget is filled again, None when none is.

    After a refusal without a budget at zero the first one's reset counts. Clocks differ,
    so the answer is never shorter than a second, nor longer than a day.
    """
    found = [
        (_whole(headers.get(f"{name}-remaining")), reset)
        for name in _BUDGETS
        if (reset := _whole(headers.get(f"{name}-reset"))) is not None
    ]
    spent = [reset for remaining, reset in found if remaining == 0]
    if not spent and refused:
        spent = [reset for _, reset in found[:1]]
    if not spent:
        return None
    wait = max(spent) - now.timestamp()
    return min(max(wait, _SHORTEST_RESET_SECONDS), _LONGEST_RESET_SECONDS)


def _whole(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _json(value: str | None) -> Any:
    try:
        return json.loads(value) if value else None
    except ValueError:
        return None


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


class Limiter:
    """The paces of one process, learnt from what the platforms answer."""

    def __init__(
        self,
        elapsed: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        self._elapsed = elapsed
        self._sleep = sleep
        self._now = now
        self._lanes: dict[tuple[str, str], Pace] = {}
        self._customers: dict[tuple[str, str], Pace] = {}

    async def enter(self, lane: Lane) -> None:
        """Wait for a turn; raise RateLimited when that would take more than a moment."""
        now = self._elapsed()
        pace = self._pace(lane)
        wait = wait_seconds(pace, now)
        if wait > PATIENCE_SECONDS:
            raise RateLimited("The platform asks us to slow down.", retry_after=wait)
        if lane.customer is not None:
            self._enter_customer(lane, lane.customer, now)
        self._lanes[_key(lane)] = taken(pace, now)
        if wait > 0:
            await self._sleep(wait)

    def learn(self, lane: Lane, status: int, headers: Mapping[str, str]) -> None:
        """Take in what an answer says about our speed."""
        reset = self._read_reset(headers, status)
        if reset is not None:
            self._lanes[_key(lane)] = closed(self._pace(lane), self._elapsed(), reset)
        elif status == 429:
            self.refused(lane, read_retry_after(headers))
        else:
            pace = informed(self._pace(lane), self._elapsed(), read_usage(headers))
            self._lanes[_key(lane)] = pace

    def closed_for(self, lane: Lane) -> float:
        """Return for how many seconds the lane is closed, 0 when it is open."""
        return max(0.0, self._pace(lane).closed_until - self._elapsed())

    async def pause(self, seconds: float) -> None:
        """Wait, for a platform that works on something and has said for how long."""
        await self._sleep(seconds)

    def refused(self, lane: Lane, retry_after: float | None) -> None:
        """Slow the lane down: its platform has just said so."""
        self._lanes[_key(lane)] = refused(self._pace(lane), self._elapsed(), retry_after)

    def rest(self, lane: Lane, seconds: float) -> None:
        """Leave the lane's customer alone for `seconds`."""
        if lane.customer is None:
            return
        now = self._elapsed()
        pace = self._customer_pace(lane, lane.customer)
        self._customers[lane.account_id, lane.customer] = replace(
            pace, closed_until=max(pace.closed_until, now + seconds)
        )

    def _enter_customer(self, lane: Lane, customer: str, now: float) -> None:
        if lane.customer_seconds <= 0:
            return
        pace = self._customer_pace(lane, customer)
        wait = wait_seconds(pace, now)
        if wait > 0:
            raise CustomerNeedsRest("This customer was just written to.", retry_after=wait)
        self._forget_idle(now)
        self._customers[lane.account_id, customer] = taken(pace, now)

    def _pace(self, lane: Lane) -> Pace:
        known = self._lanes.get(_key(lane))
        return known or fresh(lane.per_second, lane.burst or max(1, int(lane.per_second)))

    def _read_reset(self, headers: Mapping[str, str], status: int) -> float | None:
        """Return what a reset header says, asking for the time only where there is one."""
        if not any(f"{name}-reset" in headers for name in _BUDGETS):
            return None
        return read_reset(headers, self._now(), refused=status == 429)

    def _customer_pace(self, lane: Lane, customer: str) -> Pace:
        known = self._customers.get((lane.account_id, customer))
        return known or fresh(1 / lane.customer_seconds, lane.customer_burst)

    def _forget_idle(self, now: float) -> None:
        """Drop customers whose pace has become that of a stranger, once there are many."""
        if len(self._customers) >= _REMEMBERED:
            self._customers = {
                key: pace
                for key, pace in self._customers.items()
                if max(pace.due_at, pace.closed_until) > now
            }


def _key(lane: Lane) -> tuple[str, str]:
    return lane.account_id, lane.endpoint
