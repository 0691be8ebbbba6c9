"""What X remembers here: posts, direct messages, files, webhooks, subscriptions, windows."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EPOCH_MS = 1288834974657
WINDOW = timedelta(minutes=15)


@dataclass(slots=True, kw_only=True)
class XPost:
    """A post; `typed` is what its author wrote, `names` the accounts named in it on purpose.

    `history` are its ids from the first to the one of now; an edit adds one.
    """

    id: str
    author_id: str
    typed: str
    created_at: datetime
    conversation_id: str
    history: list[str]
    replied_to: str | None = None
    quoted: str | None = None
    media_ids: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class XLetter:
    """A direct message; `media_id` is its file."""

    id: str
    sender_id: str
    recipient_id: str
    text: str
    created_at: datetime
    media_id: str | None = None

    @property
    def conversation_id(self) -> str:
        """Return `<smaller>-<larger>`, compared as numbers."""
        return "-".join(sorted((self.sender_id, self.recipient_id), key=int))


@dataclass(slots=True, kw_only=True)
class XFile:
    """An upload; it is worked on for `looks_left` looks after it is whole."""

    id: str
    mime_type: str
    total_bytes: int
    category: str
    looks_left: int
    parts: dict[int, bytes] = field(default_factory=dict)
    whole: bool = False
    failure: str = ""
    alt_text: str = ""

    @property
    def content(self) -> bytes:
        """Return the pieces in their order."""
        return b"".join(self.parts[index] for index in sorted(self.parts))


@dataclass(slots=True, kw_only=True)
class XHook:
    """A registered webhook."""

    id: str
    url: str
    created_at: datetime
    valid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class XSubscription:
    """An event of an account that is delivered."""

    id: str
    event_type: str
    user_id: str
    created_at: datetime
    webhook_id: str | None = None
    tag: str | None = None


@dataclass(slots=True, kw_only=True)
class XWindow:
    """A quarter of an hour in which calls are counted."""

    ends_at: datetime
    used: int = 0


@dataclass(slots=True, kw_only=True)
class XState:
    """Everything above.

    `app_token`, once set, is the only one that may manage webhooks; `film_failure`, once
    set, is what is wrong with every film from then on.
    """

    posts: dict[str, XPost] = field(default_factory=dict)
    letters: dict[str, XLetter] = field(default_factory=dict)
    files: dict[str, XFile] = field(default_factory=dict)
    hooks: dict[str, XHook] = field(default_factory=dict)
    subscriptions: dict[str, XSubscription] = field(default_factory=dict)
    windows: dict[tuple[str, str], XWindow] = field(default_factory=dict)
    app_token: str | None = None
    film_failure: str = ""
    _made: int = 0

    def clear(self) -> None:
        """Forget it all."""
        for memory in (
            self.posts,
            self.letters,
            self.files,
            self.hooks,
            self.subscriptions,
            self.windows,
        ):
            memory.clear()
        self.app_token, self.film_failure = None, ""

    def new_id(self, now: datetime) -> str:
        """Return a fresh id; as on X it holds its time, and grows."""
        self._made += 1
        milliseconds = int(now.timestamp() * 1000) - EPOCH_MS
        return str((milliseconds << 22) + self._made)

    def count(self, account_id: str, endpoint: str, now: datetime) -> XWindow:
        """Count one call, and return its window."""
        window = self.windows.get((account_id, endpoint))
        if window is None or now >= window.ends_at:
            window = XWindow(ends_at=now + WINDOW)
            self.windows[account_id, endpoint] = window
        window.used += 1
        return window

    def root_of(self, post_id: str) -> str:
        """Return the first id of a post that is known by any of its ids."""
        for post in self.posts.values():
            if post_id in post.history:
                return post.history[0]
        return post_id


def names_in(text: str) -> frozenset[str]:
    """Return the user names that a text mentions, in lower case."""
    return frozenset(name.lower() for name in re.findall(r"(?<!\w)@(\w{1,15})", text))
