"""Who a customer is on other channels, and what they look like."""

from core.domain.errors import NotFound
from core.domain.ids import CustomerId
from core.domain.person import Faces
from core.kit import Kit
from core.store import customers, people

SUGGESTIONS = 3


async def faces(kit: Kit, customer: CustomerId) -> Faces:
    """Return a customer's other identities, and who may be the same person."""
    async with kit.mine() as unit:
        return Faces(
            customer_id=customer,
            person_id=await people.person_of(unit, customer),
            identities=tuple(await people.identities(unit, customer)),
            suggestions=tuple(await people.suggestions(unit, customer, limit=SUGGESTIONS)),
        )


async def picture(kit: Kit, customer: CustomerId) -> bytes:
    """Return a customer's picture as it was fetched; NotFound where there is none."""
    async with kit.mine() as unit:
        found = await customers.picture(unit, customer)
    if found is None:
        raise NotFound("There is no picture of this customer.")
    return found
