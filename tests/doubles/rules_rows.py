"""Made-up rules, decisions and rehearsals for the tests of the assistant pane."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from core.actions.correct import PendingExample
from core.actions.rehearse import Change, Rehearsal, Tried
from core.actions.replay_decision import Replayed
from core.domain.channel import AssistantMode, ChannelStatus, PlatformName
from core.domain.decision import Citation, Decision, Proposal, Verdict
from core.domain.ids import ChannelId, ConversationId, DecisionId
from core.domain.opinion import Opinion
from core.domain.rule import (
    Conditions,
    Hours,
    Outcome,
    Sentiment,
    TriageRule,
    reply_threshold,
)
from core.domain.rule import Costs as Costs
from core.queries.decisions import DecisionDetail, DecisionRow
from core.queries.health import ChannelHealth, Health
from core.queries.rules import Curve, CurvePoint, RulesRow, RuleUse
from tests.doubles.fake_bridge import NOON

PRICE = Citation(
    title="Prices", name="prices.pdf", quote="A birthday cake for ten costs 38 €."
)


def some_rules(**changes: Any) -> RulesRow:
    row = RulesRow(
        instructions="We are a café in Lyon. Say “vous”.",
        ignore_examples=("Buy followers now", "Thanks!"),
        ai_control_enabled=True,
        version=3,
        threshold=0.8,
        reply_lang="fr",
        escalate_examples=("I want my money back",),
        respond_examples=("Are you open on Sunday?",),
        tone="Friendly and short",
        allow_listed_links=("example.com/shop",),
        triage_rules=(a_rule(0), a_rule(1, name="At night"), a_rule(2, name="Praise")),
    )
    return replace(row, **changes)


def rule_id(number: int) -> UUID:
    return UUID(int=500 + number)


def a_rule(number: int, **changes: Any) -> TriageRule:
    conditions = (
        Conditions(platforms=("whatsapp",), keywords=("lawyer", "refund")),
        Conditions(hours=Hours(start=time(20), end=time(8), zone="Europe/Paris")),
        Conditions(sentiment=Sentiment.POSITIVE, languages=("fr", "en")),
    )
    outcomes = (Outcome.ESCALATE, Outcome.AUTO_REPLY, Outcome.IGNORE)
    rule = TriageRule(
        id=rule_id(number),
        name="Legal matters",
        conditions=conditions[number % 3],
        outcome=outcomes[number % 3],
    )
    return replace(rule, **changes)


def a_use(number: int, matches: int = 12) -> RuleUse:
    return RuleUse(rule_id=rule_id(number), matches=matches, last_at=NOON)


def a_channel(number: int, **changes: Any) -> ChannelHealth:
    platforms = (PlatformName.WHATSAPP, PlatformName.INSTAGRAM)
    channel = ChannelHealth(
        id=ChannelId(UUID(int=40 + number)),
        name=("Café Lumière", "@cafe.lumiere")[number % 2],
        platform=platforms[number % 2],
        status=ChannelStatus.ACTIVE,
        mode=(AssistantMode.AUTO, AssistantMode.DRAFT)[number % 2],
        paused_reason=None,
        last_inbound_at=NOON,
    )
    return replace(channel, **changes)


def some_health() -> Health:
    channels = (a_channel(0), a_channel(1))
    return Health(companion_alive=True, queued=0, uncertain=0, parked=0, channels=channels)


def a_curve(messages: int = 412) -> Curve:
    costs = (0.5, 1, 2, 3, 4, 6, 8, 12, 20, 35, 60, 100)
    points = []
    for cost in costs:
        threshold = reply_threshold(Costs(wrong_reply=cost))
        answered = 0.86 * (1 - threshold**3)
        points.append(
            CurvePoint(
                wrong_reply_cost=cost,
                threshold=threshold,
                answered=answered,
                escalated=1 - answered,
                expected_errors=answered * (1 - threshold) * 42,
            )
        )
    return Curve(points=tuple(points), messages=messages)


def decision_id(number: int) -> DecisionId:
    return DecisionId(UUID(int=9000 + number))


def a_decision(number: int, **changes: Any) -> DecisionRow:
    texts = (
        "Bonjour, vous faites des gâteaux d'anniversaire ? C'est pour dix personnes.",
        "I have been waiting for two weeks and nobody answers!",
        "🔥 Get 10k followers today, link in bio",
    )
    reasons = (
        "Answered by “Prices”.",
        "The customer complains; a person should look.",
        "Says the same as an example to ignore.",
    )
    kinds = (Decision.RESPOND, Decision.ESCALATE, Decision.IGNORE)
    row = DecisionRow(
        id=decision_id(number),
        conversation_id=ConversationId(UUID(int=700 + number)),
        customer=("Maëlle Kerguélen", "Tom Ford", "growth.guru")[number % 3],
        platform=(PlatformName.WHATSAPP, PlatformName.INSTAGRAM)[number % 2],
        text=texts[number % 3],
        decision=kinds[number % 3],
        confidence=(0.91, 0.88, 0.97)[number % 3],
        reason=reasons[number % 3],
        matched_rule="Buy followers now" if number % 3 == 2 else None,
        model="local",
        duration_ms=38,
        cost_credits=1,
        created_at=NOON - timedelta(minutes=17 * number),
        corrected=None,
    )
    return replace(row, **changes)


def a_detail(row: DecisionRow) -> DecisionDetail:
    answered = row.decision is Decision.RESPOND
    return DecisionDetail(
        row=row,
        reply="Bonjour Maëlle,\nUn gâteau pour dix coûte 38 €." if answered else None,
        citations=(PRICE,) if answered else (),
        snapshot={
            "language": "fr",
            "likely": 0.91,
            "threshold": 0.8,
            "rules_version": 3,
            "passages": [{}, {}, {}],
            "objections": [],
            "timings_ms": {"retrieve": 31.2, "draft": 4.1, "rules": 0.36},
        },
    )


def an_opinion(decision: Decision, reply: str | None = None) -> Opinion:
    return Opinion(
        decision=decision,
        confidence=0.84,
        reason="What was found may not answer.",
        reply=reply,
    )


def a_change(number: int, before: Decision, after: Decision) -> Change:
    row = a_decision(number)
    reply = (
        "Yes, we are open on Sunday from 9 to 17." if after is Decision.RESPOND else None
    )
    return Change(
        decision_id=row.id,
        conversation_id=row.conversation_id,
        customer=row.customer,
        text=row.text,
        before=an_opinion(before),
        after=an_opinion(after, reply),
    )


def a_rehearsal() -> Rehearsal:
    answer, hand_over, ignore = Decision.RESPOND, Decision.ESCALATE, Decision.IGNORE
    return Rehearsal(
        messages=214,
        changes=(
            a_change(0, hand_over, answer),
            a_change(1, hand_over, answer),
            a_change(2, answer, ignore),
            a_change(3, answer, hand_over),
        ),
    )


def a_try(decision: Decision = Decision.RESPOND, **changes: Any) -> Tried:
    answered = decision is Decision.RESPOND
    verdict = Verdict(
        decision=decision,
        confidence=0.91,
        reason="Answered by “Prices”." if answered else "The customer complains.",
    )
    proposal = Proposal(
        verdict=replace(verdict, **changes),
        reply="Un gâteau pour dix coûte 38 €." if answered else None,
        citations=(PRICE,) if answered else (),
        summary="" if answered else "Wants a refund for order 48213.",
    )
    return Tried(proposal=proposal, ms=41)


def a_replay(*, same: bool = True) -> Replayed:
    stored = an_opinion(Decision.ESCALATE)
    return Replayed(
        stored=stored,
        again=stored if same else an_opinion(Decision.IGNORE),
        today=an_opinion(Decision.RESPOND, "Yes, on Sunday too."),
        same=same,
        differences=("The rules have changed since.", "“Prices” was added since."),
    )


def a_proposal(number: int) -> PendingExample:
    return PendingExample(
        decision_id=decision_id(number),
        text="Est-ce que le pain est sans gluten ?",
        decided=Decision.ESCALATE,
        should=Decision.RESPOND,
        note="It is in the allergens list.",
        member_name="Inès",
        created_at=NOON,
    )
