"""`comment_deeds`: what we owe comments, and the fences that keep it from happening twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.comment import ClaimedDeed, Deed, DeedKind, DeedState
from core.domain.ids import ChannelId, CommentId, DeedId, TenantId
from core.store.outbox import Failure
from core.store.pool import Unit

_ENQUEUE = "select app.enqueue_deed_v1(%(comment)s, %(deed)s, %(kind)s, %(text)s)"
_SETTLE = "select app.settle_deed_v1(%(deed)s, %(state)s)"
_HANDLE = "select app.handle_comment_v1(%(comment)s, %(handled)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeed:
    """A deed to ask for; the same `id` twice is one deed."""

    id: DeedId
    comment: CommentId
    kind: DeedKind
    text: str = ""


async def enqueue(unit: Unit, deed: NewDeed) -> str:
    """Ask for a deed; returns enqueued, duplicate, or why not (see the migration)."""
    params = {
        "comment": deed.comment,
        "deed": deed.id,
        "kind": deed.kind,
        "text": deed.text,
    }
    return str(await unit.value(_ENQUEUE, params))


async def settle_by_hand(unit: Unit, deed: DeedId, state: DeedState) -> str:
    """Cancel a waiting deed, or say what became of an uncertain one."""
    return str(await unit.value(_SETTLE, {"deed": deed, "state": state}))


async def set_handled(unit: Unit, comment: CommentId, *, handled: bool) -> str:
    """Take a comment off the list of those that wait for us, or put it back."""
    return str(await unit.value(_HANDLE, {"comment": comment, "handled": handled}))


_CLAIM = """
select tenant_id, deed_id, channel_id, fence, attempt
from app.claim_deeds_v1(%(worker)s, %(limit)s::int, %(lease)s::int, %(but)s::uuid[])
"""
_UNKNOWN_DEEDS = """
select tenant_id, deed_id, channel_id, fence, attempt from app.unknown_deeds_v1(%(limit)s::int)
"""


async def claim(
    unit: Unit, *, worker: str, limit: int, lease: float, but: Sequence[ChannelId] = ()
) -> list[ClaimedDeed]:
    """Take due deeds, one of each comment, passing by some channels."""
    params = {"worker": worker, "limit": limit, "lease": int(lease), "but": list(but)}
    return await unit.rows(ClaimedDeed, _CLAIM, params)


async def unsettled(unit: Unit, *, limit: int) -> list[ClaimedDeed]:
    """Return deeds whose outcome nobody knows, longest first; looking claims nothing."""
    return await unit.rows(ClaimedDeed, _UNKNOWN_DEEDS, {"limit": limit})


_LOAD = """
select id, comment_id, kind, text, state, member_id, platform_id, error_title, error_next,
       created_at
from comment_deeds
where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
"""
_BEGIN = """
update comment_deeds
   set state = 'sending', sending_at = clock_timestamp()
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s and state = 'claimed'
   and lease_until > clock_timestamp() + make_interval(secs => %(margin)s)
"""
_SENDING_SINCE = """
select coalesce(sending_at, updated_at) from comment_deeds
where tenant_id = %(tenant)s and id = %(id)s
"""


async def load(unit: Unit, claimed: ClaimedDeed) -> Deed | None:
    """Return a claimed deed, or None if the claim was lost."""
    params = {"tenant": unit.tenant, "id": claimed.deed_id, "fence": claimed.fence}
    return await unit.row(Deed, _LOAD, params)


async def begin(unit: Unit, claimed: ClaimedDeed, *, margin: float) -> bool:
    """Take the last step before the socket; False means: walk away."""
    params = {
        "tenant": unit.tenant,
        "id": claimed.deed_id,
        "fence": claimed.fence,
        "margin": margin,
    }
    return await unit.execute(_BEGIN, params) == 1


async def sending_since(unit: Unit, deed: DeedId) -> datetime:
    """Return when the one try of a deed began."""
    since: datetime = await unit.value(_SENDING_SINCE, {"tenant": unit.tenant, "id": deed})
    return since


_ACCEPTED = """
update comment_deeds
   set state = 'accepted', platform_id = coalesce(platform_id, %(platform_id)s),
       lease_until = null, settled_at = now(), error_code = null, error_title = null,
       error_next = null
 where tenant_id = %(tenant)s and id = %(id)s
   and state in ('claimed', 'sending', 'unknown', 'needs_human')
   and (%(fence)s::bigint is null or fence = %(fence)s)
