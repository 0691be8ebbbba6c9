"""Know the words small businesses use for the same thing, in four languages.

"Postage", "shipping" and "frais de port" are one topic, so that two documents can be
compared whatever words, and to some degree whatever language, they use. Some topics also
narrow a statement: a price for students is no other price for adults.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.knowledge.language import EVERYDAY

# One topic a line: `dimension name: words`. A star stands for any ending, an underscore
# for a space or hyphen. Words are folded. The dimension `is` narrows nothing: its words
# merely mean the same. The words of `-` say nothing about what a value belongs to.
_TOPICS = """
zone france: france metropol*
zone belgium: belgique belgium belgica belgien
zone switzerland: suisse switzerland suiza schweiz
zone uk: royaume_uni united_kingdom uk great_britain england angleterre reino_unido grossbritannien
zone germany: allemagne germany alemania deutschland
zone luxembourg: luxemb*
zone spain: espagne spain espana spanien
zone italy: italie italy italia italien
zone austria: autriche austria osterreich
zone netherlands: pays_bas netherlands holland niederlande paises_bajos
zone portugal: portugal
zone canada: canada kanada
zone america: etats_unis united_states usa estados_unidos vereinigte_staaten
zone europe: europe europa union_europeenne european_union eu
zone abroad: abroad international* overseas etranger ausland extranjero worldwide
zone suburbs: suburb* banlieue* vorort* periferia
zone town: in_town en_ville city_centre centre_ville in_der_stadt
mode relay: pick_up_point* pickup_point* point_relais points_relais punto_de_recogida
mode home: to_your_door home_delivery a_domicile nach_hause doorstep
mode express: express expres
mode standard: standard
mode courier: courier coursier kurier
size small: small petit petite petits petites pequen* klein*
size medium: medium taille_moyenne mediano mittel*
size large: large big grand grande grands grandes gross*
size half: half demi halb*
size double: double doppel* doble
size single: single simple einzel* individual
audience student: student* etudiant* estudiante* studier*
audience child: child* kid kids enfant* nino* nina* kind kinder junior* baby bebe*
audience senior: senior* retraite* rentner pensioner* jubilad*
audience adult: adult* erwachsene* plein_tarif full_price
audience member: member members adherent* mitglied* socio socios
audience group: group groups groupe groupes gruppe* grupo*
audience trade: business* professionnel* firmen wholesale trade
audience family: family famille familie familia
audience resident: resident* habitant*
audience reduced: reduced reduit* ermassigt reducid* unemployed chomeur* concession*
audience beginner: beginner* debutant* anfanger* principiante*
audience advanced: advanced avance avances fortgeschritten* avanzado*
period summer: summer* en_ete d'ete l'ete sommer verano
period winter: winter* hiver invierno
period low: low_season basse_saison off_season temporada_baja nebensaison
period high: high_season haute_saison temporada_alta hauptsaison
period school: school_holidays vacances_scolaires vacances schulferien vacaciones
period holiday: public_holiday* bank_holiday* jours_feries jour_ferie feiertag* festivos
period christmas: christmas noel weihnacht* navidad xmas
period easter: easter paques ostern pascua
period lunch: lunch* midi dejeuner mittag* mediodia
period evening: evening* soir soiree abend* tarde noche
period morning: morning* matin matinee vormittag*
period afternoon: afternoon* apres_midi nachmittag*
period happy: happy_hour
rank first: first premier premiere primer primera erste*
rank last: last dernier derniere dernieres derniers ultim* letzt*
period january: janvier january enero januar
period february: fevrier february febrero februar
period march: mars march marzo marz
period april: avril april abril
period may: mai mayo
period june: juin june junio juni
period july: juillet july julio juli
period august: aout august agosto
period september: septembre september septiembre
period october: octobre october octubre oktober
period november: novembre november noviembre
period december: decembre december diciembre dezember
period past: was were used_to formerly previously instead_of au_lieu_de ancien* autrefois coutait etait no_longer statt
per month: monthly mensuel* par_mois a_month per_month le_mois im_monat monatlich* mensual* al_mes
per year: annual* annuel* yearly par_an per_year a_year jahrlich* anual* jahres*
per week: weekly hebdo* par_semaine per_week a_week wochentlich
per day: par_jour per_day a_day la_journee journee day_pass pro_tag al_dia daily
per hour: per_hour an_hour de_l'heure par_heure l'heure
per night: per_night a_night par_nuit la_nuit pro_nacht por_noche
per person: per_person par_personne pro_person por_persona each chacun
per kilo: le_kilo per_kilo par_kilo each_kilo a_kilo pro_kilo
role discount: discount* reduction* remise* rabatt* descuento* off retirons retranch* de_moins
role extra: supplement* surcharge* more de_plus en_plus extra zuschlag* suplemento*
role deposit: deposit* acompte* arrhes caution anzahlung kaution fianza
role voucher: voucher* bon_de bon_d'achat gutschein*
role minimum: minimum mindest*
role penalty: late_fee no_show penalit* retard
event breakfast: breakfast petit_dejeuner petits_dejeuners desayuno fruhstuck*
event dinner: dinner diner diners cena abendessen
event restaurant: restaurant* restaurante*
event bar: bar
event kitchen: kitchen cuisine kuche
event pool: swimming_pool pool piscine piscina schwimmbad
event sauna: sauna spa hammam
event phone: accueil_telephonique hotline telefonisch standard_telephonique by_phone
event reception: front_desk rezeption
event workshop: workshop* atelier* taller*
event course: class classes course courses cours lesson* clase* kurs kurse stage
event checkin: check_in arrival arrive arrivee arrivees llegada anreise
event checkout: check_out departure depart departs salida abreise
event lastentry: last_admission last_entry derniere_entree dernieres_entrees letzter_einlass
event tour: tour tours visite visites visita visitas fuhrung*
is guided: guide guides guided guidee guidees guia guiada guiadas
event kiosk: kiosk* kiosque
event terrace: terrace* terrasse* terraza
event parking: parking* car_park parkplatz parkplatze aparcamiento
event market: market marche markt mercado
event urgent: emergenc* urgence* notfall* urgencia*
place shop: shop shops store boutique* magasin* tienda laden geschaft
place museum: museum* musee* museo
place gym: gym gyms salle_de_sport fitness*
place hotel: hotel*
place library: library bibliothe* biblioteca bibliothek
place bakery: bakery boulangerie* panaderia backerei
place pharmacy: pharmac* farmacia apotheke
place practice: practice cabinet consulta praxis clinic clinique
place salon: salon
place camping: campsite camping campingplatz
place gallery: gallery galerie galeria
place studio: studio
place cinema: cinema kino cine
place florist: florist* fleuriste* floristeria
place garden: garden_centre* jardinerie* gartnerei vivero
place hairdresser: hairdresser* coiffeu* peluquer* friseur*
place dentist: dentist* dentiste* zahnarzt*
place agency: agency agence
action return: return* retour* renvoy* devolv* devolu* ruckgabe* zuruckgeb* send_back sending_back
action refund: refund* rembours* reembols* erstatt*
action deliver: deliver* shipping ship ships shipped postage livrer livrons livrez livree livrees livraison* livreur* frais_de_port envoi* expedi* envio* versand* liefer* port
action cancel: cancel* annul* anul* cancela* stornier* absag*
action guarantee: guarant* garant* warrant*
action valid: expir* valid* valable* gultig* valido*
action keep: keep keeps kept keeping garde gardee gardees gardes gardons gardent conserv* aufbewahr*
action ready: ready pret prete prets pretes listo bereit fertig
action reply: reply replies repond* repons* answer* antwort* responde*
action borrow: borrow* emprunt* leihen ausleih* prestamo*
action register: regist* inscri* anmeld* enrol*
when before: before avant antes in_advance advance a_l'avance vorher im_voraus
when after: after apres following suivent despues nachher
edge opens: reopen* rouvr* reouvert* ouvrons open opens opening opened starts start begin begins ouvre ouvrent ouverture commence commencent debut* beginnt empieza abre
edge closes: fermons close closes closing ends end ferme ferment fermeture finit fin endet termina cierra
is puncture: puncture* crevaison* pinchazo*
is repair: repair* repar*
is bike: bike bikes bicycle* velo velos bicicleta* fahrrad*
is room: room rooms chambre* habitacion* zimmer
is entry: ticket* billet* entrada* eintritt* entry admission entree entrees
is giftcard: gift_card* carte_cadeau cartes_cadeaux tarjeta_regalo geschenkkarte* geschenkgutschein*
is subscription: membership* abonnement* subscription* suscripcion
is item: item* article* articulo* artikel product produit* producto* goods ware
is appointment: appointment* rendez_vous cita termin
is order: order* command* pedido* bestell*
is book: booking booked bookings reserv* buchung*
is rent: rent rents renting rental* rented hire hires hired loue louer louent louez location* alquil* miete* mieten verleih*
is dog: dog dogs chien* perro* hund*
is pets: pet pets animal* animaux mascota* haustier*
is card: card cards carte cartes tarjeta karte karten
is coffee: coffee* cafe cafes kaffee*
is exhibition: exhibition* exposition* exposicion* ausstellung*
is offer: offer* offre* oferta* angebot* promotion* promo sale solde soldes
is guest: guest* client* cliente* gast gaste customer*
is purchase: purchase* achat* compra* kauf einkauf
is overhaul: service revision inspection*
is massage: massage* masaje*
is tea: tea tee
is haircut: haircut* coupe coupes haarschnitt corte
is water: water eau agua wasser
is cheese: cheese fromage queso kase
is weight: weight* weigh weighs poids pese pesent gewicht wiegt peso pesa
is help: support assistance
- price: cost* cout* prix price* tarif tarifs rate rates fee fees cuesta* precio* kostet kosten preis*
- pay: payabl* regler reglees regles pay pays paid paying paie paient payez payer paga* zahl* facture facturee charge charged charges
- amount: amount montant total sum
- free: free gratuit* gratis kostenlos* offert* frais
- take: take takes taking allow compte comptez prend prennent last lasts dure takes_place lieu fait faite effectue effectuee intervient made asked demande demandee demandons due given donne donnent
- state: staffed horaire* hour hours opening_hours offnungszeiten horario* geoffnet ouvert* abrimos abierto offen closed fermes fermee fermees geschlossen cerrado served servi servie
- may: possible moglich puede pueden konnen must should please merci veuillez need needed faut innerhalb
- limit: over under above below least_of limited limite limites limitee most least plus moins maximum max environ about around approx welcome accueill* late latest tard plus_tard
- every: every each per chaque par pro por jeden daily day days jour jours week month
- call: call phone telephone tel telefon telefono number numero appelez nummer us contact e_mail* email* mail* courriel* message* write ecrivez
- compare: more_than less_than no_more_than not_more_than than plus_de moins_de als que mas_de menos_de mehr_als weniger_als
- verbs: stay stays stayed remain reste restent nocturne* receive* recoi* soient vers toward towards compte comptent start_at starts_at starting_at commence_a commencent_a may might shall be been being get gets got have has choose comes come come_with sold sell sells vend vendu* vendons vendent vendemos verkauf* etre peuvent pouvez pouvons peut sera seront soit servons serves serve serving servent sirve* servier* dure durent visit_us find
- count: one two three four five six seven eight nine ten eleven twelve deux trois quatre cinq sept huit neuf dix douze dos tres cuatro cinco diez zwei drei vier funf sechs zehn
- small: during there their them this into now new currently simply pendant leur leurs cette dont lors afin ainsi actuellement maintenant together ensemble already deja
- filler: also only whole within sous dans des from partir until jusqu jusqu'a hasta bis zum vom entre between all tout toute toutes tous year annee people person persons personne personnes personen personas euro euros eur
"""
NARROWING = frozenset(
    [
        "zone",
        "mode",
        "size",
        "audience",
        "period",
        "per",
        "role",
        "event",
        "place",
        "action",
        "when",
        "edge",
        "rank",
    ]
)
"""The dimensions along which two statements can speak of different cases."""

_ENDINGS = re.compile(r"(?:ie|ing|er|eur|euse|elle|ee|ent|ez|ed|en|e|o|a)$")
_PLURAL = re.compile(r"[sx]$")
_LEAST_STEM = 3
_LONGEST_STEM = 8


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: what it stands for, and the dimension it narrows if any."""

    start: int
    end: int
    name: str
    dimension: str


