"""Who may move, cancel and settle a post, and what a member may write about one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg import Connection, errors
from psycopg.rows import TupleRow

from tests.fixtures.database import TestDatabase
from tests.sql.populate import populate, populate_shared

_MOVE: LiteralString = "select app.move_post_v1(%s, now() + interval '1 day')"
_SETTLE: LiteralString = "select app.settle_post_v1(%s, %s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A post that the owner planned, looked at from behind."""

    database: TestDatabase
    behind: Connection[TupleRow]
    post: UUID

    def put(self, status: str, phase: str) -> None:
        self.behind.execute(
            "update scheduled_posts set status = %s, phase = %s, fence = 1 where id = %s",
            (status, phase, self.post),
        )
        self.behind.commit()

    def ask(self, principal: str, query: LiteralString, *params: object) -> object:
        with psycopg.connect(getattr(self.database, principal)) as connection:
            row = connection.execute(query, params).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture
def wall(fresh_database: TestDatabase) -> Iterator[Wall]:
    with psycopg.connect(fresh_database.privileged) as behind:
        populate_shared(behind)
        populate(behind, fresh_database.tenant, fresh_database.owner_id)
        behind.commit()
        row = behind.execute("select id from scheduled_posts").fetchone()
        assert row is not None
        yield Wall(database=fresh_database, behind=behind, post=row[0])


def test_a_colleague_who_is_no_admin_leaves_a_post_alone(wall: Wall) -> None:
    assert wall.ask("agent", _MOVE, wall.post) == "not_yours"
    assert wall.ask("agent", _SETTLE, wall.post, "cancelled") == "not_yours"
    assert wall.ask("admin", _MOVE, wall.post) == "moved"
    assert wall.ask("owner", _SETTLE, wall.post, "cancelled") == "cancelled"


def test_another_tenant_finds_no_post(wall: Wall) -> None:
    assert wall.ask("stranger", _MOVE, wall.post) == "not_found"
    assert wall.ask("stranger", _SETTLE, wall.post, "cancelled") == "not_found"


@pytest.mark.parametrize(
    ("status", "phase", "possible"),
    [
        ("queued", "started", {"cancelled"}),
        ("publishing", "ready", {"cancelled"}),
        ("publishing", "publishing", set()),
        ("published", "published", set()),
        ("failed", "failed", {"queued"}),
        ("uncertain", "uncertain", {"published", "failed"}),
        ("cancelled", "ready", set()),
    ],
)
def test_what_can_be_said_of_a_post_depends_on_where_it_stands(
    wall: Wall, status: str, phase: str, possible: set[str]
) -> None:
    done = set()
    for wanted in ("cancelled", "queued", "published", "failed"):
        wall.put(status, phase)
        answer = wall.ask("owner", _SETTLE, wall.post, wanted)
        assert answer in (wanted, "too_late")
        if answer == wanted:
            done.add(wanted)
    assert done == possible


def test_moving_takes_the_post_from_whoever_works_on_it(wall: Wall) -> None:
    wall.put("publishing", "preparing")
    assert wall.ask("owner", _MOVE, wall.post) == "moved"
    row = wall.behind.execute("select status, phase, fence from scheduled_posts").fetchone()
    assert row == ("queued", "started", None)
    wall.put("publishing", "publishing")
    assert wall.ask("owner", _MOVE, wall.post) == "too_late"


def test_no_member_writes_how_far_a_post_has_come(wall: Wall) -> None:
    with psycopg.connect(wall.database.owner) as connection:
        for change in (
            "update scheduled_posts set phase = 'ready'",
            "update scheduled_posts set status = 'published'",
            "update scheduled_posts set publish_at = now()",
            "update scheduled_posts set fence = null",
        ):
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                connection.execute(change)
        born: LiteralString = """
            insert into scheduled_posts (user_id, channel_id, platform, content_json,
                                         publish_at, created_by, status)
            select user_id, channel_id, platform, '{}', now(), created_by, %s
              from scheduled_posts limit 1
        """
        with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
            connection.execute(born, ("published",))
        assert connection.execute(born, ("draft",)).rowcount == 1


def test_the_words_of_a_post_that_has_begun_stay(wall: Wall) -> None:
    reword = 'update scheduled_posts set content_json = \'{"text": "B"}\''
    with psycopg.connect(wall.database.owner) as connection:
        assert connection.execute(reword).rowcount == 1
        connection.rollback()
        wall.put("publishing", "ready")
        assert connection.execute(reword).rowcount == 0


def test_only_a_due_post_of_a_running_channel_is_claimed(wall: Wall) -> None:
    claim: LiteralString = "select post_id from app.claim_posts_v1(5, 60)"

    def claimed() -> list[UUID]:
        with psycopg.connect(wall.database.service) as connection:
            return [row[0] for row in connection.execute(claim).fetchall()]

    def arrange(change: LiteralString) -> None:
        wall.behind.execute(change)
        wall.behind.commit()

    arrange("update scheduled_posts set publish_at = now() + interval '1 minute'")
    assert claimed() == []
    arrange("update scheduled_posts set publish_at = now()")
    arrange("update social_accounts set paused_at = now()")
    assert claimed() == []
    arrange("update social_accounts set paused_at = null")
    assert claimed() == [wall.post]
    assert claimed() == []
    arrange("update scheduled_posts set lease_until = now() - interval '1 second'")
    assert claimed() == [wall.post]
    with (
        psycopg.connect(wall.database.owner) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute(claim)
