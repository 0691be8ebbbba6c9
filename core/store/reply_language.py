"""`ai_settings.reply_lang`: the language of replies where the customer's cannot be told."""

from core.store.pool import Unit

_WRITE = """
update ai_settings set reply_lang = %(code)s, updated_at = now() where user_id = %(tenant)s
"""


async def write(unit: Unit, code: str | None) -> bool:
    """Set the language, or have none; False if this login may not."""
    return await unit.execute(_WRITE, {"tenant": unit.tenant, "code": code}) == 1
