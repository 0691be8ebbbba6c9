"""What is kept of a run, so that it can be replayed whatever has changed since.

A snapshot is JSON. It holds what the run was given (the case), what it looked up (the
passages with their texts, what models answered) and what came of it. A value that is a
field's default is left out of a passage: most of its numbers and places are.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from core.assistant import answering, run
from core.assistant.run import Json, Run
from core.assistant.state import Case
from core.domain.knowledge import Passage

FORMAT = 2
"""Raised when what an older snapshot holds no longer suffices for a replay."""

_DEFAULTS = {field.name: field.default for field in fields(Passage)}
_NOT_ABOUT_THE_CASE = {"tenant", "thread_id"}


def snapshot(so_far: Run, case: Case, model: str) -> Json:
    """Return everything needed to replay a finished run."""
    drafted = so_far.get("draft", {})
    return {
        "format": FORMAT,
        "model": model,
        "weights": answering.VERSION,
        "rules_version": case.rules.version,
        "case": _case(case),
        "reading": dict(so_far["reading"]),
        "rule": so_far.get("rule"),
        "match": so_far.get("match"),
        "sorted": so_far.get("sorted"),
        "signals": so_far.get("signals"),
        "passages": [_told(one) for one in so_far.get("passages", [])],
        "evidence": drafted.get("evidence"),
        "matched": drafted.get("matched"),
        "shipped": drafted.get("shipped"),
        "likely": drafted.get("confidence"),
        "drafted": drafted.get("reply"),
        "objections": so_far.get("objections", []),
        "lookups": dict(so_far.get("lookups", {})),
        "outcome": _outcome(so_far["proposal"]),
        "timings_ms": dict(so_far.get("timings", {})),
    }


def _case(case: Case) -> Json:
    kept = run.plain(replace(case, thread_id=""))
    return {name: kept[name] for name in kept if name not in _NOT_ABOUT_THE_CASE}


def _told(passage: Mapping[str, Any]) -> Json:
    return {
        name: value
        for name, value in passage.items()
        if name not in _DEFAULTS or value != _DEFAULTS[name]
    }


def _outcome(proposal: Mapping[str, Any]) -> Json:
    return {name: value for name, value in proposal.items() if name != "snapshot"}
