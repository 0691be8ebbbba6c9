"""One PostgreSQL cluster on disk and its postmaster, as the keeper handles them.

Only the owner of the keeper's lock calls this, so nobody else starts, stops or creates
anything meanwhile. Whatever was killed before, `start` finds a way from what it left.
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic

from core.domain.errors import DatabaseDown, NotSetUp
from core.store import embedded_settings
from core.store.embedded_place import PORT, Place, socket_folder
from core.store.embedded_postmaster import (
    PidFile,
    living_postmaster,
    pid_file,
    process_lives,
    read_pid_file,
    stop_signals,
)
from core.store.embedded_programs import Programs
from core.store.embedded_waiting import pause, wait_until

SUPERUSER = "postgres"
# Recovery after a kill replays up to `max_wal_size`; a slow disk needs a while for it.
_START_SECONDS = 300.0
# How long the backends of a killed postmaster may take to notice and let go.
_ORPHAN_SECONDS = 20.0
_STOP_SECONDS = 60.0
_RETRY_SECONDS = 0.1
_HELD_BY_ORPHANS = ("shared memory block", "lock file")


class _HeldByOrphansError(Exception):
    """Processes of a killed server still use the data folder."""


class Cluster:
    """The data folder of a place and the server that serves it."""

    def __init__(self, place: Place, programs: Programs, log: int) -> None:
        self._place = place
        self._programs = programs
        self._log = log
        self._child: subprocess.Popen[str] | None = None
        self._adopted: int | None = None

    def start(self) -> PidFile:
        """Make sure that a server is ready, and return where it listens.

        Creates the cluster when there is none, and adopts a server that already runs.
        """
        self._child = self._adopted = None
        if not (self._place.data_dir / "PG_VERSION").exists():
            self._create()
        self._require_same_major()
        return self._adopt() or self._launch()

    def lives(self) -> bool:
        """Return whether the server's postmaster is running."""
        if self._child is not None:
            return self._child.poll() is None
        return self._adopted is not None and self._still_serves(self._adopted)

    def stop(self) -> None:
        """Stop the server, cleanly if it can be; harmless when there is none."""
        pid = self._child.pid if self._child else self._adopted
        if pid is None:
            return
        for stop in stop_signals(pid, self._programs):
            if not self.lives():
                return
            stop()
            wait_until(lambda: not self.lives(), _STOP_SECONDS)

    def _create(self) -> None:
        """Run initdb beside the final folder, so that half a cluster is never found."""
        area = self._place.area
        for abandoned in area.glob("initdb-*.new"):
            shutil.rmtree(abandoned, ignore_errors=True)
        # A name of our own: the initdb of a killed keeper may still be tidying up its own.
        unfinished = area / f"initdb-{os.getpid()}.new"
        password = area / "initdb-password"
        self._hand_over(password, self._place.password_file.read_text(encoding="ascii"))
        try:
            code, output = self._programs.run(
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--data-checksums",
                "--no-instructions",
                *_locale_options(self._programs.major),
                *_sync_options(self._programs.major),
            )
        finally:
            password.unlink(missing_ok=True)
        if code != 0:
            raise NotSetUp(
                f"PostgreSQL could not create its files: {_last_line(output)}",
                f"Check the disk and the rights of {area}.",
            )
        self._hand_over(unfinished / "postgresql.conf", embedded_settings.MAIN_FILE)
        unfinished.rename(self._place.data_dir)

    def _adopt(self) -> PidFile | None:
        """Return a server that somebody else left running, once it is ready."""
        found = living_postmaster(self._place.data_dir)
        if found is None:
            return None

        def settled() -> bool:
            seen = read_pid_file(self._place.data_dir)
            return seen is None or seen.is_ready or not process_lives(found.pid)

        wait_until(settled, _START_SECONDS)
        ready = living_postmaster(self._place.data_dir)
        if ready is not None and ready.is_ready:
            self._adopted = ready.pid
            return ready
        return None

    def _still_serves(self, pid: int) -> bool:
        # Not our child: after a clean end it may linger as a zombie that nobody reaps.
        seen = read_pid_file(self._place.data_dir)
        return seen is not None and seen.pid == pid and process_lives(pid)

    def _launch(self) -> PidFile:
        deadline = monotonic() + _ORPHAN_SECONDS
        while True:
            try:
                return self._launch_once()
            except _HeldByOrphansError as error:
                if monotonic() > deadline:
                    raise DatabaseDown(
                        "Another PostgreSQL still uses our data folder.",
                        f"Stop it, or restart this machine; see {self._place.log_file}.",
                    ) from error
                pause(_RETRY_SECONDS)

    def _launch_once(self) -> PidFile:
        data_dir = self._place.data_dir
        if living_postmaster(data_dir) is None:
            self._clear_traces()
        tuning = embedded_settings.tuning(embedded_settings.machine_memory())
        self._hand_over(data_dir / embedded_settings.TUNING_FILE, tuning)
        embedded_settings.require_safe(data_dir, self._effective)
        written = os.fstat(self._log).st_size
        self._child = self._programs.spawn(
            "postgres",
            f"-D{data_dir}",
            *(f"-c{setting}" for setting in self._listening()),
            output=self._log,
        )
        wait_until(lambda: self._is_ready() or not self.lives(), _START_SECONDS)
        ready = read_pid_file(data_dir)
        if ready is None or not self.lives():
            raise self._reason_in_log(written)
        return ready

    def _clear_traces(self) -> None:
        """Remove what a killed server left, lest PostgreSQL wait for whom it names now.

        Should the dead one's backends still run, the new one finds their shared memory by
        the data folder itself, and declines to start beside them.
        """
        pid_file(self._place.data_dir).unlink(missing_ok=True)
        if sys.platform != "win32":
            for trace in self._socket_folder().glob(".s.PGSQL.*"):
                trace.unlink()

    def _is_ready(self) -> bool:
        seen = read_pid_file(self._place.data_dir)
        return (
            seen is not None
            and self._child is not None
            and seen.pid == self._child.pid
            and seen.is_ready
        )

    def _listening(self) -> list[str]:
        if sys.platform == "win32":
            return ["listen_addresses=127.0.0.1", f"port={_free_port()}"]
        return [
            "listen_addresses=",
            f"port={PORT}",
            # A list, where commas part and quotes protect.
            f'unix_socket_directories="{self._socket_folder()}"',
            "unix_socket_permissions=0700",
        ]

    def _socket_folder(self) -> Path:
        account = self._programs.account
        return socket_folder(self._place, account.user_id if account else os.geteuid())

    def _effective(self, setting: str) -> str:
        code, output = self._programs.run(
            "postgres", f"-D{self._place.data_dir}", "-C", setting
        )
        if code != 0:
            raise NotSetUp(
                f"The embedded PostgreSQL cannot read its settings: {output}",
                f"Correct the .conf files in {self._place.data_dir}.",
            )
        return _last_line(output)

    def _reason_in_log(self, offset: int) -> Exception:
        with self._place.log_file.open(encoding="utf-8", errors="replace") as log:
            log.seek(offset)
            fatal = [line.strip() for line in log if "FATAL:" in line]
        if any(mark in line for line in fatal for mark in _HELD_BY_ORPHANS):
            return _HeldByOrphansError()
        return DatabaseDown(
            "The embedded PostgreSQL does not start"
            + (f": {fatal[-1].partition('FATAL:')[2].strip()}." if fatal else "."),
            f"See {self._place.log_file}.",
        )

    def _require_same_major(self) -> None:
        made_by = (self._place.data_dir / "PG_VERSION").read_text(encoding="ascii").strip()
        if int(made_by) != self._programs.major:
            raise NotSetUp(
                f"The database was made by PostgreSQL {made_by}, this is {self._programs.major}.",
                "Restore a backup into a new SOCIALSYNC_HOME, or use that version.",
            )

    def _hand_over(self, path: Path, content: str) -> None:
        """Write a private file for the account that runs PostgreSQL."""
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
        account = self._programs.account
        if account is not None:
            os.chown(path, account.user_id, account.group_id)


def _locale_options(major: int) -> list[str]:
    """Return options that sort and fold the same on every system, and for every language.

    The built-in provider does not change with the system's libraries, so no index ever
    breaks by an update. Trigrams and text search still ask the C library what a letter
    is: with a plain "C" they would drop every accented one.
    """
    if major < 17:
        return [f"--locale={_unicode_ctype()}"]
    return [
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={_unicode_ctype()}",
    ]


def _sync_options(major: int) -> list[str]:
    """Return how initdb makes its thousand files durable.

    One by one they cost two seconds on a busy disk; Linux can flush them together.
    """
    return ["--sync-method=syncfs"] if major >= 17 and sys.platform == "linux" else []


def _unicode_ctype() -> str:
    import locale  # needed once in the life of a cluster

    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return name
    return "C"


def _last_line(output: str) -> str:
    return output.rpartition("\n")[2]


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
