"""Take this process its rights, for good, before it looks at a file of a stranger.

The child does this to itself: its own code is trusted until it reads. What a kernel or an
operating system does not offer is left out; the parent's clock and the limits of
resources stay everywhere.
"""

import os
import sys
from collections.abc import Iterable
from types import ModuleType

from core.knowledge.reading import job_object, limits


def confine(libraries: Iterable[ModuleType]) -> None:
    """Forbid all but computing, and reading what Python may yet import."""
    _limit_resources()
    if sys.platform == "linux":
        from core.knowledge.reading import landlock, seccomp

        landlock.forbid_network()
        if landlock.forbid_gain():
            landlock.forbid_files(readable=_importable(libraries))
            seccomp.forbid_calls(may_run_programs=False)


def confine_to_program(program: str) -> None:
    """Forbid all but running a program of this machine, without network and files of ours."""
    _limit_resources()
    if sys.platform == "linux":
        from core.knowledge.reading import landlock, seccomp

        landlock.forbid_network()
        if landlock.forbid_gain():
            installed = os.path.dirname(os.path.dirname(os.path.realpath(program)))
            landlock.forbid_files(
                readable=("/etc/ld.so.cache",),
                runnable=("/usr", "/lib", "/lib64", installed),
            )
            seccomp.forbid_calls(may_run_programs=True)


def _importable(libraries: Iterable[ModuleType]) -> Iterable[str]:
    """Return where the standard library and the libraries of this kind of file lie."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return (str(bundle),)
    places = [os.path.dirname(str(module.__file__)) for module in libraries]
    return (os.path.dirname(str(os.__file__)), *places)


def _limit_resources() -> None:
    if sys.platform == "win32":
        job_object.enter(limits.MEMORY, limits.CPU_SECONDS)
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.WRITTEN_FILE),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
        (resource.RLIMIT_NPROC, limits.PROCESSES),
        (resource.RLIMIT_CORE, 0),
    ):
        _limit(what, most)


def _limit(what: int, most: int) -> None:
    import resource

    ceiling = resource.getrlimit(what)[1]
    if ceiling != resource.RLIM_INFINITY:
        most = min(most, ceiling)
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        return  # macOS knows limits that it does not let anyone set
