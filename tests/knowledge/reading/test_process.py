"""A child answers once, in time and in bounds, or is killed; nothing of it stays."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from core import paths
from core.domain.errors import BadDocument
from core.knowledge.reading import answer, process, reader
from core.knowledge.reading.limits import MOST_ANSWER
from core.knowledge.reading.process import MOST_CHILDREN, Outcome, outcome_of
from core.knowledge.reading.reasons import Reason
from core.knowledge.reading.refusals import refusal

_SPIN = "import sys; sys.stdin.buffer.read()\nwhile True: pass"
_FLOOD = "import os\nwhile True: os.write(1, b'x' * 65536)"
_TWO = "import os, sys\nif os.fork() == 0:\n    os.close(1)\nwhile True: pass"


def _python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", code)


def _children() -> set[str]:
    listed = Path(f"/proc/{os.getpid()}/task")
    if not listed.is_dir():
        pytest.skip("this system does not list children")
    found: set[str] = set()
    for task in listed.iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that just ended
            found.update((task / "children").read_text().split())
    return found


async def test_a_child_that_spins_is_killed_by_the_clock() -> None:
    before = _children()
    started = monotonic()

    outcome = await outcome_of(_python(_SPIN), b"x", wall_seconds=0.5)

    assert outcome.was_killed_by_us
    assert monotonic() - started < 5
    assert _children() <= before


async def test_a_child_that_reads_nothing_cannot_hold_us() -> None:
    outcome = await outcome_of(
        _python("while True: pass"), bytes(5_000_000), wall_seconds=0.5
    )

    assert outcome.was_killed_by_us


async def test_a_child_that_never_ends_its_answer_is_cut_off() -> None:
    outcome = await outcome_of(_python(_FLOOD), b"", wall_seconds=20)

    assert MOST_ANSWER < len(outcome.answer) <= MOST_ANSWER + 2**20
    assert answer.parse(outcome.answer) is None


async def test_what_a_child_starts_dies_with_it() -> None:
    before = _children()

    await outcome_of(_python(_TWO), b"", wall_seconds=0.5)

    groups = [Path(f"/proc/{each}/stat") for each in _children() - before]
    assert groups == []


async def _every_place_taken_at_once(tmp_path: Path) -> None:
    """Return when two children have met: then nothing that ran before them is left.

    A place is given back when its child has been reaped, and one child alone could have
    gone through the same place twice.
    """
    meeting = tmp_path / "meeting"
    os.mkfifo(meeting)
    ways = [f"open({str(meeting)!r}, {mode!r})" for mode in ("r", "w")]
    assert len(ways) == MOST_CHILDREN
    await asyncio.gather(*(outcome_of(_python(way), b"") for way in ways))


async def test_being_cancelled_kills_the_child_at_once(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    os.mkfifo(mark)
    code = f"open({str(mark)!r}, 'w').write('x')\nwhile True: pass"
    before = _children()
    running = asyncio.ensure_future(outcome_of(_python(code), b""))
    await asyncio.to_thread(mark.read_text)
    started = monotonic()

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await _every_place_taken_at_once(tmp_path)

    assert monotonic() - started < 5
    assert _children() <= before


async def test_what_was_cancelled_while_it_waited_never_begins(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    busy = [
        asyncio.ensure_future(outcome_of(_python(_SPIN), b"", wall_seconds=1))
        for _ in range(MOST_CHILDREN)
    ]
    waiting = asyncio.ensure_future(outcome_of(_python(f"open({str(mark)!r}, 'w')"), b""))
    await asyncio.sleep(0)

    waiting.cancel()
    await asyncio.gather(*busy, waiting, return_exceptions=True)
    await outcome_of(_python(""), b"")

    assert not mark.exists()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}trailing",
        b'{"text": 5}',
        b'{"text": "a", "page_starts": [2]}',
        b'{"text": "abc", "page_starts": [2, 1]}',
        b'{"text": "a", "page_starts": [0], "scanned": [1]}',
        b'{"text": "a", "warnings": ["<b>call this number</b>"]}',
        b'{"refused": "because I say so"}',
        b'{"text": "a", "more": 1}',
        b'{"text": "\\ud800"}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "a", "title": "\\u0007"}',
    ],
)
def test_an_answer_of_another_shape_is_none(said: bytes) -> None:
    assert answer.parse(said) is None


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome(answer=b"", returncode=0, was_killed_by_us=True), Reason.TOO_SLOW),
        (Outcome(answer=b"", returncode=-24, was_killed_by_us=False), Reason.TOO_SLOW),
        (Outcome(answer=b"", returncode=-9, was_killed_by_us=False), Reason.TOO_SLOW),
        (Outcome(answer=b"", returncode=-11, was_killed_by_us=False), Reason.CRASHED),
        (Outcome(answer=b"", returncode=1, was_killed_by_us=False), Reason.CRASHED),
    ],
)
async def test_a_death_without_an_answer_has_a_reason(
    monkeypatch: pytest.MonkeyPatch, outcome: Outcome, reason: Reason
) -> None:
    async def died(*_: object) -> Outcome:
        return outcome

    monkeypatch.setattr(process, "outcome_of", died)

    with pytest.raises(BadDocument) as refused:
        await reader.read_file("a.txt", b"words")

    assert str(refused.value) == str(refusal(reason))


def test_a_bundle_reads_through_its_companion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    program, *task = paths.reading_command("pdf")

    assert Path(program).name.startswith("socialsync-headless")
    assert task == ["--read-document", "pdf"]
