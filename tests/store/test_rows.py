from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.store.pool import Login, open_database
from tests.fixtures.database import TestDatabase


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    colour: Colour | None
    words: tuple[str, ...]
    score: float
    best: float | None
    size: int
    extra: dict[str, Any]


_THING = """
select %(colour)s as colour, array['a', 'b'] as words, 0.125::numeric(4, 3) as score,
       null::numeric as best, 3 as size, '{"a": [1]}'::jsonb as extra
"""


async def read(database: TestDatabase, colour: str | None) -> Thing:
    async with (
        open_database(database.owner, login=Login.MEMBER) as opened,
        opened.unit(database.tenant) as unit,
    ):
        found = await unit.row(Thing, _THING, {"colour": colour})
    assert found is not None
    return found


async def test_columns_become_the_types_their_fields_declare(
    shared_database: TestDatabase,
) -> None:
    found = await read(shared_database, "red")
    assert found == Thing(
        colour=Colour.RED,
        words=("a", "b"),
        score=0.125,
        best=None,
        size=3,
        extra={"a": [1]},
    )
    assert (type(found.colour), type(found.words)) == (Colour, tuple)
    assert type(found.score) is float


async def test_null_stays_nothing_whatever_the_field_declares(
    shared_database: TestDatabase,
) -> None:
    assert (await read(shared_database, None)).colour is None
