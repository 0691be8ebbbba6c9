import pytest

from core.domain import errors
from core.domain.errors import SocialSyncError, Unavailable

FAMILIES = {"Unavailable", "NeedsPerson", "Refused", "Conflict", "OutcomeUnknown"}


def every_error() -> list[type[SocialSyncError]]:
    found = [SocialSyncError]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", every_error())
def test_an_error_reads_as_what_happened_and_what_to_do(
    kind: type[SocialSyncError],
) -> None:
    error = kind("The disk is full.", "Free some space.")
    assert str(error) == "The disk is full. Free some space."
    assert (error.title, error.next_step) == ("The disk is full.", "Free some space.")


@pytest.mark.parametrize("kind", every_error())
def test_an_error_without_a_next_step_ends_with_its_title(
    kind: type[SocialSyncError],
) -> None:
    assert str(kind("The disk is full.")) == "The disk is full."


@pytest.mark.parametrize("kind", every_error()[1:])
def test_every_error_belongs_to_exactly_one_family(kind: type[SocialSyncError]) -> None:
    assert len({base.__name__ for base in kind.__mro__} & FAMILIES) == 1


def test_only_what_is_away_says_when_to_come_back() -> None:
    assert Unavailable("Busy.", retry_after=2.5).retry_after == 2.5
    assert not hasattr(errors.Refused("No."), "retry_after")
