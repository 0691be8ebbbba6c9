"""The acts of `bench order` in LinkedIn's words, which tells of comments only.

Somebody comments, rewords it twice and removes it; it is liked twice; we answer it, and
two others do.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

from tests.bench._order_talk import MORE, Ground, Item, Script, Talk, milliseconds

_US: Final = "urn:li:organization:5515715"

_OPENING: LiteralString = """
insert into monitored_posts (user_id, social_account_id, platform, platform_post_id)
select a.user_id, a.id, a.platform, 'urn:li:share:' || asked.number
  from social_accounts a,
       unnest(%(numbers)s::bigint[], %(items)s::uuid[]) as asked (number, item)
 where a.user_id = %(tenant)s and a.platform = %(platform)s and a.account_id = %(account)s
"""
_END: LiteralString = """
select jsonb_build_object(
    'waiting', (select count(*) from waiting_updates w
                 where w.tenant_id = p.user_id
                   and w.target_platform_id like '%%activity:' || %(number)s || ',%%'),
    'comments', jsonb_agg(jsonb_build_object(
        'text', c.text, 'own', c.own, 'edited', c.edited_at, 'deleted', c.deleted_at,
        'author', c.author_id, 'answers', split_part(c.parent_id, ',', 2),
        'answered', c.replied_at, 'handled', c.handled_at is not null, 'at', c.platform_at)
        order by c.platform_at))::text
from monitored_posts p
join comments c on c.user_id = p.user_id and c.monitored_post_id = p.id
where p.user_id = %(tenant)s and p.platform_post_id = 'urn:li:share:' || %(number)s
  and %(item)s <> ''
group by p.user_id
"""

_ACTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "message": ("COMMENT", "1", "Hello"),
    "edit": ("COMMENT_EDIT", "1", "Hello there"),
    "edit_again": ("COMMENT_EDIT", "1", "Hello again"),
    "delete": ("COMMENT_DELETE", "1", ""),
    "sent": ("ADMIN_COMMENT", "2", "At nine."),
    "delivered": ("COMMENT", "3", "At ten."),
    "read": ("COMMENT", "4", "At eleven."),
    "reaction": ("LIKE", "5", ""),
    "unreact": ("LIKE", "6", ""),
}
"""By act: LinkedIn's action, the number of the comment it is about, its words."""


def _item(act: str, talk: Talk) -> Item:
    action, number, text = _ACTIONS[act]
    activity = f"urn:li:activity:{talk.number}"
    first = f"urn:li:comment:({activity},1)"
    name = f"urn:li:comment:({activity},{number})"
    comment: Item = {
        "owner": _US if action == "ADMIN_COMMENT" else f"urn:li:person:Person{number}",
        "entity": name,
        "object": activity,
        "text": text,
        **({"parentComment": first} if number in "234" else {}),
    }
    told = text or action == "COMMENT"
    return {
        "notificationId": talk.number * 100 + MORE.index(act),
        "organizationalEntity": _US,
        "action": action,
        "sourcePost": f"urn:li:share:{talk.number}",
        "generatedActivity": f"{activity}{number}" if action == "LIKE" else name,
        "lastModifiedAt": milliseconds(act),
        **({"decoratedGeneratedActivity": {"comment": comment}} if told else {}),
    }


def _body(items: Sequence[Item]) -> Any:
    return {
        "type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS",
        "notifications": list(items),
    }


LINKEDIN: Final = Script(
    account=_US, item=_item, body=_body, ground=Ground(opening=_OPENING, end=_END)
)
