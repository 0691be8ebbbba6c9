"""What people do on LinkedIn, and the notifications that tell of it.

Decorated as captured from the real one: the post under its activity, the comment under a
broken name beside the right one (CONTRACTS 6).
"""

from typing import Any

from core.sandbox.accounts import LinkedInAccount
from core.sandbox.call import World
from core.sandbox.linkedin_state import (
    MEMBER,
    LinkedInComment,
    LinkedInPost,
    digits,
    milliseconds,
)
from core.sandbox.state import Person
from core.sandbox.webhooks import Payload

EVENT_TYPE = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"


def linkedin_comment(
    world: World, person: Person, post_id: str, text: str, parent_id: str | None
) -> tuple[str, Payload]:
    """Comment as a person; return the comment's URN and the webhook that tells of it."""
    state = world.state.linkedin
    post = state.post(post_id)
    if post is None:
        raise KeyError(f"no LinkedIn post {post_id}")
    above = state.comment(parent_id) if parent_id else None
    comment = state.add_comment(
        post, person.id, text, world.now(), above.id if above is not None else None
    )
    return comment.urn, told(world, "COMMENT", post, comment)


def told(
    world: World, action: str, post: LinkedInPost, comment: LinkedInComment
) -> Payload:
    """Remember that something was done to a comment, and return the webhook of it."""
    made: dict[str, Any] = {
        "owner": comment.actor,
        "entity": comment.urn,
        "object": comment.activity,
        "text": comment.text,
    }
    if comment.parent is not None:
        made["parentComment"] = f"urn:li:comment:({comment.activity},{comment.parent})"
    activity = comment.activity.removeprefix("urn:li:")
    return announced(
        world,
        {
            "action": action,
            "sourcePost": post.activity,
            "decoratedSourcePost": {
                "entity": post.urn,
                "owner": post.author,
                "text": post.commentary,
                "mediaCategory": "NONE",
            },
            "generatedActivity": f"urn:li:comment:({activity},{comment.id})",
            "decoratedGeneratedActivity": {"comment": made},
        },
    )


def announced(world: World, news: dict[str, Any]) -> Payload:
    """Return the webhook of one notification; it can be asked for later, too."""
    account = world.state.account(LinkedInAccount)
    notification = {
        "notificationId": int(digits()[:10]),
        "organizationalEntity": account.account_id,
        "lastModifiedAt": milliseconds(world.now()),
        "subscriber": MEMBER,
        **news,
    }
    world.state.linkedin.notifications.append(notification)
    return {"type": EVENT_TYPE, "notifications": [notification]}
