"""Which of the owner's rules a message falls under, and what follows from it.

Rules come before everything else: what an owner has stated exactly is not up for a guess.
`ignore` and `escalate` end the run; `auto_reply` lets it go on and keeps it from ignoring
the message, while a wish for a person or a complaint goes to a person all the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from core.assistant import handover, pattern, signals
from core.assistant.reading import Reading
from core.assistant.run import Json, Run
from core.assistant.state import Case
from core.domain.decision import Decision, EscalationReason, Proposal, Verdict
from core.domain.errors import Refused
from core.domain.rule import (
    Conditions,
    Outcome,
    Sentiment,
    TriageRule,
    holds_at,
)
from core.knowledge.language import straightened, unaccented

NEGATIVE = 0.6
"""From this much anger on a message is negative: one word of disappointment is enough."""
CERTAIN = 1.0
"""A rule matches or it does not."""
SHOWN_CHARS = 40

_DECISIONS = {Outcome.IGNORE: Decision.IGNORE, Outcome.ESCALATE: Decision.ESCALATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What conditions can ask about a message."""

    text: str
    platform: str
    language: str
    sentiment: Sentiment
    labels: frozenset[str]
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMatch:
    """The rule that decides, and what of its conditions was found."""

    rule: TriageRule
    because: tuple[str, ...]


def sentiment_of(said: str) -> Sentiment:
    """Return the tone of a message, from the same signals that triage reads.

    Negative is any anger worth a word (`NEGATIVE`), positive a message that only greets,
    thanks or smiles, everything else neutral: a question in a friendly frame is a question.
    """
    seen = signals.read(said)
    if seen.anger >= NEGATIVE:
        return Sentiment.NEGATIVE
    if said and seen.is_courtesy and not seen.anger:
        return Sentiment.POSITIVE
    return Sentiment.NEUTRAL


def asked_of(read: Reading, case: Case) -> Asked:
    """Return what the conditions are held against."""
    return Asked(
        text=read.said,
        platform=case.platform,
        language=read.language,
        sentiment=sentiment_of(read.said),
        labels=frozenset(map(unaccented, case.labels)),
        at=case.at,
    )


def first_match(rules: Sequence[TriageRule], asked: Asked) -> RuleMatch | None:
    """Return the first enabled rule whose conditions all hold."""
    for rule in rules:
        because = held(rule.conditions, asked) if rule.enabled else None
        if because is not None:
            return RuleMatch(rule=rule, because=because)
    return None


def held(conditions: Conditions, asked: Asked) -> tuple[str, ...] | None:
    """Return why the conditions hold, in words, or None if one of them does not.

    Where nothing is asked nothing holds, however such a rule came to be.
    """
    found = []
    for check in _CHECKS:
        for reason in check(conditions, asked):
            if reason is None:
                return None
            found.append(reason)
    return tuple(found) or None


Checked = Iterator[str | None]
"""Nothing where a condition is not set; else why it holds, or None."""


def _platform(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.platforms:
        yield asked.platform if asked.platform in conditions.platforms else None


def _hours(conditions: Conditions, asked: Asked) -> Checked:
    hours = conditions.hours
    if hours is not None:
        word = "outside" if hours.outside else "within"
        holds = asked.at is not None and holds_at(hours, asked.at)
        yield f"{word} {hours.start:%H:%M} to {hours.end:%H:%M}" if holds else None


def _language(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.languages:
        yield asked.language if asked.language in conditions.languages else None


def _sentiment(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.sentiment is not None:
        yield asked.sentiment if asked.sentiment is conditions.sentiment else None


def _labels(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.labels:
        carried = (one for one in conditions.labels if unaccented(one) in asked.labels)
        label = next(carried, None)
        yield label and f"label “{label}”"


def _keywords(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.keywords:
        folded = _folded(asked.text)
        said = (one for one in conditions.keywords if _whole(one).search(folded))
        keyword = next(said, None)
        yield keyword and f"“{keyword[:SHOWN_CHARS]}”"


def _pattern(conditions: Conditions, asked: Asked) -> Checked:
    if conditions.pattern is not None:
        yield "its pattern" if _finds(conditions.pattern, asked.text) else None


_CHECKS: tuple[Callable[[Conditions, Asked], Checked], ...] = (
    _platform,
    _hours,
    _language,
    _sentiment,
    _labels,
    _keywords,
    _pattern,
)
"""The cheap ones first."""


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    return straightened(text)


@lru_cache(maxsize=2048)
def _whole(keyword: str) -> re.Pattern[str]:
    """Return what finds a keyword as a whole word or as whole words in a row."""
    words = r"\s+".join(map(re.escape, _folded(keyword).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _finds(typed: str, text: str) -> bool:
    try:
        return pattern.compiled(typed).is_in(text)
    except Refused:  # written past the checks; a rule that cannot be read is no rule
        return False


def matched(read: Reading, case: Case) -> Run:
    """Return what a run keeps of the rule it falls under; nothing if it falls under none."""
    found = first_match(case.rules.triage_rules, asked_of(read, case))
    if found is None:
        return {}
    return {
        "rule": {
            "id": str(found.rule.id),
            "name": found.rule.name,
            "outcome": found.rule.outcome.value,
            "because": list(found.because),
        }
    }


def is_settled(so_far: Run) -> bool:
    """Return whether the owner's rules leave nothing to think about."""
    return "rule" in so_far and so_far["rule"]["outcome"] != Outcome.AUTO_REPLY


def forbids_ignoring(so_far: Run) -> bool:
    """Return whether the owner wants this message answered."""
    return "rule" in so_far and so_far["rule"]["outcome"] == Outcome.AUTO_REPLY


def proposal(so_far: Run, read: Reading) -> Proposal:
    """Return what a rule that settles the matter says."""
    rule = so_far["rule"]
    decision = _DECISIONS[Outcome(rule["outcome"])]
    is_for_person = decision is Decision.ESCALATE
    return Proposal(
        verdict=Verdict(
            decision=decision,
            confidence=CERTAIN,
            reason=reason(rule),
            matched_rule=rule["name"],
            escalation_reason=EscalationReason.POLICY if is_for_person else None,
        ),
        summary=handover.of_rule(rule["name"], read.said, read.language)
        if is_for_person
        else "",
        language=read.language,
    )


def marked(so_far: Run, proposed: Proposal) -> Proposal:
    """Return a proposal that names the rule its message fell under, if there is one."""
    if "rule" not in so_far or proposed.verdict.matched_rule is not None:
        return proposed
    verdict = replace(proposed.verdict, matched_rule=so_far["rule"]["name"])
    return replace(proposed, verdict=verdict)


def reason(rule: Json) -> str:
    """Return why a rule applies, for the owner to read."""
    return f"Your rule “{rule['name']}” applies: {', '.join(rule['because'])}."
