"""What a model is told about a case: our prompt, the owner's wishes, and fenced evidence.

All of it keeps within a budget of tokens. What is furthest from the question goes first:
the oldest turns of the conversation, then the least likely passages, then the end of a
message that is longer than anybody's question.
"""

from collections.abc import Sequence

from core.assistant.fence import Fence
from core.assistant.reading import Reading
from core.assistant.state import Case
from core.domain.knowledge import Passage
from core.llm.base import Speaker, Turn
from core.llm.prompt_files import prompt

BUDGET = 8_000
"""Tokens of one call, with room for the answer."""
MOST_PASSAGES = 6
MOST_OWNER_CHARS = 4_000
SENTENCES = 6
_NO_WISHES = "(nothing)"
_NO_TONE = "friendly, short and professional"
_NAMES = {Speaker.USER: "customer", Speaker.ASSISTANT: "business", Speaker.SYSTEM: "note"}


def tokens(text: str) -> int:
    """Return how many tokens a text is at most, as a rule: no script has three to a byte."""
    return len(text.encode("utf-8", "replace")) // 3 + 1


def sorting(case: Case, read: Reading, *, answer_tokens: int) -> list[Turn]:
    """Return what a model is told to sort a message."""
    system = prompt("triage").filled(owner=_wishes(case))
    return _brief(system, case, read, (), answer_tokens)


def writing(
    case: Case, read: Reading, passages: Sequence[Passage], *, answer_tokens: int
) -> list[Turn]:
    """Return what a model is told to write a reply out of `passages`, best first."""
    system = prompt("reply").filled(
        language=read.language,
        sentences=str(SENTENCES),
        tone=_bounded(case.rules.tone, MOST_OWNER_CHARS) or _NO_TONE,
        owner=_wishes(case),
    )
    return _brief(system, case, read, passages, answer_tokens)


def again(turns: Sequence[Turn]) -> list[Turn]:
    """Return the same once more, with a word about the form."""
    return [*turns, Turn(speaker=Speaker.USER, text=prompt("again").filled())]


def _brief(
    system: str,
    case: Case,
    read: Reading,
    passages: Sequence[Passage],
    answer_tokens: int,
) -> list[Turn]:
    fence = Fence()
    left = BUDGET - answer_tokens - tokens(system) - tokens(prompt("again").filled())
    message = fence.around("message of the customer", _bounded(read.said, max(0, left)))
    left -= tokens(message)
    shown: list[str] = []
    for number, passage in enumerate(passages[:MOST_PASSAGES], start=1):
        text = fence.around(f"passage {number}", _told(passage))
        left -= tokens(text)
        if left < 0 and shown:
            break
        shown.append(text)
    earlier = _history(case, fence, left)
    evidence = "\n\n".join([*shown, *earlier, message])
    return [
        Turn(speaker=Speaker.SYSTEM, text=system),
        Turn(speaker=Speaker.USER, text=evidence),
    ]


def _history(case: Case, fence: Fence, left: int) -> list[str]:
    """Return the newest turns that fit, oldest first."""
    kept: list[str] = []
    for turn in reversed(case.history):
        text = fence.around(f"said before by the {_NAMES[turn.speaker]}", turn.text)
        left -= tokens(text)
        if left < 0:
            break
        kept.insert(0, text)
    return kept


def _told(passage: Passage) -> str:
    """Return a passage under what it is about."""
    heading = passage.question or passage.heading or passage.title
    return f"{heading}\n\n{passage.text}" if heading else passage.text


def _wishes(case: Case) -> str:
    wishes = "\n\n".join(filter(None, (case.model.system_prompt, case.rules.instructions)))
    return _bounded(wishes, MOST_OWNER_CHARS) or _NO_WISHES


def _bounded(text: str, most: int) -> str:
    return text.strip()[:most]
