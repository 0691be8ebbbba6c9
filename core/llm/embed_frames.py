"""What travels between the local embedder and its worker process: small binary frames.

A frame is its length and that many bytes. A question carries a number, and its answer
carries the same one, because answers may overtake each other. No pickle: the worker is
ours, but the texts are customers'.
"""

import struct
import sys
from array import array
from dataclasses import dataclass
from enum import IntEnum
from typing import IO

from core.llm.base import Vector

_LENGTH = struct.Struct("<I")
_HEAD = struct.Struct("<IB")  # number, and urgency or status


AT_ONCE = 2
"""Texts that somebody waits for and that are read side by side: a question and its English."""


class Urgency(IntEnum):
    """Who is waiting for an answer."""

    NOW = 0
    """A customer, or somebody who searches."""
    INDEXING = 1


class Status(IntEnum):
    """How a question ended."""

    ANSWERED = 0
    NOT_LOADED = 1
    """The model's files are damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A text to be read."""

    number: int
    urgency: Urgency
    text: str

    def pack(self) -> bytes:
        """Return the frame; half a surrogate pair travels as a question mark."""
        text = self.text.encode("utf-8", "replace")
        return _framed(_HEAD.pack(self.number, self.urgency) + text)

    @classmethod
    def unpack(cls, content: bytes) -> "Question":
        """Read what `pack` wrote, less its length."""
        number, urgency = _HEAD.unpack_from(content)
        text = content[_HEAD.size :].decode("utf-8")
        return cls(number=number, urgency=Urgency(urgency), text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The vector of one question's text; empty if it failed."""

    number: int
    status: Status = Status.ANSWERED
    vector: Vector

    def pack(self) -> bytes:
        """Return the frame; the numbers travel as the 32 bits that the model made."""
        numbers = _little_endian(array("f", self.vector)).tobytes()
        return _framed(_HEAD.pack(self.number, self.status) + numbers)

    @classmethod
    def unpack(cls, content: bytes) -> "Reply":
        """Read what `pack` wrote, less its length."""
        number, status = _HEAD.unpack_from(content)
        numbers = array("f")
        numbers.frombytes(content[_HEAD.size :])
        vector = _little_endian(numbers).tolist()
        return cls(number=number, status=Status(status), vector=vector)


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the content of the next frame, or None when the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def _framed(content: bytes) -> bytes:
    return _LENGTH.pack(len(content)) + content


def _little_endian(numbers: "array[float]") -> "array[float]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
