"""Put values together again from the JSON that `run.plain` made of them, by their types.

A snapshot may be older than a field: what it does not hold takes the field's default.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


def rebuilt(cls: type[T], values: Mapping[str, Any]) -> T:
    """Return a dataclass from its JSON.

    Raises:
        KeyError: a field without a default is missing.
        TypeError: a value is not what its field holds.
        ValueError: a value cannot be read.
    """
    if not isinstance(values, Mapping):
        raise TypeError(f"{cls.__name__} is not an object")
    kind: Any = cls
    hints = _hints(kind)
    return cls(
        **{
            field.name: _value(hints[field.name], values[field.name])
            for field in _fields(cls)
            if field.name in values or not _has_default(field)
        }
    )


def _value(kind: Any, value: Any) -> Any:
    """Return a value of this kind from its JSON."""
    if hasattr(kind, "__supertype__"):  # an id of ours is a NewType over UUID
        return _value(kind.__supertype__, value)
    if get_origin(kind) in (Union, UnionType):
        return _optional(kind, value)
    if get_origin(kind) in (tuple, list):
        return get_origin(kind)(_value(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is not None or kind is Any:
        return value
    return _plain(kind, value)


def _optional(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    (only,) = (one for one in get_args(kind) if one is not NoneType)
    return _value(only, value)


def _plain(kind: type[Any], value: Any) -> Any:
    if is_dataclass(kind):
        return rebuilt(kind, value)
    if issubclass(kind, datetime | date | time):
        return kind.fromisoformat(value)
    if issubclass(kind, Enum | UUID):
        return kind(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # the database writes 1.0 as 1
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not a {kind.__name__}")
    return value


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return get_type_hints(cls)


def _fields(cls: Any) -> tuple[Field[Any], ...]:
    return fields(cls)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
