import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import RateLimited
from core.net.limits import (
    CustomerNeedsRest,
    Lane,
    Limiter,
    Pace,
    Usage,
    closed,
    fresh,
    informed,
    read_reset,
    read_retry_after,
    read_usage,
    refused,
    taken,
    wait_seconds,
)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


class Hours:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def elapsed(self) -> float:
        return self.now

    def wall(self) -> datetime:
        return NOON + timedelta(seconds=self.now)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def limiter(hours: Hours) -> Limiter:
    return Limiter(hours.elapsed, hours.sleep, hours.wall)


def lane(customer: str | None = None) -> Lane:
    return Lane(
        account_id="1",
        endpoint="messages",
        per_second=10,
        customer=customer,
        customer_seconds=6,
        customer_burst=2,
    )


def test_a_burst_passes_at_once_and_the_rest_at_the_rate() -> None:
    pace, waits = fresh(10, burst=3), []
    for _ in range(5):
        waits.append(wait_seconds(pace, 0))
        pace = taken(pace, 0)
    assert waits == pytest.approx([0, 0, 0, 0.1, 0.2])


def test_too_many_halves_once_per_storm() -> None:
    pace = refused(fresh(10, burst=1), 0, 30)
    pace = refused(pace, 1, 60)
    assert pace.rate == 5
    assert wait_seconds(pace, 1) == 60
    assert refused(pace, 100, None).rate == 2.5


def test_the_rate_never_falls_to_nothing() -> None:
    pace = fresh(10, burst=1)
    for storm in range(50):
        pace = refused(pace, storm * 1000, None)
    assert pace.rate == pytest.approx(0.2)


def test_calm_answers_bring_the_rate_back() -> None:
    pace = refused(fresh(10, burst=1), 0, 1)
    for _ in range(100):
        pace = informed(pace, 10, Usage(percent=10))
    assert pace.rate == 10


@pytest.mark.parametrize(
    ("percent", "rate"), [(74, 10), (75, 10), (80, 8), (95, 2), (99, 0.4)]
)
def test_the_rate_shrinks_from_three_quarters_of_the_budget(
    percent: float, rate: float
) -> None:
    assert informed(fresh(10, burst=1), 0, Usage(percent=percent)).rate == pytest.approx(
        rate
    )


def test_a_used_up_budget_closes_the_lane() -> None:
    pace = informed(fresh(10, burst=1), 0, Usage(percent=100))
    assert wait_seconds(pace, 0) == 60
    pace = informed(fresh(10, burst=1), 0, Usage(percent=50, regain_seconds=600))
    assert wait_seconds(pace, 0) == 600


def test_usage_headers_give_the_worst_number_and_minutes_become_seconds() -> None:
    headers = {
        "x-app-usage": json.dumps({"call_count": 12, "total_time": 77, "total_cputime": 3}),
        "x-business-use-case-usage": json.dumps(
            {
                "108": [
                    {"type": "messenger", "call_count": 80, "total_cputime": 1},
                    {"type": "pages", "estimated_time_to_regain_access": 5},
                ]
            }
        ),
    }
    assert read_usage(headers) == Usage(percent=80, regain_seconds=300)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-app-usage": "busy"},
        {"x-app-usage": "[1]"},
        {"x-app-usage": '{"call_count": "many"}'},
        {"x-business-use-case-usage": '{"108": 5}'},
        {"x-business-use-case-usage": '{"108": [5]}'},
    ],
)
def test_unreadable_usage_is_no_news(headers: Mapping[str, str]) -> None:
    assert read_usage(headers) == Usage()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 5 ", 5),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_in_seconds(value: str, seconds: float | None) -> None:
    assert read_retry_after({"retry-after": value}) == seconds


