"""Ask later for words that a platform announced without saying them."""

from core import queue
from core.domain.channel import Channel
from core.platforms import registry
from core.queue import JobName
from core.store import rereadings
from core.store.pool import Unit
from core.store.rereadings import Reread


async def ask(unit: Unit, channel: Channel, unsaid: Reread) -> None:
    """Have the platform asked in the background, where it is one that answers."""
    if channel.platform in registry.rereading():
        noted = await rereadings.note(unit, unsaid)
        await queue.put(unit, JobName.FETCH_MESSAGE, noted)
