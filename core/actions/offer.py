"""Keep the list of models that owners can choose from."""

from core.domain.assistant_settings import ModelRow, check_model
from core.kit import Kit
from core.store import assistant_settings


async def model(kit: Kit, new: ModelRow) -> ModelRow:
    """Add a model, or replace what is known of it; only a service may.

    Raises:
        Refused: it cannot be called or paid for like that, or this login may not.
    """
    check_model(new)
    async with kit.database.claim() as unit:
        await assistant_settings.put_model(unit, new)
    return new
