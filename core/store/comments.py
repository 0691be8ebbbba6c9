"""`comments`: what people say under our posts, however we hear of it.

A webhook, a poll and our own reply write the same rows. What is told twice changes
nothing, what is told late does not undo what is newer, and what was removed stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.comment import Comment
from core.domain.errors import NotFound
from core.domain.ids import ChannelId, CommentId, CustomerId, MonitoredPostId
from core.domain.incoming import IncomingComment
from core.store.pool import Unit

_FIND_POST = """
select id, false as is_new from monitored_posts
where user_id = %(tenant)s and social_account_id = %(channel)s
  and platform_post_id = %(post)s
"""
_ADD_POST = """
insert into monitored_posts as p (user_id, social_account_id, platform, platform_post_id,
                                  caption, media_url, posted_at, source)
select %(tenant)s, a.id, a.platform, %(post)s, %(caption)s, %(media_url)s, %(posted_at)s,
       %(source)s
from social_accounts a where a.user_id = %(tenant)s and a.id = %(channel)s
on conflict (user_id, platform, platform_post_id) do update
   set caption = coalesce(excluded.caption, p.caption),
       media_url = coalesce(excluded.media_url, p.media_url),
       posted_at = coalesce(p.posted_at, excluded.posted_at), updated_at = now(),
       source = case excluded.source when 'scheduled' then 'scheduled' else p.source end
returning id, xmax = 0 as is_new
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """A post as far as somebody told us about it; `source` is how we first heard of it."""

    platform_post_id: str
    caption: str | None = None
    media_url: str | None = None
    posted_at: datetime | None = None
    source: str = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """The row of a post; `is_new` if this is the first we hear of it."""

    id: MonitoredPostId
    is_new: bool


async def post(unit: Unit, channel: ChannelId, known: KnownPost) -> PostRow:
    """Return the row of a post, made if there is none; NotFound without its channel."""
    params = {
        "tenant": unit.tenant,
        "channel": channel,
        "post": known.platform_post_id,
        "caption": known.caption,
        "media_url": known.media_url,
        "posted_at": known.posted_at,
        "source": known.source,
    }
    if known.caption is None and known.media_url is None:
        found = await unit.row(PostRow, _FIND_POST, params)
        if found is not None:
            return found
    made = await unit.row(PostRow, _ADD_POST, params)
    if made is None:
        raise NotFound("That channel is not in this inbox.")
    return made


_UNDER_UNLISTED = """
select c.id
from monitored_posts p
join comments c on c.user_id = p.user_id and c.monitored_post_id = p.id
where p.user_id = %(tenant)s and p.social_account_id = %(channel)s
  and p.platform_post_id = any(%(posts)s::text[]) and p.posted_at is null
order by c.id limit 200
"""


