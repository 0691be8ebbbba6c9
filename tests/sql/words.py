"""Count the words of the knowledge base again, by a way of its own, and compare."""

from collections import Counter
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow

_TEXTS = """
select c.id, c.user_id, c.id, 'text', app.text_language(c.lang_code), c.token_count, c.tsv
from knowledge_chunks c
union all
select f.id, f.user_id, f.id, 'text', app.text_language(f.lang_code), length(f.tsv), f.tsv
from faq_qa f
union all
select p.id, p.tenant_id, p.faq_id, 'question', app.text_language(f.lang_code),
       length(p.tsv), p.tsv
from faq_phrasings p join faq_qa f on f.user_id = p.tenant_id and f.id = p.faq_id
"""
_WORDS = """
select t.id, app.word_key(t.user_id, t.field, t.language, u.lexeme),
       least(cardinality(u.positions), 255)
from ({texts}) as t(id, user_id, entry, field, language, length, tsv)
cross join lateral unnest(t.tsv) u
"""


def recount(line: Connection[TupleRow]) -> list[str]:
    """Return which of the three tables of words does not say what the texts say."""
    texts: list[tuple[Any, ...]] = line.execute(_TEXTS).fetchall()
    told = {row[0]: row[1:6] for row in texts}
    counts: dict[UUID, dict[int, int]] = {one: {} for one in told}
    for one, key, times in line.execute(_WORDS.format(texts=_TEXTS).encode()).fetchall():
        counts[one][key] = times

    spreads = Counter((told[one][0], key) for one, words in counts.items() for key in words)
    sizes: dict[tuple[Any, ...], tuple[int, int]] = {}
    for tenant, _, field, language, length in told.values():
        known, words = sizes.get((tenant, field, language), (0, 0))
        sizes[tenant, field, language] = (known + 1, words + length)

    return [
        table
        for table, said, counted in (
            (
                "knowledge_words",
                _kept(line),
                {one: (told[one], counts[one]) for one in told},
            ),
            ("knowledge_lexemes", _spreads(line), dict(spreads)),
            ("knowledge_sizes", _sizes(line), sizes),
        )
        if said != counted
    ]


def _kept(line: Connection[TupleRow]) -> dict[UUID, tuple[Any, ...]]:
    rows = line.execute(
        "select id, tenant_id, entry, field, language, length, keys, counts"
        " from knowledge_words"
    ).fetchall()
    return {row[0]: (row[1:6], _decoded(row[6], row[7])) for row in rows}


def _decoded(keys: list[int], counts: bytes) -> dict[int, int]:
    """Read a row's two lists, which must name the same words."""
    found = {
        int.from_bytes(counts[at : at + 8], "big", signed=True): counts[at + 8]
        for at in range(0, len(counts), 9)
    }
    return found if sorted(found) == sorted(keys) else {}


def _spreads(line: Connection[TupleRow]) -> dict[tuple[Any, ...], int]:
    query = "select tenant_id, key, spread from knowledge_lexemes"
    return {(row[0], row[1]): row[2] for row in line.execute(query).fetchall()}


def _sizes(line: Connection[TupleRow]) -> dict[tuple[Any, ...], tuple[int, int]]:
    query = (
        "select tenant_id, field, language, texts, words from knowledge_sizes"
        " where field <> '*' and texts > 0"
    )
    return {row[:3]: (row[3], row[4]) for row in line.execute(query).fetchall()}
