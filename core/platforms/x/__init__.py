"""X, through its API v2 and the X Activity API."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.domain.outbox import OutboxItem, SendAnswer
from core.domain.text_unit import TextUnit
from core.platforms.base import (
    Ability,
    ChannelSession,
    FetchedMedia,
    Handshake,
    Manifest,
    PendingMedia,
    Profile,
    SignatureScheme,
)
from core.platforms.publishing import PostFormat
from core.platforms.x import inbound, media, send, webhooks
from core.platforms.x.comments import Comments
from core.platforms.x.connect import SCOPES, Connect
from core.platforms.x.history import History
from core.platforms.x.limits import MEDIA, MESSAGE_LIMIT, POST_LIMIT
from core.platforms.x.publish import Publisher

MANIFEST: Final = Manifest(
    name=PlatformName.X,
    title="X",
    colour="#536471",
    icon="x",
    text_limit=MESSAGE_LIMIT,
    text_unit=TextUnit.CHARS,
    reply_window=None,
    human_window=None,
    scopes=SCOPES,
    signature=SignatureScheme.X_SHA256,
    echoes_opaque_id=False,
    can=frozenset(
        {
            Ability.MESSAGE,
            Ability.MEDIA,
            Ability.COMMENT,
            Ability.HIDE,
            Ability.PUBLISH,
            Ability.CATCH_UP,
        }
    ),
    media=MEDIA,
    formats=frozenset(
        {
            PostFormat.TEXT,
            PostFormat.LINK,
            PostFormat.IMAGE,
            PostFormat.VIDEO,
            PostFormat.CAROUSEL,
        }
    ),
    comment_limit=POST_LIMIT,
    comment_unit=TextUnit.WEIGHTED,
    notes=(
        "Encrypted chats (XChat) are closed to us: they show as unreadable, and only the X "
        "app can answer them.",
        "X lets us answer a post only where its author mentioned or quoted the account; "
        "everything else is answered on X itself.",
        "Group conversations are not shown.",
        "X charges for calls; once its spending cap is reached, nothing is sent until a "
        "person raises it.",
    ),
)


class X:
    """The platform, as the registry hands it out."""

    @property
    def manifest(self) -> Manifest:
        """Return what others need to know."""
        return MANIFEST

    def verify(
        self, body: bytes, headers: Mapping[str, str], secrets: Sequence[str]
    ) -> bool:
        """Return whether one of `secrets` signed exactly these bytes."""
        return webhooks.verify(body, headers, secrets)

    def handshake(
        self, query: Mapping[str, str], _verify_token: str, secrets: Sequence[str]
    ) -> Handshake:
        """Answer X's challenge (CRC) with the consumer secret's signature."""
        return webhooks.handshake(query, secrets)

    def read(self, payload: Any) -> list[Incoming]:
        """Return the facts in a webhook's JSON; BadPayload if it is not X's."""
        return inbound.read(payload)

    async def send(
        self, session: ChannelSession, item: OutboxItem, content: bytes | None
    ) -> SendAnswer:
        """Send one direct message, once."""
        return await send.send(session, item, content)

    async def fetch_media(
        self, session: ChannelSession, pending: PendingMedia
    ) -> FetchedMedia:
        """Download a customer's file."""
        return await media.fetch_media(session, pending)

    async def find_sent(
        self,
        session: ChannelSession,
        item: OutboxItem,
        *,
        since: datetime | None = None,
        taken: Collection[str] = (),
    ) -> str | None:
        """Look for an item of unknown outcome among what X says we sent."""
        return await send.find_sent(session, item, since=since, taken=taken)

    async def customer_profile(
        self, session: ChannelSession, platform_customer_id: str
    ) -> Profile | None:
        """Return what X shows of a customer."""
        return await send.customer_profile(session, platform_customer_id)

    async def mark_read(
        self, _session: ChannelSession, _platform_customer_id: str, _message_id: str
    ) -> None:
        """Do nothing: API v2 marks no message as read."""

    async def show_typing(
        self, _session: ChannelSession, _platform_customer_id: str, _message_id: str
    ) -> None:
        """Do nothing: API v2 shows no typing sign."""

    @property
    def comments(self) -> Comments:
        """Return how posts that speak to us are answered."""
        return Comments()

    @property
    def publishing(self) -> Publisher:
        """Return how posts are published."""
        return Publisher()

    @property
    def connecting(self) -> Connect:
        """Return how an account is connected."""
        return Connect()

    @property
    def catching_up(self) -> History:
        """Return how missed posts and messages are asked for."""
        return History()
