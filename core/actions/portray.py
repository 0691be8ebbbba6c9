"""Keep a copy of a customer's picture: the window itself loads nothing from the internet."""

from uuid import uuid4

from core import logs
from core.domain.errors import Refused
from core.domain.file_type import picture_type
from core.domain.ids import CustomerId, TenantId
from core.kit import Kit
from core.notices import NoticeKind
from core.store import customers
from core.store.attachments import Content

_log = logs.logger(__name__)

LIMIT_BYTES = 2 * 1024 * 1024
"""More than any platform's profile picture; a larger file is something else."""


async def customer(kit: Kit, tenant: TenantId, customer_id: CustomerId) -> None:
    """Fetch the picture at a customer's address, once for each address.

    One that cannot be had, is no picture or is too large is left out: the initials stand
    in its place. Raises Unavailable when it is worth trying again.
    """
    async with kit.unit(tenant) as unit:
        wanted = await customers.wanted_picture(unit, customer_id)
    if wanted is None:
        return
    content = None
    try:
        fetched = await kit.http.fetcher.fetch(wanted)
        content = _picture(fetched.content)
    except Refused as gone:
        _log.info("picture.left_out", customer_id=str(customer_id), why=gone.title)
    async with kit.unit(tenant) as unit:
        await customers.keep_picture(unit, customer_id, wanted, uuid4(), content)
        if content is not None:
            for conversation in await customers.conversations_of(unit, customer_id):
                await unit.publish(NoticeKind.CONVERSATION_CHANGED, conversation)


def _picture(content: bytes) -> Content:
    """Return the bytes with their true type; Refused if they are no picture of fair size."""
    mime_type = picture_type(content)
    if len(content) > LIMIT_BYTES or mime_type is None:
        raise Refused("The profile picture is not a picture we can show.")
    return Content(content=content, mime_type=mime_type)
