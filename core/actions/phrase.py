"""Questions with their answers: what the assistant says in the owner's own words.

Entries are short, so they are indexed at once. Vectors are made before a transaction is
opened, by the embedder that the inbox is searched with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from core.actions import embed
from core.actions.teach import permit, refuse_beyond_plan
from core.domain.errors import Conflict, NotFound
from core.domain.ids import FaqId
from core.domain.knowledge import FaqText
from core.kit import Kit
from core.knowledge import faq
from core.notices import NoticeKind
from core.store import faqs
from core.store.faqs import NewFaq


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How a table of entries changed the FAQ."""

    added: int
    replaced: int


async def add_faq(kit: Kit, entry: FaqText) -> FaqId:
    """Add an entry; the same question in the same language is replaced.

    Raises:
        BadDocument: the question or the answer is missing.
        BudgetSpent: the plan's storage is full.
        ModelDown: the embedder does not answer.
    """
    ids = await _keep_entries(kit, [faq.checked(entry)])
    return next(iter(ids))


async def change_faq(kit: Kit, entry_id: FaqId, entry: FaqText) -> None:
    """Give an entry new words.

    Raises:
        NotFound: the entry has been removed.
        Conflict: another entry asks the same in the same language.
        BadDocument: the question or the answer is missing.
        BudgetSpent: the plan's storage is full.
        ModelDown: the embedder does not answer.
    """
    permit(kit)
    tidy = faq.checked(entry)
    async with kit.mine() as unit:
        embedder = await embed.searched_with(kit, unit)
    new = await faq.embedded(embedder, tidy, entry_id)
    async with kit.mine() as unit:
        await embed.hold(unit, embedder)
        await faqs.reserve(unit)
        rival = await faqs.rival(unit, new)
        if rival is not None:
            raise Conflict(
                f"“{rival}” asks the same already.",
                "Change that entry, or remove it first.",
            )
        if not await faqs.change(unit, embedder.name, new):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry_id)


async def import_faq_csv(kit: Kit, content: bytes) -> Imported:
    """Add all entries of a table, or none when one of them cannot be read.

    Raises:
        BadDocument: the table lacks a column, or a line a question or an answer.
        BudgetSpent: the plan's storage is full.
        ModelDown: the embedder does not answer.
    """
    ids = await _keep_entries(kit, faq.read_csv(content))
    replaced = sum(ids.values())
    return Imported(added=len(ids) - replaced, replaced=replaced)


async def _keep_entries(kit: Kit, entries: Sequence[FaqText]) -> dict[FaqId, bool]:
    """Keep entries in one transaction; return their ids and whether each replaced one."""
    permit(kit)
    last_of_key = {(faq.key_of(one), faq.language_of(one)): one for one in entries}
    size = sum(map(faq.size_of, last_of_key.values()))
    async with kit.mine() as unit:
        grown = size - await faqs.size_of_replaced(unit, last_of_key)
        if grown > 0:
            await refuse_beyond_plan(unit, grown)
        embedder = await embed.searched_with(kit, unit)
    ready: list[NewFaq] = [
        await faq.embedded(embedder, entry, FaqId(uuid4()))
        for entry in last_of_key.values()
    ]
    kept: dict[FaqId, bool] = {}
    async with kit.mine() as unit:
        await embed.hold(unit, embedder)
        await faqs.reserve(unit)
        for new in ready:
            faq_id, replaced = await faqs.keep(unit, embedder.name, new)
            await unit.publish(NoticeKind.FAQ_CHANGED, faq_id)
            kept[faq_id] = replaced
    return kept


async def enable_faq(kit: Kit, entry: FaqId) -> None:
    """Let the assistant answer from an entry again; raises `NotFound`."""
    permit(kit)
    async with kit.mine() as unit:
        if not await faqs.enable(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


async def disable_faq(kit: Kit, entry: FaqId) -> None:
    """Keep an entry, but answer nothing from it; raises `NotFound`."""
    permit(kit)
    async with kit.mine() as unit:
        if not await faqs.disable(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


async def remove_faq(kit: Kit, entry: FaqId) -> None:
    """Remove an entry with its phrasings; raises `NotFound`."""
    permit(kit)
    async with kit.mine() as unit:
        if not await faqs.remove(unit, entry):
            raise _gone()
        await unit.publish(NoticeKind.FAQ_CHANGED, entry)


def _gone() -> NotFound:
    return NotFound("This entry has been removed.")
