"""Texts with personal data and texts without, made from the forms of three countries.

A seed makes them, so that a failure can be looked at. Numbers are made with their check
digits right, as they are in life; `Labelled.values` is what must not leave the machine.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

FRAMES = {
    "fr": (
        "Bonjour, voici mon {what} : {value}.",
        "Vous pouvez me joindre avec le {value}, merci !",
        "Mon {what}, c'est {value} et j'attends votre retour",
        "{value}",
        "Suite à ma commande du 12/05/2026 ({value}), je n'ai rien reçu.",
    ),
    "en": (
        "Hi, my {what} is {value}.",
        "Please use {value}, thanks!",
        "You asked for the {what}: {value} (sent on 5 May 2026)",
        "{value}",
        "I paid 12.50 yesterday, {what} {value}; where is my order?",
    ),
    "es": (
        "Hola, mi {what} es {value}.",
        "Pueden usar {value}, ¡gracias!",
        "El {what}: {value}, para el pedido de 25,90 €",
        "{value}",
        "Les escribo por el {what} {value} y nada más.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text, and the personal data in it."""

    text: str
    kind: str
    values: tuple[str, ...]


def labelled(count: int = 720, seed: int = 41) -> list[Labelled]:
    """Return texts with one or two pieces of personal data each, kinds in turn."""
    dice = random.Random(seed)  # noqa: S311 - test data
    kinds = list(MAKERS)
    return [_one(dice, kinds[at % len(kinds)]) for at in range(count)]


def _one(dice: random.Random, kind: str) -> Labelled:
    language = dice.choice(list(FRAMES))
    value = MAKERS[kind](dice)
    text = dice.choice(FRAMES[language]).format(what=_WHAT[language], value=value)
    values = [value]
    if dice.random() < 0.2:
        second = MAKERS[dice.choice(list(MAKERS))](dice)
        text, values = f"{text}\n{second}", [value, second]
    return Labelled(text=text, kind=kind, values=tuple(values))


_WHAT = {"fr": "numéro", "en": "number", "es": "número"}


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _grouped(digits: str, sizes: tuple[int, ...], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return gap.join(part for part in [*parts, digits[at:]] if part)


def _card(dice: random.Random) -> str:
    start, size = dice.choice(
        [("4", 16), ("51", 16), ("37", 15), ("6011", 16), ("2221", 16)]
    )
    body = start + _digits(dice, size - 1 - len(start))
    total = 0
    for at, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    digits = body + str(-total % 10)
    sizes = (4, 6, 5) if size == 15 else (4, 4, 4, 4)
    return _grouped(digits, sizes, dice.choice(["", " ", "-", "\u00a0"]))


def _iban(dice: random.Random) -> str:
    country, size = dice.choice(
        [("FR", 23), ("ES", 20), ("GB", 18), ("DE", 18), ("BE", 12)]
    )
    account = _digits(dice, size)
    if country == "GB":
        account = "NWBK" + account[4:]
    if country == "FR":
        account = account[:20] + "X" + account[21:]
    turned = "".join(str(int(char, 36)) for char in f"{account}{country}00")
    whole = f"{country}{98 - int(turned) % 97:02}{account}"
    if dice.random() < 0.2:
        whole = whole.lower()
    return _grouped(whole, (4,) * 8, dice.choice(["", " "]))


def _email(dice: random.Random) -> str:
    name = dice.choice(
        ["lea.martin", "j_smith+shop", "ana-garcia", "o'neill", "élodie.petit"]
    )
    name = name.replace("'", "")
    host = dice.choice(
        ["gmail.com", "orange.fr", "mail.example.co.uk", "empresa.es", "a-b.org"]
    )
    made = f"{name}{dice.randrange(100)}@{host}"
    return made.upper() if dice.random() < 0.1 else made


def _french_phone(dice: random.Random) -> str:
    local = dice.choice("123456789") + _digits(dice, 8)
    gap = dice.choice([" ", ".", "", "-"])
    pairs = _grouped("0" + local, (2, 2, 2, 2, 2), gap)
    abroad = gap.join(["+33", local[0], *(local[at : at + 2] for at in range(1, 9, 2))])
    zeros = f"0033{local}"
    optional = f"+33 (0){local[0]} {_grouped(local[1:], (2, 2, 2), ' ')}"
    return dice.choice([pairs, pairs, abroad, zeros, optional])


def _spanish_phone(dice: random.Random) -> str:
    digits = dice.choice("679") + _digits(dice, 8)
    gap = dice.choice([" ", "-", "."])
    return dice.choice(
        [
            _grouped(digits, (3, 3, 3), gap),
            _grouped(digits, (3, 2, 2, 2), gap),
            _grouped(digits, (2, 3, 2, 2), gap),
            digits,
            f"+34 {_grouped(digits, (3, 3, 3), gap)}",
            f"0034{digits}",
        ]
    )


def _english_phone(dice: random.Random) -> str:
    seven = _digits(dice, 7)
    area = dice.choice("23456789") + _digits(dice, 2)
    line = f"{dice.choice('23456789')}{seven[1:3]}", seven[3:]
    return dice.choice(
        [
            f"07{_digits(dice, 3)} {_digits(dice, 6)}",
            f"07{_digits(dice, 9)}",
            f"020 {_digits(dice, 4)} {_digits(dice, 4)}",
            f"+44 7{_digits(dice, 3)} {_digits(dice, 6)}",
            f"+44 (0)20 {_digits(dice, 4)} {_digits(dice, 4)}",
            f"({area}) {line[0]}-{line[1]}",
            f"{area}-{line[0]}-{line[1]}",
            f"+1 {area} {line[0]} {line[1]}",
            f"+1-{area}-{line[0]}-{line[1]}",
        ]
    )


def _nir(dice: random.Random) -> str:
    month = f"{dice.randrange(1, 13):02}"
    place = dice.choice(["75", "69", "2A", "13", "99"])
    body = f"{dice.choice('12')}{_digits(dice, 2)}{month}{place}{_digits(dice, 6)}"
    key = 97 - int(body.replace("2A", "19")) % 97
    whole = f"{body}{key:02}"
    if dice.random() < 0.2:
        whole = body
    return _grouped(whole, (1, 2, 2, 2, 3, 3, 2), dice.choice(["", " "]))


def _dni(dice: random.Random) -> str:
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    first = dice.choice(["", "X", "Y"])
    digits = _digits(dice, 7 if first else 8)
    number = int({"": "", "X": "0", "Y": "1"}[first] + digits)
    return f"{first}{digits}{dice.choice(['', '-'])}{letters[number % 23]}"


def _nino(dice: random.Random) -> str:
    return _grouped(f"AB{_digits(dice, 6)}C", (2, 2, 2, 2, 1), dice.choice(["", " "]))


def _ssn(dice: random.Random) -> str:
    return _grouped(_digits(dice, 9), (3, 2, 4), "-")


def _long_id(dice: random.Random) -> str:
    return dice.choice("123456789") + _digits(dice, dice.randrange(9, 17))


def _siret(dice: random.Random) -> str:
    return _grouped(_digits(dice, 14), (3, 3, 3, 5), " ")


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "card": _card,
    "iban": _iban,
    "email": _email,
    "phone fr": _french_phone,
    "phone es": _spanish_phone,
    "phone en": _english_phone,
    "nir": _nir,
    "dni": _dni,
    "nino": _nino,
    "ssn": _ssn,
    "long id": _long_id,
    "siret": _siret,
}


