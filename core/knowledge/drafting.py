"""Make the draft of a FAQ entry out of what people asked and what a person answered."""

from collections.abc import Sequence

from core.domain.gap import DraftedEntry, Gap, GapMessage
from core.domain.knowledge import Faq, FaqText
from core.domain.likeness import shared_words
from core.domain.wording import REMOVED, without_frame, without_persons
from core.knowledge.faq import LONGEST_QUESTION
from core.knowledge.gaps import essence
from core.knowledge.language import CERTAIN, guess

MOST_PHRASINGS = 12
"""More ways to ask teach the search little, and a person has to read them."""


def drafted(gap: Gap, messages: Sequence[GapMessage], standing: Faq | None) -> DraftedEntry:
    """Return the entry for a gap: `messages` newest first, `standing` its earlier entry.

    The answer is the reply that says most of what the others say, the newest of equals:
    one colleague may have answered something else as well. Greeting, signature and what
    belongs to a customer are taken off.
    """
    replies = [_impersonal(without_frame(one.reply), one) for one in messages if one.reply]
    answer = _agreed(replies)
    asked = [_impersonal(one.text, one)[:LONGEST_QUESTION] for one in messages]
    if standing is not None:
        entry = FaqText(
            question=standing.question,
            answer=standing.answer,
            category=standing.category,
            language=standing.lang_code,
            phrasings=_different(
                [standing.question, *standing.phrasings], [*standing.phrasings, *asked]
            ),
        )
    else:
        entry = FaqText(
            question=gap.question[:LONGEST_QUESTION],
            answer=answer,
            language=_language(gap, [gap.question, answer, *asked]),
            phrasings=_different([gap.question], asked),
        )
    whole = "\n".join((entry.question, entry.answer, *entry.phrasings))
    return DraftedEntry(
        gap_id=gap.id,
        entry=entry,
        answers=len(replies),
        has_removed=REMOVED in whole,
        faq_id=None if standing is None else standing.id,
    )


def _language(gap: Gap, texts: Sequence[str]) -> str:
    """Return the language of the entry: all its words together tell more than a question."""
    seen = guess(" ".join(texts))
    return seen.code if seen.confidence >= CERTAIN else gap.lang_code


def _impersonal(text: str, message: GapMessage) -> str:
    return without_persons(text, [message.customer]).strip()


def _agreed(replies: Sequence[str]) -> str:
    """Return the reply that shares most with the others; the first of equals."""
    if not replies:
        return ""
    support = [
        sum(shared_words(one, other) for at, other in enumerate(replies) if at != here)
        for here, one in enumerate(replies)
    ]
    # A bare "yes" shares nothing and "yes, on Mondays" too little to win by rounding.
    return replies[max(range(len(replies)), key=lambda at: (round(support[at], 3), -at))]


def _different(known: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts that say it in other words than those before them.

    Ways that already stand in an entry are always kept.
    """
    seen = {essence(known[0]), ""}
    kept: list[str] = []
    for text in texts:
        one_line = " ".join(text.split())
        if one_line in known[1:] or essence(one_line) not in seen:
            kept.append(one_line)
        seen.add(essence(one_line))
    return tuple(dict.fromkeys(kept))[: max(MOST_PHRASINGS, len(known) - 1)]