@given(
    st.lists(
        st.tuples(
            st.floats(0, 100, allow_nan=False), st.sampled_from(["take", "refuse", "news"])
        ),
        max_size=60,
    ),
    st.floats(0, 200, allow_nan=False),
)
def test_a_pace_stays_between_its_floor_and_its_ceiling(
    steps: list[tuple[float, str]], percent: float
) -> None:
    pace, now = fresh(10, burst=2), 0.0
    for passed, step in steps:
        now += passed
        pace = _after(step, pace, now, percent)
        assert 0.2 <= pace.rate <= 10
        assert wait_seconds(pace, now) >= 0


def _after(step: str, pace: Pace, now: float, percent: float) -> Pace:
    if step == "take":
        return taken(pace, now)
    if step == "refuse":
        return refused(pace, now, None)
    return informed(pace, now, Usage(percent=percent))


async def test_a_short_wait_is_waited_out(limiter: Limiter, hours: Hours) -> None:
    for _ in range(11):
        await limiter.enter(lane())
    assert sum(hours.waits) == pytest.approx(0.1)


async def test_a_long_wait_sends_the_caller_away(limiter: Limiter, hours: Hours) -> None:
    limiter.learn(lane(), 429, {"retry-after": "40"})
    with pytest.raises(RateLimited) as limit:
        await limiter.enter(lane())
    assert limit.value.retry_after == 40
    assert hours.waits == []
    hours.now += 40
    await limiter.enter(lane())


async def test_a_refusal_told_in_a_body_slows_the_lane_as_well(limiter: Limiter) -> None:
    limiter.refused(lane(), 12)
    with pytest.raises(RateLimited):
        await limiter.enter(lane())


async def test_one_customer_rests_while_the_others_are_served(
    limiter: Limiter, hours: Hours
) -> None:
    for _ in range(2):
        await limiter.enter(lane("anna"))
    with pytest.raises(CustomerNeedsRest) as rest:
        await limiter.enter(lane("anna"))
    await limiter.enter(lane("bert"))
    assert rest.value.retry_after == pytest.approx(6)
    hours.now += 6
    await limiter.enter(lane("anna"))


async def test_a_pair_refusal_holds_that_customer_alone(
    limiter: Limiter, hours: Hours
) -> None:
    limiter.rest(lane("anna"), 24)
    with pytest.raises(CustomerNeedsRest):
        await limiter.enter(lane("anna"))
    await limiter.enter(lane("bert"))
    await limiter.enter(lane())
    hours.now += 24
    await limiter.enter(lane("anna"))


async def test_customers_of_long_ago_are_forgotten(limiter: Limiter, hours: Hours) -> None:
    limiter.rest(lane("anna"), 1e9)
    for number in range(5000):
        hours.now += 20
        await limiter.enter(lane(f"customer {number}"))
    assert len(limiter._customers) < 5000
    with pytest.raises(CustomerNeedsRest):
        await limiter.enter(lane("anna"))


def budget(remaining: int, seconds: float, name: str = "x-rate-limit") -> dict[str, str]:
    reset = NOON.timestamp() + 1000 + seconds
    return {f"{name}-remaining": str(remaining), f"{name}-reset": f"{reset:.0f}"}


async def test_a_used_up_budget_closes_the_lane_until_its_reset(
    limiter: Limiter, hours: Hours
) -> None:
    limiter.learn(lane(), 200, budget(0, 600))
    with pytest.raises(RateLimited) as caught:
        await limiter.enter(lane())
    assert caught.value.retry_after == pytest.approx(600)
    assert limiter.closed_for(lane()) == pytest.approx(600)
    hours.now += 600
    await limiter.enter(lane())
    assert hours.waits == []


async def test_a_budget_with_calls_left_closes_nothing(limiter: Limiter) -> None:
    limiter.learn(lane(), 200, budget(1, 600))
    await limiter.enter(lane())
    assert limiter.closed_for(lane()) == 0


def test_too_many_waits_for_the_reset_and_keeps_the_rate(limiter: Limiter) -> None:
    limiter.learn(lane(), 429, budget(3, 90))
    assert limiter.closed_for(lane()) == pytest.approx(90)
    assert closed(fresh(10, 1), 0, 90).rate == 10


