"""Tell the language of a customer's message, however short, without a model.

Everyday words count most, letter triples help when a message holds none of them, and
letters that only one language uses settle the rest. Accents are ignored in words, since
customers leave them out.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

FALLBACK = "en"
CERTAIN = 0.5
"""From this confidence on, a guess may decide something."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language by its two letters; `confidence` in 0..1, 0 when nothing spoke for any."""

    code: str
    confidence: float


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EVERYDAY: Mapping[str, frozenset[str]] = {
    "en": _words(
        "the and you your is are was were be been have has had do does did can could would will "
        "i my me we our us it its this that these there here what when where which who how why "
        "not no yes of to in on at for from with by or but if so please thanks thank hello hi hey "
        "still any some just want need get got order open close today tomorrow much many "
        "dont doesnt im ive isnt it's i'm don't an a see them they he she her his all never again only "
        "after before about up out off now help made make wrong need change cancel account per"
    ),
    "fr": _words(
        "le la les se trouve un une des du de au aux et ou mais donc je tu il elle on nous vous ils elles mon "
        "ma mes ton ta tes son sa ses votre vos notre nos ce cet cette ces c'est est sont suis etes "
        "avez avons ai as a ont etait pas ne plus que qui quoi quand comment pourquoi combien quel "
        "quelle quels quelles dans sur pour par avec sans chez bonjour salut bonsoir merci svp oui "
        "non peux peut puis veux voudrais faire fait tres bien encore toujours aussi jour heure "
        "commande livraison bientot aujourd'hui demain j'ai qu'est qu'il d'un d'une l'on ca cela si en y"
    ),
    "es": _words(
        "el la los las un una cuantos cuantas donde estan alguna algun unos unas de del al y o pero que quien cuando donde como por para con sin "
        "en es son soy esta estan estoy hay ha he han tiene tienen tengo puedo puede quiero quisiera mi "
        "mis tu tus su sus me te se lo le nos les no si ya muy mas hola gracias buenos buenas dias "
        "tardes cuanto cuanta cual cuales porque hasta desde este ese eso esto todo todavia tambien "
        "pedido envio hoy manana favor ser hacer a"
    ),
    "de": _words(
        "der die das den doch mal ob dem des ein eine einen einem einer und oder aber ich du er sie es wir ihr mein "
        "meine dein ihre unser ist sind bin war habe haben hat hatte kann konnen konnte will mochte "
        "nicht kein keine ja nein zu zum zur im in am an auf aus bei mit nach von vom fur uber um wie "
        "was wann wo warum wer welche wieviel hallo guten tag danke bitte noch schon auch sehr mehr "
        "bestellung lieferung heute morgen gibt werden wird dass wenn mir mich ihnen"
    ),
    "it": _words(
        "il lo la i gli le un uno una di del della dei delle al alla ai e o ma che chi quando dove come "
        "perche per con senza da dal in nel nella su sul sono sei e' siamo siete ho hai ha abbiamo "
        "avete hanno mi ti si ci vi mio mia vostro vostra questo questa quello non piu molto anche "
        "ancora ciao buongiorno buonasera salve grazie prego posso puo vorrei voglio quanto quanta "
        "quale quali oggi domani ordine spedizione c'e fare essere era a"
    ),
    "pt": _words(
        "o a os as um uma uns umas de do da dos das ao aos e ou mas que quem quando onde como por para "
        "com sem em no na nos nas sao sou esta estao estou tem tenho temos ha foi eu voce voces ele ela "
        "meu minha meus seu sua me lhe nao sim ja muito mais tambem ainda ola oi bom boa dia tarde "
        "obrigado obrigada quanto qual quais porque ate isso este essa pedido entrega hoje amanha "
        "posso pode quero queria gostaria fazer pelo pela"
    ),
    "nl": _words(
        "de het een en of maar ik jij je hij zij ze wij we jullie u mijn uw ons onze is zijn ben was "
        "heb hebt heeft hebben had kan kunnen wil willen zou niet geen ja nee te in op aan uit bij met "
        "naar van voor over om hoe wat wanneer waar waarom wie welke hoeveel hallo hoi goedemorgen dag "
        "bedankt dank alstublieft graag nog al ook zeer meer bestelling levering vandaag morgen er dat "
        "die dit deze worden wordt als mij"
    ),
}

