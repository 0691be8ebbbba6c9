"""Ask the Linux kernel to forbid this process all files and all connections but a few.

Three layers, each silently left out where the kernel refuses it: namespaces of one's own,
Landlock, and a filter of system calls. They overlap on purpose, because distributions
switch off one or the other (Ubuntu refuses namespaces to ordinary users).
"""

import ctypes
import os
import struct
from collections.abc import Iterable

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights over files that a version of Landlock knows."""
_NET_SINCE, _NET_RIGHTS = 4, 0b11
_SCOPES_SINCE, _SCOPES = 6, 0b11


def forbid_network() -> None:
    """Move into a network namespace without any interface; needs to be single-threaded."""
    _libc().unshare(_NEW_USER | _NEW_NET)


def forbid_gain() -> bool:
    """Give up all ways to gain rights; the other restrictions need it."""
    return bool(_libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


def forbid_files(readable: Iterable[str], runnable: Iterable[str] = ()) -> None:
    """Forbid everything but reading below some folders, and running what lies in others."""
    version = _call(_CREATE_RULESET, None, 0, _VERSION_FLAG)
    if version < 1:
        return
    rights = _FILE_RIGHTS[max(known for known in _FILE_RIGHTS if known <= version)]
    rules = struct.pack("=Q", rights)
    if version >= _NET_SINCE:
        rules += struct.pack("=Q", _NET_RIGHTS)
    if version >= _SCOPES_SINCE:
        rules += struct.pack("=Q", _SCOPES)
    ruleset = _call(_CREATE_RULESET, rules, len(rules), 0)
    if ruleset < 0:
        return
    for folder in readable:
        _allow(ruleset, folder, _READ_FILE | _READ_DIR)
    for folder in runnable:
        _allow(ruleset, folder, _READ_FILE | _READ_DIR | _EXECUTE)
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        rights &= ~_READ_DIR
    _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def _call(number: int, *arguments: object) -> int:
    return int(_libc().syscall(number, *arguments))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
