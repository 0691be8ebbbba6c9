"""Hold a written reply against the words it quotes, clause by clause.

Somebody else's words for the same thing may pass; another fact may not, nor the same fact
about another thing, nor the opposite. Where this cannot tell, it objects: a colleague then
reads the reply before it is sent.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    r"([;\n]|, |\. |: |[()]| [-–—] "
    r"| (?:and|but|or|et|mais|ou|y|pero|o|while|whereas|tandis que|mientras que) )"
)
_JOINT = " ; "
"""Between clauses put together, or two numbers that meet would become one."""
_STRONG = re.compile(r"[;:] ")
"""What stands on either side of it is said for itself."""
_AFFIRMS = frozenset(
    ["yes", "oui", "si", "ok", "okay", "d'accord", "dac", "vale", "no", "non"]
)
_COURTEOUS = (lexicon.COURTESY | lexicon.AROUND_COURTESY) - _AFFIRMS
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_WE_ARE = frozenset({"sommes", "etes", "estamos", "somos"})
"""Verbs of a reply where a document has a line without any."""
_TIMES = frozenset({"hour", "am", "pm"})
_OPEN = Counter({"open": 9, "ouvert": 9, "ouvr": 9, "abiert": 9, "from": 9, "desde": 9})
_CLOSED = Counter({"close": 9, "ferm": 9, "cerrad": 9})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A piece of a text that says one thing."""

    folded: str
    words: Vocabulary
    facts: tuple[Fact, ...]
    denies: bool
    sides: Counter[str]
    whole: Vocabulary
    """The words of the sentence around it: its subject may stand in another clause."""
    whole_sides: Counter[str]
    whole_denies: bool
    is_bare: bool
    """Whether its sentence names nothing but facts, as a line of opening hours does."""


