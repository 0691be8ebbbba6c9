"""The facts in a text that must be repeated to the letter: numbers, units, days, dates.

Read from folded text, in the three languages the assistant sorts messages in. A number
and its unit are one fact: 12 € is not 12 $, and 4 working days are not 4 days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.knowledge.language import straightened


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact as it is compared, and where it stands in the folded text."""

    value: str
    unit: str
    start: int

    def is_held_by(self, other: "Fact") -> bool:
        """Tell whether another text's fact says this; a bare number may have any unit."""
        return self.value == other.value and self.unit in ("", other.unit)

    @property
    def shown(self) -> str:
        """Return the fact for a colleague to read."""
        return f"{self.value} {self.unit}".strip()


_UNITS: Mapping[str, str] = {
    "%": r"%|per ?cent|pour ?cent|por ciento",
    "€": r"€|euros?|eur",
    "$": r"\$|dollars?|usd|dolares|dolar",
    "£": r"£|pounds?|gbp|livres sterling|libras",
    "ct": r"cents?|centimes?|centimos?",
    "working day": r"(?:working|business) days?|jours? (?:ouvres?|ouvrables?)|dias? (?:habiles?|laborables?)",
    "day": r"days?|jours?|dias?",
    "hour": r"h|hrs?|hours?|heures?|horas?",
    "minute": r"min|mins|minutes?|minutos?",
    "second": r"seconds?|secondes?|segundos?",
    "week": r"weeks?|semaines?|semanas?",
    "month": r"months?|mois|mes|meses",
    "year": r"years?|ans?|annees?|anos?",
    "am": r"a\.?m\.?",
    "pm": r"p\.?m\.?",
    "kg": r"kg|kilos?|kilograms?|kilogrammes?",
    "g": r"g|grams?|grammes?|gramos?",
    "mg": r"mg",
    "l": r"l|litres?|liters?|litros?",
    "cl": r"cl",
    "ml": r"ml",
    "km": r"km|kilometres?|kilometers?",
    "m": r"m|metres?|meters?|metros?",
    "cm": r"cm",
    "mm": r"mm",
    "°": r"°c?|degrees?|degres?",
    "mile": r"miles?",
    "lb": r"lbs?",
    "oz": r"oz",
    "person": r"persons?|people|personnes?|personas?",
}
_UNIT = "|".join(f"(?P<u{at}>{pattern})" for at, pattern in enumerate(_UNITS.values()))
_NUMBER = re.compile(
    rf"(?P<sign>[€$£])? ?(?P<number>\d+(?:[.,:/\- ]?\d+)*)(?: ?(?:{_UNIT})(?![a-z]))?"
)
_WORDS = (
    # numbers; "one" and "a" are too common to tell anything
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty sixty ninety hundred thousand dozen half twice triple "
    "deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante "
    "cinquante soixante cent mille douzaine demi moitie double "
    "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta "
    "cuarenta cincuenta cien ciento mil docena medio mitad doble "
    # days and times
    "monday tuesday wednesday thursday friday saturday sunday weekend today tomorrow tonight "
    "yesterday noon midnight morning afternoon evening daily weekly monthly "
    "lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui demain hier midi minuit "
    "matin soir lendemain quotidien hebdomadaire "
    "lunes martes miercoles jueves viernes sabado domingo hoy manana ayer mediodia medianoche "
    "tarde noche "
    # months; March, May, mars and mai are words of other meanings too
    "january february april june july august september october november december "
    "janvier fevrier avril juin juillet aout septembre octobre novembre decembre "
    "enero febrero abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_WORD = re.compile(rf"\b({'|'.join(sorted(_WORDS.split(), key=len, reverse=True))})s?\b")
_MONTH = re.compile(r"\b(march|may|mars|mai)\b(?= \d)|(?<=\d )(march|may|mars|mai|marzo)\b")


def facts_of(text: str) -> list[Fact]:
    """Return the facts of a text in the order they stand."""
    folded = folded_for_facts(text)
    found = [_number(match) for match in _NUMBER.finditer(folded)]
    for pattern in (_WORD, _MONTH):
        found += [
            Fact(value=match.group(match.lastindex or 0), unit="", start=match.start())
            for match in pattern.finditer(folded)
        ]
    return sorted(found, key=lambda fact: fact.start)


def folded_for_facts(text: str) -> str:
    """Return a text as facts are read from: folded, with plain spaces and apostrophes."""
    return re.sub(r"\s+", " ", straightened(text))


def _number(match: re.Match[str]) -> Fact:
    unit = ""
    for at, name in enumerate(_UNITS):
        if match[f"u{at}"] is not None:
            unit = name
            break
    return Fact(
        value=match["number"].replace(" ", ""),
        unit=unit or match["sign"] or "",
        start=match.start("number"),
    )
