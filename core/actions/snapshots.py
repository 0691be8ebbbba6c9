"""Put a decision's snapshot away, and get it out again whole.

The rules are the largest part of a snapshot and the same in thousands of them: they are
kept once, under their digest, which stands in the snapshot in their place.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from core.domain.errors import Refused
from core.store import decision_rules
from core.store.pool import Unit

_NAME = "rules"


async def put_away(unit: Unit, snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a snapshot's rules and return the rest of it, for the decision's row."""
    case = snapshot.get("case")
    if not isinstance(case, Mapping) or _NAME not in case:
        return dict(snapshot)
    rules = dict(case[_NAME])
    plain = json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = sha256(plain.encode()).digest()
    await decision_rules.keep(unit, digest, rules)
    rest = {name: value for name, value in case.items() if name != _NAME}
    return {**snapshot, "case": rest, "rules_digest": digest.hex()}


async def whole(unit: Unit, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored snapshot with the rules it was made under.

    Raises:
        Refused: those rules are not here.
    """
    digest = stored.get("rules_digest")
    case = stored.get("case")
    if not isinstance(digest, str) or not isinstance(case, Mapping):
        return dict(stored)
    rules = await decision_rules.get(unit, bytes.fromhex(digest))
    if rules is None:
        raise Refused(
            "This decision cannot be replayed: the rules it was made under are gone.",
            "Compare it with what the assistant decides today.",
        )
    return {**stored, "case": {**case, _NAME: rules}}
