"""What kind of fact a question asks for, and whether a text holds one.

"How much" wants an amount and "when" a day or an hour. A passage on the right subject
that holds none is the usual way for a search to answer beside the question.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from core.knowledge.amounts import EMAIL
from core.knowledge.language import straightened, unaccented
from core.knowledge.opening import tells_opening


class Kind(StrEnum):
    """A kind of fact with a recognisable shape."""

    PRICE = "price"
    TIME = "time"
    HOUR = "hour"
    SPAN = "span"
    PLACE = "place"
    AVAILABILITY = "availability"
    OPENING = "opening"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"


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
    Kind.HOUR: re.compile(r"\bquelle heure|\bwhat time\b|\bque hora"),
    Kind.SPAN: re.compile(
        r"\bcombien de temps|\bdelais?\b|\bjusqu'a quand|\bhow long|\bhow (?:soon|fast)|\buntil when"
        r"|\bdurees?\b|\bcuanto tiempo|\bplazos?\b"
    ),
    Kind.PLACE: re.compile(
        r"\bou (?:(?:etes|vous etes)(?:[- ]vous)?(?: situee?s?)?|se trouve|se situe|exactement|peut|puis)"
        r"|\bou (?:vous )?(?:trouve[rz]|situe[rz])|\bvous trouver\b|\bou est (?:la |le |l'|votre )"
        r"|\betes[- ](?:vous )?(?:situes? )?ou\b|\bquelles? (?:est|sont) (?:l'|les? |vos |votre )?adresse(?! (?:e-?)?mail)"
        r"|\bvo(?:tre|s) adresses?\b(?! (?:e-?)?mail)|\badresse (?:du|des|de (?:la|l'|votre))\b"
        r"|\bwhere (?:are|is) (?:you|the|your)\b|\baddress of\b|\b(?:your|shop) address"
        r"|\bwhat(?:'s| is| are) the address|\blocated\b|\bdonde\b|\b(?:la|su) direccion\b"
        r"|\bhow (?:do|can|could) (?:i|we) (?:find|get to) (?:you|the shop)\b"
        r"|\bwhere (?:do|can|could) (?:i|we) find you\b"
    ),
    Kind.AVAILABILITY: re.compile(
        r"\bdisponib|\bdispos?\b|\blibres? (?:du|de|le|les|pour|en|a|ce|cette)\b|\ben stock\b"
        r"|\bencore (?:de la |des |une? )?(?:places?|chambres?|tables?|dates?)\b"
        r"|\breste[- ]t[- ]il|\bil (?:vous )?reste\b|\bavailab|\bin stock\b|\bvacanc"
        r"|\b(?:places?|seats?|rooms?|tables?|spots?|tickets?|dates?) (?:left|free)\b"
        r"|\bquedan?\b|\bhay (?:plazas|sitio|habitaciones)\b"
    ),
    Kind.OPENING: re.compile(
        r"\bhoraires?(?: d'ouverture)?\b|\b(?:opening|business|shop|store) (?:hours|times)\b"
        r"|^\W*(?:your )?hours\W*$|\byour hours\b"
        r"|\b(?:what time|when|what days?|which days?) (?:do|are) you (?:open|closed?)\b"
        r"|\bare you (?:open|closed)\b|\bdo you (?:open|close)\b"
        r"|\b(?:etes[- ]vous|vous etes|c'est|es[- ]tu|tu es) (?:ouvert|ferme)e?s?\b"
        r"|\bvous (?:ouvrez|fermez)\b|\b(?:ouvrez|fermez)[- ]vous\b"
        r"|\bhorarios?\b|\b(?:abren|cierran|estan (?:abiertos|cerrados))\b"
    ),
    Kind.PHONE: re.compile(
        r"\b(?:phone|telephone|mobile) number\b|\byour (?:phone|telephone|number)\b"
        r"|\b(?:call|phone|ring) you\b|\bnumero (?:de tel\w*|pour)|\b(?:votre|vos) (?:numero|tel\w*)\b"
        r"|\bvous (?:appeler|telephoner)\b|\b(?:su|el) (?:telefono|numero)\b|\bllamar(?:os|les)\b"
    ),
    Kind.EMAIL: re.compile(
        r"\be-?mail (?:address|you)\b|\byour e-?mail\b|\b(?:votre|vos|adresse) (?:e-?)?mail\b"
        r"|\b(?:votre|vos|par) (?:courriel|mail)\b|\b(?:su|el) (?:correo|e-?mail)\b"
    ),
    Kind.CONTACT: re.compile(
        r"\b(?:contact|reach) you\b|\bin touch with you\b|\byour contact\b|\bcontact details\b"
        r"|\bvous (?:contacter|joindre|ecrire)\b|\b(?:contactar(?:os|les)?|ponerme en contacto)\b"
    ),
}
NAMED_BY_ASKING = frozenset(
    {Kind.OPENING, Kind.PLACE, Kind.PHONE, Kind.EMAIL, Kind.CONTACT}
)
"""Kinds that everybody asks a house for, and that pages state without ever naming them: an
address stands there, not the word."""
_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|une?|deux|trois|quatre"
    r"|cinq|sept|huit|dix|douze|quinze|una?|dos|tres|cuatro|cinco|seis|siete|ocho|diez)"
)
STATED_AS: Mapping[Kind, Mapping[str, str]] = {
    Kind.OPENING: {
        "en": "open Monday to Friday, Saturday, Sunday closed, 9 am to 6 pm",
        "fr": "ouvert du lundi au vendredi, le samedi, le dimanche fermé, de 9 h à 18 h",
        "es": "abierto de lunes a viernes, sábado, domingo cerrado, de 9:00 a 18:00",
    },
    Kind.PLACE: {
        "en": "we are at 10 street, road, lane, square",
        "fr": "nous sommes au 10 rue, place, quai, avenue",
        "es": "estamos en la calle, plaza, avenida 10",
    },
    Kind.PHONE: {
        "en": "phone, call us on, telephone",
        "fr": "téléphone, appelez-nous au, par téléphone",
        "es": "teléfono, llámenos al",
    },
    Kind.EMAIL: {
        "en": "e-mail, write to us at",
        "fr": "e-mail, écrivez-nous à",
        "es": "correo, escríbanos a",
    },
    Kind.CONTACT: {
        "en": "call us on, write to us at, e-mail, telephone",
        "fr": "appelez-nous au, écrivez-nous à, téléphone, e-mail",
        "es": "llámenos al, escríbanos a, teléfono, correo",
    },
}
"""How pages state what they do not name, for a search to look for."""
_CLOCK = (
    r"\b\d{1,2} ?h\b|\b\d{1,2}(?::\d\d)? ?[ap]m\b|\b\d{1,2}:\d\d\b"
    r"|\bnoon\b|\bmidi\b|\bmediodia|\b[ad]e? (?:1?\d|2[0-3]) heures?\b"
)
_HOURS = (
    r"\b(?:from|de|desde|between|entre) (?:las? )?(?:\d{1,2}(?::\d\d)?(?: ?h(?: ?\d\d)?| ?[ap]m)?"
    r"|noon|midi|mediodia) (?:to|until|and|a|et|y|hasta) (?:las? )?(?:\d{1,2}(?::\d\d| ?h\b| ?[ap]m\b)"
    r"|\d{1,2}:\d\d ?[ap]m|noon|midi|mediodia|midnight|minuit)"
)
_BEFORE = r"(?:before|in advance|avant|a l'avance|antes|de antelacion)\b"
_DURATION = (
    rf"\b{_NUMBER} (?:a {_NUMBER} |to {_NUMBER} )?(?:working |business )?(?:minutes?|hours?"
    r"|heures?|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|dias?|semanas?|meses)\b"
)
_PHONE = r"(?<![\w/.-])\+?\(?\d(?:[ .()-]{0,2}\d){8,14}(?![\w/-])"
_HELD = {
    Kind.PRICE: re.compile(
        r"[€$£]|\d ?%|\b(?:euros?|eur|usd|gbp|chf|cad|dollars?|pounds?|francs?|cents?|centimes?)\b"
    ),
    Kind.TIME: re.compile(
        rf"{_CLOCK}|\blundi|\bmardi|\bmercredi"
        r"|\bjeudi|\bvendredi|\bsamedi|\bdimanche|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
        r"|\bjanvier|\bfevrier|\bmars\b|\bavril|\bmai\b|\bjuin\b|\bjuillet|\baout\b|\bseptembre"
        r"|\boctobre|\bnovembre|\bdecembre|\bjanuary|\bfebruary|\bmarch\b|\bapril|\bmay\b|\bjune\b"
        r"|\bjuly\b|\baugust\b|\bseptember|\boctober|\bnovember|\bdecember|\benero|\bfebrero|\bmarzo"
        r"|\babril|\bmayo\b|\bjunio|\bjulio|\bagosto|\bseptiembre|\boctubre|\bnoviembre|\bdiciembre"
        r"|\blunes|\bmartes|\bmiercoles|\bjueves|\bviernes|\bsabado|\bdomingo|\bsoir\b|\bevening"
        r"|(?<!\d )\b(?:heures?|hours?)\b|\bweek-?ends?\b"
    ),
    Kind.HOUR: re.compile(rf"{_CLOCK}|\b\d{{1,2}} ?h ?\d\d\b|\bmidnight|\bminuit"),
    Kind.SPAN: re.compile(
        rf"{_DURATION}(?! {_BEFORE})"
        rf"|\b(?:the|l')hour\b|\bheure\b|\bsame (?:day|evening)|\bjour meme|\bsoir meme"
        rf"|\buntil\b|\bjusqu|{_HOURS}"
    ),
    Kind.PLACE: re.compile(
        r"\b\d{1,4}(?: ?bis| ?ter| ?[a-d])?,? (?:rue|quai|place|avenue|boulevard|chemin|route"
        r"|impasse|allee|cours|passage|square|faubourg)\b|\b\d{5} [a-z]"
        r"|\b\d{1,4}[a-d]? (?:[\w'.-]+ ){1,3}(?:street|road|lane|square|avenue|court|drive|way|st|rd|ave)\b"
        r"|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b(?:calle|avenida|plaza|paseo|via) [^,.;]{2,40},? \d{1,4}\b"
    ),
    Kind.AVAILABILITY: re.compile(
        r"\bdispo|\blibres?\b|\bstock|\bplaces\b|\brest(?:e|ent)\b|\bavailab|\bleft\b|\bvacanc"
        r"|\bplazas\b|\bsold out\b|\bcomplet\b|\bagotad"
    ),
    Kind.PHONE: re.compile(_PHONE),
    Kind.EMAIL: EMAIL,
    Kind.CONTACT: re.compile(rf"{_PHONE}|{EMAIL.pattern}"),
}

_ASKS_BEFORE = re.compile(rf"\b{_BEFORE}")

_PARTLY = {
    Kind.PRICE: re.compile(
        r"\bgratuit|\bfree\b|\boffert|\bat no charge|\bsans frais|\bgratis"
    ),
    Kind.PLACE: re.compile(
        r"\b(?:street|road|lane|square|rue|quai|avenue|boulevard|calle|plaza)\b"
    ),
}
"""That something is free, or in a street, is an answer too, but more often about something
else."""
_PART = 0.5
_WORD = re.compile(r"[^\W_]+")


def asked_kinds(question: str) -> frozenset[Kind]:
    """Return the kinds of fact a question asks for; most ask for none of these."""
    folded = straightened(question)
    found = {kind for kind, pattern in _ASKED.items() if pattern.search(folded)}
    # Who asks at what time is not answered with a day, nor how long before with how long.
    if Kind.HOUR in found:
        found.discard(Kind.TIME)
    if _ASKS_BEFORE.search(folded):
        found.discard(Kind.SPAN)
    return frozenset(found)


def said_to_ask(kind: Kind, question: str) -> frozenset[str]:
    """Return the words of a question, folded, that do nothing but ask for a kind of fact."""
    folded = straightened(question)
    asked = (match.group() for match in _ASKED[kind].finditer(folded))
    return frozenset(word for words in asked for word in _WORD.findall(words))


def names(kind: Kind, text: str) -> bool:
    """Tell whether a text has words for a kind of fact, as a heading does."""
    return bool(_ASKED[kind].search(straightened(text)))


def share_held(kinds: frozenset[Kind], text: str) -> float:
    """Return the part of `kinds` that a text holds; 0 when none is asked for."""
    if not kinds:
        return 0.0
    folded = unaccented(text)
    return sum(
        float(tells_opening(text)) if kind is Kind.OPENING else _held(kind, folded)
        for kind in kinds
    ) / len(kinds)


def _held(kind: Kind, folded: str) -> float:
    if _HELD[kind].search(folded):
        return 1.0
    return _PART if kind in _PARTLY and _PARTLY[kind].search(folded) else 0.0
