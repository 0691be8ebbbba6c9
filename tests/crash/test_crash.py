"""Whatever happens to the processes that send: none twice, none lost, none out of order."""

import sys
from pathlib import Path

import pytest

from tests.crash.run import Plan, crash_run
from tests.fixtures.database import TestDatabase

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are frozen by POSIX signals"
)


async def test_no_crash_loses_doubles_or_reorders_a_message_seed(
    seed: int, fresh_database: TestDatabase, tmp_path: Path
) -> None:
    account = await crash_run(Plan(seed=seed), fresh_database, tmp_path)
    sys.stdout.write(account.line() + "\n")
    assert account.verdict is not None
    assert account.verdict.sound, account.line()
    assert account.kills > 0, account.line()


async def test_the_same_checker_fails_for_a_sender_that_tries_again(
    fresh_database: TestDatabase, tmp_path: Path
) -> None:
    plan = Plan(seed=5, conversations=30, each=4, chaos_seconds=6.0, naive=True)
    account = await crash_run(plan, fresh_database, tmp_path)
    sys.stdout.write(account.line() + "\n")
    assert account.verdict is not None
    assert account.verdict.duplicates, account.line()
    assert not account.verdict.sound
