"""A value that must not be seen."""

from typing_extensions import override


class Secret:
    """A string that prints as `***`; only `reveal` gives it away.

    Kept out of dataclass reprs, logs, exceptions and crash files by construction:
    whoever needs the value calls `reveal` at the last moment, next to its use.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    @override
    def __repr__(self) -> str:
        return "***"

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    @override
    def __hash__(self) -> int:
        return hash(self._value)
