"""The schema as text: `sql/schema.sql` is this, and a test proves that it still is.

`python -m tests.sql.schema_dump` writes the file anew after a migration was added.
"""

import asyncio
import re
import subprocess
from pathlib import Path

from core.store.bootstrap import bootstrap
from core.store.embedded import open_embedded
from core.store.postgres_binaries import find_binaries, program
from core.store.tenancy import CHECKPOINT_TABLES
from tests.fixtures.database import MemoryPasswords
from tests.fixtures.homes import passing_home

SCHEMA_FILE = Path(__file__).parents[2] / "sql" / "schema.sql"
_HEADER = """\
-- The whole schema as the migrations leave it, for reading and for comparing: nothing runs
-- this file. Written by `python -m tests.sql.schema_dump`; a test proves that it agrees.
-- Tables of libraries (Procrastinate, LangGraph) are left out: they make their own.

"""
_NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*)$")


def dump(privileged: str) -> str:
    """Return a database's schema, without what differs between servers and runs."""
    outcome = subprocess.run(  # noqa: S603 - our own program, no shell
        [
            str(program(find_binaries().bin_dir, "pg_dump")),
            "--schema-only",
            "--exclude-schema=procrastinate",
            "--exclude-schema=extensions",
            "--exclude-extension=*",
            *(f"--exclude-table=public.{table}" for table in CHECKPOINT_TABLES),
            f"--dbname={privileged}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    lines = [line for line in outcome.stdout.splitlines() if not _NOISE.match(line)]
    return _HEADER + re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


async def _write() -> None:
    """Bootstrap an embedded server of our own and write what it then holds."""
    with passing_home("socialsync-schema-") as home:
        async with open_embedded(home) as server:
            privileged = server.conninfo(user=server.superuser, password=server.password)
            await bootstrap(
                privileged,
                passwords=MemoryPasswords(),
                owner_email="owner@team.example",
                owner_name="Olga Owner",
                sql_dir=SCHEMA_FILE.parent,
            )
            SCHEMA_FILE.write_text(dump(privileged), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
