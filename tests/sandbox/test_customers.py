"""The script of the demo, and the customers who play it."""

import asyncio
import csv
import json
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.channel import PlatformName
from core.domain.decision import Decision, EscalationReason
from core.sandbox.accounts import (
    FacebookAccount,
    InstagramAccount,
    LinkedInAccount,
    SandboxConfig,
    WhatsAppAccount,
    XAccount,
    read_accounts,
)
from core.sandbox.customers import Pace, PlayedConversation, person_of, run_customers
from core.sandbox.pictures import DRAWINGS
from core.sandbox.sandbox import Sandbox
from core.sandbox.script import ScriptedConversation, read_script
from core.sandbox.server import open_sandbox
from tests.sandbox.stage import SECRET, TOKEN, Listener, Watch

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
FASTEST = Pace(starts_per_second=1000, gap_scale=0)


@pytest.fixture(scope="module")
def script() -> tuple[ScriptedConversation, ...]:
    return read_script(DEMO / "conversations.json")


@pytest.fixture(scope="module")
def sources() -> dict[str, tuple[str, str]]:
    """Return language and text of everything a reply may quote, by the name it goes by."""
    found = {
        path.name: (path.parent.name, path.read_text("utf-8"))
        for path in (DEMO / "documents").glob("*/*")
    }
    with (DEMO / "faq.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found[row["question"]] = (row["language"], row["answer"])
    return found


@pytest.fixture
async def cafe(listener: Listener, watch: Watch) -> AsyncIterator[Sandbox]:
    """Return the sandbox of the demo, with its five accounts."""
    config = SandboxConfig(
        app_secret=SECRET,
        now=watch.now,
        accounts=read_accounts(DEMO / "channels.json", TOKEN),
        webhook_base="http://companion.invalid/webhooks",
        post=listener.post,
        sleep=watch.sleep,
    )
    async with open_sandbox(config) as running:
        yield running


def test_script_holds_forty_conversations_in_both_languages_on_four_platforms(
    script: tuple[ScriptedConversation, ...],
) -> None:
    assert len(script) == 40
    assert len({line.key for line in script}) == 40
    assert Counter(line.language for line in script) == {"fr": 20, "en": 20}
    assert Counter(line.platform for line in script) == {
        PlatformName.WHATSAPP: 16,
        PlatformName.INSTAGRAM: 17,
        PlatformName.FACEBOOK: 4,
        PlatformName.X: 3,
    }
    assert Counter(line.expected for line in script) == {
        Decision.RESPOND: 19,
        Decision.ESCALATE: 13,
        Decision.IGNORE: 8,
    }


def test_every_answer_has_its_place_in_the_same_language(
    script: tuple[ScriptedConversation, ...], sources: dict[str, tuple[str, str]]
) -> None:
    for line in script:
        if line.expected is not Decision.RESPOND:
            assert line.expected_source is None, line.key
            continue
        assert line.expected_source is not None, line.key
        language, text = sources[line.expected_source]
        assert language == line.language, line.key
        assert line.must_contain, line.key
        assert all(piece in text for piece in line.must_contain), line.key


def test_escalations_name_their_reasons_and_each_language_asks_for_a_person(
    script: tuple[ScriptedConversation, ...],
) -> None:
    escalated = [line for line in script if line.expected is Decision.ESCALATE]
    assert all(line.expected_reasons for line in escalated)
    asked = [
        line.language
        for line in escalated
        if line.expected_reasons == (EscalationReason.CUSTOMER_REQUEST,)
    ]
    assert sorted(asked) == ["en", "fr"]


def test_script_has_bursts_and_pictures_that_can_be_drawn(
    script: tuple[ScriptedConversation, ...],
) -> None:
    sizes = {len(line.fragments) for line in script}
    assert sizes == {1, 2, 3, 4, 5}
    pictures = [part for line in script for part in line.fragments if part.picture]
    assert {bool(part.text) for part in pictures} == {True, False}
    assert {part.picture for part in pictures} <= set(DRAWINGS)


def test_no_customer_words_a_question_as_the_faq_does(
    script: tuple[ScriptedConversation, ...],
) -> None:
    with (DEMO / "faq.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert Counter(row["language"] for row in rows) == {"fr": 12, "en": 12}
    phrasings = [phrase for row in rows for phrase in row["phrasings"].split("|")]
    assert all(5 <= len(row["phrasings"].split("|")) <= 8 for row in rows)
    assert len(set(phrasings)) == len(phrasings)
    written = {part.text for line in script for part in line.fragments}
    assert not written & {*phrasings, *(row["question"] for row in rows)}


def test_documents_come_in_pairs() -> None:
    counts = Counter(path.parent.name for path in (DEMO / "documents").glob("*/*"))
    assert counts["fr"] == counts["en"] == 11


def test_rules_and_channels_can_be_read() -> None:
    rules = json.loads((DEMO / "rules.json").read_text("utf-8"))
    assert len(rules["ignore_examples"]) == 8
    accounts = read_accounts(DEMO / "channels.json", "token")
    assert [type(account) for account in accounts] == [
        WhatsAppAccount,
        InstagramAccount,
        FacebookAccount,
        XAccount,
        LinkedInAccount,
    ]
    assert {account.access_token for account in accounts} == {"token"}


async def test_customers_write_every_fragment_as_scripted(
    cafe: Sandbox,
    listener: Listener,
    watch: Watch,
    script: tuple[ScriptedConversation, ...],
) -> None:
    finished: list[PlayedConversation] = []
    played = await run_customers(
        script,
        write=cafe.write,
        on_written=finished.append,
        pace=FASTEST,
        sleep=watch.sleep,
    )

    assert [conversation.line for conversation in played] == list(script)
    assert all(conversation.arrived for conversation in played)
    assert sorted(conversation.line.key for conversation in finished) == sorted(
        line.key for line in script
    )
    assert len(listener.bodies) == sum(len(line.fragments) for line in script)
    ids = [written.id for conversation in played for written in conversation.written]
    assert len(set(ids)) == len(ids)


async def test_each_run_brings_new_people_and_a_named_run_the_same(
    cafe: Sandbox, watch: Watch, script: tuple[ScriptedConversation, ...]
) -> None:
    async def people(run_id: str | None) -> list[str]:
        played = await run_customers(
            script[:6],
            write=cafe.write,
            on_written=lambda _played: None,
            pace=FASTEST,
            sleep=watch.sleep,
            run_id=run_id,
        )
        return [conversation.person.id for conversation in played]

    assert not set(await people(None)) & set(await people(None))
    assert await people("monday") == await people("monday")


def test_phone_numbers_are_too_long_to_be_anybodys(
    script: tuple[ScriptedConversation, ...],
) -> None:
    for line in script:
        person = person_of(line, "run")
        assert person.id.isdigit()
        assert len(person.id) == 15, line.key


async def test_pace_spreads_starts_and_stretches_gaps(
    cafe: Sandbox, watch: Watch, script: tuple[ScriptedConversation, ...]
) -> None:
    burst = [line for line in script if len(line.fragments) == 2][:2]
    await run_customers(
        burst,
        write=cafe.write,
        on_written=lambda _played: None,
        pace=Pace(starts_per_second=4, gap_scale=2),
        sleep=watch.sleep,
    )
    gap = burst[0].fragments[1].after_seconds * 2
    assert gap == 3
    assert watch.slept.count(gap) == 2
    assert 0.25 in watch.slept


async def test_sandbox_runs_as_a_process_of_its_own_and_plays_a_script() -> None:
    taken: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as companion:
        port = companion.sockets[0].getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "core.sandbox", "--secret", "own", "--gap-scale", "0"),
            *("--webhook-url", f"http://127.0.0.1:{port}/webhooks"),
            *("--play", str(DEMO / "conversations.json"), "--starts-per-second", "1000"),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        lines = [json.loads(await process.stdout.readline()) for _ in range(41)]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0

    assert lines[0]["url"].startswith("http://127.0.0.1:")
    assert all(line["arrived"] for line in lines[1:])
    assert any(head.startswith(b"POST /webhooks/instagram ") for head in taken)
    assert any(b"X-Hub-Signature-256: sha256=" in head for head in taken)
