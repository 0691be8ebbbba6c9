"""An inbox in which the assistant has decided about hundreds of messages, by the real path.

The café of the demo is indexed with the local embedder. Customers send the messages of the
calibration and held-out sets, the injections and the demo's script, and what people add to
them: a greeting of its own, missing accents, a slip of the finger. The companion's own loop
claims and decides them; nothing is sent anywhere.
"""

import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from random import Random

import psycopg

from core import paths
from core.actions import configure, embed
from core.actions.configure import RuleSet
from core.config.settings import Settings
from core.domain.errors import NotSetUp
from core.domain.ids import ChannelId
from core.domain.message import MessageType
from core.engine import Overrides, Part, open_engine
from core.kit import Kit
from core.knowledge.language import unaccented
from core.loops import assistant as loop
from core.store.embedded import open_embedded
from core.store.pool import Login
from tests.assistant.cafe import SAMPLES, Cafe
from tests.fixtures.homes import passing_home
from tests.fixtures.inbox import Arrange

DEMO = paths.resources_dir() / "demo"
THINKS = frozenset({Part.THINKING})
GREETINGS = ("Bonjour", "Hello!", "Bonsoir,", "Hi there", "Hola", "Coucou", "Dear team,")
_FILES = (MessageType.IMAGE, MessageType.STICKER, MessageType.UNSUPPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Who decides, who looks on, and the hand behind the policies."""

    companion: Kit
    member: Kit
    arrange: Arrange


@asynccontextmanager
async def open_inbox() -> AsyncIterator[Inbox]:
    """Open an inbox of its own that knows what the café knows, and has its rules."""
    with passing_home() as home:
        own = Settings(home=home)
        async with open_engine(own, THINKS, login=Login.SERVICE) as engine:
            if engine.tenant is None:
                raise NotSetUp("The benchmark's own inbox could not be made.")
            await embed.change(engine.kit, engine.tenant)
            embedder = engine.kit.embedders[0]
            await Cafe(
                database=engine.kit.database, tenant=engine.tenant, embedder=embedder
            ).open()
            lent = Overrides(embedder=embedder, standbys=engine.kit.standbys)
            async with (
                open_engine(own, THINKS, login=Login.MEMBER, overrides=lent) as member,
                open_embedded(own.home) as server,
            ):
                privileged = server.conninfo(
                    user=server.superuser, password=server.password
                )
                await configure.set_rules(member.kit, demo_rules())
                with psycopg.connect(privileged, autocommit=True) as line:
                    yield Inbox(
                        companion=engine.kit,
                        member=member.kit,
                        arrange=Arrange(line=line, tenant=engine.tenant),
                    )


def demo_rules() -> RuleSet:
    """Return the rules of the demo."""
    own = json.loads((DEMO / "rules.json").read_text("utf-8"))
    return RuleSet(
        instructions=own["instructions"], ignore_examples=tuple(own["ignore_examples"])
    )


async def decide(inbox: Inbox, count: int) -> int:
    """Have `count` customers write, and return how many were decided about."""
    channel = inbox.arrange.channel()
    for at, fragments in enumerate(bursts(count)):
        _write(inbox.arrange, channel, at, fragments)
    inbox.arrange.run("update conversations set assistant_due_at = now()")
    inbox.arrange.run("analyze")
    work = loop.work_list(_patient(inbox.companion))
    while await work.round():
        pass
    return int(inbox.arrange.value("select count(*) from ai_decisions"))


def _patient(kit: Kit) -> Kit:
    timings = replace(kit.settings.timings, lease=600.0)
    return replace(kit, settings=replace(kit.settings, timings=timings))


def _write(
    arrange: Arrange, channel: ChannelId, at: int, fragments: tuple[str, ...]
) -> None:
    """Have one customer write; every fortieth sends a file without words."""
    conversation = arrange.conversation(channel, name=f"Léa {at}", unread_count=1)
    is_file = at % 40 == 39
    for place, text in enumerate(fragments[:1] if is_file else fragments):
        message = arrange.inbound(
            conversation, "" if is_file else text, age=3600.0 * (at % 160) + 20 - place
        )
        if is_file:
            arrange.run(
                "update conversation_messages set message_type = %(type)s,"
                " media_url = 'media:1' where id = %(id)s",
                type=_FILES[at // 40 % len(_FILES)],
                id=message,
            )


def bursts(count: int) -> list[tuple[str, ...]]:
    """Return so many bursts of fragments, no two of them with the same words."""
    random = Random(33)  # noqa: S311 - the same messages every time
    said = _said()
    made: dict[tuple[str, ...], None] = dict.fromkeys(said)
    while len(made) < count:
        made[_varied(random, said[len(made) % len(said)])] = None
    return list(made)[:count]


def _said() -> list[tuple[str, ...]]:
    texts: list[str] = []
    for name in ("calibration.tsv", "held_out.tsv"):
        with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            texts += [row["message"] for row in reader]
    texts += (SAMPLES / "injections.txt").read_text("utf-8").splitlines()
    scripted = json.loads((DEMO / "conversations.json").read_text("utf-8"))
    played = [
        tuple(said["text"] for said in one["messages"] if said.get("text"))
        for one in scripted
    ]
    texts += demo_rules().ignore_examples
    return [*((text,) for text in texts if text.strip()), *filter(None, played)]


def _varied(random: Random, fragments: tuple[str, ...]) -> tuple[str, ...]:
    *before, last = fragments
    if random.random() < 0.4:
        last = unaccented(last)
    if random.random() < 0.6 and len(last) > 8:
        at = random.randrange(1, len(last) - 2)
        last = last[:at] + last[at + 1] + last[at] + last[at + 2 :]
    if random.random() < 0.5:
        before = [random.choice(GREETINGS), *before]
    return (*before, last)
