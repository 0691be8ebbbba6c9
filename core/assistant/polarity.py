"""What turns a sentence into its opposite: negations, and words that have one.

"We do not ship" and "we ship" share every word that tells what they are about. So their
clauses are compared: both deny or neither does, and what is open, free, allowed or
included in one must be so in the other.
"""

import re
from collections import Counter

_DENIES = re.compile(
    r"\b(?:not|no|non|never|nor|neither|none|nobody|nothing|nowhere|cannot|without|hardly"
    r"|ne|jamais|aucune?s?|sans|ni|rien|nulle part"
    r"|except|excepted|excluding|sauf|hormis|excepte|salvo|excepto"
    r"|nunca|jamas|sin|ninguna?o?s?|ningun|tampoco|nada)\b|n't\b|\bn'(?=[a-z])|\bpas\b"
)
_NO_DENIAL = re.compile(
    r"\b(?:no (?:later|more|less|fewer|longer) than|not only|non seulement)\b"
)
_SIDES = re.compile(
    r"\b(?:"
    r"open|close|ouvert|ouvr|ferm|abiert|cerrad"
    r"|free\b|gratuit|gratis|offert|complimentary|payant|paid|charge"
    r"|includ|inclu|exclud|exclu|except|sauf|hors\b|salvo|excepto"
    r"|allow|permit|accept|welcome|autoris|admis|bienvenu|acept|admit|interdi|forbid|prohib"
    r"|refus|rechaz|reject|ban\b|banned"
    r"|always|toujours|siempre|only|seulement|uniquement|solo\b|solamente|exclusively"
    r"|before|avant|antes|after|apres|despues|until|jusqu|hasta|from|desde|since|depuis"
    r"|more|plus\b|mas\b|less|moins|menos|over\b|under|above|below|minimum|maximum|least|most"
    r"|refund|rembours|reembols|exchange|echang|cambi|return|retour|devol|guarant|garanti"
    r"|warrant|promis|promet|compensat|dedommag|discount|remise|reduction|descuento|voucher"
    r"|possible|impossible|posible|imposible|available|disponib|unavailable|indisponib|agotad"
    r"|sold out|rupture|epuise|optional|facultatif|mandatory|obligat|required|requis"
    r"|vegan|vegetar|vegetal|gluten|lactos|allerg|alerg|organic|bio\b|halal|kosher|casher"
    r"|safe|danger|sur\b|seguro|toxi|medic|legal|illegal|lawful|insur|assur"
    r"|same|different|meme\b|mismo|distint|inside|outside|interieur|exterieur|dentro|fuera"
    r"|online|en ligne|en linea|in store|sur place|en boutique"
    r")"
)

_RESTRICTS = re.compile(
    r"\b(?:except|sauf|salvo|excepto|only|seulement|uniquement|solo|solamente|unless|until"
    r"|jusqu|hasta|if|si|provided|condition|condicion|but|mais|pero|however|cependant)\b"
)


def denies(folded: str) -> bool:
    """Tell whether a folded clause denies something."""
    return _DENIES.search(_NO_DENIAL.sub("", folded)) is not None


def sides(folded: str) -> Counter[str]:
    """Return the words of a folded clause that have an opposite, by their beginnings."""
    return Counter(match.group() for match in _SIDES.finditer(folded))


def turns(folded: str) -> bool:
    """Tell whether what was left out of a sentence would deny or restrict the rest."""
    return denies(folded) or _RESTRICTS.search(folded) is not None