def ungrounded(body: str, quotes: Sequence[str], language: str) -> list[str]:
    """Return what of a reply the quotes do not hold, in words for a colleague."""
    # The same words are often quoted twice, and a document repeats itself.
    held = [clause for text in dict.fromkeys(quotes) for clause in _clauses(text, language)]
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
    if polarity.denies(folded):
        return True
    around = [
        piece
        for quote in quotes
        for span in sentences(quote)
        for piece in _STRONG.split(folded_for_facts(span.of(quote)))
    ]
    inside = [piece for piece in around if folded in piece]
    return not inside or any(
        not polarity.turns(piece.replace(folded, " ", 1)) for piece in inside
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
        rivals = [one for one in held if one not in places and _has_rival(one.facts, fact)]
        if around and not any(_is_about(place, rivals, around) for place in places):
            found.append(f"“{fact.shown}” is about something else in the source.")
        elif not any(_agrees(place, clause) for place in places):
            found.append(f"“{fact.shown}” stands in other words in the source.")
    if not found and (_is_reordered(clause, held) or _is_mixed(clause, held)):
        found.append(_shown("A source has other numbers or days there", clause.folded))
    return found


def _is_mixed(clause: _Clause, held: Sequence[_Clause]) -> bool:
    """Tell whether two facts stand together that the quotes pair with others.

    "500 g for 12 €", where 250 g are 12 € and 500 g are 22 €.
    """
    groups = [_facts(piece) for one in held for piece in one.folded.split(_JOINT)]
    for one in clause.facts:
        beside = [group for group in groups if any(map(one.is_held_by, group))]
        for other in clause.facts:
            rival = any(_has_rival(group, other) for group in beside)
            together = any(any(map(other.is_held_by, group)) for group in beside)
            if rival and not together:
                return True
    return False


def _is_reordered(clause: _Clause, held: Sequence[_Clause]) -> bool:
    """Tell whether facts of one quoted clause come in another order: Friday to Tuesday."""
    said = [fact.value for fact in clause.facts]
    theirs = [[fact.value for fact in one.facts] for one in held]
    whole = [values for values in theirs if set(said) <= set(values)]
    return bool(whole) and not any(_in_order(said, values) for values in whole)


def _in_order(said: Sequence[str], values: Sequence[str]) -> bool:
    rest = iter(values)
    return all(value in rest for value in said)


def _has_rival(others: Sequence[Fact], fact: Fact) -> bool:
    """Tell whether there is another amount of the same kind: a price beside a price."""
    return any(
        other.unit == fact.unit and bool(fact.unit) and other.value != fact.value
        for other in others
    )


def _is_about(place: _Clause, rivals: Sequence[_Clause], around: Sequence[str]) -> bool:
    """Tell whether a quoted clause speaks of what stands around a fact in the reply.

    A word that only a rival has ("children", where this one says "adults") tells it apart.
    """
    if not place.is_bare and place.whole.share_of(around) < BESIDE:
        return False
    missing = [word for word in around if not place.words.nearness(word)]
    return not any(rival.words.nearness(word) for rival in rivals for word in missing)


def _around(clause: _Clause, fact: Fact, language: str) -> list[str]:
    """Return the telling words nearest to a fact: three before it and two after."""
    before = _mute(telling_words(clause.folded[: fact.start], language))
    after = _mute(telling_words(clause.folded[fact.start + len(fact.value) :], language))
    near = [*before[-3:], *after[:2]]
    return [word for word in near if word not in _WE_ARE and not polarity.sides(word)]


def _mute(words: Sequence[str]) -> list[str]:
    """Return the words that are no facts, which are read apart."""
    return [word for word in words if not _is_fact(word)]


@lru_cache(4096)
def _facts(piece: str) -> tuple[Fact, ...]:
    return tuple(facts_of(piece))


@lru_cache(4096)
def _is_fact(word: str) -> bool:
    return word.isdigit() or bool(facts_of(f" {word} "))


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
    return not any(_agrees(one, clause) for one in near)


def _agrees(one: _Clause, clause: _Clause) -> bool:
    return one.denies == clause.denies and _takes_sides(one, clause)


def _takes_sides(one: _Clause, clause: _Clause) -> bool:
    """Tell whether a quoted clause, or its sentence if that is of one mind, says as much."""
    wanted = clause.sides
    if any(fact.unit in _TIMES for fact in one.facts) and not one.sides & _CLOSED:
        wanted = wanted - _OPEN  # "Saturday: 9 am to 7 pm" says that it is open
    of_one_mind = (
        wanted <= one.whole_sides
        and not one.whole_sides - wanted
        and one.whole_denies == one.denies
    )
    return wanted <= one.sides or of_one_mind


def _clauses(text: str, language: str) -> list[_Clause]:
    """Return the clauses of a text; one without a telling word belongs to the next."""
    found: list[_Clause] = []
    for span in sentences(text):
        sentence = span.of(text)
        words = Vocabulary(sentence)
        whole = folded_for_facts(sentence)
        sides, denied = polarity.sides(whole), polarity.denies(whole)
        is_bare = not _mute(telling_words(sentence, language))
        for piece in _pieces(sentence, language):
            folded = folded_for_facts(piece)
            found.append(
                _Clause(
                    folded=folded,
                    words=Vocabulary(piece),
                    facts=tuple(facts_of(piece)),
                    denies=polarity.denies(folded),
                    sides=polarity.sides(folded),
                    whole=words,
                    whole_sides=sides,
                    whole_denies=denied,
                    is_bare=is_bare,
                )
            )
    return found


def _pieces(sentence: str, language: str) -> list[str]:
    found: list[str] = []
    pending = ""
    joint = ""
    first, *rest = _CLAUSE.split(sentence)
    for piece, after in zip([first, *rest[1::2]], [*rest[::2], ""], strict=True):
        pending = f"{pending}{joint}{piece}" if pending else piece
        # What stands before a colon belongs to what follows: "Saturday: 9 am to 7 pm".
        joint = after if after == ": " else _JOINT
        if _mute(telling_words(pending, language)):
            found.append(pending)
            pending = ""
    if pending and found:
        found[-1] = f"{found[-1]}{_JOINT}{pending}"
    elif pending:
        found.append(pending)
    return found


def _is_courteous(sentence: str) -> bool:
    """Tell whether a sentence is made of courtesy alone, and so states nothing."""
    words = _WORD.findall(folded_for_facts(sentence))
    return _COURTEOUS.issuperset(words) and not facts_of(sentence)


def _bare(sentence: str) -> str:
    return folded_for_facts(sentence).strip(" .!?…")


def _shown(what: str, sentence: str) -> str:
    return f"{what}: “{sentence[:120]}”"
