"""The one query behind every search: what might answer, with the score of each leg.

Two functions of the database put entries forward, by words and by meaning (see
`sql/0029_find_passages.sql`); here both legs are worked out for whatever either of them
has chosen, and the texts are read under the caller's own rights. One round trip.

Vectors have length one, so the negative inner product `<#>` is the cosine at less cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.store.chunks import Vector, searched_literal
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A chunk or a FAQ entry that some leg put forward, with its raw scores.

    `embedder` is whose vectors the cosines are of, empty when none was asked that the inbox is
    searched with. For an entry, `text` is the answer, and the `question_` scores are those of its best
    phrasing. Scores are comparable within one answer of the database only, cosines always:
    `whole_cosine` is of the whole text, `piece_cosines` are of the pieces of a chunk in their
    order (see `chunking.pieces`), none where the whole is one.
    """

    id: UUID
    embedder: str
    document_id: UUID | None
    chunk_index: int | None
    start_char: int | None
    end_char: int | None
    lang_code: str
    title: str
    name: str
    heading: str
    gap: str = ""
    page: int | None = None
    text: str
    phrasings: tuple[str, ...]
    words: float
    question_words: float
    whole_cosine: float
    piece_cosines: Sequence[float]
    question_cosine: float

    @property
    def meaning(self) -> float:
        """Return the mean of the whole and its best piece, which beats either."""
        return (self.whole_cosine + max(self.piece_cosines, default=self.whole_cosine)) / 2

    @property
    def cosine(self) -> float:
        """Return the cosine of whatever of the text is nearest, whole or piece."""
        return max((self.whole_cosine, *self.piece_cosines))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedVector:
    """The question as one embedder sees it; only vectors of the same one are compared."""

    embedder: str
    vector: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched: a question as typed, its words, and its vectors.

    `told` is the question without the words that only ask, `telling` also without the
    everyday ones.

    Texts of the question's own language (`lang_code`) are searched with all its words;
    their dictionary knows which to skip. The others get the rest, or a French "on" would
    be a rare and telling word among English texts. `within` keeps to texts of one language.
    """

    text: str
    told: str
    telling: str
    lang_code: str
    vectors: tuple[AskedVector, ...]
    within: str | None = None


_FIND = """
with active as materialized (
    select a.embedder, a.vector
    from unnest(%(embedders)s::text[], %(vectors)s::text[]) as a(embedder, vector)
    join ai_settings s on s.user_id = %(tenant)s and s.embedder = a.embedder
), near as materialized (
    select n.entry from active a
    cross join lateral app.find_near_v1(
        %(tenant)s, a.embedder, a.vector, %(within)s, %(each)s::int) n
), words as materialized (
    select * from app.find_words_v1(
        %(tenant)s, %(text)s, %(telling)s, %(lang)s, %(within)s, %(each)s::int,
        array(select entry from near))
), chosen as materialized (
    select entry from near union select entry from words where is_chosen
), asked as materialized (
    select a.embedder, a.vector::halfvec as vector from active a
), wholes as (
    select v.chunk_id as entry, -(v.embedding <#> a.vector) as cosine,
           null::float8 as question_cosine
    from asked a join knowledge_vectors v
      on v.tenant_id = %(tenant)s and v.embedder = a.embedder
     and v.chunk_id = any (array(select entry from chosen))
    union all
    select v.faq_id, -(v.embedding <#> a.vector), null::float8
    from asked a join knowledge_vectors v
      on v.tenant_id = %(tenant)s and v.embedder = a.embedder
     and v.faq_id = any (array(select entry from chosen))
    union all
    select p.faq_id, null::float8, max(-(v.embedding <#> a.vector))
    from asked a cross join faq_phrasings p join knowledge_vectors v
      on v.tenant_id = p.tenant_id and v.phrasing_id = p.id and v.embedder = a.embedder
    where p.tenant_id = %(tenant)s and p.faq_id = any (array(select entry from chosen))
    group by p.faq_id
), cosines as materialized (
    select entry, max(cosine) as cosine, max(question_cosine) as question_cosine
    from wholes group by entry
), windows as materialized (
    select w.chunk_id as entry,
           array_agg(-(w.embedding <#> a.vector) order by w.window_index) as cosines
    from asked a join knowledge_windows w
      on w.tenant_id = %(tenant)s and w.embedder = a.embedder
     and w.chunk_id = any (array(select entry from chosen))
    group by w.chunk_id
), texts as (
    select c.id, c.document_id, c.chunk_index, c.start_char, c.end_char, c.lang_code,
           d.title, d.name, coalesce(c.heading, '') as heading,
           coalesce(c.metadata ->> 'gap', '') as gap, (c.metadata ->> 'page')::int as page,
           c.content as text, '{}'::text[] as phrasings
    from knowledge_chunks c
    join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
    where c.user_id = %(tenant)s and c.id = any (array(select entry from chosen))
    union all
    select q.id, null, null, null, null, q.lang_code, q.question, coalesce(q.category, ''),
           '', '', null, q.answer,
           array(select p.text from faq_phrasings p
                 where p.tenant_id = q.user_id and p.faq_id = q.id)
    from faq_qa q
    where q.user_id = %(tenant)s and q.enabled
      and q.id = any (array(select entry from chosen))
)
select t.*, coalesce((select embedder from active), '') as embedder,
       coalesce(w.words, 0)::float8 as words,
       coalesce(w.question_words, 0)::float8 as question_words,
       coalesce(m.cosine, 0)::float8 as whole_cosine,
       coalesce(b.cosines, '{}') as piece_cosines,
       coalesce(m.question_cosine, 0)::float8 as question_cosine
from texts t
left join words w on w.entry = t.id
left join cosines m on m.entry = t.id
left join windows b on b.entry = t.id
order by t.id
"""


async def find(unit: Unit, question: Question, *, each: int) -> list[Candidate]:
    """Return the best `each` of every leg, once, in the order of their ids."""
    return await unit.rows(
        Candidate,
        _FIND,
        {
            "tenant": unit.tenant,
            "text": question.told,
            "telling": question.telling,
            "lang": question.lang_code,
            "within": question.within,
            "embedders": [asked.embedder for asked in question.vectors],
            "vectors": [searched_literal(asked.vector) for asked in question.vectors],
            "each": each,
        },
    )
