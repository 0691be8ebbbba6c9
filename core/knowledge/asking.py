"""Take the words that only ask out of a question: no text that answers has to hold them.

The dictionaries of the database skip "what" and "que", but take "combien" and "how many"
for words that tell something: a biography with "combien" in it then answers every question
for a number.
"""

import re

from core.knowledge.language import EVERYDAY, guess, unaccented

_ASKING = (
    "who whom whose what which when where why how many much "
    "qui que quoi quel quelle quels quelles quand comment pourquoi combien ou lequel "
    "laquelle lesquels lesquelles "
    "quien quienes cual cuales cuando donde adonde como cuanto cuanta cuantos cuantas "
    "wer was wann wo wohin woher warum wieso wie viel viele welche welcher welches wieviel "
    "chi cosa quando dove come perche quale quali quanto quanta quanti quante "
    "quem onde qual quais quantos quantas porque "
    "wat wanneer waar waarom welke hoe hoeveel"
)
ASKING = frozenset(_ASKING.split())
_POINTING = (
    "you are is it its there here this that we i me do does "
    "vous tu je j nous on il elle c ce ca y a est es etes suis sommes la ici "
    "tu usted ustedes yo nosotros es esta estan estas eres son ahi aqui eso "
    "sie ihr du ich wir es ist sind seid bist das hier da "
    "voi tu io noi lei e sei siete sono qui questo voce voces eu nos esta "
    "jullie jij u ik wij is zijn ben het dat dit"
)
POINTING = frozenset(_POINTING.split())
"""Words that say who or that something is: with asking words alone they tell nothing."""

_WORD = re.compile(r"[^\W_]+")
_AFTER_HOW = frozenset({"long", "soon", "fast", "often", "far"})
"""Words that ask together with "how" before them. "Combien de temps" stays: the CNIL's pages
are questions, and one fewer would be found without."""


def told(question: str) -> str:
    """Return what a question tells about its answer, as words without accents.

    A question that only asks ("where?") is returned whole.
    """
    words = _words(question)
    return " ".join(_telling(words) or words)


def telling(question: str) -> frozenset[str]:
    """Return the words a question is about: what is told, without everyday words.

    All that is told when it has everyday words alone. They help to find a passage (a
    question and its answer are put alike), but say nothing about whether it answers.
    """
    words = frozenset(told(question).split())
    return words - EVERYDAY.get(guess(question).code, frozenset()) or words


def tells(question: str) -> bool:
    """Return whether a question has any word that does not only ask or point."""
    return not POINTING.issuperset(_telling(_words(question)))


def _words(question: str) -> list[str]:
    return _WORD.findall(unaccented(question))


def _telling(words: list[str]) -> list[str]:
    return [
        word
        for word, before in zip(words, ["", *words], strict=False)
        if word not in ASKING and not (before == "how" and word in _AFTER_HOW)
    ]
