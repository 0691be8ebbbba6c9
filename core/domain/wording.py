"""The words that carry an answer, without the frame around them and without persons.

A reply to one customer becomes material for all: compared with what the assistant would
have said, or kept as the answer of a FAQ entry. For both, "Bonjour Nora," and "Belle
journée, Marc" say nothing, and what belongs to one customer must go.
"""

import re
from collections.abc import Iterable

REMOVED = "[…]"
"""Stands where something personal was, so that whoever edits sees the hole."""

_WHO = (
    r"(?:[ \u00a0]+(?:(?i:madame|monsieur|mesdames|messieurs|mme|mr|mrs|ms|miss|sir|madam|there"
    r"|all|everyone|customer|again|et|and|à vous|à tous|à toi|team|señora?)\b\.?|[A-ZÀ-ÖØ-Þ][\w'’-]*)){0,4}"
)
_GREETING = re.compile(
    r"^\W*(?i:bonjour|bonsoir|salut|coucou|re-?bonjour|hello|hi|hey|dear|ch(?:er|ère)s?"
    r"|good (?:morning|afternoon|evening)|hola|buenos días|buenas(?: tardes| noches)?)\b"
    + _WHO
    + r"(?:(?:[^\S\n]*[^\w\s€$£¿¡(]+)+[^\S\n]*|[^\S\n]*\n|[^\S\n]*\Z)\s*"
)
_BARE_GREETING = re.compile(
    r"^(?i:bonjour|bonsoir|hello|hi|hey|hola)\b[^\S\n]+(?=[a-zà-öø-ÿ0-9])"
)
_THANKS_FIRST = re.compile(
    r"^(?i:merci (?:beaucoup )?(?:pour|de) (?:votre|ton|cette|nous avoir)[^.!\n]{0,60}[.!\n]\s*"
    r"|(?:many )?thank(?:s| you)(?: so much| a lot)? for (?:your|getting|reaching|writing|asking"
    r"|the|contacting)[^.!\n]{0,60}[.!\n]\s*|gracias por (?:su|tu|escribir)[^.!\n]{0,60}[.!\n]\s*)"
)
_CLOSING = re.compile(
    r"(?:(?<=[.!?…)])\s+|\n\s*|(?<=^))"
    r"(?i:(?:très |tres )?(?:bonne|belle|excellente) (?:journée|soirée|fin de|semaine|après-midi)"
    r"|bon (?:week-?end|après-midi)|(?:bien |très )?cordialement|bien à (?:vous|toi)"
    r"|sincères salutations|salutations|à (?:très )?(?:bientôt|vite)|à (?:demain|samedi)\b"
    r"|amicalement|merci (?:encore|à vous|beaucoup)|bien à vous"
    r"|(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|sincerely|yours|cheers|all the best"
    r"|best,|have a (?:nice|great|good|lovely)|see you|take care|thanks again|many thanks"
    r"|un (?:cordial )?saludo|saludos|que tenga|hasta pronto)"
    r"[^\n]{0,60}(?:\n[^\n]{0,40}){0,3}\s*\Z"
)
_NAME_LAST = re.compile(
    r"\n\s*(?:[-–—~]+\s*)?(?:(?i:l['’]équipe|the)\s+)?[A-ZÀ-ÖØ-Þ][\w'’-]+"
    r"(?:[ ,]+(?:(?i:de|du|la|le|from|at|team|et|and|chez)\s+)*[A-ZÀ-ÖØ-Þ][\w'’-]+){0,3}\s*\Z"
)
_DASHED_NAME = re.compile(r"\s+[-–—~]+\s*[A-ZÀ-ÖØ-Þ][\w'’-]+\s*\Z")

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_PHONE = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ \u00a0.()-]{0,2}\d){8,14}(?!\w)")
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b")
_REFERENCE = re.compile(
    r"#[ ]?[A-Z]{0,5}-?\d{3,}|\b[A-Z]{1,5}-?\d{5,}\b|(?<![\w.,])\d{6,}(?![\w])"
)
_HANDLE = re.compile(r"(?<!\w)@[A-Za-z][\w.]{2,30}")


def without_frame(text: str) -> str:
    """Return a reply without its greeting, its thanks for writing, and its signature.

    A reply that is nothing else is returned as it is.
    """
    whole = text.strip()
    kept = whole
    for opening in (_GREETING, _BARE_GREETING, _THANKS_FIRST, _GREETING):
        kept = opening.sub("", kept, count=1)
    for ending in (_CLOSING, _NAME_LAST, _DASHED_NAME, _CLOSING):
        kept = ending.sub("", kept, count=1).rstrip()
    kept = kept.strip()
    return kept[:1].upper() + kept[1:] if any(map(str.isalnum, kept)) else whole


def without_persons(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with `REMOVED` in place of what belongs to one person.

    E-mail addresses, telephone and account numbers, references of orders, handles, and the
    given names. A postal address is not recognised: a person reads it before it is kept.
    """
    dates: list[str] = []

    def keep(found: re.Match[str]) -> str:
        dates.append(found.group())
        return f"\x00{chr(0xE000 + len(dates) - 1)}\x00"

    # Dates have as many digits as a telephone number, and belong to everybody.
    kept = _DATE.sub(keep, text)
    for pattern in (_MAIL, _ACCOUNT, _PHONE, _REFERENCE, _HANDLE):
        kept = pattern.sub(REMOVED, kept)
    for name in _whole_and_parts(names):
        kept = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", REMOVED, kept)
    for at, date in enumerate(dates):
        kept = kept.replace(f"\x00{chr(0xE000 + at)}\x00", date)
    return kept


def _whole_and_parts(names: Iterable[str]) -> list[str]:
    """Return names and their parts, the longest first; initials say nothing."""
    parts = {part for name in names for part in (name.strip(), *name.split())}
    return sorted(
        (part for part in parts if len(part) > 2), key=lambda part: (-len(part), part)
    )
