"""Spoiled webhooks against the real receiver, and atheris against what reads them.

A hundred thousand bodies made of real ones, most of them signed, go through the web
application into a real database and are processed: no answer may be a 500, everything
answered 200 must be there, applied or put aside. Where atheris is installed
(`pip install "atheris>=3,<4"`), it searches signature checks and readers for a minute
beside. The comparison is a reader that trusts its input: it must be found out.
"""

import asyncio
import importlib.util
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from core import paths
from core.actions import connect, receive
from core.actions.connect import Account
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.channel import AssistantMode, PlatformName
from core.domain.errors import BadPayload
from core.engine import open_engine
from core.kit import Kit
from core.sandbox.signing import signed
from core.store import webhook_events
from core.store.pool import Login
from core.web.app import application
from core.web.intake import Intake
from core.web.webhooks import SANDBOX_SECRET
from tests.bench._mutation import Whole, corpus, spoiled
from tests.fixtures.homes import passing_home

BODIES = 100_000
SEED = 20261128
ATHERIS_SECONDS = 60
_AT_ONCE = 64
_UNSIGNED = 0.2
_TO_THE_WRONG_DOOR = 0.1
_EXECUTED = re.compile(r"Done (\d+) (?:runs|in)|stat::number_of_executed_units:\s*(\d+)")


async def run() -> dict[str, Any]:
    """Throw the bodies, process what was taken, and let atheris search."""
    count = int(os.environ.get("BODIES", BODIES))  # noqa: TID251 - a bench's own size
    with passing_home() as home:
        settings = Settings(home=home)
        async with (
            open_engine(settings, login=Login.MEMBER) as member,
            open_engine(settings, login=Login.SERVICE) as engine,
        ):
            await _connect(member.kit)
            thrown = await _throw(engine.kit, count)
    return {
        "seed": SEED,
        "receiver": thrown,
        "atheris": await asyncio.to_thread(_atheris),
        "a_trusting_reader": _trusting(),
        "goal": "no 500, nothing taken is lost, nothing unprocessed; the trusting one fails",
    }


async def _connect(kit: Kit) -> None:
    """Connect every account that the payloads speak of, so that facts are applied too."""
    accounts = set()
    for whole in corpus():
        platform = kit.platforms.get(whole.platform)
        if platform is None:
            continue
        try:
            facts = platform.read(whole.payload)
        except BadPayload:
            continue
        accounts |= {(whole.platform, fact.account_id) for fact in facts if fact.account_id}
    for name, account_id in sorted(accounts):
        account = Account(
            platform=name,
            account_id=account_id,
            name="Shop",
            token=Secret("t"),
            mode=AssistantMode.OFF,
        )
        await connect.channel(kit, account)


async def _throw(kit: Kit, count: int) -> dict[str, Any]:
    intake = Intake(kit.database)
    keeping = asyncio.create_task(intake.run())
    app = application(kit, intake)
    chance = random.Random(SEED)  # noqa: S311 - to be repeated, not secret
    secret = kit.vault.get_or_create(SANDBOX_SECRET).reveal()
    payloads, answers, taken = corpus(), Counter[int](), set[bytes]()
    started = perf_counter()
    try:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as web:
            for _ in range(0, count, _AT_ONCE):
                batch = [_letter(chance, payloads, secret) for _ in range(_AT_ONCE)]
                statuses = await asyncio.gather(*(_post(web, *letter) for letter in batch))
                answers.update(statuses)
                taken |= {
                    sha256(body).digest()
                    for (_, body, _), status in zip(batch, statuses, strict=True)
                    if status == 200
                }
                await _process(kit)
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
    return {
        "bodies": sum(answers.values()),
        "made_from": len(payloads),
        "answers": {str(status): n for status, n in sorted(answers.items())},
        "taken": len(taken),
        **await _kept(kit, taken),
        "seconds": round(perf_counter() - started, 1),
    }


def _letter(
    chance: random.Random, payloads: Sequence[Whole], secret: str
) -> tuple[PlatformName, bytes, Mapping[str, str]]:
    whole = chance.choice(payloads)
    lost = chance.random() < _TO_THE_WRONG_DOOR
    platform = chance.choice(list(PlatformName)) if lost else whole.platform
    body = spoiled(chance, whole)
    key = "wrong" if chance.random() < _UNSIGNED else secret
    return platform, body, signed(platform, key, body)


async def _post(
    web: httpx.AsyncClient, platform: PlatformName, body: bytes, headers: Mapping[str, str]
) -> int:
    answer = await web.post(f"/webhooks/{platform}", content=body, headers=headers)
    return answer.status_code


async def _process(kit: Kit) -> None:
    while True:
        async with kit.database.claim() as unit:
            claimed = await webhook_events.claim(unit, limit=200, lease=60)
        if not claimed:
            return
        await receive.events(kit, claimed)


async def _kept(kit: Kit, taken: set[bytes]) -> dict[str, Any]:
    async with kit.database.claim() as unit:
        rows = await unit.tuples("select body_sha256, state from webhook_events", {})
    states = {bytes(digest): str(state) for digest, state in rows}
    return {
        "taken_and_missing": len(taken - states.keys()),
        "states": dict(Counter(states[digest] for digest in taken & states.keys())),
    }


def _atheris() -> dict[str, Any]:
    if importlib.util.find_spec("atheris") is None:
        return {"skipped": "atheris is not installed here"}
    with tempfile.TemporaryDirectory(prefix="socialsync-fuzz-") as folder:
        for number, whole in enumerate(corpus()):
            seed = json.dumps(whole.payload, separators=(",", ":"))
            (Path(folder) / f"{number}.json").write_text(seed, "utf-8")
        done = subprocess.run(  # noqa: S603 - our own module
            [
                sys.executable,
                "-m",
                "tests.bench._fuzz_target",
                str(ATHERIS_SECONDS),
                folder,
                f"-artifact_prefix={folder}/",
                "-print_final_stats=1",
            ],
            cwd=paths.installation_dir(),
            capture_output=True,
            text=True,
            check=False,
            timeout=ATHERIS_SECONDS * 3,
        )
    found = _EXECUTED.findall(done.stderr)
    runs = max((int(a or b) for a, b in found), default=0)
    return {
        "seconds": ATHERIS_SECONDS,
        "executions": runs,
        "finds": int(done.returncode != 0),
        "said": done.stderr[-800:] if done.returncode else "",
    }


def _trusting() -> dict[str, int]:
    """Read a thousand bodies as most tutorials do, and count what falls over."""
    chance = random.Random(SEED)  # noqa: S311 - to be repeated, not secret
    payloads, failed = corpus(), 0
    for _ in range(1000):
        try:
            payload = json.loads(spoiled(chance, chance.choice(payloads)))
            for entry in payload["entry"]:
                for change in entry.get("changes", []):
                    for message in change["value"].get("messages", []):
                        str(message["text"]["body"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            failed += 1
    return {"bodies": 1000, "crashes": failed}
