"""Tell from a short, plain sentence whether something is done or not: "We ship abroad"."""

import re

from core.knowledge.amounts import Found, Kind
from core.knowledge.surroundings import Sentence

YES, NO = "yes", "no"
MOST_TERMS = 7
"""A longer sentence says more than yes or no."""

_DEEDS = {
    "deliver": r"(?:we|nous|wir) (?:do not |don't |also |ne )?(?:ship|deliver|livrons|expedions|liefern|versenden)"
    r"|(?:enviamos|entregamos)",
    "accept": r"accept\w*|akzeptier\w*|acept\w*|(?:we|do not|don't) take|prenons|allowed|permitted|welcome|admis(?:es?)?"
    r"|autoris\w*|bienvenue?s?|erlaubt|permit\w*|forbidden|prohibited|interdits?|interdites?|verboten|prohibid\w*",
    "sell": r"(?:we|nous|wir) (?:do not |don't |ne )?(?:sell|vendons|verkaufen)|vendemos",
    "refund": r"(?:we|nous) (?:do not |don't |ne )?(?:refund|remboursons)|refundable|remboursables?",
}
_DEED = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _DEEDS.items()) + r")\b"
)
_NO = re.compile(
    r"n't\b|\b(?:not|cannot|no|never|ne|n'|pas|jamais|aucune?|nicht|kein\w*|nunca|non)\b"
)
_FORBIDDEN = re.compile(r"\b(?:forbidden|prohibited|interdite?s?|verboten|prohibid\w*)\b")
_CONDITION = re.compile(
    r"\b(?:if|si|sauf|except|unless|only|seulement|uniquement|que|wenn|nur|but|mais|pero|aber|or|ou|solo"
    r"|until|when|quand|because|car|still|with|avec|yet|encore|without|sans|longer|plus)\b|\?"
)


def capability(sentence: Sentence) -> Found | None:
    """Return whether the sentence says yes or no to one thing; None when it does neither."""
    start, end = sentence.span.start, sentence.span.end
    deed = _DEED.search(sentence.plain, start, end)
    if not deed or len(sentence.terms) > MOST_TERMS:
        return None
    words = sentence.plain[start:end]
    if _CONDITION.search(words):
        return None
    is_negated = bool(_NO.search(words)) != bool(_FORBIDDEN.search(words))
    return Found(
        kind=Kind.CAPABILITY,
        start=deed.start(),
        end=deed.end(),
        unit=deed.lastgroup or "",
        word=NO if is_negated else YES,
    )
