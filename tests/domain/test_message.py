from itertools import permutations, product

import pytest

from core.domain.message import DeliveryState, raised

REPORTS = (
    DeliveryState.ACCEPTED,
    DeliveryState.FAILED,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)


@pytest.mark.parametrize("start", DeliveryState)
def test_reports_in_any_order_end_in_the_same_state(start: DeliveryState) -> None:
    ends = set()
    for order in permutations(REPORTS):
        state = start
        for report in order:
            state = raised(state, report)
        ends.add(state)
    assert ends == {DeliveryState.READ}


@pytest.mark.parametrize("count", [2, 3, 5])
def test_repeated_and_missing_reports_end_where_the_best_one_says(count: int) -> None:
    for reports in product(REPORTS, repeat=count):
        state = DeliveryState.SENDING
        for report in reports:
            state = raised(state, report)
        assert state is max(reports, key=REPORTS.index)


@pytest.mark.parametrize("state", DeliveryState)
def test_a_report_that_says_the_same_again_changes_nothing(state: DeliveryState) -> None:
    assert raised(state, state) is state


def test_failed_beats_accepted_because_meta_reports_it_afterwards() -> None:
    assert raised(DeliveryState.ACCEPTED, DeliveryState.FAILED) is DeliveryState.FAILED


def test_failed_does_not_undo_proof_of_arrival() -> None:
    assert raised(DeliveryState.DELIVERED, DeliveryState.FAILED) is DeliveryState.DELIVERED


@pytest.mark.parametrize("state", [DeliveryState.UNCERTAIN, DeliveryState.CANCELLED])
def test_proof_from_the_platform_settles_what_we_gave_up(state: DeliveryState) -> None:
    assert raised(state, DeliveryState.ACCEPTED) is DeliveryState.ACCEPTED
