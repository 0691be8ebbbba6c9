"""Say in one sentence what a triage rule does."""

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from core.domain.rule import Conditions, Hours, Outcome, TriageRule
from desktop.panes.rules.words import filled, joined, language_name, mood_words, quoted
from desktop.style.channels import channel_mark

_WEEK = (0, 1, 2, 3, 4, 5, 6)


def conditions_of(rule: TriageRule) -> str:
    """Return what is asked of a message, for a row that has room for little."""
    parts = [part for part in _parts(rule.conditions) if part]
    if not parts:
        return sentence_of(rule)
    joint = joined(parts, _and())
    return joint[:1].upper() + joint[1:]


def sentence_of(rule: TriageRule) -> str:
    """Return “When a message on X contains “…”, hand it over to a person.”."""
    parts = [part for part in _parts(rule.conditions) if part]
    translate = QCoreApplication.translate
    if not parts:
        return translate("TriageRule", "Nothing is asked of the message yet.")
    what = {
        Outcome.IGNORE: translate("TriageRule", "ignore it."),
        Outcome.ESCALATE: translate("TriageRule", "hand it over to a person."),
        Outcome.AUTO_REPLY: translate("TriageRule", "answer it when an answer is on file."),
    }[rule.outcome]
    conditions = joined(parts, _and())
    whole = translate("TriageRule", "When a message %1, %2", "conditions, outcome")
    return filled(whole, conditions, what)


def _parts(conditions: Conditions) -> list[str]:
    return [
        _channels(conditions),
        _words(conditions),
        _pattern(conditions),
        _languages(conditions),
        _mood(conditions),
        _labels(conditions),
        _hours(conditions.hours),
    ]


def _or() -> str:
    return QCoreApplication.translate("TriageRule", "%1 or %2")


def _and() -> str:
    return QCoreApplication.translate("TriageRule", "%1 and %2")


def _channels(conditions: Conditions) -> str:
    if not conditions.platforms:
        return ""
    names = [channel_mark(each).name for each in conditions.platforms]
    sentence = QCoreApplication.translate("TriageRule", "comes by %1")
    return filled(sentence, joined(names, _or()))


def _words(conditions: Conditions) -> str:
    if not conditions.keywords:
        return ""
    words = [quoted(each, 30) for each in conditions.keywords]
    sentence = QCoreApplication.translate("TriageRule", "contains %1")
    return filled(sentence, joined(words, _or()))


def _pattern(conditions: Conditions) -> str:
    if conditions.pattern is None:
        return ""
    sentence = QCoreApplication.translate("TriageRule", "matches the pattern %1")
    return filled(sentence, quoted(conditions.pattern, 40))


def _languages(conditions: Conditions) -> str:
    if not conditions.languages:
        return ""
    names = [language_name(each) for each in conditions.languages]
    sentence = QCoreApplication.translate("TriageRule", "is written in %1")
    return filled(sentence, joined(names, _or()))


def _mood(conditions: Conditions) -> str:
    if conditions.sentiment is None:
        return ""
    sentence = QCoreApplication.translate("TriageRule", "sounds %1")
    return filled(sentence, mood_words(conditions.sentiment))


def _labels(conditions: Conditions) -> str:
    if not conditions.labels:
        return ""
    labels = [quoted(each, 30) for each in conditions.labels]
    sentence = QCoreApplication.translate("TriageRule", "carries the label %1")
    return filled(sentence, joined(labels, _or()))


def _hours(hours: Hours | None) -> str:
    if hours is None:
        return ""
    translate = QCoreApplication.translate
    sentence = (
        translate("TriageRule", "arrives outside %1 to %2 on %3")
        if hours.outside
        else translate("TriageRule", "arrives between %1 and %2 on %3")
    )
    ends = [
        QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)
        for at in (hours.start, hours.end)
    ]
    days = day_words(hours.days)
    return filled(sentence, *ends, days)


def day_words(days: tuple[int, ...]) -> str:
    """Return days of the week as people say them; 0 is Monday."""
    translate = QCoreApplication.translate
    chosen = tuple(sorted(set(days)))
    if chosen == _WEEK:
        return translate("TriageRule", "any day")
    if chosen == _WEEK[:5]:
        return translate("TriageRule", "working days")
    if chosen == _WEEK[5:]:
        return translate("TriageRule", "weekends")
    names = [QLocale().dayName(each + 1) for each in chosen]
    return joined(names, _and())