TRIPLES: Mapping[str, frozenset[str]] = {
    "en": _words(
        "_th the he_ ing ng_ _wh and nd_ ed_ _yo you our ght igh _sh ly_ ould uld oul _ha ave whe thi "
        "ith wit tio ion ck_ ee_ oo_ ook wha hat ay_ ery _kn wou"
    ),
    "fr": _words(
        "_qu que ue_ _le les es_ ez_ ent nt_ aux eau oir ais ait ons eur ois oi_ our ous us_ tre ett "
        "ell lle ain ien _ch _vo vou ire ure eme ion ans _pr _un omm ien ine _d' _l' _j' _c' uis quo"
    ),
    "es": _words(
        "_el el_ os_ as_ cio ion on_ ado ada do_ ien nte ent est sta _qu que ero ara par _ha ndo and "
        "_lo los _la las dad ad_ mos cuan ndo aba uie ier nte ues ble ia_ ll_ oy_ llo lla _ll _mu uch"
    ),
    "de": _words(
        "en_ er_ _de der ein ich ch_ sch _ge _un und nd_ ung ng_ che hen ten _be _ver ver ist st_ cht "
        "ht_ eit _au auf _zu zu_ ier _wi ie_ _sie ann _ka nn_ aus ber tte tz_ eut _mo iss ern lic"
    ),
    "it": _words(
        "_di di_ _il il_ to_ ta_ no_ are re_ ere ato ata zio one ne_ ell lla ett tto ente gli _gl chi "
        "che _ch _pe per ion ia_ gio ggi cci sta est nte mente all _un _no oss ssi zza pre azi ono"
    ),
    "pt": _words(
        "_do _da do_ da_ os_ as_ cao ao_ oes es_ ado ada mos nte ent est sta _nao nao que _qu com _co "
        "em_ um_ uma ndo ara par _es lho lha nho nha oce _vo ou_ eu_ ei_ rei era eir eira iro oss pra"
    ),
    "nl": _words(
        "en_ de_ _de _he het et_ een _ee _va van aan ij_ _ge ge_ cht sch oor _vo voo ver _ve lij ijk "
        "ing ng_ aar ien ie_ oe_ _zi zij ijn jn_ uit eer eel ele sta _wi _be aat gen oen jes tje ook"
    ),
}

LETTERS: Mapping[str, str] = {
    "fr": "œùêûîëè",
    "es": "ñ¿¡",
    "de": "ßäöü",
    "it": "ìòà",
    "pt": "ãõ",
    "nl": "ĳ",
}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORD_WEIGHT = 1.0
_TRIPLE_WEIGHT = 0.25
_LETTER_WEIGHT = 1.0
_DOUBT = 0.6
"""Evidence every language gets for free, so that one shared word is no certainty."""


def detect(text: str) -> str:
    """Return the likeliest language of `text`, `FALLBACK` when nothing speaks for any."""
    return guess(text).code


def guess(text: str) -> Guess:
    """Return the likeliest language of `text` and how far it leads the next one."""
    lowered = text.lower().replace("’", "'")
    scores = dict.fromkeys(EVERYDAY, 0.0)
    for word in _WORD.findall(lowered):
        plain = unaccented(word)
        for code, share in _WORD_SHARES.get(plain, ()):
            scores[code] += share
        padded = f"_{plain}_"
        for at in range(len(padded) - 2):
            for code, share in _TRIPLE_SHARES.get(padded[at : at + 3], ()):
                scores[code] += share
    for code, letters in LETTERS.items():
        scores[code] += _LETTER_WEIGHT * sum(lowered.count(letter) for letter in letters)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best == second:
        return Guess(FALLBACK, 0.0)
    return Guess(ranked[0], (best - second) / (best + _DOUBT))


def unaccented(text: str) -> str:
    """Return the text in lower case and without its accents, as customers often type."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    plain = unicodedata.normalize("NFKD", lowered)
    for mark in filter(unicodedata.combining, set(plain)):  # a handful at most
        plain = plain.replace(mark, "")
    return plain


def straightened(text: str) -> str:
    """Return the text `unaccented`, with the straight apostrophes that patterns have."""
    return unaccented(text).replace("’", "'")


def without_everyday_words(text: str, code: str) -> str:
    """Return the words of `text` that carry its meaning in the language `code`.

    For searching it in *another* language, whose dictionary would take "la" for a name.
    """
    everyday = EVERYDAY.get(code, frozenset())
    return " ".join(word for word in text.split() if _bare(word) not in everyday)


def _bare(word: str) -> str:
    return unaccented(word.replace("’", "'")).strip('.,;:!?"()[]«»¿¡')


def _shares(
    evidence: Mapping[str, frozenset[str]], weight: float
) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Split the weight of each token among the languages that know it.

    Shared ones say less.
    """
    speakers: dict[str, list[str]] = {}
    for code, known in evidence.items():
        for token in known:
            speakers.setdefault(token, []).append(code)
    return {
        token: tuple((code, weight / len(codes) ** 1.5) for code in codes)
        for token, codes in speakers.items()
    }


_WORD_SHARES = _shares(EVERYDAY, _WORD_WEIGHT)
_TRIPLE_SHARES = _shares(TRIPLES, _TRIPLE_WEIGHT)