"""
_BACK = """
update comment_deeds
   set state = 'queued', lease_until = null,
       due_at = now() + make_interval(secs => %(delay)s),
       attempt = greatest(0, attempt - %(forgiven)s::int), error_code = %(code)s,
       error_title = %(title)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and state in ('claimed', 'sending')
"""
_FAILED = """
update comment_deeds
   set state = 'failed', lease_until = null, settled_at = now(), error_code = %(code)s,
       error_title = %(title)s, error_next = %(next)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s
   and state in ('claimed', 'sending')
"""
_UNKNOWN = """
update comment_deeds
   set state = 'unknown', lease_until = null, unknown_at = now(), error_code = %(code)s,
       error_title = %(title)s
 where tenant_id = %(tenant)s and id = %(id)s and fence = %(fence)s and state = 'sending'
"""


async def accepted(
    unit: Unit, deed: DeedId, platform_id: str | None, *, fence: int | None = None
) -> bool:
    """Record that the platform has done it; without a fence, because it shows it."""
    params = {
        "tenant": unit.tenant,
        "id": deed,
        "platform_id": platform_id,
        "fence": fence,
    }
    return await unit.execute(_ACCEPTED, params) == 1


def _params(unit: Unit, claimed: ClaimedDeed, why: Failure) -> dict[str, object]:
    return {
        "tenant": unit.tenant,
        "id": claimed.deed_id,
        "fence": claimed.fence,
        "code": why.code,
        "title": why.title,
        "next": why.next_step,
    }


async def back_to_queue(
    unit: Unit, claimed: ClaimedDeed, why: Failure, *, delay: float, forgiven: int
) -> bool:
    """Queue a deed that surely did not happen; `forgiven` attempts are not counted."""
    params = _params(unit, claimed, why) | {"delay": delay, "forgiven": forgiven}
    return await unit.execute(_BACK, params) == 1


async def failed(unit: Unit, claimed: ClaimedDeed, why: Failure) -> bool:
    """End a deed that will never happen as it is."""
    return await unit.execute(_FAILED, _params(unit, claimed, why)) == 1


async def unknown(unit: Unit, claimed: ClaimedDeed, why: Failure) -> bool:
    """Record that nobody knows whether it happened."""
    return await unit.execute(_UNKNOWN, _params(unit, claimed, why)) == 1


_WITH_TEXT = """
select d.id from comment_deeds d
join comments c on c.user_id = d.tenant_id and c.id = d.comment_id
join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
where d.tenant_id = %(tenant)s and d.channel_id = %(channel)s and d.kind = 'reply'
  and d.state in ('sending', 'unknown', 'needs_human') and d.platform_id is null
  and d.text = %(text)s and p.platform_post_id = %(post)s
order by d.created_at, d.id limit 1 for update of d
"""
_BY_PLATFORM_ID = """
select id from comment_deeds
where tenant_id = %(tenant)s and channel_id = %(channel)s and platform_id = %(platform_id)s
  and kind = %(kind)s
"""


async def open_with_text(
    unit: Unit, channel: ChannelId, post: str, text: str
) -> DeedId | None:
    """Return the first unsettled reply of these words under a post."""
    params = {"tenant": unit.tenant, "channel": channel, "post": post, "text": text}
    found = await unit.value(_WITH_TEXT, params)
    return None if found is None else DeedId(found)


async def by_platform_id(
    unit: Unit, channel: ChannelId, platform_id: str, kind: DeedKind
) -> DeedId | None:
    """Return the deed that a platform gave this id to."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "platform_id": platform_id,
        "kind": kind,
    }
    found = await unit.value(_BY_PLATFORM_ID, params)
    return None if found is None else DeedId(found)


_OF_COMMENTS = """
select id, comment_id, kind, text, state, member_id, platform_id, error_title, error_next,
       created_at
from comment_deeds
where tenant_id = %(tenant)s and comment_id = any (%(comments)s::uuid[])
order by created_at, id
"""


async def of_comments(unit: Unit, of: Sequence[CommentId]) -> list[Deed]:
    """Return what was asked for about some comments, oldest first."""
    return await unit.rows(
        Deed, _OF_COMMENTS, {"tenant": unit.tenant, "comments": list(of)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SweptDeed:
    """A deed the sweeper moved."""

    tenant_id: TenantId
    deed_id: DeedId
    comment_id: CommentId
    state: DeedState


_SWEEP = """
select tenant_id, deed_id, comment_id, state from app.sweep_deeds_v1(%(after)s::int)
"""


async def sweep(unit: Unit, *, after: float) -> list[SweptDeed]:
    """Free what dead workers held and hand to people what stayed unknown too long."""
    return await unit.rows(SweptDeed, _SWEEP, {"after": int(after)})
