"""What a step has come to, for every phase and every answer."""

from datetime import timedelta
from itertools import product

import pytest

from core.actions.post_verdict import pauses, reached
from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.post import PostStatus
from core.platforms.publishing import PublishPhase, PublishProgress

BEFORE = (
    PublishPhase.STARTED,
    PublishPhase.PREPARING,
    PublishPhase.READY,
    PublishPhase.PUBLISHING,
)
_HOLDS = (AnswerClass.RECONNECT, AnswerClass.PERSON)


def told(result: AnswerClass, retry_after: float | None = None) -> SendAnswer:
    return SendAnswer(result=result, title="So it was.", retry_after=retry_after)


@pytest.mark.parametrize(("before", "result"), list(product(BEFORE, AnswerClass)))
def test_a_begun_post_never_starts_over_unless_its_platform_says_so(
    before: PublishPhase, result: AnswerClass
) -> None:
    was = PublishProgress(phase=before, handles={"a": "1"})
    for after in (before, PublishPhase.FAILED, PublishPhase.UNCERTAIN):
        is_now = PublishProgress(phase=after, handles={"a": "2"}, answer=told(result))
        end = reached(was, is_now, 0, "X")
        assert end.handles == {"a": "2"}
        assert end.phase in (before, "failed", "uncertain")
        if end.status is PostStatus.QUEUED:
            assert before is not PublishPhase.PUBLISHING
        if result in _HOLDS:
            assert end.phase == before
            assert pauses(end, told(result))


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (PublishPhase.PREPARING, PostStatus.FAILED),
        (PublishPhase.PUBLISHING, PostStatus.UNCERTAIN),
    ],
)
def test_tries_in_vain_end(before: PublishPhase, status: PostStatus) -> None:
    was = PublishProgress(phase=before, answer=told(AnswerClass.NOT_SENT))
    for tries in range(40):
        on = reached(was, was, tries, "X")
        assert (on.tries, on.phase) == (tries + 1, before)
        assert on.wait <= 300
    end = reached(was, was, 40, "X")
    assert end.status is status
    assert end.why is not None
    assert end.why.next_step


def test_a_platform_that_asks_us_to_slow_down_is_waited_for_and_not_counted() -> None:
    was = PublishProgress(phase=PublishPhase.PREPARING)
    slow = PublishProgress(
        phase=PublishPhase.FAILED, answer=told(AnswerClass.SLOW_DOWN, retry_after=90.0)
    )
    end = reached(was, slow, 7, "X")
    assert (end.status, end.phase, end.wait, end.tries) == (
        PostStatus.QUEUED,
        "preparing",
        90.0,
        0,
    )


def test_a_failure_of_unknown_effect_is_a_persons_to_settle() -> None:
    was = PublishProgress(phase=PublishPhase.PUBLISHING)
    lost = PublishProgress(phase=PublishPhase.FAILED, answer=told(AnswerClass.UNKNOWN))
    end = reached(was, lost, 0, "LinkedIn")
    assert end.status is PostStatus.UNCERTAIN
    assert end.why is not None
    assert "LinkedIn" in end.why.next_step


def test_a_step_that_went_well_forgets_the_trouble_before() -> None:
    was = PublishProgress(phase=PublishPhase.STARTED)
    well = PublishProgress(phase=PublishPhase.PREPARING, wait=timedelta(seconds=5))
    end = reached(was, well, 9, "X")
    assert (end.status, end.wait, end.tries, end.why) == (
        PostStatus.PUBLISHING,
        5.0,
        0,
        None,
    )