class _Fold(dict[int, str]):
    """Letters without case and accents, one for one, so that places in a text stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = {"’": "'", "–": "-", "—": "-", "‑": "-", "−": "-"}.get(char, char)
        if char.isspace() and char != "\n":
            plain = " "
        elif char.isalpha():
            plain = unicodedata.normalize("NFKD", char.lower())[0]
        self[code] = plain
        return plain


_FOLD = _Fold()


def folded(text: str) -> str:
    """Return the text in lower case without accents, at exactly its own length."""
    return text.translate(_FOLD)


def _read() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]], list[str]]:
    whole: dict[str, tuple[str, str]] = {}
    starts: dict[str, tuple[str, str]] = {}
    phrases: list[str] = []
    for line in _TOPICS.strip().splitlines():
        head, words = line.split(":", 1)
        dimension, name = head.split()
        for word in words.split():
            if "_" in word or "'" in word:
                phrases.append(word)
            known = starts if word.endswith("*") else whole
            known[word.rstrip("*").replace("_", " ")] = (name, dimension)
    return whole, starts, phrases


_WHOLE, _STARTS, _PHRASES = _read()


def _phrase_pattern(phrase: str) -> str:
    ending = r"\w*" if phrase.endswith("*") else r"(?!\w)"
    return re.escape(phrase.rstrip("*")).replace("_", "[ -]") + ending


_TERM = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(map(_phrase_pattern, sorted(_PHRASES, key=len, reverse=True)))
    + r"|[^\W_]+)"
)


def terms(plain: str, start: int, end: int, lang: str) -> Iterator[Term]:
    """Give the telling words of a folded text from `start` to `end`, in order."""
    for match in _TERM.finditer(plain, start, end):
        name, dimension = _known(match.group(), lang)
        if name:
            yield Term(match.start(), match.end(), name, dimension)


@lru_cache(maxsize=16384)
def _known(word: str, lang: str) -> tuple[str, str]:
    """Return what a word stands for and narrows; an empty name when it tells nothing."""
    bare = word.replace("-", " ")
    topic = _WHOLE.get(bare) or _starting(bare)
    if topic:
        name, dimension = topic
        return ("" if dimension == "-" else f"{dimension}:{name}", dimension)
    if len(word) < 2 or word.isdigit() or word in EVERYDAY.get(lang, ()):
        return ("", "")
    return (stem(word), "")


def _starting(word: str) -> tuple[str, str] | None:
    for length in range(len(word), 2, -1):
        topic = _STARTS.get(word[:length])
        if topic:
            return topic
    return None


def stem(word: str) -> str:
    """Return a folded word without its endings, as far as a few letters tell."""
    for ending in (_PLURAL, _ENDINGS, _ENDINGS):
        short = ending.sub("", word)
        if len(short) >= _LEAST_STEM:
            word = short
    return word[:_LONGEST_STEM]
