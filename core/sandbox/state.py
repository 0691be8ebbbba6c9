"""What the platform remembers: accounts' sends, customers, media, threads, posts.

All of it lives in memory: the companion is what gets killed in a crash test, and the
record of sends must outlive it, not us.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from core.domain.channel import PlatformName
from core.sandbox.accounts import Account
from core.sandbox.facebook_state import FacebookState
from core.sandbox.faults import Endpoint
from core.sandbox.logins import Logins
from core.sandbox.x_state import XState

Hosted = TypeVar("Hosted", bound=Account)


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One call that took effect in the outside world; `order` counts from 1, no gaps.

    `opaque_id` is the caller's own id where the dialect carries one, None elsewhere.
    """

    order: int
    endpoint: Endpoint
    account_id: str
    recipient: str
    message_id: str
    opaque_id: str | None
    type: str
    body: Mapping[str, object]
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer as the platform knows them: `id` is a phone number or an IGSID."""

    platform: PlatformName
    id: str
    name: str
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """An uploaded or received file."""

    id: str
    mime_type: str
    content: bytes
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadMessage:
    """A message as Instagram's Conversations API lists it."""

    id: str
    created_at: datetime
    sender_id: str
    recipient_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation between an Instagram account and one person."""

    id: str
    account_id: str
    person_id: str
    messages: list[ThreadMessage] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Comment:
    """A comment under a post; replies hang under the top comment, never deeper."""

    id: str
    post_id: str
    author: Person | None
    text: str
    created_at: datetime
    parent_id: str | None = None
    hidden: bool = False
    privately_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InstagramPost:
    """A published post."""

    id: str
    account_id: str
    caption: str
    published_at: datetime


class ContainerStatus(StrEnum):
    """Where a post in the making stands."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"
    PUBLISHED = "PUBLISHED"


@dataclass(slots=True, kw_only=True)
class Container:
    """A post in the making; becomes FINISHED after `polls_left` looks at it."""

    id: str
    account_id: str
    caption: str
    created_at: datetime
    polls_left: int
    status_code: ContainerStatus = ContainerStatus.IN_PROGRESS
    status: str = ""


@dataclass(slots=True, kw_only=True)
class SandboxState:
    """Everything above, for all accounts; `clear` makes a new world with the same accounts."""

    accounts: tuple[Account, ...]
    sends: list[Send] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    posts: dict[str, InstagramPost] = field(default_factory=dict)
    containers: dict[str, Container] = field(default_factory=dict)
    subscriptions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    logins: Logins = field(default_factory=Logins)
    x: XState = field(default_factory=XState)
    facebook: FacebookState = field(default_factory=FacebookState)

    def clear(self) -> None:
        """Forget all but the accounts."""
        for memory in (
            self.sends,
            self.people,
            self.media,
            self.threads,
            self.comments,
            self.posts,
            self.containers,
            self.subscriptions,
        ):
            memory.clear()
        self.logins.clear()
        self.x.clear()
        self.facebook.clear()

    def record(self, send: Send) -> None:
        """Append to the record of sends."""
        self.sends.append(send)

    def account(self, kind: type[Hosted]) -> Hosted:
        """Return the first account of this kind: the one that customers write to.

        Raises KeyError when the sandbox hosts none: a mistake in the caller's set-up.
        """
        for account in self.accounts:
            if isinstance(account, kind):
                return account
        raise KeyError(f"the sandbox hosts no {kind.__name__}")

    def thread(self, account_id: str, person_id: str) -> Thread:
        """Return the conversation of these two, opened if it is their first word."""
        for thread in self.threads.values():
            if (thread.account_id, thread.person_id) == (account_id, person_id):
                return thread
        thread = Thread(id=new_mid(), account_id=account_id, person_id=person_id)
        self.threads[thread.id] = thread
        return thread


def new_node_id() -> str:
    """Return a fresh numeric id as the Graph gives to media, posts, comments, containers."""
    return "178" + "".join(secrets.choice("0123456789") for _ in range(14))


def new_wamid() -> str:
    """Return a fresh WhatsApp message id."""
    return "wamid." + secrets.token_urlsafe(30)


def new_mid() -> str:
    """Return a fresh Instagram message or conversation id."""
    return "aWdf" + secrets.token_urlsafe(36)
