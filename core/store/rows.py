"""Rows become our values: psycopg's `class_row`, plus the types it cannot know.

A column arrives as text, list or Decimal where a field is declared as an enum, a tuple or
a float; `value_row` converts exactly those, once per class, by the declared type.
"""

import types
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from psycopg import AsyncCursor
from psycopg.rows import AsyncRowFactory, RowMaker

T = TypeVar("T")
Convert = Callable[[Any], Any]


def value_row(cls: type[T]) -> AsyncRowFactory[T]:
    """Return a row factory that makes objects of `cls`, fields matched by column name."""
    converters = _converters(typing.cast(Any, cls))

    def factory(cursor: AsyncCursor[Any]) -> RowMaker[T]:
        columns = [column.name for column in cursor.description or ()]
        converts = [(name, converters[name]) for name in columns if name in converters]

        def make(values: Any) -> T:
            fields = dict(zip(columns, values, strict=True))
            for name, convert in converts:
                if fields[name] is not None:
                    fields[name] = convert(fields[name])
            return cls(**fields)

        return make

    return factory


@cache
def _converters(cls: type[Any]) -> dict[str, Convert]:
    hints = typing.get_type_hints(cls)
    found = ((name, _converter(hint)) for name, hint in hints.items())
    return {name: convert for name, convert in found if convert is not None}


def _converter(hint: Any) -> Convert | None:
    """Return what turns a column into the declared type, or None if nothing must."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(filter(None, map(_converter, typing.get_args(hint))), None)
    if typing.get_origin(hint) is tuple:
        return tuple
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if hint is float:
        return _as_float
    return None


def _as_float(value: float | Decimal) -> float:
    return float(value)
