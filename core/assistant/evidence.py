"""Measure how well the best passage answers a question, in numbers that can be weighed.

No single number decides. The cosine of an English-centred embedder is low for right
answers in French and high for wrong ones; a fused score is stretched over the candidates,
so that the best of a bad lot looks like the best of a good one. What tells most is
whether the question's own words are anywhere to be found: nobody who is asked about
capsules should answer from a passage that never mentions them.

Whether the passage is a FAQ entry is no evidence on purpose. It would fit a FAQ with many
phrasings better, and made answers from a large FAQ of near duplicates far too sure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.assistant.names import called_by_name
from core.assistant.suitability import Candidate, Field, weighted
from core.assistant.words import Vocabulary, of_dates
from core.knowledge.kinds import asked_kinds, share_held

NAMED = 0.7
"""How alike a word must be to a name to be that name, misspelt or bent by grammar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for answering with the best passage; every number is 0..1."""

    cosine: float
    """Nearness in meaning, as the embedder sees it."""
    found: float
    """The part of the question's telling words in the passage; rare words count more."""
    told: float
    """How much of them there is, which grows with every rare word that was found."""
    unknown: float
    """The part of them that no retrieved passage has."""
    unnamed: float
    """The part of what it calls by name, months among it, that no retrieved passage has."""
    quoted: float
    """The part of them in the words that would be quoted, or in the FAQ's question."""
    subject: float
    """How much the question and the passage's heading, or the entry's own question, share."""
    margin: float
    """How much more suitable it is than the next different source."""
    weakest_leg: float
    """The lowest of words, letters and meaning: whether all three agree."""
    asks_fact: float
    """Whether a kind of fact is asked for, such as a price."""
    fitting: float
    """The part of the kinds asked for that the quote holds."""
    is_english: float
    cosine_in_english: float
    """The cosine again where the embedder is at home, 0 elsewhere."""


def measure(question: str, language: str, field: Field, quote: str) -> Evidence:
    """Return the evidence for answering `question` with `quote` from the best candidate."""
    best, passage = field.candidates[0], field.candidates[0].passage
    cosine, is_english = _within(passage.cosine), float(language == "en")
    kinds = asked_kinds(question)
    told = sum(v * w for v, w in zip(best.nearness, field.rarity, strict=True))
    in_quote = Vocabulary(f"{passage.question or passage.title}\n{quote}")
    rows = zip(*(one.nearness for one in field.candidates), strict=True)
    anywhere = dict(zip(field.words, map(max, rows), strict=True))
    return Evidence(
        cosine=cosine,
        found=best.found,
        told=told / (1.0 + told),
        unknown=weighted([1.0 - near for near in anywhere.values()], field.rarity),
        unnamed=_unnamed(
            [*called_by_name(question, language), *of_dates(question)], anywhere
        ),
        quoted=weighted([in_quote.nearness(word) for word in field.words], field.rarity),
        subject=best.subject,
        margin=_margin(field.candidates),
        weakest_leg=_within(min(passage.words, passage.grams, passage.meaning)),
        asks_fact=float(bool(kinds)),
        fitting=share_held(kinds, quote),
        is_english=is_english,
        cosine_in_english=cosine * is_english,
    )


def _unnamed(names: Sequence[str], anywhere: Mapping[str, float]) -> float:
    missing = [name for name in names if anywhere.get(name, 1.0) < NAMED]
    return len(missing) / len(names) if names else 0.0


def _margin(candidates: Sequence[Candidate]) -> float:
    best = candidates[0]
    others = (one.suitability for one in candidates[1:] if not _same_source(best, one))
    return best.suitability - next(others, 0.0)


def _same_source(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates come from the same document or the same entry."""
    first, second = one.passage, other.passage
    return (first.document_id, first.faq_id) == (second.document_id, second.faq_id)


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
