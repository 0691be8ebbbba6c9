"""What a permission is for, in the words of people: named when it is not given."""

from enum import StrEnum
from typing import Final


class Use(StrEnum):
    """What stops working without a permission."""

    MESSAGES = "reading and answering messages"
    COMMENTS = "reading and answering comments"
    PUBLISHING = "publishing posts"
    EVENTS = "hearing of new messages at once"
    STAYING = "staying signed in"
    ACCOUNT = "knowing the account"


_SIGNS: Final = (
    (Use.STAYING, ("offline",)),
    (Use.COMMENTS, ("comment", "engagement", "moderat", "social_feed", "user_content")),
    (Use.MESSAGES, ("messag", "dm.", "whatsapp_business_management")),
    (Use.EVENTS, ("manage_metadata", "webhook")),
    (Use.PUBLISHING, ("publish", "manage_posts", "tweet.write", "media.write")),
    (Use.PUBLISHING, ("^w_",)),
)
"""Parts of the names that platforms give their permissions (CONTRACTS 2 to 6); `^` is where
a name begins."""


def use_of(scope: str) -> Use:
    """Return what a permission is for, as far as its name tells."""
    name = f"^{scope.lower()}"
    for use, signs in _SIGNS:
        if any(sign in name for sign in signs):
            return use
    return Use.ACCOUNT


def uses_of(scopes: tuple[str, ...]) -> tuple[Use, ...]:
    """Return what permissions are for, each once, the most missed first."""
    found = {use_of(scope) for scope in scopes}
    return tuple(use for use in Use if use in found)
