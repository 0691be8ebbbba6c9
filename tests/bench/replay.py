"""Whether decisions replay to the same result, and how large what is kept for it is.

Six hundred messages of all kinds are decided by the companion's own loop, with the local
embedder, PostgreSQL and the café's knowledge. Then the knowledge is emptied, the rules are
replaced, and every decision is replayed from its snapshot; half of them are also asked for
through the action that the desktop calls.
"""

from collections import Counter
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from core.actions import configure, replay_decision, snapshots
from core.actions.configure import RuleSet
from core.assistant import replay
from core.domain.ids import DecisionId
from core.store import decision_log
from tests.bench._decided_inbox import Inbox, decide, open_inbox

DECISIONS = 600
ASKED = 100
"""Replayed through the action too, which also decides anew as of today."""


async def run() -> dict[str, Any]:
    """Decide, change everything, and replay."""
    async with open_inbox() as inbox:
        started = perf_counter()
        decided = await decide(inbox, DECISIONS)
        took = perf_counter() - started
        inbox.arrange.run("delete from knowledge_documents where user_id = %(tenant)s")
        inbox.arrange.run("delete from faq_qa where user_id = %(tenant)s")
        await configure.set_rules(
            inbox.member, RuleSet(instructions="Other rules.", ignore_examples=("Hello",))
        )
        return {
            "decisions": decided,
            "decided_per_second": round(decided / took, 1),
            **await _replayed(inbox),
            **await _asked(inbox),
            "snapshot_bytes": _sizes(inbox),
        }


async def _replayed(inbox: Inbox) -> dict[str, Any]:
    """Replay every decision from its snapshot alone."""
    kinds: Counter[str] = Counter()
    other: list[str] = []
    taken: list[float] = []
    for decision in _ids(inbox):
        async with inbox.member.mine() as unit:
            kept = await decision_log.one(unit, decision)
            if kept is None:
                continue
            snapshot = await snapshots.whole(unit, kept.snapshot)
        started = perf_counter()
        again = await replay.replay(snapshot)
        taken.append((perf_counter() - started) * 1000)
        kinds[f"{kept.decision.value}: {_kind(kept.reason)}"] += 1
        if replay.outcome(again) != snapshot["outcome"]:
            other.append(str(decision))
    return {
        "replayed": len(taken),
        "the_same": len(taken) - len(other),
        "other": other,
        "kinds": dict(kinds.most_common()),
        "replay_ms": _spread(taken),
    }


async def _asked(inbox: Inbox) -> dict[str, Any]:
    """Replay some through the action, beside today's rules and knowledge."""
    same = changed = 0
    for decision in _ids(inbox)[:ASKED]:
        found = await replay_decision.replay(inbox.member, decision)
        same += found.same
        changed += found.stored.decision is not found.today.decision
    return {"asked": ASKED, "asked_the_same": same, "decided_otherwise_today": changed}


def _ids(inbox: Inbox) -> list[DecisionId]:
    rows = inbox.arrange.line.execute("select id from ai_decisions order by created_at, id")
    return [DecisionId(row[0]) for row in rows.fetchall()]


def _kind(reason: str) -> str:
    """Return a reason without the names in it."""
    return "Answered" if reason.startswith("Answered") else reason


def _sizes(inbox: Inbox) -> dict[str, float]:
    """Return the sizes of snapshots: as JSON, as PostgreSQL keeps them, and the rules."""
    rows = inbox.arrange.line.execute(
        "select octet_length(snapshot_json::text), pg_column_size(snapshot_json)"
        " from ai_decisions"
    ).fetchall()
    as_json, stored = zip(*rows, strict=True)
    rules = inbox.arrange.value("select sum(pg_column_size(rules)) from decision_rules")
    return {
        "json_median": median(as_json),
        "json_max": max(as_json),
        "stored_median": median(stored),
        "stored_max": max(stored),
        "rules_once": int(rules),
    }


def _spread(taken: list[float]) -> dict[str, float]:
    steps = quantiles(taken, n=20)
    return {"p50": round(steps[9], 2), "p95": round(steps[18], 2)}
