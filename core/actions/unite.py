"""Say that customers are one person, or that they are not, and take it back.

Nothing is merged by itself and nothing is moved: conversations and comments stay where
they are, and only the person above them changes.
"""

from uuid import uuid4

from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import CustomerId, MergeId, PersonId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import customers, people
from core.store.people import LockedCustomer, Merge
from core.store.pool import Unit


async def same(kit: Kit, one: CustomerId, other: CustomerId) -> MergeId:
    """Make two customers, with whoever was united with either, one person.

    Raises:
        NotFound: one of them is not in this inbox.
        Refused: they are one customer, or one person already.
    """
    if one == other:
        raise Refused("That is the same customer.", "Choose another one.")
    async with kit.mine() as unit:
        found = await people.lock(unit, (one, other))
        by_id = {customer.id: customer for customer in found}
        if one not in by_id or other not in by_id:
            raise NotFound("One of these customers is not in this inbox.")
        if by_id[one].person_id is not None and (
            by_id[one].person_id == by_id[other].person_id
        ):
            raise Refused("They are one person already.")
        person = await _person(unit, by_id[one], by_id[other])
        merge = Merge(
            id=MergeId(uuid4()), person=person, customers=tuple(each.id for each in found)
        )
        await people.link(unit, merge, kit.member.id)
        await _announce(unit, merge.customers)
    return merge.id


async def _person(unit: Unit, one: LockedCustomer, other: LockedCustomer) -> PersonId:
    """Return the person both shall be: the one there is, or a new one."""
    known = one.person_id or other.person_id
    return known if known is not None else await people.add(unit, one.display_name)


async def undo(kit: Kit, merge: MergeId) -> None:
    """Take a merge back: everybody is again who they were before it.

    Raises:
        Conflict: it was taken back before, or is not of this inbox.
    """
    async with kit.mine() as unit:
        moved = await people.undo(unit, merge, kit.member.id)
        if not moved:
            raise Conflict("That was taken back already.", "Look at the customer again.")
        await _announce(unit, tuple(moved))


async def not_same(kit: Kit, one: CustomerId, other: CustomerId) -> None:
    """Do not suggest these two as one person again."""
    async with kit.mine() as unit:
        await people.refuse(unit, one, other)
        await _announce(unit, (one, other))


async def _announce(unit: Unit, of: tuple[CustomerId, ...]) -> None:
    for customer in of:
        for conversation in await customers.conversations_of(unit, customer):
            await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)