def harmless(count: int = 600, seed: int = 43) -> list[str]:
    """Return texts full of numbers that say nothing about a person."""
    dice = random.Random(seed)  # noqa: S311 - test data
    return [dice.choice(_HARMLESS)(dice) for _ in range(count)]


def _price(dice: random.Random) -> str:
    euros, cents = dice.randrange(1, 2000), dice.randrange(100)
    return dice.choice(
        [
            f"Le colis coûte {euros},{cents:02} € et la livraison 4,90 €.",
            f"It is €{euros}.{cents:02}, or ${euros + 3}.{cents:02} in the US.",
            f"Cuesta {euros},{cents:02} euros, IVA incluido (21 %).",
            f"Total : {euros} {cents:03},50 € TTC",
            f"Order total: 1,{euros % 900 + 100}.{cents:02} USD",
            f"{euros % 90 + 10} {dice.randrange(100, 999)} {dice.randrange(100, 999)} € en tout",
            f"{dice.randrange(100, 999)} {dice.randrange(100, 999)} {dice.randrange(100, 999)} €",
        ]
    )


def _date(dice: random.Random) -> str:
    day, month, year = (
        dice.randrange(1, 29),
        dice.randrange(1, 13),
        dice.randrange(2020, 2030),
    )
    return dice.choice(
        [
            f"Livré le {day:02}/{month:02}/{year} ?",
            f"Since {year}-{month:02}-{day:02} I wait.",
            f"El {day:02}.{month:02}.{year}, por la tarde",
            f"Du {day:02}/{month:02} au {day:02}/{month % 12 + 1:02}/{year}",
            f"On {day} May {year} at 10:30, or {day + 1} June {year} at 09:45",
            f"{day:02}-{month:02}-{year} {day:02}:{month:02}:{year % 60:02}",
        ]
    )


def _hours(dice: random.Random) -> str:
    opens, closes = dice.randrange(6, 12), dice.randrange(13, 23)
    return dice.choice(
        [
            f"Ouvert de {opens:02}h30 à {closes}h00, sauf le lundi.",
            f"We open {opens}:00 am to {closes - 12}:30 pm, Mon-Sat.",
            f"De {opens}:00 a {closes}:30, y domingos 10:00-14:00.",
            f"Lun-Ven {opens:02}:00-12:00 / 14:00-{closes}:00",
            f"{opens:02}.00–{closes}.30",
        ]
    )


def _amount(dice: random.Random) -> str:
    grams = dice.randrange(100, 5000)
    return dice.choice(
        [
            f"Do you sell the {grams} g bag, or 2 x {grams} g?",
            f"Taille {dice.randrange(36, 46)}, {grams} ml, réf. {dice.randrange(1000, 99999)}.",
            f"Mi pedido #{dice.randrange(1000, 9999999)} no llega",
            f"Commande n° {dice.randrange(1000, 99999999)}, 3 articles",
            f"{dice.randrange(10000, 95999)} Lyon, 12 rue de la Paix",
            f"12 bis, avenue Foch, {dice.randrange(10000, 95999)} Paris, 2e étage",
            f"Les {grams} premiers clients, soit {dice.randrange(2, 99)} % de plus qu'en 2024",
            f"Version {dice.randrange(9)}.{dice.randrange(20)}.{dice.randrange(99)} of the app",
        ]
    )


_HARMLESS = (_price, _date, _hours, _amount)
