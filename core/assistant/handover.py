"""The note for the colleague who takes over: what is wanted, what was found, what to check.

In French or English, in the customer's language where it is one of the two: the
colleague is about to write in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.assistant.draft import as_prose
from core.assistant.triage import Sort
from core.domain.knowledge import Passage

MOST_SAID = 280
MOST_FOUND = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    wants: str
    sent_file: str
    found: str
    nothing: str
    check: Mapping[Sort, str]
    unsure: str
    missing: str
    objected: str
    by_rule: str
    other_language: str


_FRENCH = _Words(
    wants="Demande : « {said} »",
    sent_file="Un fichier sans texte a été envoyé.",
    found="Trouvé : {title} : « {text} »",
    nothing="Trouvé : rien dans la base de connaissances.",
    check={
        Sort.WANTS_HUMAN: "À faire : répondre en personne, c'est ce qui est demandé.",
        Sort.COMPLAINT: "À vérifier : la commande et ce qui s'est passé. Ne rien promettre avant.",
        Sort.NEEDS_EYES: "À faire : regarder le fichier ; l'assistant ne lit pas les images.",
        Sort.UNREADABLE: "À faire : ouvrir le message dans l'application d'origine.",
    },
    unsure="À vérifier : ce passage répond-il vraiment à la question ?",
    missing="À faire : répondre, puis ajouter la réponse à la base de connaissances.",
    by_rule="À faire : votre règle « {name} » confie ce message à une personne.",
    objected="Une réponse préparée a été retenue : {why}",
    other_language="À vérifier : le passage trouvé est dans une autre langue ({code}).",
)
_ENGLISH = _Words(
    wants="Asked: “{said}”",
    sent_file="A file without words was sent.",
    found="Found: {title}: “{text}”",
    nothing="Found: nothing in the knowledge base.",
    check={
        Sort.WANTS_HUMAN: "To do: answer in person, that is what is asked for.",
        Sort.COMPLAINT: "To check: the order and what happened. Promise nothing before.",
        Sort.NEEDS_EYES: "To do: look at the file; the assistant does not read pictures.",
        Sort.UNREADABLE: "To do: open the message in the app it came from.",
    },
    unsure="To check: does this passage really answer the question?",
    missing="To do: answer, then add the answer to the knowledge base.",
    by_rule="To do: your rule “{name}” gives this message to a person.",
    objected="A prepared reply was held back: {why}",
    other_language="To check: the passage found is in another language ({code}).",
)


def of_sort(sort: Sort, said: str, language: str) -> str:
    """Return the note for a message that a person should answer whatever is known."""
    words = _words(language)
    return "\n".join([_asked(words, said), words.check[sort]])


def of_rule(name: str, said: str, language: str) -> str:
    """Return the note for a message that one of the owner's rules gives to a person."""
    words = _words(language)
    return "\n".join([_asked(words, said), words.by_rule.format(name=name)])


def unanswered(said: str, language: str, best: Passage | None, *, is_near: bool) -> str:
    """Return the note for a question without a sure answer; `best` is what came nearest."""
    words = _words(language)
    if best is None or not is_near:
        return "\n".join([_asked(words, said), words.nothing, words.missing])
    check = words.unsure
    if best.lang_code != language:
        check = words.other_language.format(code=best.lang_code)
    return "\n".join([_asked(words, said), _found(words, best), check])


def held_back(said: str, language: str, best: Passage, why: str) -> str:
    """Return the note for a reply that the guard objected to."""
    words = _words(language)
    return "\n".join(
        [_asked(words, said), _found(words, best), words.objected.format(why=why)]
    )


def _words(language: str) -> _Words:
    return _FRENCH if language == "fr" else _ENGLISH


def _asked(words: _Words, said: str) -> str:
    return words.wants.format(said=_short(said, MOST_SAID)) if said else words.sent_file


def _found(words: _Words, passage: Passage) -> str:
    told = as_prose(passage.text) or passage.text  # a passage may be nothing but headings
    return words.found.format(title=passage.title, text=_short(told, MOST_FOUND))


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
