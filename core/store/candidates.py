"""The one query behind every search: what might answer, with the score of each leg.

Both legs read the tenant's whole knowledge base, which is right up to some thousand
chunks: BM25 counts its document frequencies by unnesting the matching rows, and meaning
is an exact scan (an index over a few thousand rows would lose answers, not time).

Vectors have length one, so the negative inner product `<#>` is the cosine at less cost.
"""

from dataclasses import dataclass
from uuid import UUID

from core.store.chunks import Vector, vector_literal
from core.store.pool import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A chunk or a FAQ entry that some leg put forward, with its raw scores.

    For an entry, `text` is the answer, and the `question_` scores are those of its best
    phrasing. Scores are comparable within one answer of the database only, cosines always.
    """

    id: UUID
    document_id: UUID | None
    chunk_index: int | None
    start_char: int | None
    end_char: int | None
    lang_code: str
    title: str
    name: str
    text: str
    phrasings: tuple[str, ...]
    words: float
    meaning: float
    cosine: float
    question_words: float
    question_cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched: the words as asked, the same without everyday words, the vector.

    Texts of the question's own language (`lang_code`) are searched with all its words;
    their dictionary knows which to skip. The others get the rest, or a French "on" would
    be a rare and telling word among English texts.
    """

    text: str
    telling: str
    lang_code: str
    vector: Vector
    embedder: str


_FIND = """
with asked as materialized (
    select c.tsconfig, array_agg(t.lexeme) as lexemes,
           string_agg(quote_literal(t.lexeme), '|')::tsquery as any_word
    from (select tsconfig from knowledge_chunks where user_id = %(tenant)s
          union select tsconfig from faq_qa where user_id = %(tenant)s and enabled) as c,
         unnest(to_tsvector(c.tsconfig, case when c.tsconfig = app.text_config(%(lang)s)
                                             then %(text)s else %(telling)s end)) as t
    group by c.tsconfig
), fields as (
    select 'text' as field, id as entry, id, tsconfig, tsv, token_count as length
    from knowledge_chunks where user_id = %(tenant)s
    union all
    select 'text', id, id, tsconfig, tsv, length(tsv)
    from faq_qa where user_id = %(tenant)s and enabled
    union all
    select 'question', p.faq_id, p.id, f.tsconfig, p.tsv, length(p.tsv)
    from faq_phrasings p join faq_qa f on f.user_id = p.tenant_id and f.id = p.faq_id
    where p.tenant_id = %(tenant)s and f.enabled
), sizes as (
    select field, tsconfig, count(*) as texts, greatest(avg(length), 1) as mean_length
    from fields group by field, tsconfig
), hits as (
    select f.field, f.entry, f.id, cardinality(t.positions) as times,
           1.2 * (0.25 + 0.75 * f.length / s.mean_length) as slack, s.texts,
           count(*) over (partition by f.field, f.tsconfig, t.lexeme) as spread
    from asked a
    join fields f on f.tsconfig = a.tsconfig and f.tsv @@ a.any_word
    join sizes s on s.field = f.field and s.tsconfig = f.tsconfig
    cross join lateral unnest(f.tsv) as t
    where t.lexeme = any(a.lexemes)
), scored as (
    select field, entry, id,
           sum(ln(1 + (texts - spread + 0.5) / (spread + 0.5))
               * times * 2.2 / (times + slack)) as score
    from hits group by field, entry, id
), words as (
    select entry, coalesce(max(score) filter (where field = 'text'), 0) as words,
           coalesce(max(score) filter (where field = 'question'), 0) as question_words
    from scored group by entry
), cosines as (
    select chunk_id as entry, 'text' as field, window_index < 0 as is_whole,
           -(embedding <#> %(vector)s::halfvec) as cosine
    from knowledge_windows where tenant_id = %(tenant)s and embedder = %(embedder)s
    union all
    select id, 'text', true, -(subvector(embedding, 1, %(size)s)::halfvec <#> %(vector)s::halfvec)
    from faq_qa where user_id = %(tenant)s and enabled and embedder = %(embedder)s
    union all
    select p.faq_id, 'question', true, -(p.embedding <#> %(vector)s::halfvec)
    from faq_phrasings p join faq_qa f on f.user_id = p.tenant_id and f.id = p.faq_id
    where p.tenant_id = %(tenant)s and f.enabled and p.embedder = %(embedder)s
), meanings as (
    select entry, coalesce(max(cosine) filter (where field = 'text'), 0) as cosine,
           (coalesce(max(cosine) filter (where field = 'text' and is_whole), 0)
            + coalesce(max(cosine) filter (where not is_whole),
                       max(cosine) filter (where field = 'text'), 0)) / 2 as meaning,
           coalesce(max(cosine) filter (where field = 'question'), 0) as question_cosine
    from cosines group by entry
), chosen as (
    (select entry from words order by words + question_words desc, entry limit %(each)s)
    union
    (select entry from meanings
     order by greatest(meaning, question_cosine) desc, entry limit %(each)s)
)
select coalesce(c.id, q.id) as id, c.document_id, c.chunk_index, c.start_char, c.end_char,
       coalesce(c.lang_code, q.lang_code) as lang_code, coalesce(d.title, q.question) as title,
       coalesce(d.name, q.category, '') as name, coalesce(c.content, q.answer) as text,
       array(select p.text from faq_phrasings p
             where p.tenant_id = q.user_id and p.faq_id = q.id) as phrasings,
       coalesce(w.words, 0)::float8 as words, coalesce(m.meaning, 0)::float8 as meaning,
       coalesce(m.cosine, 0)::float8 as cosine,
       coalesce(w.question_words, 0)::float8 as question_words,
       coalesce(m.question_cosine, 0)::float8 as question_cosine
from chosen
left join words w using (entry)
left join meanings m using (entry)
left join knowledge_chunks c on c.user_id = %(tenant)s and c.id = chosen.entry
left join knowledge_documents d on d.user_id = c.user_id and d.id = c.document_id
left join faq_qa q on q.user_id = %(tenant)s and q.id = chosen.entry
where c.id is not null or q.id is not null
order by 1
"""


async def find(unit: Unit, question: Question, *, each: int) -> list[Candidate]:
    """Return the best `each` of every leg, once, in the order of their ids."""
    return await unit.rows(
        Candidate,
        _FIND,
        {
            "tenant": unit.tenant,
            "text": question.text,
            "telling": question.telling,
            "lang": question.lang_code,
            "vector": vector_literal(question.vector),
            "size": len(question.vector),
            "embedder": question.embedder,
            "each": each,
        },
    )
