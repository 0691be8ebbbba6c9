"""What LinkedIn told by webhook, asked for: it keeps notifications for sixty days."""

from datetime import datetime, timedelta
from typing import Final

from core.domain.incoming import Incoming
from core.net.client import Answer
from core.platforms.base import UNDATED, ChannelSession
from core.platforms.catching_up import Missed
from core.platforms.linkedin.calls import FINDER, ask, content
from core.platforms.linkedin.inbound import distinct, read_notification
from core.platforms.linkedin.limits import platform_time, reading
from core.platforms.linkedin.urns import encoded
from core.platforms.untyped import items, section

KEPT: Final = timedelta(days=60)
_ACTIONS: Final = "COMMENT,COMMENT_EDIT,COMMENT_DELETE,ADMIN_COMMENT,SHARE,SHARE_MENTION"
"""Likes are not asked for: they are many, and nobody answers them."""
_PAGE: Final = 100
_CALLS: Final = 10
"""Of the 500 a day that the Development tier has."""


class LinkedInHistory:
    """Catching up, as the platform hands it out."""

    async def since(self, session: ChannelSession, moment: datetime) -> Missed:
        """Return the notifications since `moment`, oldest first.

        Incomplete where that is longer ago than LinkedIn keeps them, or where ten pages do
        not reach back so far.
        """
        facts: list[Incoming] = []
        for page in range(_CALLS):
            answer = await _page(session, page * _PAGE)
            found = [
                read_notification(raw) for raw in items(content(answer).get("elements"))
            ]
            facts += [fact for fact in found if fact.at >= moment or fact.at == UNDATED]
            if _is_last(answer, page, found, moment):
                return _missed(facts, complete=_is_kept(answer, moment))
        return _missed(facts, complete=False)


async def _page(session: ChannelSession, start: int) -> Answer:
    path = (
        f"organizationalEntityNotifications?q=criteria&actions=List({_ACTIONS})"
        f"&organizationalEntity={encoded(session.account_id)}&start={start}&count={_PAGE}"
    )
    lane = reading(session.account_id, "organizationalEntityNotifications")
    return await ask(session, path, lane, headers=FINDER)


def _is_last(answer: Answer, page: int, found: list[Incoming], moment: datetime) -> bool:
    """Return whether nothing further matters: no more, or all of it is older."""
    total = section(content(answer).get("paging")).get("total")
    if isinstance(total, int) and (page + 1) * _PAGE >= total:
        return True
    return all(fact.at < moment for fact in found)


def _is_kept(answer: Answer, moment: datetime) -> bool:
    now = platform_time(answer)
    return now is None or moment >= now - KEPT


def _missed(facts: list[Incoming], *, complete: bool) -> Missed:
    return Missed(
        facts=tuple(sorted(distinct(facts), key=lambda fact: fact.at)), complete=complete
    )
