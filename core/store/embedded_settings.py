"""The settings of the embedded server: ours by the machine's size, and those that must hold.

Tuning goes into a file that is rewritten at each start and included first, so whatever a
person adds to postgresql.conf wins, except where it would cost data or open the door:
then the server does not start, and says which line is to blame.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from core.domain.errors import NotSetUp

TUNING_FILE = "socialsync.conf"
MAIN_FILE = f"""\
# Settings of SocialSync's own PostgreSQL. The included file is written anew at each
# start; what you add below it wins. Settings that would lose data after a power cut
# (fsync, full_page_writes, synchronous_commit) are refused.
include '{TUNING_FILE}'
"""
_MEBIBYTE = 1024 * 1024
_ASSUMED_MEMORY = 4096 * _MEBIBYTE
_CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")

# What each setting may be. Everything else loses acknowledged messages in a power cut.
_REQUIRED: Mapping[str, frozenset[str]] = {
    "fsync": frozenset({"on"}),
    "full_page_writes": frozenset({"on"}),
    "data_checksums": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "local", "remote_write", "remote_apply"}),
}


def tuning(memory: int) -> str:
    """Return the tuning file for a machine with `memory` bytes.

    Statements, their parameters and the rows in error details stay out of the log:
    they hold what customers wrote.
    """
    shared_buffers = _between(128, memory // 16, 1024)
    return f"""\
shared_buffers = {shared_buffers}MB
effective_cache_size = {_between(512, memory // 2, 32768)}MB
maintenance_work_mem = {_between(64, memory // 32, 512)}MB
max_wal_size = {_between(512, memory // 8, 4096)}MB
jit = off
random_page_cost = 1.1
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_error_verbosity = terse
log_min_error_statement = panic
password_encryption = 'scram-sha-256'
recovery_init_sync_method = {"syncfs" if sys.platform == "linux" else "fsync"}
"""


def machine_memory() -> int:
    """Return the bytes of memory that this machine, or our container, has."""
    if sys.platform == "win32":
        return _ASSUMED_MEMORY
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(memory, int(_CONTAINER_LIMIT.read_text(encoding="ascii")))
    except (OSError, ValueError):  # no container, or the word "max": no limit
        return memory


def require_safe(data_dir: Path, effective: Callable[[str], str]) -> None:
    """Refuse a server whose edited settings could lose data or let strangers in.

    `effective` answers what PostgreSQL itself makes of all its files for one setting.
    """
    for name, allowed in _REQUIRED.items():
        value = effective(name)
        if value not in allowed:
            raise NotSetUp(
                f"The embedded PostgreSQL is set to {name} = {value}, which can lose data.",
                f"Remove {name} from the .conf files in {data_dir}."
                if name != "data_checksums"
                else f"Stop SocialSync and run pg_checksums --enable in {data_dir}.",
            )
    _require_passwords(data_dir / "pg_hba.conf")


def _require_passwords(rules: Path) -> None:
    for line in rules.read_text(encoding="utf-8").splitlines():
        if "trust" in line.partition("#")[0].split():
            raise NotSetUp(
                "The embedded PostgreSQL is set to let users in without a password.",
                f"Replace trust by scram-sha-256 in {rules}.",
            )


def _between(least: int, size: int, most: int) -> int:
    """Return a size in bytes as mebibytes within limits given in mebibytes."""
    return max(least, min(size // _MEBIBYTE, most))
