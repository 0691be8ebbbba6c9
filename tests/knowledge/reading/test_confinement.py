"""The child is locked up: what a hijacked reader would try is refused by the kernel."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from core import paths
from core.knowledge.reading.process import outcome_of

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Landlock and namespaces are Linux's"
)

_LOCKED = "from core.knowledge.reading import confinement; confinement.confine([]); "
_ALLOWED = "allowed"
_PLANTED = Path("/tmp/socialsync-planted")  # noqa: S108 -- it must not come to be


async def _tried(attempt: str) -> str:
    """Return what a child says that gives up its rights and then tries something."""
    code = (
        f"import sys, os, socket, ctypes; sys.path.append({str(paths.installation_dir())!r})\n"
        f"{_LOCKED}\n"
        f"try:\n    {attempt}\n"
        "except (OSError, MemoryError) as error:\n    print(type(error).__name__)\n"
        f"else:\n    print({_ALLOWED!r})\n"
    )
    command = (sys.executable, "-I", "-S", "-c", code)
    outcome = await outcome_of(command, b"", wall_seconds=10)
    return outcome.answer.decode().strip()


def _has_landlock() -> bool:
    import ctypes

    return bool(ctypes.CDLL(None).syscall(444, None, 0, 1) >= 1)


@pytest.mark.skipif(not _has_landlock(), reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd').read()",
        "os.listdir('/')",
        f"open({str(_PLANTED)!r}, 'w').write('x')",
        f"os.mkdir({str(_PLANTED)!r})",
        "open('/proc/1/environ').read()",
        f"open({str(Path(__file__))!r}).read()",
    ],
)
async def test_no_other_file_is_read_or_written(attempt: str) -> None:
    assert await _tried(attempt) == "PermissionError"
    assert not await asyncio.to_thread(_PLANTED.exists)


async def test_the_standard_library_may_still_be_imported() -> None:
    assert await _tried("import encodings.cp1251, wave") == _ALLOWED


@pytest.mark.skipif(
    os.uname().machine not in {"x86_64", "aarch64"}, reason="no filter for this machine"
)
@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "os.execv(sys.executable, [sys.executable, '-c', ''])",
        "os.posix_spawn(sys.executable, ['python'], {})",
        "os.kill(os.getppid(), 0)",
    ],
)
async def test_no_connection_and_no_other_process_is_made(attempt: str) -> None:
    assert await _tried(attempt) in {"PermissionError", "OSError"}


async def test_a_thread_may_still_be_started() -> None:
    attempt = "import threading; t = threading.Thread(target=list); t.start(); t.join()"

    assert await _tried(attempt) == _ALLOWED


async def test_memory_ends_at_the_limit() -> None:
    assert await _tried("bytearray(1 << 30)") == "MemoryError"


async def test_files_and_core_dumps_are_limited() -> None:
    import resource

    code = (
        "import json, resource, sys; "
        f"sys.path.append({str(paths.installation_dir())!r}); {_LOCKED}"
        "print(json.dumps([resource.getrlimit(n)[1] for n in (resource.RLIMIT_CPU, "
        "resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)]))"
    )

    outcome = await outcome_of((sys.executable, "-I", "-S", "-c", code), b"")

    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY
    assert json.loads(outcome.answer) == [10, 16 * 1024 * 1024, 32, 0]


async def test_the_environment_of_the_child_is_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOCIALSYNC_SECRET", "x")
    code = "import os; print(sorted(os.environ))"

    outcome = await outcome_of((sys.executable, "-I", "-S", "-c", code), b"")

    assert b"SOCIALSYNC" not in outcome.answer
