"""What every platform can be asked, and the values it is asked with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from core.config.secret import Secret
from core.domain.attachment import MediaKind, MediaRule
from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.domain.outbox import OutboxItem, SendAnswer
from core.domain.rich import RichKind
from core.domain.text_unit import TextUnit
from core.net.client import Http
from core.platforms.pace import ReadingPace

if TYPE_CHECKING:
    from core.platforms.catching_up import CatchingUp
    from core.platforms.commenting import Commenting
    from core.platforms.connecting import Connecting
    from core.platforms.publishing import Publishing

UNDATED: Final = datetime.fromtimestamp(0, UTC)
"""The time of a fact that came without a readable one; the receiver puts its own."""


class Ability(StrEnum):
    """What a platform lets us do."""

    MESSAGE = "message"
    MEDIA = "media"
    QUOTE = "quote"
    READ_MARK = "read_mark"
    TYPING = "typing"
    COMMENT = "comment"
    HIDE = "hide"
    PRIVATE_REPLY = "private_reply"
    PUBLISH = "publish"
    CATCH_UP = "catch_up"


class SignatureScheme(StrEnum):
    """How a webhook proves where it comes from."""

    META_SHA256 = "X-Hub-Signature-256"
    X_SHA256 = "x-twitter-webhooks-signature"
    LINKEDIN_SHA256 = "X-LI-Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything about a platform that others need to know, as data.

    `reply_window` is how long after the customer's last message free text may be sent;
    `human_window` how long a person, not the assistant, may. None means no limit for the
    first, no extension for the second; `private_reply_window` is how long after a comment
    its author may be written to, once. `echoes_opaque_id` says that statuses return our
    own id, which settles a send of unknown outcome. `media` is what we can send;
    `fetches_media` says that the platform takes no bytes, but an address to fetch them from.
    `rich` are the other kinds of message that we can send, `formats` the kinds of post.
    `comment_unit` is how comments and posts are counted, None where as messages are.
    `hosts` names, by flavour of login, the platform whose API base a channel uses instead of
    its own (Instagram accounts that came by Facebook's login).
    `keeps_activity` and `keeps_profiles` are how long its terms let us hold what others said
    and who they are, None for as long as we like. `redelivers_for` is how long its webhooks
    are tried again, so that a shorter absence of ours costs nothing; None if nobody says.
    `reading` is how often a post may be read, `looks_every` how often a channel
    may be looked at. `shows_profiles` is False where a customer
    whom a webhook does not name cannot be asked for.
    `other_ids` are asked for beside the account's where a token is pasted. `notes` are
    sentences that people have to know, such as which chats the platform keeps from us.
    """

    name: PlatformName
    title: str
    colour: str
    icon: str
    text_limit: int
    text_unit: TextUnit
    reply_window: timedelta | None
    human_window: timedelta | None
    scopes: tuple[str, ...]
    signature: SignatureScheme
    echoes_opaque_id: bool
    can: frozenset[Ability]
    writes_for: PlatformName | None = None
    media: Mapping[MediaKind, MediaRule] = field(default_factory=dict)
    fetches_media: bool = False
    rich: frozenset[RichKind] = frozenset()
    formats: frozenset[str] = frozenset()
    comment_limit: int | None = None
    comment_unit: TextUnit | None = None
    private_reply_window: timedelta | None = None
    keeps_activity: timedelta | None = None
    keeps_profiles: timedelta | None = None
    redelivers_for: timedelta | None = None
    reading: ReadingPace = field(default_factory=ReadingPace)
    looks_every: timedelta = timedelta(minutes=10)
    shows_profiles: bool = True
    other_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hosts: Mapping[str, PlatformName] = field(default_factory=dict)

    def measure(self, text: str) -> int:
        """Return the length of a message as the platform counts it."""
        return self.text_unit.measure(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """What to answer a platform that asks whether this address is ours."""

    status: int
    body: str
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSession:
    """One channel, signed in: what a call to its platform needs.

    `app_token` is the developer app's own, for the few calls that take no user's (X's
    webhooks); None where nobody has set one.
    `metadata` is what was noted about the account when it was connected, such as ids that
    some calls name beside the account's.
    `flavour` is the key of the login that gave the token, empty where one was pasted.
    """

    account_id: str
    base_url: str
    token: Secret
    http: Http
    app_token: Secret | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    flavour: str = ""

    def url(self, *path: str) -> str:
        """Return the address of a node or edge below the channel's API base."""
        return "/".join((self.base_url.rstrip("/"), *path))


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingMedia:
    """A file to fetch, as its webhook announced it; `sha256` is base64 or hex."""

    platform_media_id: str | None = None
    source_url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMedia:
    """A file as it arrived; `sha256` is the digest of `content`."""

    content: bytes
    mime_type: str | None
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a customer shows of themselves."""

    name: str | None = None
    username: str | None = None
    picture_url: str | None = None


class Platform(Protocol):
    """A service customers write from."""

    @property
    def manifest(self) -> Manifest:
        """Return what others need to know."""
        ...

    def verify(
        self, body: bytes, headers: Mapping[str, str], secrets: Sequence[str]
    ) -> bool:
        """Return whether one of `secrets` signed exactly these bytes; never raises."""
        ...

    def handshake(
        self, query: Mapping[str, str], verify_token: str, secrets: Sequence[str]
    ) -> Handshake:
        """Answer the platform's question whether this address is ours.

        `secrets` are those of `verify`: some platforms want proof that we hold them.
        """
        ...

    @property
    def comments(self) -> "Commenting | None":
        """Return how comments are read and answered, None where there are none."""
        ...

    @property
    def publishing(self) -> "Publishing | None":
        """Return how posts are published, None where we cannot."""
        ...

    @property
    def connecting(self) -> "Connecting | None":
        """Return how an account is connected, None where there is nothing to log in to."""
        ...

    @property
    def catching_up(self) -> "CatchingUp | None":
        """Return how missed messages are asked for, None where the platform tells nothing."""
        ...

    def read(self, payload: Any) -> list[Incoming]:
        """Return the facts in a webhook's JSON, in its order.

        What cannot be understood becomes an `IncomingOther` and costs its neighbours
        nothing. Raises BadPayload, and nothing else, for an envelope that is not ours.
        """
        ...

    async def send(
        self, session: ChannelSession, item: OutboxItem, media: bytes | None, /
    ) -> SendAnswer:
        """Send one message, once, and say what came of it; failures are answers too.

        A file comes as bytes in `media`, or as `item.media.url` where the manifest says
        that the platform fetches it.
        """
        ...

    async def fetch_media(
        self, session: ChannelSession, media: PendingMedia
    ) -> FetchedMedia:
        """Download a customer's file.

        Raises Unavailable when it is worth trying again, NeedsPerson when the channel has
        to be connected again, Refused when the file cannot be had.
        """
        ...

    async def find_sent(
        self,
        session: ChannelSession,
        item: OutboxItem,
        /,
        *,
        since: datetime | None = None,
        taken: Collection[str] = (),
    ) -> str | None:
        """Return the platform's id of an item whose outcome is unknown, None if not found.

        `since` is when the item began to be sent, less what two clocks may differ by;
        `taken` are ids that belong to other messages, which may have the same words.
        """
        ...

    async def customer_profile(
        self, session: ChannelSession, platform_customer_id: str, /
    ) -> Profile | None:
        """Return what the platform shows of a customer, None when it shows nothing."""
        ...

    async def mark_read(
        self, session: ChannelSession, platform_customer_id: str, message_id: str, /
    ) -> None:
        """Tell the customer that we have read up to their message; a courtesy."""
        ...

    async def show_typing(
        self, session: ChannelSession, platform_customer_id: str, message_id: str, /
    ) -> None:
        """Show the customer that an answer is being written; a courtesy."""
        ...
