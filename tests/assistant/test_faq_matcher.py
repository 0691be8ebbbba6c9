"""Telling a FAQ's entries apart: what is learnt, what is promised, and hostile input."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from core.assistant.answering import blended, preferring
from core.assistant.faq_matcher import FaqMatcher, Matched
from core.assistant.matchers import MOST_KEPT, Matchers
from core.assistant.state import FaqSet, KnownEntry
from core.assistant.suitability import ordered
from core.domain.ids import FaqId, TenantId
from core.domain.knowledge import Passage
from core.llm.base import Embedder
from core.queries.phrasings import categories_of, with_vectors
from tests.assistant.cases import LetterEmbedder, chunk, entry

OPENING = (
    "When are you open?",
    "What are your opening hours?",
    "At what time do you close?",
    "Are you open on Sunday?",
    "Until when can I come by?",
)
DELIVERY = (
    "How long does delivery take?",
    "When will my parcel arrive?",
    "Do you ship abroad?",
    "How fast do you deliver?",
    "Where is my order?",
)
REFUND = (
    "Can I get a refund?",
    "How do I return an item?",
    "I want my money back",
    "What is your return policy?",
    "Can I send it back?",
)


async def test_a_message_finds_the_entry_it_asks_in_other_words(embedder: Embedder) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    matcher = FaqMatcher(faq)
    for text, at in (
        ("are u open this sunday morning", 0),
        ("how many days untill my packge comes", 1),
        ("could I return the shoes I bought", 2),
    ):
        matched = await _match(embedder, matcher, text)
        assert matched.entry == faq.entries[at].id
        assert matched.probability > 0.4


async def test_what_is_like_no_entry_is_less_sure_than_what_is(embedder: Embedder) -> None:
    matcher = FaqMatcher(await _faq(embedder, OPENING, DELIVERY, REFUND))
    near = await _match(embedder, matcher, "what time do you open")
    far = await _match(embedder, matcher, "who wrote the music of that film")
    assert near.probability > far.probability
    assert near.likeness > far.likeness


async def test_messages_that_nothing_answered_lower_the_confidence_in_their_like(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY)
    asked = ["Do you have parking?", "Is there a car park?", "Where can I park my car?"]
    learnt = replace(faq, unanswered=await with_vectors(embedder, asked))
    before = await _match(embedder, FaqMatcher(faq), "is parking possible near you")
    after = await _match(embedder, FaqMatcher(learnt), "is parking possible near you")
    assert after.probability < before.probability * 0.7
    still = await _match(embedder, FaqMatcher(learnt), "what time do you open")
    assert still.probability > 0.6


async def test_unanswered_messages_of_several_kinds_each_speak_for_themselves(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY)
    parking = [
        "Do you have parking?",
        "Is there a car park?",
        "Where can I park my car?",
    ] * 3
    jobs = ["Are you hiring?", "Can I apply for a job?", "Do you have vacancies?"] * 3
    asked = [one for pair in zip(parking, jobs, strict=True) for one in pair]
    learnt = replace(faq, unanswered=await with_vectors(embedder, asked))
    before, after = FaqMatcher(faq), FaqMatcher(learnt)
    for text in ("is parking possible near you", "may I send you my job application"):
        likely = (await _match(embedder, before, text)).probability
        assert (await _match(embedder, after, text)).probability < 0.7 * likely
    still = await _match(embedder, after, "what time do you open")
    assert still.probability > 0.6


async def test_an_inbox_that_is_often_asked_the_unknown_is_less_sure_of_all_answers(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    strange = [f"Who wrote the music of film number {at}?" for at in range(60)]
    usual = [f"{text} Thanks, {at}" for at in range(12) for text in OPENING]
    found = []
    for texts in (usual, strange):
        recent = await with_vectors(embedder, texts)
        matcher = FaqMatcher(replace(faq, recent=recent))
        found.append(await _match(embedder, matcher, "could I return the shoes I bought"))
    assert found[0].unknown < 0.1 < 0.5 < found[1].unknown
    assert found[1].probability < found[0].probability
    assert found[1].odds == pytest.approx(found[0].odds, abs=0.01)


async def test_what_others_ask_in_like_words_is_asked_more_likely(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    texts = [f"is my delivery {how} today at {at}" for how in "abcde" for at in range(20)]
    recent = await with_vectors(embedder, texts)
    alone = await _match(embedder, FaqMatcher(faq), "is my delivery today or not")
    among = await _match(
        embedder, FaqMatcher(replace(faq, recent=recent)), "is my delivery today or not"
    )
    assert alone.entry == among.entry == faq.entries[1].id
    assert among.odds > alone.odds


async def test_copies_teach_and_weigh_less_than_phrasings(embedder: Embedder) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    text = "could I return the shoes I bought"
    (copy,) = await with_vectors(embedder, [text])
    refund = faq.entries[2]
    copied = replace(refund, copies=(copy,))
    written = replace(
        refund,
        phrasings=(*refund.phrasings, text),
        vectors=(*refund.vectors, copy.vector),
    )
    odds = [
        (await _match(embedder, FaqMatcher(replace(faq, entries=entries)), text)).odds
        for entries in (
            faq.entries,
            (*faq.entries[:2], copied),
            (*faq.entries[:2], written),
        )
    ]
    assert odds == sorted(odds)
    assert len(set(odds)) == len(odds)


async def test_what_an_entry_alone_is_filed_under_is_one_more_way_to_ask_it(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    named = await _filed(embedder, faq, None, None, "Warranty claims")
    text = "I have a warranty claim"
    before = await _match(embedder, FaqMatcher(faq), text)
    after = await _match(embedder, FaqMatcher(named), text)
    assert after.entry == faq.entries[2].id
    assert after.probability > before.probability + 0.2
    assert after.phrasings == before.phrasings


async def test_a_category_of_several_entries_makes_none_of_their_questions_newer(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    filed = await _filed(embedder, faq, None, "Orders", "Orders")
    alone = await _match(embedder, FaqMatcher(faq), "could I return my shoes")
    among = await _match(embedder, FaqMatcher(filed), "could I return my shoes")
    assert among.entry == alone.entry == faq.entries[2].id
    assert among.novelty == alone.novelty
    assert among.probability == pytest.approx(alone.probability, abs=0.05)
    asked = [
        (await _match(embedder, FaqMatcher(one), "a question about my order")).odds
        for one in (faq, filed)
    ]
    assert asked[0] != asked[1]


async def test_messages_that_taught_the_matcher_are_judged_as_if_they_had_not(
    embedder: Embedder,
) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    own = [text for entry in faq.entries for text in entry.phrasings] * 4
    recent = await with_vectors(embedder, own)
    edited = tuple(replace(one, text=one.text + " ") for one in recent)
    left_out = await _match(embedder, FaqMatcher(replace(faq, recent=recent)), "open?")
    told = await _match(embedder, FaqMatcher(replace(faq, recent=edited)), "open?")
    assert told.unknown < left_out.unknown


async def test_it_says_among_how_many_entries_and_phrasings_it_chose(
    embedder: Embedder,
) -> None:
    few = await _match(embedder, FaqMatcher(await _faq(embedder, OPENING, REFUND)), "open?")
    assert few.phrasings == len(OPENING)
    assert few.entries == 2


async def test_the_same_faq_gives_the_same_answers(embedder: Embedder) -> None:
    faq = await _faq(embedder, OPENING, DELIVERY, REFUND)
    one, other = FaqMatcher(faq), FaqMatcher(faq)
    assert await _match(embedder, one, "open?") == await _match(embedder, other, "open?")


async def test_only_entries_in_the_customers_language_are_chosen_among() -> None:
    embedder = LetterEmbedder()
    faq = await _faq(embedder, OPENING, DELIVERY)
    french = FaqSet(
        version="1",
        embedder=faq.embedder,
        entries=(
            KnownEntry(
                id=faq.entries[0].id,
                lang_code="fr",
                phrasings=faq.entries[0].phrasings,
                vectors=faq.entries[0].vectors,
            ),
            faq.entries[1],
        ),
    )
    matched = FaqMatcher(french).match(OPENING[0], faq.entries[0].vectors[0], "en")
    assert matched.entry == faq.entries[1].id
    assert matched.entries == 1


@pytest.mark.parametrize(
    "text", ["", "   ", "?!…", "\x00\u200d", "open " * 20_000, "日本語"]
)
async def test_any_text_gets_a_probability(text: str) -> None:
    embedder = LetterEmbedder()
    matched = await _match(
        embedder, FaqMatcher(await _faq(embedder, OPENING, REFUND)), text
    )
    assert 0.0 < matched.probability < 1.0


async def test_entries_that_ask_the_same_are_not_told_apart(embedder: Embedder) -> None:
    matcher = FaqMatcher(await _faq(embedder, OPENING, OPENING, DELIVERY))
    matched = await _match(embedder, matcher, OPENING[0])
    assert matched.probability < 0.6


async def test_one_phrasing_each_and_a_single_entry_are_enough_to_fit() -> None:
    embedder = LetterEmbedder()
    for entries in ((OPENING[:1], REFUND[:1]), (OPENING,)):
        matcher = FaqMatcher(await _faq(embedder, *entries))
        matched = await _match(embedder, matcher, "open")
        assert 0.0 < matched.probability < 1.0


async def test_a_changed_faq_is_learnt_anew_and_an_unchanged_one_is_not() -> None:
    shelf = _Shelf(await _faq(LetterEmbedder(), OPENING, REFUND))
    matchers = Matchers(shelf, LetterEmbedder())
    tenant = TenantId(uuid4())
    first = await matchers.match(tenant, OPENING[0], "en")
    await matchers.match(tenant, "again", "en")
    assert shelf.reads == 1
    shelf.faq = await _faq(LetterEmbedder(), REFUND, DELIVERY, version="2")
    second = await matchers.match(tenant, OPENING[0], "en")
    assert shelf.reads == 2
    assert first is not None
    assert second is not None
    assert first.entry != second.entry


async def test_many_inboxes_do_not_fill_the_memory() -> None:
    shelf = _Shelf(await _faq(LetterEmbedder(), OPENING, REFUND))
    matchers = Matchers(shelf, LetterEmbedder())
    tenants = [TenantId(UUID(int=at)) for at in range(MOST_KEPT + 1)]
    for tenant in tenants:
        await matchers.match(tenant, "open", "en")
    await matchers.match(tenants[0], "open", "en")
    assert shelf.reads == MOST_KEPT + 2


async def test_vectors_of_another_embedder_are_not_compared() -> None:
    shelf = _Shelf(await _faq(LetterEmbedder(), OPENING, REFUND, embedder="another"))
    matchers = Matchers(shelf, LetterEmbedder())
    assert await matchers.match(TenantId(uuid4()), "open", "en") is None
    assert (
        await Matchers(None, LetterEmbedder()).match(TenantId(uuid4()), "x", "en") is None
    )


def test_a_document_that_suits_best_stays_in_front() -> None:
    faq_entry = _known(entry("Are dogs allowed?", "Yes."), 5)
    field = ordered("dogs", "en", [chunk("Dogs are welcome, all dogs."), faq_entry])
    if field.candidates[0].passage.faq_id is None:
        assert preferring(field, _matched(faq_entry.faq_id)) is field


def test_a_clearly_matched_entry_comes_before_other_entries() -> None:
    one, other = _known(entry("Dogs?", "Yes."), 5), _known(entry("Cats?", "No."), 5)
    field = ordered("Dogs?", "en", [one, other])
    assert preferring(field, _matched(other.faq_id)).candidates[0].passage is other
    assert preferring(field, _matched(other.faq_id, likely=0.4)) is field
    assert preferring(field, None) is field


def test_both_opinions_count_more_or_less_with_the_size_of_the_faq() -> None:
    known = _known(entry("Dogs?", "Yes."), 5)
    small = blended(0.9, _matched(known.faq_id, likely=0.3, entries=2), known)
    large = blended(0.9, _matched(known.faq_id, likely=0.3, entries=200), known)
    assert 0.3 < large < small < 0.9
    assert blended(0.9, None, known) == 0.9
    assert blended(0.9, _matched(known.faq_id, likely=0.3), _known(known, 4)) == 0.9
    assert blended(0.9, _matched(FaqId(uuid4()), likely=0.9), known) < 0.9


class _Shelf:
    """Phrasings that count how often they are read."""

    def __init__(self, faq: FaqSet) -> None:
        self.faq = faq
        self.reads = 0

    async def version(self, _tenant: TenantId) -> str:
        return self.faq.version

    async def read(self, _tenant: TenantId) -> FaqSet:
        self.reads += 1
        return self.faq


def _matched(entry_id: FaqId | None, *, likely: float = 0.9, entries: int = 20) -> Matched:
    assert entry_id is not None
    return Matched(
        entry=entry_id,
        probability=likely,
        odds=1.0,
        likeness=0.8,
        entries=entries,
        phrasings=5.0,
    )


def _known(passage: Passage, ways: int) -> Passage:
    return replace(passage, phrasings=ways)


async def _match(embedder: Embedder, matcher: FaqMatcher, text: str) -> Matched:
    (vector,) = await embedder.embed([text[:500]])
    return matcher.match(text, vector, "en")


async def _filed(by: Embedder, faq: FaqSet, *categories: str | None) -> FaqSet:
    known = await categories_of(by, categories)
    pairs = zip(faq.entries, categories, strict=True)
    return replace(
        faq,
        entries=tuple(replace(one, category=known.get(name)) for one, name in pairs),
    )


async def _faq(
    by: Embedder, *entries: tuple[str, ...], version: str = "1", embedder: str = ""
) -> FaqSet:
    return FaqSet(
        version=version,
        embedder=embedder or by.name,
        entries=tuple(
            [
                KnownEntry(
                    id=FaqId(uuid4()),
                    lang_code="en",
                    phrasings=phrasings,
                    vectors=tuple(await by.embed(phrasings)),
                )
                for phrasings in entries
            ]
        ),
    )
