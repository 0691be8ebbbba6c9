"""The process that starts the embedded server, and stops it with its last user.

Started by whoever needs the server and finds no keeper, it detaches and belongs to
nobody: it watches a lock that all users share. It imports next to nothing, because it
starts before every first window and stays as long as anyone is there.
"""

import os
import signal
import sys
from pathlib import Path
from time import monotonic

from core.domain.errors import DatabaseDown, NotSetUp
from core.store import embedded_report
from core.store.embedded_account import (
    ACCOUNT,
    Account,
    account_for,
    copy_programs,
    prepare_area,
)
from core.store.embedded_cluster import Cluster
from core.store.embedded_locks import FileLock
from core.store.embedded_place import Place, is_root, place_for
from core.store.embedded_programs import Programs
from core.store.embedded_waiting import pause, wait_until

# The time in which one command may follow another without a restart between them.
GRACE_SECONDS = 1.0
_TICK_SECONDS = 0.1
# Others look at the lock for an instant; longer means another keeper.
_LOCK_SECONDS = 1.0
_LOG_LIMIT = 8 * 1024 * 1024


class Keeper:
    """Keeps one cluster running while anyone holds a lease on its place."""

    def __init__(self, place: Place, log: int) -> None:
        self._place = place
        self._log = log
        self._leases = FileLock(place.leases)
        # Not an Event: a signal may arrive while one is being waited for, and setting it
        # there would wait for itself.
        self._told_to_stop = False

    def stop(self) -> None:
        """End soon, whether anybody uses the server or not."""
        self._told_to_stop = True

    def run(self, bin_dir: Path, major: int) -> None:
        """Keep the server until its last user is gone, or write down why it cannot run."""
        try:
            programs = self._programs(bin_dir, major)
            cluster = Cluster(self._place, programs, self._log)
            try:
                self._keep(cluster)
            finally:
                cluster.stop()
        except (NotSetUp, DatabaseDown) as error:
            self._say(str(error))
            embedded_report.write(self._place.report, embedded_report.refusal_of(error))
        else:
            self._place.report.unlink(missing_ok=True)
            self._say("stopped")

    def _keep(self, cluster: Cluster) -> None:
        """Return with the leases locked, so that nobody joins a server that is stopping."""
        self._start(cluster)
        unused_since: float | None = None
        while not self._told_to_stop:
            pause(_TICK_SECONDS)
            if not cluster.lives():
                self._start(cluster)
            if not self._leases.try_exclusive():
                unused_since = None
            elif unused_since is None:
                unused_since = monotonic()
                self._leases.release()
            elif monotonic() - unused_since > GRACE_SECONDS:
                return
            else:
                self._leases.release()

    def _start(self, cluster: Cluster) -> None:
        self._place.report.unlink(missing_ok=True)
        server = cluster.start()
        self._say(f"server {server.pid} is ready")
        address = embedded_report.Address(
            host=server.socket_dir or "127.0.0.1",
            port=server.port,
            postmaster=server.pid,
            keeper=os.getpid(),
        )
        embedded_report.write(self._place.report, address)

    def _programs(self, bin_dir: Path, major: int) -> Programs:
        area = self._place.area
        account = None
        if is_root():
            account = self._account()
            bin_dir = copy_programs(bin_dir, area)
        return Programs(bin_dir=bin_dir, major=major, work_dir=area, account=account)

    def _account(self) -> Account:
        account = account_for(self._place.area)
        prepare_area(self._place.area, account)
        stand_in = "" if account.name == ACCOUNT else f", for want of {ACCOUNT}"
        self._say(f"PostgreSQL runs as {account.name}{stand_in}")
        return account

    def _say(self, line: str) -> None:
        os.write(self._log, f"keeper {os.getpid()}: {line}\n".encode())


def main(arguments: list[str]) -> int:
    """Become the keeper of a home folder with the given programs, unless there is one.

    Returns in the process that was started as soon as the lock is ours; the keeper goes
    on as its child, which nobody has to wait for.
    """
    home, bin_dir, major = arguments
    place = place_for(Path(home))
    lock = FileLock(place.keeper)
    if not wait_until(lock.try_exclusive, _LOCK_SECONDS):
        return 0
    place.report.unlink(missing_ok=True)
    if sys.platform != "win32" and os.fork() != 0:
        os._exit(0)
    keeper = Keeper(place, _open_log(place.log_file))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: keeper.stop())
    keeper.run(Path(bin_dir), int(major))
    return 0


def _open_log(path: Path) -> int:
    if path.exists() and path.stat().st_size > _LOG_LIMIT:
        os.replace(path, path.with_suffix(".log.old"))
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