async def under_unlisted(
    unit: Unit, channel: ChannelId, posts: Sequence[str]
) -> list[CommentId]:
    """Return comments under such of these posts as we know from their comments alone."""
    params = {"tenant": unit.tenant, "channel": channel, "posts": list(posts)}
    return [CommentId(row[0]) for row in await unit.tuples(_UNDER_UNLISTED, params)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of a comment we were told of."""

    id: CommentId
    is_new: bool
    changed: bool


_HEAR = """
insert into comments as c (user_id, monitored_post_id, platform_comment_id, parent_id, kind,
                           own, customer_id, author_id, author_name, author_avatar_url, text,
                           like_count, url, platform_at, hidden_at, private_reply_ends_at,
                           handled_at)
values (%(tenant)s, %(post)s, %(comment)s, %(parent)s, %(kind)s, %(own)s, %(customer)s,
        %(author_id)s, %(author_name)s, %(avatar)s, %(text)s, coalesce(%(likes)s::int, 0),
        %(url)s, %(at)s, case when %(hidden)s then now() end, %(private_until)s,
        case when %(own)s then now() end)
on conflict (monitored_post_id, platform_comment_id) do update
   set author_id = coalesce(c.author_id, excluded.author_id),
       author_name = coalesce(excluded.author_name, c.author_name),
       author_avatar_url = coalesce(excluded.author_avatar_url, c.author_avatar_url),
       customer_id = coalesce(c.customer_id, excluded.customer_id),
       parent_id = coalesce(c.parent_id, excluded.parent_id),
       url = coalesce(c.url, excluded.url),
       own = c.own or excluded.own,
       like_count = coalesce(%(likes)s::int, c.like_count)
returning c.id, (xmax = 0) as is_new
"""
_TAKE_TEXT = """
update comments
   set text = %(text)s,
       edited_at = case when coalesce(text, '') = '' then edited_at else now() end
 where user_id = %(tenant)s and id = %(id)s and text is distinct from %(text)s
   and deleted_at is null and expired_at is null
"""
_TAKE_HIDDEN = """
update comments
   set hidden_at = case when %(hidden)s then coalesce(hidden_at, now()) end,
       shown_at = case when %(hidden)s then null else now() end
 where user_id = %(tenant)s and id = %(id)s and (hidden_at is not null) <> %(hidden)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a comment belongs, beside what its platform says of it."""

    post: MonitoredPostId
    customer: CustomerId | None
    private_reply_ends_at: datetime | None


async def hear(unit: Unit, said: IncomingComment, placing: Placing) -> Heard:
    """Add a comment; one that is known keeps what it was first told with.

    A webhook may come long after a newer look at the platform, so it does not reword what
    is there: `see` does.
    """
    sender = said.sender
    params = {
        "tenant": unit.tenant,
        "post": placing.post,
        "comment": said.key,
        "parent": said.parent_id,
        "kind": said.kind,
        "own": said.own,
        "customer": placing.customer,
        "author_id": sender.platform_customer_id if sender else None,
        "author_name": (sender.name or sender.username) if sender else None,
        "avatar": said.avatar_url,
        "text": said.text,
        "likes": said.like_count,
        "url": said.url,
        "at": said.at,
        "hidden": said.hidden,
        "private_until": placing.private_reply_ends_at,
    }
    row = (await unit.tuples(_HEAR, params))[0]
    return Heard(id=CommentId(row[0]), is_new=bool(row[1]), changed=bool(row[1]))


async def see(unit: Unit, heard: Heard, said: IncomingComment) -> bool:
    """Take the words and the visibility that the platform shows now; True if they differ.

    The first words of a mention that came without any are no edit.
    Words that a platform's terms made us forget are not taken in again.
    """
    params = {
        "tenant": unit.tenant,
        "id": heard.id,
        "text": said.text,
        "hidden": said.hidden,
    }
    reworded = await unit.execute(_TAKE_TEXT, params)
    hidden = await unit.execute(_TAKE_HIDDEN, params)
    return bool(reworded + hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedComment:
    """A comment found by its platform's id."""

    id: CommentId
    text: str | None
    edited_at: datetime | None


_LOCATE = """
select c.id, c.text, c.edited_at
from comments c
join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
where c.user_id = %(tenant)s and p.social_account_id = %(channel)s
  and c.platform_comment_id = %(comment)s
for update of c
"""


async def locate(
    unit: Unit, channel: ChannelId, platform_comment_id: str
) -> LocatedComment | None:
    """Return a channel's comment, locked."""
    params = {"tenant": unit.tenant, "channel": channel, "comment": platform_comment_id}
    return await unit.row(LocatedComment, _LOCATE, params)


_REWORD = """
update comments set text = %(text)s, edited_at = %(at)s
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
   and (edited_at is null or edited_at < %(at)s)
"""
_SET_HIDDEN = """
update comments
   set hidden_at = case when %(hidden)s then %(at)s::timestamptz end,
       shown_at = case when %(hidden)s then null else %(at)s::timestamptz end
 where user_id = %(tenant)s and id = %(id)s
   and coalesce(greatest(hidden_at, shown_at), '-infinity') < %(at)s
"""
_REMOVE = """
update comments
   set text = null, edited_at = null, deleted_at = coalesce(deleted_at, %(at)s)
 where user_id = %(tenant)s and id = %(id)s and deleted_at is null
"""


async def reword(unit: Unit, comment: CommentId, text: str, at: datetime) -> bool:
    """Show later words; an older edit, or one of a removed comment, changes nothing."""
    params = {"tenant": unit.tenant, "id": comment, "text": text, "at": at}
    return await unit.execute(_REWORD, params) == 1


async def set_hidden(unit: Unit, comment: CommentId, at: datetime, *, hidden: bool) -> bool:
    """Note that a comment is hidden from others, or shown again; the later word stands."""
    params = {"tenant": unit.tenant, "id": comment, "hidden": hidden, "at": at}
    return await unit.execute(_SET_HIDDEN, params) == 1


async def remove(unit: Unit, comment: CommentId, at: datetime) -> bool:
    """Forget the words of a comment that its author, or we, took away; for good."""
    params = {"tenant": unit.tenant, "id": comment, "at": at}
    return await unit.execute(_REMOVE, params) == 1


_GET = """
select c.id, c.user_id as tenant, p.social_account_id as channel_id, a.platform,
       a.account_id, a.account_name, c.monitored_post_id, p.platform_post_id as post_id,
       p.caption as post_caption, c.platform_comment_id, c.parent_id, c.kind, c.own,
       c.author_id, c.author_name, c.author_avatar_url, coalesce(c.text, '') as text,
       c.like_count, c.url, c.platform_at as at, c.edited_at, c.hidden_at, c.deleted_at,
       c.handled_at, c.private_reply_ends_at, c.expired_at
from comments c
join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
join social_accounts a on a.user_id = c.user_id and a.id = p.social_account_id
where c.user_id = %(tenant)s and c.id = %(id)s
"""
_PAGE = """
select c.id, c.user_id as tenant, p.social_account_id as channel_id, a.platform,
       a.account_id, a.account_name, c.monitored_post_id, p.platform_post_id as post_id,
       p.caption as post_caption, c.platform_comment_id, c.parent_id, c.kind, c.own,
       c.author_id, c.author_name, c.author_avatar_url, coalesce(c.text, '') as text,
       c.like_count, c.url, c.platform_at as at, c.edited_at, c.hidden_at, c.deleted_at,
       c.handled_at, c.private_reply_ends_at, c.expired_at
from comments c
join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
join social_accounts a on a.user_id = c.user_id and a.id = p.social_account_id
where c.user_id = %(tenant)s and not c.own
  and (not %(waiting)s or (c.deleted_at is null and c.handled_at is null))
  and (%(channel)s::uuid is null or p.social_account_id = %(channel)s)
  and (%(before)s::timestamptz is null
       or (c.platform_at, c.id) < (%(before)s, %(before_id)s::uuid))
order by c.platform_at desc, c.id desc
limit %(limit)s::int
"""
_THREAD = """
select c.id, c.user_id as tenant, p.social_account_id as channel_id, a.platform,
       a.account_id, a.account_name, c.monitored_post_id, p.platform_post_id as post_id,
       p.caption as post_caption, c.platform_comment_id, c.parent_id, c.kind, c.own,
       c.author_id, c.author_name, c.author_avatar_url, coalesce(c.text, '') as text,
       c.like_count, c.url, c.platform_at as at, c.edited_at, c.hidden_at, c.deleted_at,
       c.handled_at, c.private_reply_ends_at, c.expired_at
from comments c
join monitored_posts p on p.user_id = c.user_id and p.id = c.monitored_post_id
join social_accounts a on a.user_id = c.user_id and a.id = p.social_account_id
where c.user_id = %(tenant)s and c.monitored_post_id = %(post)s
order by c.platform_at desc, c.id desc
limit %(limit)s::int
"""
_COUNT_WAITING = """
select count(*) from comments
where user_id = %(tenant)s and not own and deleted_at is null and handled_at is null
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page of comments ended: the next one begins behind it."""

    at: datetime
    id: CommentId


async def get(unit: Unit, comment: CommentId) -> Comment | None:
    """Return one comment."""
    return await unit.row(Comment, _GET, {"tenant": unit.tenant, "id": comment})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which comments to list: those that wait for us or all, of one channel or any."""

    waiting: bool
    channel: ChannelId | None = None


async def page(
    unit: Unit, wanted: Wanted, *, after: Place | None, limit: int
) -> list[Comment]:
    """Return what others said, newest first."""
    params = {
        "tenant": unit.tenant,
        "waiting": wanted.waiting,
        "channel": wanted.channel,
        "before": after.at if after else None,
        "before_id": after.id if after else None,
        "limit": limit,
    }
    return await unit.rows(Comment, _PAGE, params)


async def thread(unit: Unit, post_id: MonitoredPostId, *, limit: int) -> list[Comment]:
    """Return the newest comments under a post, ours among them, newest first."""
    params = {"tenant": unit.tenant, "post": post_id, "limit": limit}
    return await unit.rows(Comment, _THREAD, params)


async def count_waiting(unit: Unit) -> int:
    """Return how many comments nobody has dealt with."""
    counted: int = await unit.value(_COUNT_WAITING, {"tenant": unit.tenant})
    return counted


_REPLIED = """
update comments set replied_at = coalesce(replied_at, %(at)s)
 where user_id = %(tenant)s and id = %(id)s
"""


async def replied(unit: Unit, comment: CommentId, at: datetime) -> None:
    """Note when a comment was first answered in public."""
    await unit.execute(_REPLIED, {"tenant": unit.tenant, "id": comment, "at": at})
