"""Read LinkedIn's lists of comments: pure, to the same facts as its notifications."""

from typing import Any

from core.domain.incoming import Incoming, IncomingComment, IncomingOther
from core.platforms.linkedin.inbound import FEED, UNREADABLE, Raw, parent_of, person_of
from core.platforms.linkedin.urns import comment_urn, urn
from core.platforms.untyped import fingerprint, identifier, moment, section, words


def read_listed(raw: Any, account_id: str, post_id: str) -> Incoming:
    """Return a comment as a list of comments shows it; `post_id` is the post asked about.

    Its `sub` is empty for a comment nobody has changed, and when it was changed otherwise.
    """
    listed = section(raw)
    own_name = f"urn:li:comment:({listed.get('object')},{listed.get('id')})"
    name = comment_urn(listed.get("commentUrn"), own_name)
    if name is None:
        return _kept_listed(raw, account_id)
    actor = urn(listed.get("actor"))
    created = section(listed.get("created"))
    made_at = moment(created.get("time"))
    changed = section(listed.get("lastModified")).get("time")
    changed_at = moment(changed)
    return IncomingComment(
        account_id=account_id,
        key=str(name),
        sub="" if changed_at <= made_at else identifier(changed) or "",
        at=made_at,
        raw=listed,
        post_id=post_id,
        sender=person_of(listed.get("actor")),
        text=words(section(listed.get("message")).get("text")),
        parent_id=parent_of(listed),
        own=actor == account_id,
        url=FEED + name.thread,
        like_count=_likes(listed),
    )


def _kept_listed(raw: Any, account_id: str) -> IncomingOther:
    whole = section(raw) or {"value": raw}
    return IncomingOther(
        account_id=account_id,
        key=fingerprint(raw),
        at=moment(section(whole.get("created")).get("time")),
        raw=whole,
        kind=UNREADABLE,
    )


def _likes(listed: Raw) -> int | None:
    total = section(listed.get("likesSummary")).get("aggregatedTotalLikes")
    return total if isinstance(total, int) and not isinstance(total, bool) else None
