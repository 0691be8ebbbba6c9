"""Whether people did what the assistant would have done.

While the assistant only drafts, every decision is a prediction, and what a person does
next is its test. `judge` compares the two. It is careful in one direction: where nobody
can tell, nobody is counted as having agreed, because what comes of it is leave to write to
customers without being read.

Rules, the first that holds:

1. A person has said that the decision was wrong: no.
2. A reply was suggested.
   - Approved unchanged: yes.
   - Edited: the two texts are compared without greeting and signature. A number or a weekday
     replaced by another one, or a yes turned into a no: no. Up to `LITTLE` of the
     characters changed: yes. More: no.
   - Dismissed: no.
   - A person wrote something else instead: a number or a weekday that neither the suggestion
     nor its sources hold, or a no where they say yes: no. At least `THE_SAME` of the telling words in common: yes. Fewer than
     `OTHERWISE`: no. Between: unknown, for a paraphrase may share few words.
   - Still open, or withdrawn because the customer wrote on: unknown.
3. The reply went out by itself. Nobody was asked, so silence is no yes: unknown. A person
   who wrote right after it, before the customer did: no.
4. The message was to be ignored.
   - A person answered it: no, unless with a courtesy of at most `COURTESY_WORDS` words
     (unknown).
   - Closed without an answer, or left alone by a person who wrote in the conversation
     later: yes. Otherwise nobody may have looked: unknown.
5. A person was asked for.
   - A person answered: yes.
   - Given back within `AT_ONCE`, or closed without an answer: no. Otherwise unknown.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain.decision import Decision
from core.domain.likeness import denies, edit_share, facts, shared_words
from core.domain.wording import without_frame

LITTLE = 0.3
"""A signature moved and a sentence polished stay below; a different answer is far above."""
THE_SAME = 0.5
OTHERWISE = 0.25
COURTESY_WORDS = 4
AT_ONCE = timedelta(minutes=2)


class Agreed(StrEnum):
    """Whether a person agreed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """What tells so."""

    CORRECTED = "corrected"
    APPROVED = "approved"
    EDITED_LITTLE = "edited_little"
    EDITED_MUCH = "edited_much"
    DISMISSED = "dismissed"
    SAID_THE_SAME = "said_the_same"
    SAID_OTHERWISE = "said_otherwise"
    STOOD_IN = "stood_in"
    """A person wrote right after what went out by itself."""
    ANSWERED = "answered"
    LEFT_ALONE = "left_alone"
    GIVEN_BACK = "given_back"
    NOTHING_YET = "nothing_yet"


class DraftEnd(StrEnum):
    """The states of a row of `drafts`."""

    OPEN = "open"
    APPROVED = "approved"
    EDITED = "edited"
    DISMISSED = "dismissed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the assistant decided, and all that followed before it decided again."""

    decision: Decision
    suggested: str = ""
    sources: tuple[str, ...] = ()
    """The quoted words the suggestion stands on."""
    draft: DraftEnd | None = None
    went_alone: bool = False
    written: str | None = None
    """The first thing a person wrote to the customer after it."""
    closed: bool = False
    """The conversation was closed and nobody has written since."""
    written_later: bool = False
    """A person wrote in the conversation, but to something later."""
    given_back_after: timedelta | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer and its ground; `changed` is the part of a draft that was edited."""

    agreed: Agreed
    ground: Ground
    changed: float | None = None


_NOTHING_YET = Judgement(agreed=Agreed.UNKNOWN, ground=Ground.NOTHING_YET)


def judge(seen: Seen) -> Judgement:
    """Return whether people agreed with a decision, by the rules above."""
    if seen.corrected:
        return _no(Ground.CORRECTED)
    return _JUDGES[seen.decision](seen)


def _of_reply(seen: Seen) -> Judgement:
    if seen.went_alone:
        return _NOTHING_YET if seen.written is None else _no(Ground.STOOD_IN)
    if seen.draft is DraftEnd.APPROVED:
        return _yes(Ground.APPROVED)
    if seen.draft is DraftEnd.DISMISSED:
        return _no(Ground.DISMISSED)
    if seen.written is None:
        return _NOTHING_YET
    if seen.draft is DraftEnd.EDITED:
        return _of_edit(seen.suggested, seen.written)
    return _of_other_words(seen, seen.written)


def _of_edit(suggested: str, sent: str) -> Judgement:
    before, after = without_frame(suggested), without_frame(sent)
    changed = edit_share(before, after)
    dropped, added = facts(before) - facts(after), facts(after) - facts(before)
    is_turned = denies(before) is not denies(after)
    if changed > LITTLE or (dropped and added) or is_turned:
        return Judgement(agreed=Agreed.NO, ground=Ground.EDITED_MUCH, changed=changed)
    return Judgement(agreed=Agreed.YES, ground=Ground.EDITED_LITTLE, changed=changed)


def _of_other_words(seen: Seen, written: str) -> Judgement:
    said = without_frame(written)
    known = " ".join((without_frame(seen.suggested), *seen.sources))
    if facts(said) - facts(known) or (denies(said) and not denies(known)):
        return _no(Ground.SAID_OTHERWISE)
    shared = shared_words(said, known)
    if shared >= THE_SAME:
        return _yes(Ground.SAID_THE_SAME)
    return _no(Ground.SAID_OTHERWISE) if shared < OTHERWISE else _NOTHING_YET


def _of_silence(seen: Seen) -> Judgement:
    if seen.written is not None:
        is_courtesy = len(seen.written.split()) <= COURTESY_WORDS
        return _NOTHING_YET if is_courtesy else _no(Ground.ANSWERED)
    if seen.closed or seen.written_later:
        return _yes(Ground.LEFT_ALONE)
    return _NOTHING_YET


def _of_escalation(seen: Seen) -> Judgement:
    if seen.written is not None:
        return _yes(Ground.ANSWERED)
    if seen.given_back_after is not None and seen.given_back_after <= AT_ONCE:
        return _no(Ground.GIVEN_BACK)
    return _no(Ground.LEFT_ALONE) if seen.closed else _NOTHING_YET


_JUDGES = {
    Decision.RESPOND: _of_reply,
    Decision.IGNORE: _of_silence,
    Decision.ESCALATE: _of_escalation,
}


def _yes(ground: Ground) -> Judgement:
    return Judgement(agreed=Agreed.YES, ground=ground)


def _no(ground: Ground) -> Judgement:
    return Judgement(agreed=Agreed.NO, ground=ground)
