"""The pane's words for what the engine says in codes."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from core.domain.decision import Citation, Decision
from core.domain.errors import NotSetUp, Refused, SocialSyncError
from core.domain.rule import Outcome, Sentiment
from desktop.bridge.trouble import trouble_of
from desktop.style.tokens import Tone
from desktop.widgets.quotes import Source
from desktop.widgets.writing import one_line

DECISION_ICONS: Final = {
    Decision.RESPOND: "send",
    Decision.IGNORE: "minus",
    Decision.ESCALATE: "escalation",
}
DECISION_TONES: Final = {
    Decision.RESPOND: Tone.GOOD,
    Decision.IGNORE: Tone.NEUTRAL,
    Decision.ESCALATE: Tone.WARNING,
}
OUTCOME_TONES: Final = {
    Outcome.AUTO_REPLY: Tone.GOOD,
    Outcome.IGNORE: Tone.NEUTRAL,
    Outcome.ESCALATE: Tone.WARNING,
}
_PLACE: Final = re.compile(r"%([1-9])")
LANGUAGES: Final = ("fr", "en", "de", "es", "it", "nl", "pt", "ar")


def decision_words(decision: Decision) -> str:
    """Return what was decided, for a pill."""
    translate = QCoreApplication.translate
    return {
        Decision.RESPOND: translate("Rules", "Answered"),
        Decision.IGNORE: translate("Rules", "Ignored"),
        Decision.ESCALATE: translate("Rules", "Handed over"),
    }[decision]


def should_words(decision: Decision) -> str:
    """Return what should be done, for a choice."""
    translate = QCoreApplication.translate
    return {
        Decision.RESPOND: translate("Rules", "Answer it"),
        Decision.IGNORE: translate("Rules", "Ignore it"),
        Decision.ESCALATE: translate("Rules", "Hand it over to a person"),
    }[decision]


def outcome_words(outcome: Outcome) -> str:
    """Return what a triage rule does, for a pill and a choice."""
    translate = QCoreApplication.translate
    return {
        Outcome.AUTO_REPLY: translate("Rules", "Answer"),
        Outcome.IGNORE: translate("Rules", "Ignore"),
        Outcome.ESCALATE: translate("Rules", "Hand over"),
    }[outcome]


def mood_words(mood: Sentiment) -> str:
    """Return a mood as an adjective that follows “the mood is”."""
    translate = QCoreApplication.translate
    return {
        Sentiment.POSITIVE: translate("Rules", "positive"),
        Sentiment.NEUTRAL: translate("Rules", "neutral"),
        Sentiment.NEGATIVE: translate("Rules", "negative"),
    }[mood]


def part_words(name: str) -> str:
    """Return what a part of the form is called."""
    translate = QCoreApplication.translate
    return {
        "instructions": translate("Rules", "Instructions"),
        "tone": translate("Rules", "Tone"),
        "ignore_examples": translate("Rules", "Messages to ignore"),
        "escalate_examples": translate("Rules", "Messages to hand over"),
        "respond_examples": translate("Rules", "Messages to answer"),
        "allow_listed_links": translate("Rules", "Allowed links"),
        "reply_lang": translate("Rules", "Language of replies"),
        "costs": translate("Rules", "Costs of mistakes"),
        "triage_rules": translate("Rules", "Advanced rules"),
    }[name]


def language_name(code: str) -> str:
    """Return a language as its speakers call it; the code for one that Qt lacks."""
    locale = QLocale(code)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return code
    name = str(locale.nativeLanguageName())
    # English is American and Spanish of Spain to Qt; no country is meant here.
    plain = {"en": "English", "es": "Español"}
    return plain.get(code, name[:1].upper() + name[1:])


def percent(share: float) -> str:
    """Return a share as a whole percentage, as the reader writes it."""
    sentence = QCoreApplication.translate("Rules", "%1%", "a percentage")
    return sentence.replace("%1", QLocale().toString(round(share * 100)))


def number(value: float, most: int = 1) -> str:
    """Return a number with as few decimals as it needs."""
    shown = round(value, most)
    decimals = 0 if shown == int(shown) else most
    return str(QLocale().toString(float(shown), "f", decimals))


def duration_words(milliseconds: float) -> str:
    """Return how long something took."""
    translate = QCoreApplication.translate
    if milliseconds < 1000:
        decimals = 1 if milliseconds < 10 else 0
        return translate("Rules", "%1 ms").replace("%1", number(milliseconds, decimals))
    return translate("Rules", "%1 s").replace("%1", number(milliseconds / 1000))


def filled(pattern: str, *values: str) -> str:
    """Return a pattern with its places %1, %2… filled in, whatever the values hold.

    One after the other they would also be looked for in each other's words.
    """
    return _PLACE.sub(lambda place: values[int(place[1]) - 1], pattern)


def joined(parts: list[str], pattern: str) -> str:
    """Return “a, b or c” for the pattern “%1 or %2”."""
    if len(parts) < 2:
        return "".join(parts)
    return filled(pattern, ", ".join(parts[:-1]), parts[-1])


def quoted(words: str, limit: int = 60) -> str:
    """Return somebody's words in quotation marks, on one line."""
    whole = one_line(words, limit + 1)
    cut = whole if len(whole) <= limit else f"{whole[:limit].rstrip()}…"
    return QCoreApplication.translate("Rules", "“%1”").replace("%1", cut)


def source_of(citation: Citation) -> Source:
    """Return a citation as the quotes show it."""
    return Source(title=citation.title, quote=citation.quote)


def refused_words(error: SocialSyncError) -> str:
    """Return an error as one message; a refusal says itself what is wrong with what."""
    if isinstance(error, NotSetUp | Refused):
        return one_line(f"{error.title} {error.next_step}")
    trouble = trouble_of(error)
    return f"{trouble.title}. {trouble.next_step}"


def trouble_words(error: SocialSyncError) -> tuple[str, str]:
    """Return title and hint for a page that could not be filled.

    What is missing, and why something is refused, only the engine's own words can say.
    """
    trouble = trouble_of(error)
    if isinstance(error, NotSetUp | Refused):
        return trouble.title, one_line(trouble.detail)
    return trouble.title, trouble.next_step


def locked_words() -> str:
    """Return why nothing can be saved."""
    return QCoreApplication.translate(
        "Rules", "You can look and try everything out. Owners and admins save the rules."
    )
