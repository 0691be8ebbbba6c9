"""The embedded server on real binaries: shared by processes, whoever of them is killed."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from core import paths
from core.domain.errors import DatabaseDown, NotSetUp
from core.store import embedded_report
from core.store.embedded import EmbeddedServer, open_embedded
from core.store.embedded_account import account_for, copy_programs
from core.store.embedded_cluster import Cluster
from core.store.embedded_locks import is_owned
from core.store.embedded_login import superuser_password
from core.store.embedded_place import (
    Place,
    is_root,
    place_for,
    socket_folder,
)
from core.store.embedded_postmaster import pid_file, process_lives
from core.store.embedded_programs import Programs
from core.store.embedded_report import Address
from core.store.embedded_waiting import wait_until
from core.store.postgres_binaries import find_binaries
from tests.fixtures.homes import SECONDS, clear, stopped

HOLDER = """
import asyncio, pathlib, sys
from core.store.embedded import open_embedded

async def hold():
    async with open_embedded(pathlib.Path(sys.argv[1])):
        print("holding", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(hold())
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by POSIX signals")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One cluster for all tests here; each opens it, and most find it stopped."""
    place = place_for(tmp_path_factory.mktemp("embedded") / "Pâté de données")
    yield place
    clear(place.home)


def address(place: Place) -> Address:
    found = embedded_report.read(place.report)
    assert isinstance(found, Address)
    return found


def login(server: EmbeddedServer) -> str:
    return server.conninfo(user=server.superuser, password=server.password)


def value(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(login(server), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def serves(server: EmbeddedServer) -> bool:
    try:
        return value(server, "select 1") == 1
    except psycopg.OperationalError:
        return False


def programs(place: Place) -> Programs:
    found = find_binaries()
    account = account_for(place.area) if is_root() else None
    bin_dir = copy_programs(found.bin_dir, place.area) if account else found.bin_dir
    return Programs(
        bin_dir=bin_dir, major=found.major, work_dir=place.area, account=account
    )


@contextmanager
def holder(place: Place) -> Iterator[subprocess.Popen[str]]:
    """Run another process that holds a lease until it is told, or made, to end."""
    process = subprocess.Popen(  # noqa: S603 -- ourselves, no shell
        [sys.executable, "-c", HOLDER, str(place.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=paths.installation_dir(),
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


@contextmanager
def stranger(place: Place) -> Iterator[subprocess.Popen[str]]:
    """Run a process that has nothing to do with us, as the user that runs the server."""
    account = account_for(place.area) if is_root() else None
    process = subprocess.Popen(
        ["/bin/cat"],
        stdin=subprocess.PIPE,
        text=True,
        user=account.user_id if account else None,
    )
    with process:
        yield process
        process.kill()


def mode(path: Path | str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def owner(path: Path | str) -> int:
    return os.stat(path).st_uid


async def test_first_opening_creates_a_server_that_answers(place: Place) -> None:
    async with open_embedded(place.home) as server:
        assert value(server, "select current_database()") == "socialsync"
        assert value(server, "select lower('ÉTÉ') || current_setting('jit')") == "étéoff"


@pytest.mark.parametrize("extension", ["vector", "pg_trgm", "unaccent"])
async def test_extensions_are_at_hand(place: Place, extension: str) -> None:
    async with open_embedded(place.home) as server:
        with psycopg.connect(login(server)) as connection:
            connection.execute(f"create extension {extension}".encode())
            connection.rollback()


async def test_trigrams_keep_accented_letters(place: Place) -> None:
    async with open_embedded(place.home) as server:
        with psycopg.connect(login(server)) as connection:
            connection.execute("create extension pg_trgm")
            found = connection.execute("select similarity('été', 'ete') < 0.1").fetchone()
            connection.rollback()
        assert found == (True,)


async def test_nobody_else_reaches_the_socket(place: Place) -> None:
    async with open_embedded(place.home) as server:
        assert mode(server.host) == 0o700
        assert value(server, "select current_setting('listen_addresses')") == ""
        assert mode(place.password_file) == 0o600


async def test_wrong_password_is_refused(place: Place) -> None:
    async with open_embedded(place.home) as server:
        wrong = server.conninfo(user=server.superuser, password="guessed")  # noqa: S106 -- wrong on purpose
        with pytest.raises(
            psycopg.OperationalError, match="password authentication failed"
        ):
            psycopg.connect(wrong)


async def test_password_stays_out_of_the_description(place: Place) -> None:
    async with open_embedded(place.home) as server:
        assert server.password not in repr(server)


@pytest.mark.skipif(not is_root(), reason="only root hands over")
async def test_root_hands_over_to_another_user(place: Place) -> None:
    async with open_embedded(place.home):
        user = owner(f"/proc/{address(place).postmaster}")
        assert user != 0
        assert user == owner(place.data_dir)


async def test_holders_share_one_server_that_stops_with_the_last(place: Place) -> None:
    async with open_embedded(place.home) as server:
        with holder(place) as other:
            first = address(place)
            other.communicate("\n")
        assert address(place) == first
        assert serves(server)
    assert stopped(place)


async def test_server_stops_when_its_only_holder_is_killed(place: Place) -> None:
    with holder(place) as only:
        postmaster = address(place).postmaster
        only.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not process_lives(postmaster), SECONDS)


async def test_killed_keeper_is_replaced(place: Place) -> None:
    async with open_embedded(place.home) as server:
        killed = address(place).keeper
        os.kill(killed, signal.SIGKILL)

        def replaced() -> bool:
            found = embedded_report.read(place.report)
            return isinstance(found, Address) and found.keeper != killed

        assert wait_until(replaced, SECONDS)
        assert wait_until(lambda: serves(server), SECONDS)
    assert stopped(place)


async def test_killed_postmaster_comes_back_with_what_was_committed(place: Place) -> None:
    async with open_embedded(place.home) as server:
        with psycopg.connect(login(server), autocommit=True) as connection:
            connection.execute("create table kept as select 42 as answer")
        killed = address(place).postmaster
        os.kill(killed, signal.SIGKILL)

        def replaced() -> bool:
            # It answers on its socket a moment before its keeper says so.
            found = embedded_report.read(place.report)
            return isinstance(found, Address) and found.postmaster != killed

        assert wait_until(replaced, SECONDS)
        assert wait_until(lambda: serves(server), SECONDS)
        assert value(server, "select answer from kept") == 42
    assert stopped(place)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next opening adopts it")
async def test_server_does_not_outlive_keeper_and_holders(place: Place) -> None:
    with holder(place) as only:
        found = address(place)
        os.kill(found.keeper, signal.SIGKILL)
        only.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not process_lives(found.postmaster), SECONDS)


async def test_opening_works_after_everything_was_killed_at_once(place: Place) -> None:
    with holder(place) as only:
        found = address(place)
        for pid in (found.keeper, found.postmaster, only.pid):
            os.kill(pid, signal.SIGKILL)
    async with open_embedded(place.home) as server:
        assert serves(server)


async def test_stale_pid_of_a_strangers_process_does_not_stop_the_start(
    place: Place,
) -> None:
    async with open_embedded(place.home) as server:
        socket_dir = server.host
    assert stopped(place)
    with stranger(place) as other:
        trace = f"{other.pid}\n{place.data_dir}\n1\n5432\n{socket_dir}\n\n 1 1\nready\n"
        for left in (pid_file(place.data_dir), Path(socket_dir) / ".s.PGSQL.5432.lock"):
            left.write_text(trace)
        async with open_embedded(place.home) as server:
            assert serves(server)
        assert other.poll() is None


async def test_server_that_outlived_its_keeper_is_adopted(place: Place) -> None:
    async with open_embedded(place.home):
        pass
    assert stopped(place)
    log = os.open(place.log_file, os.O_WRONLY | os.O_APPEND)
    first, second = (
        Cluster(place, programs(place), log),
        Cluster(place, programs(place), log),
    )
    running = first.start()
    try:
        assert second.start().pid == running.pid
        assert second.lives()
    finally:
        second.stop()
        os.close(log)
    # Its files are gone a moment before its process is.
    assert wait_until(lambda: not first.lives(), SECONDS)


@pytest.mark.parametrize("torn", [b"", b'{"host": "/tm', b"[]", b"\xff\xfe"])
async def test_torn_files_do_not_stop_the_start(place: Place, torn: bytes) -> None:
    async with open_embedded(place.home):
        pass
    assert stopped(place)
    place.report.write_bytes(torn)
    pid_file(place.data_dir).write_bytes(torn)
    async with open_embedded(place.home) as server:
        assert serves(server)


@pytest.mark.parametrize(
    ("file", "line", "named"),
    [
        ("postgresql.conf", "fsync = off", "fsync = off"),
        ("postgresql.auto.conf", "synchronous_commit = off", "synchronous_commit = off"),
        ("pg_hba.conf", "local all all trust", "without a password"),
        ("postgresql.conf", "fsync: 'on", "cannot read its settings"),
    ],
)
async def test_unsafe_setting_is_refused_by_name(
    place: Place, file: str, line: str, named: str
) -> None:
    async with open_embedded(place.home):
        pass
    assert stopped(place)
    edited = place.data_dir / file
    before = edited.read_text()
    edited.write_text(f"{before}\n{line}\n")
    try:
        with pytest.raises(NotSetUp, match=named):
            async with open_embedded(place.home):
                pass
    finally:
        edited.write_text(before)


def data_without_its_password(home: Path, area: Path) -> Place:
    """Return a place that holds a cluster, and nothing that opens it."""
    place = Place(home=home, folder=home / "postgres", area=area)
    place.data_dir.mkdir(parents=True)
    (place.data_dir / "PG_VERSION").write_text("18")
    return place


def test_a_missing_password_of_data_in_the_home_is_named_not_replaced(
    tmp_path: Path,
) -> None:
    place = data_without_its_password(tmp_path, tmp_path / "postgres")
    with pytest.raises(NotSetUp, match="password"):
        superuser_password(place)
    assert not place.password_file.exists()


def test_data_that_outlived_its_home_is_set_aside_for_a_new_one(tmp_path: Path) -> None:
    place = data_without_its_password(tmp_path / "home", tmp_path / "system")
    assert superuser_password(place)
    [aside] = place.area.glob("data-of-removed-home-*")
    assert (aside / "PG_VERSION").read_text() == "18"
    assert not place.data_dir.exists()


async def test_cancelled_opening_leaves_no_lease(place: Place) -> None:
    assert stopped(place)

    async def open_and_stay() -> None:
        async with open_embedded(place.home):
            await asyncio.Event().wait()

    opening = asyncio.create_task(open_and_stay())
    assert await asyncio.to_thread(wait_until, lambda: is_owned(place.keeper), SECONDS)
    opening.cancel()
    with pytest.raises((asyncio.CancelledError, DatabaseDown)):
        await opening
    assert stopped(place)


def test_long_home_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    place = Place(
        home=tmp_path / ("long" * 30), folder=tmp_path, area=tmp_path / ("long" * 30)
    )
    folder = socket_folder(place, os.geteuid())
    try:
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 103
        assert mode(folder) == 0o700
    finally:
        folder.rmdir()


def test_short_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    place = Place(
        home=tmp_path / ("deep" * 30), folder=tmp_path, area=tmp_path / ("deep" * 30)
    )
    folder = socket_folder(place, os.geteuid())
    folder.rmdir()
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(NotSetUp, match="somebody else"):
            socket_folder(place, os.geteuid())
    finally:
        folder.unlink()
