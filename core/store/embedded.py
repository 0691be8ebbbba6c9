"""Use the PostgreSQL that comes with us, together with every other process of this home.

Desktop, companion and commands share one server. Each holds a lease, a file lock that
ends with its process; a keeper (`embedded_keeper`) runs the server as long as there is a
lease. Should the keeper die, the next user of the server to notice starts another one.

Who is the same user of the operating system can read the password and the files; row
security does not protect from them. Everybody else meets a folder that only its owner
enters, and a password.
"""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import structlog

from core import paths
from core.domain.errors import DatabaseDown, NotSetUp
from core.store import embedded_report
from core.store.embedded_cluster import SUPERUSER
from core.store.embedded_ground import require_solid_ground
from core.store.embedded_locks import FileLock, is_owned
from core.store.embedded_login import DATABASE, ensure_database, superuser_password
from core.store.embedded_place import Place, make_private, place_for
from core.store.embedded_report import Address, Refusal
from core.store.embedded_waiting import wait_until
from core.store.postgres_binaries import Binaries, find_binaries

KEEPER_OPTION = "--keeper"
# Longer than a recovery after a kill on a slow disk may take.
_OPEN_SECONDS = 360.0
_STEP_SECONDS = 0.01
_WATCH_SECONDS = 0.25
_WINDOWS_START_SECONDS = 5.0
_LONGEST_BACKOFF_SECONDS = 8.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServer:
    """A running server, and how to log in to it."""

    host: str
    """The folder of the socket, or 127.0.0.1 where there are no such sockets."""
    port: int
    superuser: str
    password: str = field(repr=False)
    database: str
    data_dir: Path
    log_file: Path

    def conninfo(self, *, user: str, password: str, dbname: str | None = None) -> str:
        """Return what libpq needs to log in as `user`, to our database unless told else."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(
            host=self.host,
            port=self.port,
            user=user,
            password=password,
            dbname=dbname or self.database,
        )


@asynccontextmanager
async def open_embedded(
    home: Path, *, binaries: Binaries | None = None
) -> AsyncIterator[EmbeddedServer]:
    """Lend the embedded server of a home folder, starting or creating it when needed.

    The server may be restarted under its users when it or its keeper is killed; it comes
    back at the same address, with everything that was committed. It stops about a second
    after the last of its users, however they ended.

    Raises:
        NotSetUp: this machine lacks something, or the server is set unsafely.
        DatabaseDown: the server did not start, for a reason in its log.
    """
    lease = _Lease(place_for(home), binaries)
    try:
        yield await asyncio.to_thread(lease.open)
    finally:
        # Also when the caller is cancelled while the thread above still waits.
        lease.leave()
        await asyncio.to_thread(lease.close)


class _Lease:
    """One process's use of the server. Its methods block, and are called in threads."""

    def __init__(self, place: Place, binaries: Binaries | None) -> None:
        self._place = place
        self._binaries = binaries
        self._lock = FileLock(place.leases)
        self._leaving = threading.Event()
        self._opening = threading.Lock()
        self._watch = threading.Thread(
            target=self._watch_keeper, name="embedded-keeper-watch", daemon=True
        )

    def open(self) -> EmbeddedServer:
        """Take the lease and wait for the server."""
        with self._opening:
            make_private(self._place.folder)
            deadline = monotonic() + _OPEN_SECONDS
            # Refused for as long as a server that lost its last user is stopping.
            while not self._lock.try_shared():
                self._wait(deadline)
            password = superuser_password(self._place)
            server = self._connect(password, deadline)
            self._watch.start()
            return server

    def leave(self) -> None:
        """Make `open`, if it still waits, give up."""
        self._leaving.set()

    def close(self) -> None:
        """Give the lease back."""
        with self._opening:
            if self._watch.is_alive():
                self._watch.join()
            self._lock.release()

    def _connect(self, password: str, deadline: float) -> EmbeddedServer:
        kept = False
        while True:
            # In this order: a keeper writes why it gives up before it lets go of the lock.
            if not is_owned(self._place.keeper):
                if kept:
                    self._raise_refusal()
                self._start_keeper()
            kept = True
            report = embedded_report.read(self._place.report)
            if isinstance(report, Address):
                server = self._server(report, password)
                if _takes_us_in(server):
                    return server
            self._wait(deadline)

    def _server(self, address: Address, password: str) -> EmbeddedServer:
        return EmbeddedServer(
            host=address.host,
            port=address.port,
            superuser=SUPERUSER,
            password=password,
            database=DATABASE,
            data_dir=self._place.data_dir,
            log_file=self._place.log_file,
        )

    def _raise_refusal(self) -> None:
        report = embedded_report.read(self._place.report)
        if isinstance(report, Refusal):
            raise report.error()

    def _wait(self, deadline: float) -> None:
        if self._leaving.wait(_STEP_SECONDS) or monotonic() > deadline:
            raise DatabaseDown(
                "The embedded PostgreSQL did not become ready.",
                f"See {self._place.log_file}.",
            )

    def _start_keeper(self) -> None:
        if self._binaries is None:
            self._binaries = find_binaries()
        require_solid_ground(self._place.data_dir)
        _start_keeper(self._place, self._binaries)

    def _watch_keeper(self) -> None:
        """Start another keeper whenever there is none; less and less often if it fails."""
        pause = _WATCH_SECONDS
        while not self._leaving.wait(pause):
            if is_owned(self._place.keeper):
                pause = _WATCH_SECONDS
                continue
            _log.info("embedded.keeper_lost")
            try:
                self._start_keeper()
            except (NotSetUp, OSError) as error:
                _log.warning("embedded.keeper_not_started", error=str(error))
            pause = min(pause * 2, _LONGEST_BACKOFF_SECONDS)


def keeper_command(place: Place, binaries: Binaries) -> list[str]:
    """Return the command line that starts a keeper, in a checkout and in a bundle."""
    arguments = [str(place.home), str(binaries.bin_dir), str(binaries.major)]
    if paths.frozen():
        return [*paths.companion_command(), KEEPER_OPTION, *arguments]
    return [sys.executable, "-m", "core.store.embedded_keeper", *arguments]


def _start_keeper(place: Place, binaries: Binaries) -> None:
    """Start a keeper and return when it owns its lock, or has found another one."""
    with place.log_file.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own program, no shell
            keeper_command(place, binaries),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=paths.installation_dir(),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    if sys.platform == "win32":
        # Nothing detaches there: the keeper is this very process, and outlives us.
        wait_until(lambda: is_owned(place.keeper), _WINDOWS_START_SECONDS)
        process.returncode = 0
    else:
        process.wait()


def _takes_us_in(server: EmbeddedServer) -> bool:
    conninfo = server.conninfo(
        user=server.superuser, password=server.password, dbname="postgres"
    )
    return ensure_database(conninfo)
