from itertools import permutations

import psycopg
import pytest

from core.domain.outbox import NEXT, REPORTED, OutboxState
from tests.fixtures.database import TestDatabase

OPEN = frozenset(
    {
        OutboxState.QUEUED,
        OutboxState.CLAIMED,
        OutboxState.SENDING,
        OutboxState.UNKNOWN,
        OutboxState.NEEDS_HUMAN,
        OutboxState.HELD,
    }
)


def test_the_database_knows_exactly_our_states(shared_database: TestDatabase) -> None:
    with psycopg.connect(shared_database.privileged) as connection:
        row = connection.execute(
            "select pg_get_constraintdef(oid) from pg_constraint"
            " where conrelid = 'outbox_items'::regclass"
            "   and pg_get_constraintdef(oid) like 'CHECK ((state = ANY%'"
        ).fetchone()
    assert row is not None
    stored = {part for part in row[0].split("'") if part.replace("_", "").isalpha()}
    assert stored == {state.value for state in OutboxState}


def test_every_state_says_who_may_follow_it() -> None:
    assert NEXT.keys() == set(OutboxState)


@pytest.mark.parametrize("start", OutboxState)
def test_reports_in_any_order_settle_an_item_alike(start: OutboxState) -> None:
    ends = set()
    for order in permutations(REPORTED):
        state = start
        for report in order:
            state = report if report in NEXT[state] else state
        ends.add(state)
    assert ends == {OutboxState.READ}


@pytest.mark.parametrize("state", set(OutboxState) - OPEN)
def test_an_item_that_is_closed_never_opens_again(state: OutboxState) -> None:
    assert not NEXT[state] & OPEN


@pytest.mark.parametrize("state", [OutboxState.UNKNOWN, OutboxState.NEEDS_HUMAN])
def test_what_may_have_been_sent_never_returns_to_the_queue(state: OutboxState) -> None:
    reached, fresh = set(), {state}
    while fresh:
        reached |= fresh
        fresh = {follower for one in fresh for follower in NEXT[one]} - reached
    assert not reached & {OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.SENDING}


def test_only_a_claimed_item_may_begin_to_leave() -> None:
    before = {state for state, after in NEXT.items() if OutboxState.SENDING in after}
    assert before == {OutboxState.CLAIMED}
