"""How long it takes to try rules on a thousand real messages, beside the plain way.

The messages were decided by the companion's own loop over the café's knowledge, no two of
them with the same words. The plain way is what trying each of them by hand comes to: one
after the other, each read by itself and thought about with its checkpoints. Both run on
the same inbox with the same models; the plain way comes second, when everything is warm.
"""

from dataclasses import replace
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from core.actions import rehearse, ruling
from core.actions.configure import RuleSet
from core.actions.rehearse import Progress
from core.actions.told import HISTORY
from core.assistant.state import Case
from core.llm.base import Speaker, Turn
from core.store import rehearsals
from core.store import rules as rules_store
from tests.bench._decided_inbox import Inbox, bursts, decide, demo_rules, open_inbox

MESSAGES = 1_000
PLAIN = 250
"""Of these the plain way is measured, and reckoned up."""
MORE_EXAMPLES = 20
"""Real messages that the form adds to those to ignore."""


async def run() -> dict[str, Any]:
    """Decide a thousand messages, and rehearse other rules on them both ways."""
    async with open_inbox() as inbox:
        decided = await decide(inbox, MESSAGES)
        own = demo_rules()
        added = [
            fragments[-1] for fragments in bursts(MESSAGES)[:: MESSAGES // MORE_EXAMPLES]
        ]
        form = replace(own, ignore_examples=(*own.ignore_examples, *added))
        first: list[float] = []
        started, worked = perf_counter(), process_time()

        def told(_progress: Progress) -> None:
            if not first:
                first.append(perf_counter() - started)

        found = await rehearse.rehearse(inbox.member, form, days=30, progress=told)
        took, worked = perf_counter() - started, process_time() - worked
        plain = await _plain(inbox, form)
        return {
            "messages": found.messages,
            "decided": decided,
            "seconds": round(took, 1),
            "of_which_this_process_computed_s": round(worked, 1),
            "first_message_after_s": round(first[0], 2),
            "per_second": round(found.messages / took, 1),
            "changes": len(found.changes),
            "plain_way_seconds_for_as_many": round(plain * found.messages, 1),
            "plain_way_measured_on": PLAIN,
        }


async def _plain(inbox: Inbox, form: RuleSet) -> float:
    """Return the seconds that one message takes, tried by hand."""
    kit = inbox.member
    if kit.assistant is None:
        return 0.0
    before = None
    started = perf_counter()
    for _ in range(PLAIN):
        async with kit.mine() as unit:
            own = await rules_store.read(unit)
        async with kit.mine() as unit:
            span = await rehearsals.span(unit, 30)
        async with kit.mine() as unit:
            (one,) = await rehearsals.decided(unit, span, before, history=HISTORY, limit=1)
        before = (one.created_at, one.id)
        await kit.assistant.consider(
            Case(
                tenant=kit.member.tenant,
                conversation_id=one.conversation_id,
                thread_id=str(uuid4()),
                fragments=tuple(text for text in one.fragments if text.strip()),
                message_types=one.types,
                has_media=one.has_media,
                history=tuple(
                    Turn(speaker=Speaker.USER, text=text) for _, text in one.history
                ),
                customer_name=one.customer,
                rules=ruling.on_trial(form, own),
                threshold=ruling.threshold(form, own),
            )
        )
    return (perf_counter() - started) / PLAIN
