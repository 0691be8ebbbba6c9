"""The checker finds each kind of broken promise, and nothing else."""

from dataclasses import replace
from uuid import UUID

import pytest

from core.domain.outbox import OutboxState
from tests.crash.checker import Item, Taken, check

FIRST, SECOND = UUID(int=1), UUID(int=2)


def item(number: int, state: OutboxState = OutboxState.READ) -> Item:
    return Item(
        id=UUID(int=number),
        message_id=UUID(int=100 + number),
        conversation_id=UUID(int=7),
        seq=number,
        state=state,
        reason=None,
    )


def taken(*items: UUID) -> list[Taken]:
    return [Taken(order=order, item=one) for order, one in enumerate(items, start=1)]


def test_what_was_taken_once_and_in_order_is_sound() -> None:
    verdict = check(taken(FIRST, SECOND), [item(1), item(2)])
    assert verdict.sound
    assert verdict.ambiguous == ()


def test_a_message_taken_twice_is_a_duplicate() -> None:
    verdict = check(taken(FIRST, SECOND, FIRST), [item(1), item(2)])
    assert verdict.duplicates == (FIRST,)
    assert verdict.reordered == ()


@pytest.mark.parametrize(
    "state", [OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.SENDING]
)
def test_a_message_that_never_ended_is_lost(state: OutboxState) -> None:
    assert check([], [item(1, state)]).lost == (FIRST,)


def test_a_message_shown_as_sent_that_never_left_is_lost() -> None:
    assert check([], [item(1, OutboxState.ACCEPTED)]).lost == (FIRST,)


def test_a_failure_needs_a_reason() -> None:
    silent = item(1, OutboxState.FAILED)
    assert check([], [silent]).lost == (FIRST,)
    assert check([], [replace(silent, reason="The window had closed.")]).sound


def test_a_message_that_overtook_an_earlier_one_is_reordered() -> None:
    assert check(taken(SECOND, FIRST), [item(1), item(2)]).reordered == (FIRST,)


def test_other_conversations_have_an_order_of_their_own() -> None:
    elsewhere = replace(item(2), conversation_id=UUID(int=8))
    assert check(taken(SECOND, FIRST), [item(1), elsewhere]).sound


def test_a_message_taken_but_shown_as_not_sent_is_ambiguous_and_breaks_no_promise() -> None:
    failed = replace(item(1, OutboxState.FAILED), reason="Marked by a person.")
    verdict = check(taken(FIRST), [failed])
    assert verdict.ambiguous == (FIRST,)
    assert verdict.sound
