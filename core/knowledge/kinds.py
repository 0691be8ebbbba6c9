"""What kind of fact a question asks for, and whether a text holds one.

"How much" wants an amount and "when" a day or an hour. A passage on the right subject
that holds none is the usual way for a search to answer beside the question.
"""

import re
from enum import StrEnum

from core.knowledge.language import unaccented


class Kind(StrEnum):
    """A kind of fact with a recognisable shape."""

    PRICE = "price"
    TIME = "time"
    SPAN = "span"
    PLACE = "place"
    AVAILABILITY = "availability"


_ASKED = {
    Kind.PRICE: re.compile(
        r"\bcombien (?:ca |cela )?cout|\bc'?(?:est)? combien\b|\bprix\b|\btarif|\bcout(?:e|ent|s)?\b"
        r"|\bfrais\b|\bpayant|\bhow much (?:is|are|do you charge|does|for|would)|\bprices?\b"
        r"|\bcosts?\b|\bfee\b|\bcuanto (?:cuesta|vale|es)|\bprecios?\b|\bmontant\b|\bamount\b"
    ),
    Kind.TIME: re.compile(
        r"\bquand\b|\bquelle heure|\bhoraires?\b|\bquels? jours?\b|\bquelle date|\bouvr|\bouvert"
        r"|\bferm(?:e|ez|es|ons)\b|\bwhen\b|\bwhat time|\bopening (?:hours|times)|\b(?:which|what) days?\b"
        r"|\bopen\b|\bclose[ds]?\b|\bcuando\b|\bque hora|\bhorarios?\b|\babiert|\bcerrad"
    ),
    Kind.SPAN: re.compile(
        r"\bcombien de temps|\bdelais?\b|\bjusqu'a quand|\bhow long|\bhow (?:soon|fast)|\buntil when"
        r"|\bdurees?\b|\bcuanto tiempo|\bplazos?\b"
    ),
    Kind.PLACE: re.compile(
        r"\bou (?:etes|se trouve|exactement|peut|puis)|\bou est (?:la |le |l'|votre )"
        r"|\betes[- ](?:vous )?ou\b|\bquelles? (?:est|sont) (?:l'|les? |vos |votre )?adresse"
        r"|\bvo(?:tre|s) adresse|\badresse (?:du|des|de (?:la|l'|votre))\b"
        r"|\bwhere (?:are|is) (?:you|the|your)\b|\baddress of\b|\b(?:your|shop) address"
        r"|\bwhat(?:'s| is| are) the address|\blocated\b|\bdonde\b"
    ),
    Kind.AVAILABILITY: re.compile(
        r"\bdisponib|\bdispos?\b|\blibres? (?:du|de|le|les|pour|en|a|ce|cette)\b|\ben stock\b"
        r"|\bencore (?:de la |des |une? )?(?:places?|chambres?|tables?|dates?)\b"
        r"|\breste[- ]t[- ]il|\bil (?:vous )?reste\b|\bavailab|\bin stock\b|\bvacanc"
        r"|\b(?:places?|seats?|rooms?|tables?|spots?|tickets?|dates?) (?:left|free)\b"
        r"|\bquedan?\b|\bhay (?:plazas|sitio|habitaciones)\b"
    ),
}
_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|une?|deux|trois|quatre"
    r"|cinq|sept|huit|dix|douze|quinze|una?|dos|tres|cuatro|cinco|seis|siete|ocho|diez)"
)
_HELD = {
    Kind.PRICE: re.compile(
        r"[€$£]|\b(?:euros?|eur|usd|gbp|chf|cad|dollars?|pounds?|francs?|cents?|centimes?)\b"
    ),
    Kind.TIME: re.compile(
        r"\b\d{1,2} ?h\b|\b\d{1,2}(?::\d\d)? ?[ap]m\b|\b\d{1,2}:\d\d\b|\blundi|\bmardi|\bmercredi"
        r"|\bjeudi|\bvendredi|\bsamedi|\bdimanche|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
        r"|\bjanvier|\bfevrier|\bmars\b|\bavril|\bmai\b|\bjuin\b|\bjuillet|\baout\b|\bseptembre"
        r"|\boctobre|\bnovembre|\bdecembre|\bjanuary|\bfebruary|\bmarch\b|\bapril|\bmay\b|\bjune\b"
        r"|\bjuly\b|\baugust\b|\bseptember|\boctober|\bnovember|\bdecember|\benero|\bfebrero|\bmarzo"
        r"|\babril|\bmayo\b|\bjunio|\bjulio|\bagosto|\bseptiembre|\boctubre|\bnoviembre|\bdiciembre"
        r"|\bnoon\b|\bmidi\b|\bmediodia|\blunes|\bmartes|\bmiercoles|\bjueves|\bviernes|\bsabado|\bdomingo|\bsoir\b|\bevening"
        r"|(?<!\d )\b(?:heures?|hours?)\b|\b[ad]e? (?:1?\d|2[0-3]) heures?\b|\bweek-?ends?\b"
    ),
    Kind.SPAN: re.compile(
        rf"\b{_NUMBER} (?:a {_NUMBER} |to {_NUMBER} )?(?:working |business )?(?:minutes?|hours?|heures?|days?|jours?"
        r"|weeks?|semaines?|months?|mois|years?|ans?|dias?|semanas?|meses)\b|\b(?:the|l')hour\b"
        r"|\bheure\b|\bsame (?:day|evening)|\bjour meme|\bsoir meme|\buntil\b|\bjusqu"
    ),
    Kind.PLACE: re.compile(
        r"\b\d{1,3},? (?:bis,? )?(?:rue|quai|place|avenue|boulevard|chemin|route|impasse|allee|cours"
        r"|street|road|lane|square|calle|plaza)\b|\b\d{5} [a-z]|\b(?:street|road|lane|square)\b"
    ),
    Kind.AVAILABILITY: re.compile(
        r"\bdispo|\blibres?\b|\bstock|\bplaces\b|\brest(?:e|ent)\b|\bavailab|\bleft\b|\bvacanc"
        r"|\bplazas\b|\bsold out\b|\bcomplet\b|\bagotad"
    ),
}

_PARTLY = {
    Kind.PRICE: re.compile(
        r"\bgratuit|\bfree\b|\boffert|\bat no charge|\bsans frais|\bgratis"
    ),
}
"""That something is free is an answer too, but more often about something else."""
_PART = 0.5


def asked_kinds(question: str) -> frozenset[Kind]:
    """Return the kinds of fact a question asks for; most ask for none of these."""
    folded = unaccented(question).replace("’", "'")
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(folded))


def share_held(kinds: frozenset[Kind], text: str) -> float:
    """Return the part of `kinds` that a text holds; 0 when none is asked for."""
    if not kinds:
        return 0.0
    folded = unaccented(text)
    return sum(_held(kind, folded) for kind in kinds) / len(kinds)


def _held(kind: Kind, folded: str) -> float:
    if _HELD[kind].search(folded):
        return 1.0
    return _PART if kind in _PARTLY and _PARTLY[kind].search(folded) else 0.0
