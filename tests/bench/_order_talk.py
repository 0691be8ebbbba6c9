"""What the scripts of `bench order` share: the acts, their times, the ids, the grounds.

A script has nine acts. With messages: the customer writes, rewords, takes back; somebody
reacts to what we wrote; our message is sent, delivered and read. A platform without
messages has its own nine, told under the same names. Times belong to the acts, not to the
order they are told in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, LiteralString

NOON: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACTS: Final = ("message", "edit", "reaction", "delete", "sent", "delivered", "read")
MORE: Final = (*ACTS, "edit_again", "unreact")
"""What befalls a message twice: of two rewordings and two reactions the later one stands."""

Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation: the ids in it, all different from those of any other.

    `opaque` is our own id of what we sent, `ours` the platform's.
    """

    number: int
    opaque: str

    @property
    def customer(self) -> str:
        """Return the customer's id."""
        return f"336{self.number:09d}"

    @property
    def theirs(self) -> str:
        """Return the platform's id of the customer's message."""
        return f"theirs#{self.number}"

    @property
    def ours(self) -> str:
        """Return the platform's id of our message."""
        return f"ours#{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies there before the first act, and what a person could see after the last.

    `opening` takes `numbers` and `items` of all talks, `end` the `number` and `item` of
    one and returns it as text without ids.
    """

    opening: LiteralString
    end: LiteralString


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A platform's dialect: `item` words one act, `body` wraps items for one account.

    `last_words` stand at the end when nothing is taken back, `gone` are nowhere when it is.
    """

    account: str
    item: Callable[[str, Talk], Item]
    body: Callable[[Sequence[Item]], Any]
    ground: Ground
    last_words: str = "Hello again"
    gone: str = "Hello"


def moment(act: str) -> datetime:
    """Return when an act took place."""
    return NOON + timedelta(minutes=MORE.index(act))


def seconds(act: str) -> str:
    """Return an act's time as WhatsApp writes it."""
    return str(int(moment(act).timestamp()))


def milliseconds(act: str) -> int:
    """Return an act's time as the others write it."""
    return int(moment(act).timestamp() * 1000)


_OPENING: LiteralString = """
with channel as (
    select id from social_accounts
     where user_id = %(tenant)s and platform = %(platform)s and account_id = %(account)s),
wanted as (
    select number, item from unnest(%(numbers)s::bigint[], %(items)s::uuid[]) as w (number, item)),
people as (
    insert into customers (user_id, social_account_id, platform_customer_id, name)
    select %(tenant)s, channel.id, '336' || lpad(number::text, 9, '0'), 'Nora'
      from wanted, channel returning id, platform_customer_id),
talks as (
    insert into conversations (user_id, social_account_id, customer_id, platform, next_seq,
                               last_message_at, last_preview, last_direction)
    select %(tenant)s, channel.id, people.id, %(platform)s, 2, '2026-11-20 11:59Z', 'At nine.',
           'outbound'
      from people, channel returning id, customer_id),
said as (
    insert into conversation_messages (user_id, conversation_id, direction, origin, text, seq,
                                       delivery, platform_at)
    select %(tenant)s, talks.id, 'outbound', 'member', 'At nine.', 1, 'sending',
           '2026-11-20 11:59Z' from talks returning id, conversation_id)
insert into outbox_items (id, tenant_id, conversation_id, channel_id, message_id, seq, state,
                          origin, text, epoch, fence, lease_until, sending_at)
select wanted.item, %(tenant)s, said.conversation_id, channel.id, said.id, 1, 'sending',
       'member', 'At nine.', 0, 1, now() + interval '1 hour', '2026-11-20 11:59Z'
  from said join talks on talks.id = said.conversation_id
  join people on people.id = talks.customer_id
  join wanted on '336' || lpad(wanted.number::text, 9, '0') = people.platform_customer_id
  cross join channel
"""
_END: LiteralString = """
select jsonb_build_object(
    'unread', v.unread_count, 'preview', v.last_preview, 'direction', v.last_direction,
    'at', v.last_message_at, 'status', v.status, 'outbox', o.state,
    'waiting', (select count(*) from waiting_updates w
                 where w.tenant_id = v.user_id
                   and split_part(w.target_platform_id, '#', 2) = %(number)s),
    'messages', (select jsonb_agg(jsonb_build_object(
            'id', split_part(m.platform_message_id, '#', 1), 'text', m.text,
            'edited', m.edited_at is not null, 'deleted', m.deleted_at is not null,
            'reactions', m.reactions, 'delivery', m.delivery, 'at', m.platform_at)
            order by m.platform_at, m.direction)
        from conversation_messages m
       where m.user_id = v.user_id and m.conversation_id = v.id))::text
from outbox_items o
join conversations v on v.user_id = o.tenant_id and v.id = o.conversation_id
where o.tenant_id = %(tenant)s and o.id = %(item)s
"""


CONVERSATION: Final = Ground(opening=_OPENING, end=_END)
"""A message of ours has left, and nothing was heard of it yet."""
