"""What a plan's storage is used for: kept by the database, whoever writes, at any moment.

Sizes are in kilobytes of text, since a plan counts hundredths of a megabyte.
"""

import asyncio
import uuid
from hashlib import sha256

import pytest

from core.actions import phrase, teach
from core.domain.errors import BadDocument, BudgetSpent
from core.domain.ids import DocumentId
from core.domain.knowledge import DocumentStatus, FaqText
from core.queries import knowledge
from core.store import documents
from core.store.documents import NewVersion
from core.store.pool import Unit
from tests.fixtures.inbox import Arrange
from tests.fixtures.team import Team

MEGABYTE = 1_048_576
_USED = "select storage_used_mb::float8 from user_subscriptions where user_id = %(tenant)s"
_BLOBS = "select count(*) from blobs where tenant_id = %(tenant)s"


def text_of(kilobytes: int, word: str = "tea") -> str:
    """Return a text of exactly so many kilobytes."""
    sentence = f"We sell {word} by the cup and by the leaf. "
    return (sentence * (kilobytes * 1024 // len(sentence) + 1))[
        : kilobytes * 1024 - 1
    ] + "."


def used(arrange: Arrange) -> float:
    return float(arrange.value(_USED))


def limit(arrange: Arrange, megabytes: float | None) -> None:
    arrange.run(
        "update user_subscriptions set storage_limit_mb = %(limit)s"
        " where user_id = %(tenant)s",
        limit=megabytes,
    )


def megabytes(kilobytes: float) -> float:
    return round(kilobytes / 1024, 2)


async def test_the_sum_follows_a_document_through_its_life(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await teach.add_document(light_team.owner, "guide.md", text_of(100).encode())
    assert used(arrange) == megabytes(100)
    await light_team.work(guide)
    assert used(arrange) == megabytes(100)

    await teach.add_document(light_team.owner, "guide.md", text_of(150).encode())
    assert used(arrange) == megabytes(150)
    await teach.cancel_document(light_team.owner, guide)
    assert used(arrange) == megabytes(100)

    await light_team.add("guide.md", text_of(150))
    assert used(arrange) == megabytes(150)
    await teach.add_document(light_team.owner, "guide.md", text_of(60).encode())
    assert used(arrange) == megabytes(150)  # the old one answers until the new one does
    await light_team.work(guide)
    assert used(arrange) == megabytes(60)

    new = await teach.add_document(light_team.owner, "menu.md", text_of(40).encode())
    assert used(arrange) == megabytes(100)
    await teach.cancel_document(light_team.owner, new)
    await teach.remove_document(light_team.owner, guide)
    assert used(arrange) == 0.0


async def test_what_people_are_shown_is_the_same_to_the_byte(
    light_team: Team, arrange: Arrange
) -> None:
    limit(arrange, 2)
    await light_team.add("guide.md", text_of(100))
    await phrase.add_faq(light_team.owner, FaqText(question="Open?", answer="At nine."))

    shown = (await knowledge.overview(light_team.owner)).storage

    assert shown.used == 100 * 1024 + len("Open?At nine.")
    assert shown.allowed == 2 * MEGABYTE
    assert used(arrange) == round(shown.used / MEGABYTE, 2)


async def test_the_sum_follows_an_entry_through_its_life(
    light_team: Team, arrange: Arrange
) -> None:
    entry = await phrase.add_faq(
        light_team.owner, FaqText(question="Tea?", answer=text_of(50))
    )
    assert used(arrange) == megabytes(50)
    await phrase.change_faq(
        light_team.owner, entry, FaqText(question="Tea?", answer=text_of(30))
    )
    assert used(arrange) == megabytes(30)
    await phrase.add_faq(light_team.owner, FaqText(question="tea", answer=text_of(70)))
    assert used(arrange) == megabytes(70)
    await phrase.disable_faq(light_team.owner, entry)
    assert used(arrange) == megabytes(70)
    await phrase.remove_faq(light_team.owner, entry)
    assert used(arrange) == 0.0


async def test_of_two_uploads_at_once_that_are_too_much_together_one_is_refused(
    light_team: Team, arrange: Arrange
) -> None:
    limit(arrange, 0.15)
    first, second = (_version(name, text_of(100, name)) for name in ("one", "two"))
    async with light_team.owner.mine() as unit:
        await _keep(unit, first)
        rival = asyncio.create_task(_keep_alone(light_team, second))
        await _until_it_waits(arrange)
    with pytest.raises(BudgetSpent, match="storage of your plan"):
        await rival

    assert [one.name for one in await knowledge.documents(light_team.owner)] == ["one"]
    assert arrange.value(_BLOBS) == 1
    assert arrange.value("select count(*) from document_versions") == 1
    assert used(arrange) == megabytes(100)


async def test_of_many_dragged_in_together_only_as_many_stay_as_fit(
    light_team: Team, arrange: Arrange
) -> None:
    limit(arrange, 0.25)
    ends = await asyncio.gather(
        *(
            teach.add_document(light_team.owner, f"{n}.md", text_of(100, f"n{n}").encode())
            for n in range(4)
        ),
        return_exceptions=True,
    )

    refused = [one for one in ends if isinstance(one, BudgetSpent)]
    kept = await knowledge.documents(light_team.owner)
    assert (len(kept), len(refused)) == (2, 2)
    assert {one.id for one in kept} == {one for one in ends if isinstance(one, uuid.UUID)}
    assert arrange.value(_BLOBS) == 2
    assert used(arrange) == megabytes(200)


async def test_over_the_limit_nothing_is_even_read(
    light_team: Team, arrange: Arrange, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read_file(name: str, content: bytes) -> None:
        pytest.fail(f"{name} of {len(content)} bytes was read")

    monkeypatch.setattr(teach, "read_file", read_file)
    limit(arrange, 0.05)

    with pytest.raises(BudgetSpent):
        await teach.add_document(light_team.owner, "guide.md", text_of(100).encode())

    assert await knowledge.documents(light_team.owner) == []
    assert arrange.value(_BLOBS) == 0


async def test_making_things_smaller_is_allowed_beyond_the_limit_too(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await light_team.add("guide.md", text_of(100))
    menu = await light_team.add("menu.md", text_of(50))
    entry = await phrase.add_faq(
        light_team.owner, FaqText(question="Tea?", answer=text_of(40))
    )
    limit(arrange, 0.01)

    async with light_team.owner.mine() as unit:
        await documents.keep(unit, guide, _version("guide.md", text_of(80)), b"smaller")
    await light_team.work(guide)
    assert used(arrange) == megabytes(170)
    await phrase.change_faq(
        light_team.owner, entry, FaqText(question="Tea?", answer=text_of(30))
    )
    assert used(arrange) == megabytes(160)
    await teach.remove_document(light_team.owner, menu)
    assert used(arrange) == megabytes(110)
    with pytest.raises(BudgetSpent):
        async with light_team.owner.mine() as unit:
            await documents.keep(unit, guide, _version("guide.md", text_of(81)), b"larger")
    assert used(arrange) == megabytes(110)


async def test_what_was_let_in_may_take_over_after_the_plan_became_smaller(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await light_team.add("guide.md", text_of(50))
    await teach.add_document(light_team.owner, "guide.md", text_of(100).encode())
    limit(arrange, 0.01)

    await light_team.work(guide)

    (known,) = await knowledge.documents(light_team.owner)
    assert (known.status, known.file_size_bytes) == (DocumentStatus.INDEXED, 100 * 1024)
    assert used(arrange) == megabytes(100)


async def test_a_document_can_be_read_in_again_on_a_full_plan(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await light_team.add("guide.md", text_of(100))
    limit(arrange, 0.01)

    await teach.reindex_document(light_team.owner, guide)
    await light_team.work(guide)

    assert used(arrange) == megabytes(100)
    assert arrange.value(_BLOBS) == 1


async def test_a_plan_that_is_taken_later_knows_what_is_stored(
    light_team: Team, arrange: Arrange
) -> None:
    await light_team.add("guide.md", text_of(100))
    arrange.run(
        "insert into user_subscriptions (user_id, plan_name, stripe_subscription_id)"
        " values (%(tenant)s, 'pro', 'sub_2')"
    )
    assert arrange.value(
        "select min(storage_used_mb)::float8 from user_subscriptions"
        " where user_id = %(tenant)s"
    ) == megabytes(100)


async def test_one_tenants_storage_is_not_anothers(
    light_team: Team, arrange: Arrange, arrange_elsewhere: Arrange
) -> None:
    limit(arrange_elsewhere, 0.01)
    await light_team.add("guide.md", text_of(100))
    assert (used(arrange), used(arrange_elsewhere)) == (megabytes(100), 0.0)


async def test_a_file_goes_with_the_last_that_refers_to_it(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await light_team.add("guide.md", text_of(10))
    (first,) = _blobs(arrange)
    await teach.add_document(light_team.owner, "guide.md", text_of(11).encode())
    assert len(_blobs(arrange)) == 2
    await teach.add_document(light_team.owner, "guide.md", text_of(12).encode())
    (second,) = _blobs(arrange) - {first}
    await light_team.work(guide)
    assert _blobs(arrange) == {second}

    attachment = arrange.value(
        "insert into attachments (tenant_id, kind, state, blob_id)"
        " values (%(tenant)s, 'document', 'stored', %(blob)s) returning id",
        blob=second,
    )
    await teach.remove_document(light_team.owner, guide)
    assert _blobs(arrange) == {second}
    arrange.run("delete from attachments where id = %(id)s", id=attachment)
    assert _blobs(arrange) == set()


async def test_removing_a_document_takes_both_its_files(
    light_team: Team, arrange: Arrange
) -> None:
    guide = await light_team.add("guide.md", text_of(10))
    await teach.add_document(light_team.owner, "guide.md", text_of(11).encode())
    await teach.remove_document(light_team.owner, guide)
    assert _blobs(arrange) == set()


async def test_a_file_that_cannot_be_read_leaves_no_bytes(
    light_team: Team, arrange: Arrange
) -> None:
    with pytest.raises(BadDocument):
        await teach.add_document(light_team.owner, "menu.pdf", b"%PDF-1.7")
    assert _blobs(arrange) == set()
    assert used(arrange) == 0.0


def _blobs(arrange: Arrange) -> set[uuid.UUID]:
    found = arrange.value("select array(select id from blobs where tenant_id = %(tenant)s)")
    return set(found)


def _version(name: str, text: str) -> NewVersion:
    return NewVersion(
        title=name,
        name=name,
        content=text,
        sha256=sha256(text.encode()).digest(),
        kind="md",
        lang_code="en",
        size_bytes=len(text.encode()),
    )


async def _keep(unit: Unit, version: NewVersion) -> None:
    document = DocumentId(uuid.uuid4())
    await documents.keep(unit, document, version, version.content.encode())


async def _keep_alone(team: Team, version: NewVersion) -> None:
    async with team.owner.mine() as unit:
        await _keep(unit, version)


async def _until_it_waits(arrange: Arrange) -> None:
    """Return once somebody waits for a lock in this database."""
    waiting = 0
    while not waiting:
        waiting = await asyncio.to_thread(
            arrange.value,
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'",
        )
