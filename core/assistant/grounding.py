"""Hold a written reply against the words it quotes, clause by clause.

Somebody else's words for the same thing may pass; another fact may not, nor the same fact
about another thing, nor the opposite. Where this cannot tell, it objects: a colleague then
reads the reply before it is sent.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant import lexicon, polarity
from core.assistant.facts import Fact, facts_of, folded_for_facts
from core.assistant.words import Vocabulary, telling_words
from core.knowledge.sentences import sentences

SUPPORTED = 0.75
"""The part of a sentence's telling words that the quotes must hold."""
ABOUT = 0.5
"""From this part of its words on, a quoted clause is about the same as a reply's."""
BESIDE = 0.34
"""The part of the words around a fact that must stand around it in the quote."""

_CLAUSE = re.compile(
    r"[;\n]|, (?!\d)|\. |: |[()]| [-–—] "
    r"| (?:and|but|or|et|mais|ou|y|pero|o|while|whereas|tandis que|mientras que) "
)
_AFFIRMS = frozenset(
    ["yes", "oui", "si", "ok", "okay", "d'accord", "dac", "vale", "no", "non"]
)
_COURTEOUS = (lexicon.COURTESY | lexicon.AROUND_COURTESY) - _AFFIRMS
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A piece of a text that says one thing."""

    folded: str
    words: Vocabulary
    facts: tuple[Fact, ...]
    denies: bool
    sides: Counter[str]


def ungrounded(body: str, quotes: Sequence[str], language: str) -> list[str]:
    """Return what of a reply the quotes do not hold, in words for a colleague."""
    held = [clause for text in quotes for clause in _clauses(text, language)]
    found: list[str] = []
    said = [span.of(body) for span in sentences(body)]
    factual = [sentence for sentence in said if not _is_courteous(sentence)]
    if not factual:
        found.append("The reply says nothing.")
    for sentence in factual:
        found += _objections(sentence, quotes, held, language)
    return found


def _objections(
    sentence: str, quotes: Sequence[str], held: Sequence[_Clause], language: str
) -> list[str]:
    folded = _bare(sentence)
    if any(folded in folded_for_facts(quote) for quote in quotes):
        return (
            []
            if _is_whole(folded, quotes)
            else [_shown("Cut out of its sentence", sentence)]
        )
    found = []
    words = telling_words(sentence, language)
    everything = Vocabulary(" ".join(quotes))
    if not words or everything.share_of(words) < SUPPORTED:
        found.append(_shown("No source supports", sentence))
    for clause in _clauses(sentence, language):
        found += _misplaced_facts(clause, held, language)
        if _is_turned(clause, held, language):
            found.append(_shown("A source says otherwise", sentence))
    return found


def _is_whole(folded: str, quotes: Sequence[str]) -> bool:
    """Tell whether words repeated from a sentence leave nothing out that turns them.

    "We ship to Norway" is to the letter in "We no longer think that we ship to Norway".
    """
    around = [span.of(quote) for quote in quotes for span in sentences(quote)]
    inside = [text for text in map(folded_for_facts, around) if folded in text]
    return not inside or any(
        not polarity.turns(text.replace(folded, " ", 1)) for text in inside
    )


def _misplaced_facts(clause: _Clause, held: Sequence[_Clause], language: str) -> list[str]:
    """Return the facts that no quote holds, or only about something else."""
    found = []
    for fact in clause.facts:
        places = [one for one in held if any(map(fact.is_held_by, one.facts))]
        if not places:
            found.append(f"No source says “{fact.shown}”.")
            continue
        around = _around(clause, fact, language)
        rivals = [one for one in held if one not in places and _has_rival(one, fact)]
        if around and not any(_is_about(place, rivals, around) for place in places):
            found.append(f"“{fact.shown}” is about something else in the source.")
    if not found and _is_reordered(clause, held):
        found.append(_shown("A source has other numbers or days there", clause.folded))
    return found


def _is_reordered(clause: _Clause, held: Sequence[_Clause]) -> bool:
    """Tell whether facts of one quoted clause come in another order: Friday to Tuesday."""
    said = [fact.value for fact in clause.facts]
    theirs = [[fact.value for fact in one.facts] for one in held]
    whole = [values for values in theirs if set(said) <= set(values)]
    return bool(whole) and not any(_in_order(said, values) for values in whole)


def _in_order(said: Sequence[str], values: Sequence[str]) -> bool:
    rest = iter(values)
    return all(value in rest for value in said)


def _has_rival(clause: _Clause, fact: Fact) -> bool:
    """Tell whether a clause holds another amount of the same: a price beside a price."""
    return any(
        other.unit == fact.unit and bool(fact.unit) and other.value != fact.value
        for other in clause.facts
    )


def _is_about(place: _Clause, rivals: Sequence[_Clause], around: Sequence[str]) -> bool:
    """Tell whether a quoted clause speaks of what stands around a fact in the reply.

    A word that only a rival has ("children", where this one says "adults") tells it apart.
    """
    if place.words.share_of(around) < BESIDE:
        return False
    missing = [word for word in around if not place.words.nearness(word)]
    return not any(rival.words.nearness(word) for rival in rivals for word in missing)


def _around(clause: _Clause, fact: Fact, language: str) -> list[str]:
    """Return the telling words nearest to a fact: three before it and two after."""
    before = _mute(telling_words(clause.folded[: fact.start], language))
    after = _mute(telling_words(clause.folded[fact.start + len(fact.value) :], language))
    return [*before[-3:], *after[:2]]


def _mute(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isdigit() and not facts_of(f" {word} ")]


def _is_turned(clause: _Clause, held: Sequence[_Clause], language: str) -> bool:
    """Tell whether a clause says the opposite of every quoted clause about the same."""
    words = telling_words(clause.folded, language)
    if not words:
        return False
    shares = [one.words.share_of(words) for one in held]
    best = max(shares, default=0.0)
    if best < ABOUT:
        # Spread over several clauses: all it takes sides with must be said somewhere.
        said = sum((one.sides for one in held), Counter[str]())
        return clause.denies != any(one.denies for one in held) or not clause.sides <= said
    near = [one for one, share in zip(held, shares, strict=True) if share >= best - 0.1]
    return not any(
        one.denies == clause.denies and clause.sides <= one.sides for one in near
    )


def _clauses(text: str, language: str) -> list[_Clause]:
    """Return the clauses of a text; one without a telling word belongs to the next."""
    found: list[str] = []
    for span in sentences(text):
        pending = ""
        for piece in _CLAUSE.split(span.of(text)):
            # A mark between, or two numbers that meet would become one.
            pending = f"{pending} ; {piece}" if pending else piece
            if _mute(telling_words(pending, language)):
                found.append(pending)
                pending = ""
        if pending and found:
            found[-1] = f"{found[-1]} ; {pending}"
        elif pending:
            found.append(pending)
    return [_clause(piece) for piece in found]


def _clause(piece: str) -> _Clause:
    folded = folded_for_facts(piece)
    return _Clause(
        folded=folded,
        words=Vocabulary(piece),
        facts=tuple(facts_of(piece)),
        denies=polarity.denies(folded),
        sides=polarity.sides(folded),
    )


def _is_courteous(sentence: str) -> bool:
    """Tell whether a sentence is made of courtesy alone, and so states nothing."""
    words = _WORD.findall(folded_for_facts(sentence))
    return _COURTEOUS.issuperset(words) and not facts_of(sentence)


def _bare(sentence: str) -> str:
    return folded_for_facts(sentence).strip(" .!?…")


def _shown(what: str, sentence: str) -> str:
    return f"{what}: “{sentence[:120]}”"
