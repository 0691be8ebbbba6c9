"""Say in which language the assistant writes when it cannot tell the customer's."""

import re

from core.actions.configure import require_allowed
from core.domain.errors import Refused
from core.kit import Kit
from core.notices import NoticeKind
from core.store import reply_language

_CODE = re.compile(r"[a-z]{2,3}")


async def set_reply_language(kit: Kit, code: str | None) -> None:
    """Choose a language by its code, or none in particular.

    Raises:
        Refused: that is no code of a language, or this member may not.
    """
    if code is not None and not _CODE.fullmatch(code):
        raise Refused(
            f"“{code}” is no code of a language.",
            "Use two or three small letters, such as fr or en.",
        )
    async with kit.mine() as unit:
        require_allowed(allowed=await reply_language.write(unit, code))
        await unit.publish(NoticeKind.RULES_CHANGED, unit.tenant)
