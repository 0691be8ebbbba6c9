"""Read the answer of an OpenAI-compatible server strictly: a wrong vector finds nothing.

Pure. Servers differ in how they write the numbers (base64 or a list) and some in the
order; all else must be as it was asked for.
"""

import base64
import json
import math
from array import array
from collections.abc import Sequence
from typing import Any

from core.llm.base import Vector
from core.llm.failures import UnreadableAnswer


def vectors_of(content: bytes, count: int) -> list[Vector]:
    """Return `count` vectors of length one and of one size, in the order of the texts.

    Raises:
        UnreadableAnswer: the answer holds something else.
    """
    by_index = dict(_indexed(_data(content)))
    if sorted(by_index) != list(range(count)):
        raise UnreadableAnswer("not one vector for each text")
    vectors = [_direction(by_index[index]) for index in range(count)]
    if len({len(vector) for vector in vectors}) > 1:
        raise UnreadableAnswer("vectors of several sizes")
    return vectors


def _data(content: bytes) -> list[Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer("not JSON") from error
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list):
        raise UnreadableAnswer("no data")
    return data


def _indexed(data: list[Any]) -> list[tuple[int, Sequence[float]]]:
    found: list[tuple[int, Sequence[float]]] = []
    for item in data:
        index = item.get("index") if isinstance(item, dict) else None
        if type(index) is not int:
            raise UnreadableAnswer("no index")
        found.append((index, _numbers(item.get("embedding"))))
    if len({index for index, _ in found}) != len(found):
        raise UnreadableAnswer("an index twice")
    return found


def _numbers(written: object) -> Sequence[float]:
    if isinstance(written, str):
        numbers = array("f")
        try:
            numbers.frombytes(base64.b64decode(written, validate=True))
        except ValueError as error:
            raise UnreadableAnswer("not base64 of floats") from error
        return numbers
    if isinstance(written, list) and all(type(part) in (int, float) for part in written):
        return written
    raise UnreadableAnswer("neither base64 nor numbers")


def _direction(numbers: Sequence[float]) -> Vector:
    """Return the vector with length one."""
    try:
        length = math.sqrt(math.fsum(part * part for part in numbers))
    except (OverflowError, ValueError) as error:
        raise UnreadableAnswer("not finite") from error
    if not 0 < length < math.inf:
        raise UnreadableAnswer("no direction")
    return [part / length for part in numbers]
