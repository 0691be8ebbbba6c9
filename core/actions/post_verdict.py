"""What a step of publishing has come to: pure, from what was stored and what was answered."""

import random

from core.domain.outbox import AnswerClass, SendAnswer
from core.domain.post import PostStatus
from core.platforms.publishing import PublishPhase, PublishProgress
from core.store.outbox import Failure
from core.store.posts import Reached

_MOST_TRIES = 40
"""In vain, in a row: some three hours at the longest pause."""
_LONGEST_PAUSE = 300.0
_jitter = random.SystemRandom()
_PAUSES = frozenset({AnswerClass.RECONNECT, AnswerClass.PERSON})
_WAITS = frozenset({AnswerClass.NOT_SENT, AnswerClass.SLOW_DOWN, AnswerClass.WAIT_PAIR})
_LOOK = "Look on {} whether the post is there, then mark it as published or not."
_CHANGE = "Plan the post again with what has to change, or try it again."


def pauses(reached: Reached, answer: SendAnswer) -> bool:
    """Return whether an answer stops the channel, with the post kept for later."""
    ended = reached.status in (PostStatus.PUBLISHED, PostStatus.UNCERTAIN)
    return answer.result in _PAUSES and not ended


def stopped(before: PublishProgress, why: Failure) -> Reached:
    """Return what becomes of a post that could not even be handed to its platform."""
    uncertain = before.phase is PublishPhase.PUBLISHING
    return Reached(
        status=PostStatus.UNCERTAIN if uncertain else PostStatus.FAILED,
        phase=PublishPhase.UNCERTAIN if uncertain else PublishPhase.FAILED,
        handles=before.handles,
        why=why,
    )


def reached(
    before: PublishProgress, after: PublishProgress, tries: int, title: str
) -> Reached:
    """Return what to store after a step on the platform called `title`.

    What the channel is to blame for, and what may simply be tried again, leaves the post
    where it was; a refusal ends it. A post whose publishing was begun is never called
    failed on the word of a platform that could not look.
    """
    answer = after.answer
    if after.phase is PublishPhase.PUBLISHED:
        return Reached(
            status=PostStatus.PUBLISHED,
            phase=after.phase,
            handles=after.handles,
            platform_post_id=after.platform_post_id,
        )
    if answer is not None and answer.result in _PAUSES:
        return _going_on(before, after, 0, "The post waits until the channel works again.")
    if after.phase is PublishPhase.UNCERTAIN or _is_in_doubt(before, after):
        return _ended(after, PostStatus.UNCERTAIN, _LOOK.format(title))
    if after.phase is PublishPhase.FAILED and not _waits(answer):
        return _ended(after, PostStatus.FAILED, _CHANGE)
    counted = tries + 1 if answer and answer.result is AnswerClass.NOT_SENT else 0
    if counted > _MOST_TRIES:
        begun = before.phase is PublishPhase.PUBLISHING
        status = PostStatus.UNCERTAIN if begun else PostStatus.FAILED
        return _ended(after, status, _LOOK.format(title) if begun else _CHANGE)
    return _going_on(before, after, counted, "")


def _waits(answer: SendAnswer | None) -> bool:
    return answer is not None and answer.result in _WAITS


def _is_in_doubt(before: PublishProgress, after: PublishProgress) -> bool:
    answer = after.answer
    begun = before.phase is PublishPhase.PUBLISHING
    failed = after.phase is PublishPhase.FAILED
    unknown = answer is not None and answer.result is AnswerClass.UNKNOWN
    return begun and failed and unknown


def _ended(after: PublishProgress, status: PostStatus, next_step: str) -> Reached:
    answer = after.answer
    titles = {
        PostStatus.FAILED: "The platform did not take the post.",
        PostStatus.UNCERTAIN: "Nobody could find out whether the post is there.",
    }
    return Reached(
        status=status,
        phase=status.value,
        handles=after.handles,
        platform_post_id=after.platform_post_id,
        why=Failure(
            code=answer.code if answer else None,
            title=(answer.title if answer else "") or titles[status],
            next_step=next_step,
        ),
    )


def _going_on(
    before: PublishProgress, after: PublishProgress, tries: int, next_step: str
) -> Reached:
    ended = after.phase in (PublishPhase.FAILED, PublishPhase.UNCERTAIN)
    phase = before.phase if ended else after.phase
    why = None
    if after.answer is not None and after.answer.result is not AnswerClass.ACCEPTED:
        why = Failure(code=after.answer.code, title=after.answer.title, next_step=next_step)
    under_way = phase is PublishPhase.PUBLISHING or why is None
    return Reached(
        status=PostStatus.PUBLISHING if under_way else PostStatus.QUEUED,
        phase=phase,
        handles=after.handles,
        wait=_pause(after, tries),
        tries=tries,
        why=why,
    )


def _pause(after: PublishProgress, tries: int) -> float:
    """Return how many seconds a post rests before its next step."""
    answer = after.answer
    if answer is None or answer.result in _PAUSES:
        return 0.0 if answer else after.wait.total_seconds()
    asked = max(after.wait.total_seconds(), answer.retry_after or 0.0)
    if asked or answer.result not in _WAITS:
        return asked
    return _jitter.uniform(1.0, min(_LONGEST_PAUSE, 2.0 ** (tries + 1)))