def test_the_budget_that_is_used_up_counts_and_not_the_other() -> None:
    now = NOON + timedelta(seconds=1000)
    headers = {**budget(7, 60), **budget(0, 7200, "x-user-limit-24hour")}
    assert read_reset(headers, now, refused=False) == pytest.approx(7200)
    assert read_reset(budget(7, 60), now, refused=False) is None
    assert read_reset(budget(7, 60), now, refused=True) == pytest.approx(60)


@pytest.mark.parametrize(
    ("seconds", "waited"), [(-30.0, 1.0), (0.2, 1.0), (10**7, 24 * 3600.0)]
)
def test_clocks_that_disagree_cost_a_second_or_a_day(seconds: float, waited: float) -> None:
    now = NOON + timedelta(seconds=1000)
    assert read_reset(budget(0, seconds), now, refused=False) == pytest.approx(waited)


@given(
    st.dictionaries(
        st.sampled_from(["x-rate-limit-reset", "x-rate-limit-remaining"]), st.text()
    )
)
def test_no_budget_header_makes_reading_fail(headers: Mapping[str, str]) -> None:
    assert (read_reset(headers, NOON, refused=True) or 1.0) >= 1.0


async def test_a_burst_of_its_own_lets_a_slow_lane_begin_at_once(
    limiter: Limiter, hours: Hours
) -> None:
    slow = Lane(account_id="1", endpoint="dm", per_second=15 / 900, burst=15)
    for _ in range(15):
        await limiter.enter(slow)
    assert hours.waits == []
    with pytest.raises(RateLimited):
        await limiter.enter(slow)


def usage(name: str, **numbers: int) -> dict[str, str]:
    """Return a usage header of Meta's about the calls of an app or of one business."""
    business = {"108": [{"type": "messenger", **numbers}]}
    return {name: json.dumps(numbers if name == "x-app-usage" else business)}


@pytest.mark.parametrize("name", ["x-app-usage", "x-business-use-case-usage"])
@pytest.mark.parametrize("number", ["call_count", "total_time", "total_cputime"])
async def test_a_budget_nearly_used_slows_the_lane_before_it_is_refused(
    name: str, number: str, limiter: Limiter, hours: Hours
) -> None:
    limiter.learn(lane(), 200, usage(name, **{number: 95}))
    for _ in range(11):
        await limiter.enter(lane())
    assert limiter.closed_for(lane()) == 0
    assert hours.waits == [pytest.approx(0.5)]


@pytest.mark.parametrize("name", ["x-app-usage", "x-business-use-case-usage"])
async def test_a_budget_that_is_used_closes_the_lane_before_it_is_refused(
    name: str, limiter: Limiter
) -> None:
    limiter.learn(lane(), 200, usage(name, call_count=100))
    assert limiter.closed_for(lane()) == pytest.approx(60)


async def test_minutes_to_regain_access_close_the_lane(limiter: Limiter) -> None:
    told = usage("x-business-use-case-usage", estimated_time_to_regain_access=5)
    limiter.learn(lane(), 200, told)
    assert limiter.closed_for(lane()) == pytest.approx(300)


@pytest.mark.parametrize(
    "headers",
    [
        usage("x-app-usage", call_count=100),
        usage("x-business-use-case-usage", call_count=100),
        budget(0, 600),
    ],
    ids=["app", "business", "counted window"],
)
async def test_news_of_one_lane_closes_neither_its_account_nor_its_endpoint(
    headers: dict[str, str], limiter: Limiter
) -> None:
    limiter.learn(lane(), 200, headers)
    limiter.learn(lane(), 429, {"retry-after": "600"})
    for other in (replace(lane(), endpoint="media"), replace(lane(), account_id="2")):
        assert limiter.closed_for(other) == 0
        await limiter.enter(other)
    with pytest.raises(RateLimited):
        await limiter.enter(lane())
