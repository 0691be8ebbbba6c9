"""The list of models when it is brought up to date: what an owner put there stays."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString, get_args

import psycopg
import pytest
from anthropic.types.model import Model
from openai.types.shared.chat_model import ChatModel
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from core.store.bootstrap import bootstrap
from core.store.migrate import migrate
from core.store.migration_files import read_migrations
from tests.fixtures.cluster import Cluster
from tests.fixtures.database import OWNER_EMAIL, SQL_DIR, MemoryPasswords

LAST_BEFORE = 35
RETIRED = "claude-3-sonnet"

CHOSEN: LiteralString = "update ai_settings set model_id = (select id from ai_models where name = 'claude-3-sonnet')"
DESCRIBED: LiteralString = (
    "update ai_models set description = 'Ours, by a proxy' where name = 'claude-3-sonnet'"
)
ADDED: LiteralString = (
    "insert into ai_models (name, provider, input_cost_per_1k, is_active)"
    " values ('claude-haiku-5-5', 'anthropic', 0.5, false)"
)


@contextmanager
def upgraded(
    cluster: Cluster, tmp_path: Path, own: LiteralString
) -> Iterator[Connection[TupleRow]]:
    """Give a database that was changed by `own` before the step."""
    old = tmp_path / "sql"
    shutil.copytree(SQL_DIR, old)
    for migration in read_migrations(SQL_DIR)[LAST_BEFORE:]:
        (old / f"{migration.version:04}_{migration.name}.sql").unlink()
    conninfo = cluster.conninfo("models")
    with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as server:
        server.execute("create database models")
        try:
            asyncio.run(
                bootstrap(
                    conninfo,
                    passwords=MemoryPasswords(),
                    owner_email=OWNER_EMAIL,
                    owner_name="Olga Owner",
                    sql_dir=old,
                )
            )
            privileged = make_conninfo(conninfo, options="-c search_path=public,extensions")
            with psycopg.connect(privileged, autocommit=True) as line:
                line.execute(own)
                asyncio.run(migrate(conninfo, sql_dir=SQL_DIR))
                yield line
        finally:
            server.execute("drop database models with (force)")


def offered(line: Connection[TupleRow]) -> set[str]:
    rows = line.execute("select name from ai_models where is_active").fetchall()
    return {str(name) for (name,) in rows}


def test_a_retired_model_is_offered_no_longer_and_current_ones_are(
    cluster: Cluster, tmp_path: Path
) -> None:
    with upgraded(cluster, tmp_path, "select 1") as line:
        names = offered(line)

    assert RETIRED not in names
    known = {str(name) for name in get_args(get_args(Model)[0]) + get_args(ChatModel)}
    assert names - known == {"composer"}


@pytest.mark.parametrize("own", [CHOSEN, DESCRIBED])
def test_a_retired_model_that_an_owner_made_theirs_stays(
    own: LiteralString, cluster: Cluster, tmp_path: Path
) -> None:
    with upgraded(cluster, tmp_path, own) as line:
        assert RETIRED in offered(line)


def test_a_model_that_an_owner_has_put_on_the_list_keeps_its_price_and_its_state(
    cluster: Cluster, tmp_path: Path
) -> None:
    with upgraded(cluster, tmp_path, ADDED) as line:
        found = line.execute(
            "select input_cost_per_1k, is_active from ai_models where name = 'claude-haiku-5-5'"
        ).fetchall()

    assert [(float(price), active) for price, active in found] == [(0.5, False)]
