"""Forbid this process the system calls that a reader of documents never makes.

A filter in the kernel's own small language: sockets, new processes, other programs,
signals to others and the doors to the kernel answer "not permitted". What is not listed
goes on; the files are Landlock's part.
"""

import ctypes
import os
import struct

_SET_SECCOMP, _FILTER_MODE = 22, 2
_LOAD, _EQUAL, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW = 0x7FFF0000
_NOT_PERMITTED, _NOT_KNOWN = 0x00050001, 0x00050026
_THREAD = 0x00010000

# Numbers as in the kernel's tables, fixed for ever: sockets, running programs, tracing,
# signals, namespaces, keys, and the interfaces that most holes in the kernel were in.
_X86 = {
    "architecture": 0xC000003E,
    "clone": 56,
    "clone3": 435,
    "run": (59, 322, 57, 58),
    "forbidden": (
        *(41, 42, 43, 49, 50, 53, 288, 62, 101, 129, 155, 161, 165, 166, 200),
        *(248, 249, 250, 272, 298, 304, 308, 310, 311, 321, 323, 424, 425, 434, 438),
    ),
}
_ARM = {
    "architecture": 0xC00000B7,
    "clone": 220,
    "clone3": 435,
    "run": (221, 281),
    "forbidden": (
        *(198, 199, 200, 201, 202, 203, 242, 117, 129, 130, 138, 41, 51, 39, 40, 97),
        *(217, 218, 219, 241, 265, 268, 270, 271, 280, 282, 424, 425, 434, 438),
    ),
}
_MACHINES = {"x86_64": _X86, "aarch64": _ARM}


def forbid_calls(*, may_run_programs: bool) -> None:
    """Switch the filter on, where the machine is one of those it is written for."""
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        return
    code = b"".join(_program(machine, may_run_programs=may_run_programs))
    buffer = ctypes.create_string_buffer(code, len(code))
    length = len(code) // 8
    filled = struct.pack("HxxxxxxP", length, ctypes.addressof(buffer))
    ctypes.CDLL(None).prctl(_SET_SECCOMP, _FILTER_MODE, filled, 0, 0)


def _program(machine: dict[str, object], *, may_run_programs: bool) -> list[bytes]:
    forbidden = _numbers(machine["forbidden"])
    code = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, _numbers(machine["architecture"])[0], yes=1),
        _step(_ANSWER, _NOT_PERMITTED),
        _step(_LOAD, _NUMBER_AT),
    ]
    if not may_run_programs:
        forbidden += _numbers(machine["run"])
        # Threads are clones too; `clone3` hides its flags, and the C library falls back.
        code += [
            _step(_EQUAL, _numbers(machine["clone3"])[0], no=1),
            _step(_ANSWER, _NOT_KNOWN),
            _step(_EQUAL, _numbers(machine["clone"])[0], no=4),
            _step(_LOAD, _FIRST_ARGUMENT_AT),
            _step(_ANY_BIT, _THREAD, yes=1),
            _step(_ANSWER, _NOT_PERMITTED),
            _step(_ANSWER, _ALLOW),
        ]
    for number in forbidden:
        code += [_step(_EQUAL, number, no=1), _step(_ANSWER, _NOT_PERMITTED)]
    return [*code, _step(_ANSWER, _ALLOW)]


def _numbers(value: object) -> list[int]:
    return list(value) if isinstance(value, tuple) else [int(str(value))]


def _step(operation: int, operand: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", operation, yes, no, operand)
