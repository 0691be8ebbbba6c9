"""Ask X for what was missed: mentions, messages, and the conversations of our posts.

Mentions reach back eight hundred posts, messages thirty days, search seven; each list is
read to `moment` or to a bound, and the report says so where it was the bound.
"""

from datetime import datetime, timedelta
from typing import Final

from core.domain.incoming import Incoming, IncomingOther
from core.platforms.base import ChannelSession
from core.platforms.catching_up import Missed
from core.platforms.untyped import items, optional_words, section
from core.platforms.untyped import moment as read_moment
from core.platforms.x.calls import ask
from core.platforms.x.direct import read_list
from core.platforms.x.limits import HISTORY_DAYS, PAGE, SEARCH_DAYS, Endpoint
from core.platforms.x.posts import id_at
from core.platforms.x.reading import conversation, facts_in, listed, own_posts
from core.platforms.x.send import DM_FIELDS

_MENTION_PAGES: Final = 8
_MESSAGE_PAGES: Final = 5
"""A third of what may be read in a quarter of an hour: inboxes also look for lost sends."""
_CONVERSATION_PAGES: Final = 3
_OWN_POSTS: Final = 10


class History:
    """Looking back on X."""

    async def since(self, session: ChannelSession, moment: datetime) -> Missed:
        """Return the posts and messages since `moment`, each once."""
        parts = [
            await _mentions(session, moment),
            await _messages(session, moment),
            await _conversations(session, moment),
        ]
        facts: dict[tuple[type, str, str], Incoming] = {}
        for part in parts:
            for fact in part.facts:
                facts.setdefault((type(fact), fact.key, fact.sub), fact)
        now = session.http.clock.now()
        reachable = moment >= now - timedelta(days=SEARCH_DAYS)
        return Missed(
            facts=tuple(facts.values()),
            complete=reachable and all(part.complete for part in parts),
        )


async def _mentions(session: ChannelSession, moment: datetime) -> Missed:
    """Return posts that name us; those that only carry our name in front are replies."""
    path, since = f"2/users/{session.account_id}/mentions", {"since_id": id_at(moment)}
    facts: list[Incoming] = []
    params = since
    for _ in range(_MENTION_PAGES):
        page = await listed(session, path, params, Endpoint.MENTIONS)
        facts += facts_in(session, page)
        if page.cursor is None:
            return Missed(facts=tuple(facts), complete=True)
        params = {**since, "pagination_token": page.cursor}
    return Missed(facts=tuple(facts), complete=False)


async def _messages(session: ChannelSession, moment: datetime) -> Missed:
    """Return messages both ways, newest page first, until one is older than `moment`."""
    params = {**DM_FIELDS, "max_results": str(PAGE)}
    facts: list[Incoming] = []
    reached = session.http.clock.now() - timedelta(days=HISTORY_DAYS) <= moment
    for _ in range(_MESSAGE_PAGES):
        found = await ask(session, "2/dm_events", params, Endpoint.DM_READ)
        facts += [
            fact
            for fact in read_list(found, session.account_id)
            if fact.at >= moment and not isinstance(fact, IncomingOther)
        ]
        cursor = optional_words(section(found.get("meta")).get("next_token"))
        raws = items(found.get("data"))
        oldest = read_moment(section(raws[-1]).get("created_at")) if raws else moment
        if cursor is None or oldest < moment:
            return Missed(facts=tuple(facts), complete=reached)
        params = {**params, "pagination_token": cursor}
    return Missed(facts=tuple(facts), complete=False)


async def _conversations(session: ChannelSession, moment: datetime) -> Missed:
    """Return replies under our latest posts, also those that no longer carry our name."""
    ours = await own_posts(
        session, {"exclude": "replies,retweets", "max_results": str(_OWN_POSTS)}
    )
    recent = session.http.clock.now() - timedelta(days=SEARCH_DAYS)
    ids = [post.conversation_id for post in ours if post.at >= recent]
    if not ids:
        return Missed(facts=(), complete=True)
    query = " OR ".join(f"conversation_id:{each}" for each in ids)
    facts: list[Incoming] = []
    cursor: str | None = None
    for _ in range(_CONVERSATION_PAGES):
        page = await conversation(session, query, cursor)
        facts += [fact for fact in facts_in(session, page) if fact.at >= moment]
        cursor = page.cursor
        if cursor is None:
            return Missed(facts=tuple(facts), complete=True)
    return Missed(facts=tuple(facts), complete=False)
