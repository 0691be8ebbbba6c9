"""Instagram, through either login flavour of its messaging API."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.domain.outbox import OutboxItem, SendAnswer
from core.domain.rich import RichKind
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
from core.platforms.instagram import inbound, lookup, send
from core.platforms.instagram.comments import Comments
from core.platforms.instagram.connect import Connecting
from core.platforms.instagram.flavours import BY_FACEBOOK, BY_INSTAGRAM
from core.platforms.instagram.history import History
from core.platforms.instagram.limits import COMMENT_LIMIT, MEDIA, TEXT_LIMIT_BYTES
from core.platforms.instagram.post_check import FORMATS
from core.platforms.instagram.publish import Publishing
from core.platforms.meta import cdn, webhooks

MANIFEST: Final = Manifest(
    name=PlatformName.INSTAGRAM,
    title="Instagram",
    colour="#b8307a",
    icon="instagram",
    text_limit=TEXT_LIMIT_BYTES,
    text_unit=TextUnit.UTF8_BYTES,
    reply_window=timedelta(hours=24),
    human_window=timedelta(days=7),
    scopes=BY_INSTAGRAM.scopes,
    signature=SignatureScheme.META_SHA256,
    echoes_opaque_id=False,
    can=frozenset(
        {
            Ability.MESSAGE,
            Ability.MEDIA,
            Ability.READ_MARK,
            Ability.TYPING,
            Ability.COMMENT,
            Ability.HIDE,
            Ability.PRIVATE_REPLY,
            Ability.PUBLISH,
            Ability.CATCH_UP,
        }
    ),
    hosts={BY_FACEBOOK.key: PlatformName.FACEBOOK},
    media=MEDIA,
    fetches_media=True,
    rich=frozenset({RichKind.CHOICE, RichKind.REACTION}),
    formats=frozenset(FORMATS),
    comment_limit=COMMENT_LIMIT,
    private_reply_window=timedelta(days=7),
    redelivers_for=timedelta(hours=36),  # CONTRACTS 1.2
    notes=(
        "Comments are announced only for public accounts and approved apps; otherwise they "
        "are found by looking.",
        "Instagram announces no edited, deleted or hidden comments; they are found by looking.",
        "Answering after 24 hours, as a person, needs Meta's approval of the app.",
        "Mentions in posts of others are announced with Facebook's login only.",
        "Of a conversation, Instagram tells the latest 20 messages; requests that were idle "
        "for 30 days are not told at all.",
    ),
)


class Instagram:
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
        self, query: Mapping[str, str], verify_token: str, _secrets: Sequence[str]
    ) -> Handshake:
        """Answer Meta's question whether this address is ours."""
        return webhooks.handshake(query, verify_token)

    def read(self, payload: Any) -> list[Incoming]:
        """Return the facts in a webhook's JSON; BadPayload if it is not Instagram's."""
        return inbound.read(payload)

    async def send(
        self, session: ChannelSession, item: OutboxItem, _media: bytes | None
    ) -> SendAnswer:
        """Send one message, once; a file goes by the address in `item.media`."""
        return await send.send(session, item)

    async def fetch_media(
        self, session: ChannelSession, pending: PendingMedia
    ) -> FetchedMedia:
        """Download a customer's file."""
        return await cdn.fetch_media(session, pending, MANIFEST.title)

    async def find_sent(
        self,
        session: ChannelSession,
        item: OutboxItem,
        *,
        since: datetime | None = None,
        taken: Collection[str] = (),
    ) -> str | None:
        """Look for an item of unknown outcome among what Instagram says we sent."""
        return await lookup.find_sent(session, item, since=since, taken=taken)

    async def customer_profile(
        self, session: ChannelSession, platform_customer_id: str
    ) -> Profile | None:
        """Return what Instagram shows of a customer."""
        return await lookup.customer_profile(session, platform_customer_id)

    async def mark_read(
        self, session: ChannelSession, platform_customer_id: str, _message_id: str
    ) -> None:
        """Tell the customer that we have seen their messages."""
        await send.mark_read(session, platform_customer_id)

    async def show_typing(
        self, session: ChannelSession, platform_customer_id: str, _message_id: str
    ) -> None:
        """Show that an answer is being written."""
        await send.show_typing(session, platform_customer_id)

    @property
    def comments(self) -> Comments:
        """Return how comments are read and answered."""
        return Comments()

    @property
    def publishing(self) -> Publishing:
        """Return how posts are published."""
        return Publishing()

    @property
    def connecting(self) -> Connecting:
        """Return both logins."""
        return Connecting()

    @property
    def catching_up(self) -> History:
        """Return how missed messages are asked for."""
        return History()
