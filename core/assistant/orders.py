"""Notice words in our own knowledge that are meant for a machine, not for a customer.

Whoever can slip a page into the knowledge base (a supplier's leaflet, a web page, a file
with white letters) could otherwise have it quoted. Nothing here is obeyed in any case: the
point is that an order is not a reply, and a person should see what has come in.
"""

import re
from collections.abc import Sequence

from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.knowledge.language import straightened

_RULES = (
    r"(?:instructions?|instrucciones|istruzioni|instrucoes|anweisungen|consignes?|rules"
    r"|regles|reglas|regeln|regole|prompt|guidelines|orders)"
)
_MACHINE = (
    r"(?:assistant|assistent(?:en|e|in)?|asistente|assistente|chatbot|bot|ki|ai|ia"
    r"|a\.i\.|(?:large )?language model|llm|modele de langage|modelo de lenguaje|sprachmodell)"
)
_PHRASES = (
    # "Forget your previous instructions", in six languages.
    rf"(?:ignore[rz]?|disregard|forget|oublie[rz]?|ignora|olvida|dimentica|esquece"
    rf"|vergiss|ignoriere)\b[^.!?\n]{{0,60}}\b(?:{_RULES}|everything|ce qui precede)",
    rf"(?:new|previous|current|nouvelle|hidden|system) {_RULES}\b",
    r"system ?prompt\b|new priority above\b|ta nouvelle mission\b",
    r"(?:you are|you're) (?:now|no longer)\b|from now on you\b",
    r"tu es desormais\b|a partir de maintenant\b|deja de ser\b|stop being (?:a|an|the)\b",
    # Addressed to the assistant by name.
    rf"(?:note|notice|instruction|message|order|consigne|hinweis|nota|aviso)s? "
    rf"(?:to|for|a l'|aux?|pour l'|an den|an die|al|para el|para a) ?{_MACHINE}\b",
    rf"{_MACHINE}s?(?: models?)? ?(?::|=|\]|reading this\b|to=)",
    rf"(?:if|as) (?:you are )?an? {_MACHINE}\b|are a {_MACHINE}\b",
    # What to answer, rather than the answer.
    r"(?:answer|reply|respond|reponds|responde|antworte)\b[^.!?\n]{0,40}"
    r"\b(?:only|seulement|uniquement|solo|nur)\b",
    r"(?:append|add|ajoute|anade|hange|include|copy|put)\b[^.!?\n]{0,60}"
    r"\b(?:answer|reply|message|response|reponse|respuesta|antwort|enlace|lien|link)",
    r"(?:end|termine|close)\b (?:your|each|every|chaque|ta)\b",
    r"(?:answer|reply|reponds|responde) (?:each|every|the next|a toute|auf jede"
    r"|with (?:this|:)|avec|con|:)",
    r"whoever asks\b|tell every customer\b|write your answer\b"
    r"|a toute question\b[^.!?\n]{0,60}\breponds\b|auf jede frage\b",
    r"(?:summari[sz]e|e-?mail|send|forward|envoie)\b[^.!?\n]{0,40}"
    r"\b(?:conversations?|echanges|customer list)\b",
    # Forged turns, tools and documents.
    r"system(?:e)? ?:|consigne systeme\b|fin des donnees\b",
    r"functions?\.\w+|observation: |final answer:|\w+\(\w+=|begin:vcard\b",
    # What only people may do.
    r"(?:approve|approuve|aprueba|gib)\b[^.!?\n]{0,40}"
    r"\b(?:drafts?|suggestions?|brouillons?|borradores|entwurf)",
    r"without (?:a )?review\b|automatic sending\b|envoi automatique\b"
    r"|never escalate\b|set the confidence\b",
    r"(?:decode|decrypt|base64|rot13)\b|hex order\b|fuhre aus\b"
    r"|(?:and|et|y|und) obe(?:y|is)\b|obey:",
    r"pretend (?:you|that you|to be)\b|imagine you are\b|let's play a game\b"
    r"|fai finta\b|juguemos\b|jouons\b|say your line\b",
)
"""Each begins with a word, so nothing is looked for inside of one."""
_SIGNS = (
    r"<\|?/?(?:im_start|im_end|system|sistema|systeem|tool|context|assistant)",
    r"\[(?:system|systeme|message systeme|systemnachricht)|#{2,} ?(?:system|user|instr)",
    r"[\"'](?:tool|function|decision|reply|accion|arguments)[\"'] ?:",
)
_ORDERS = re.compile(rf"\b(?:{'|'.join(_PHRASES)})|{'|'.join(_SIGNS)}")
_MARKUP = re.compile(r"!\[[^\]]*\]\(|<(?:!--|[a-z]+[ >/])", re.IGNORECASE)
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\x1b]")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u2060-\u2064]")
_STRAY = 60
"""One zero-width character in so many is an accident."""
_MIXED = re.compile("[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]")
_SHOWN = 80


def objections(citations: Sequence[Citation], passages: Sequence[Passage]) -> list[str]:
    """Return which sources no customer should be quoted from before a person has looked.

    The whole passage is read, not only what is quoted of it: the sentence with the link
    looks harmless without the next one, which tells us to send everybody there.
    """
    found = []
    for citation in citations:
        source = (citation.document_id, citation.faq_id)
        around = [p.text for p in passages if (p.document_id, p.faq_id) == source]
        held = (why_not(words) for words in (citation.quote, *around))
        why = next((one for one in held if one is not None), None)
        if why is not None:
            found.append(f"“{citation.title}” {why}")
    return found


def why_not(quote: str) -> str | None:
    """Return what a quote holds that is not for customers, None when nothing is."""
    if _hides(quote):
        return "holds characters that nobody sees."
    if _MIXED.search(quote.lower()):
        return "mixes alphabets within a word."
    if _MARKUP.search(quote):
        return "holds code where words are expected."
    order = _ORDERS.search(straightened(quote))
    if order is not None:
        words = " ".join(order.group().split())[:_SHOWN]
        return f"seems to instruct the assistant: “{words}”"
    return None


def _hides(quote: str) -> bool:
    """Return whether a text has more in it than an eye sees.

    A stray zero-width space is what copying from a web page leaves; a text that is full of
    them, or turned around, or spelt in tag characters, was made so.
    """
    if _UNSEEN.search(quote):
        return True
    return len(_ZERO_WIDTH.findall(quote)) > 1 + len(quote) // _STRAY
