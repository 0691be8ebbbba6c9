"""Who a customer is elsewhere, as the query gives it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.domain.channel import PlatformName
from core.domain.ids import ConversationId, CustomerId, MergeId, PersonId
from core.domain.person import Faces, Identity, Likeness, Resemblance
from tests.doubles.fake_bridge import NOON


def nobody_else(customer: CustomerId) -> Faces:
    """Return a customer who is known here only."""
    return Faces(customer_id=customer, person_id=None, identities=(), suggestions=())


def somewhere_else(customer: CustomerId) -> Faces:
    """Return a customer with one other face, and one who may be the same person."""
    shared: dict[str, Any] = {
        "account_name": "Brûlerie",
        "phone_number": None,
        "conversation_id": ConversationId(UUID(int=1)),
        "last_message_at": NOON - timedelta(days=2),
    }
    known = Identity(
        customer_id=CustomerId(UUID(int=71)),
        platform=PlatformName.INSTAGRAM,
        name="Nora Lindt",
        username="nora.l",
        platform_customer_id="9001",
        comments=2,
        merge_id=MergeId(UUID(int=81)),
        **shared,
    )
    supposed = Resemblance(
        customer_id=CustomerId(UUID(int=72)),
        platform=PlatformName.FACEBOOK,
        name="Nora Lindt",
        username=None,
        platform_customer_id="7001",
        comments=0,
        why=Likeness.SAME_NAME,
        **shared,
    )
    return Faces(
        customer_id=customer,
        person_id=PersonId(UUID(int=91)),
        identities=(known,),
        suggestions=(supposed,),
    )
