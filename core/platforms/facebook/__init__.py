"""Facebook: Messenger, and what is said on a Page's wall."""

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
from core.platforms.facebook import inbound, lookup, send
from core.platforms.facebook.comments import FacebookComments
from core.platforms.facebook.connect import SCOPES, FacebookConnecting
from core.platforms.facebook.history import FacebookHistory
from core.platforms.facebook.limits import COMMENT_LIMIT, MEDIA, TEXT_LIMIT
from core.platforms.facebook.publish import FORMATS, FacebookPublishing
from core.platforms.meta import cdn, webhooks

MANIFEST: Final = Manifest(
    name=PlatformName.FACEBOOK,
    title="Facebook",
    colour="#0866ff",
    icon="facebook",
    text_limit=TEXT_LIMIT,
    text_unit=TextUnit.CHARS,
    reply_window=timedelta(hours=24),
    human_window=timedelta(days=7),
    scopes=SCOPES,
    signature=SignatureScheme.META_SHA256,
    echoes_opaque_id=True,
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
    media=MEDIA,
    fetches_media=True,
    rich=frozenset({RichKind.CHOICE, RichKind.REACTION}),
    formats=FORMATS,
    comment_limit=COMMENT_LIMIT,
    private_reply_window=timedelta(days=7),
    redelivers_for=timedelta(hours=1),  # CONTRACTS 1.2: then it unsubscribes us
    notes=(
        "After 24 hours only a person may answer in Messenger, for seven days, and only if "
        "Meta has granted the app Human Agent.",
        "Facebook shows comments and their authors to an app only with Advanced Access to "
        "pages_read_user_content.",
        "Who wrote a post that mentions the Page is not told by Facebook.",
        "If the companion is unreachable for an hour, Facebook stops telling it of this "
        "Page until it subscribes again.",
    ),
)


class Facebook:
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

    @property
    def comments(self) -> FacebookComments:
        """Return how comments on the Page are read and answered."""
        return FacebookComments()

    @property
    def publishing(self) -> FacebookPublishing:
        """Return how posts are published on the Page."""
        return FacebookPublishing()

    @property
    def connecting(self) -> FacebookConnecting:
        """Return how a Page is connected."""
        return FacebookConnecting()

    @property
    def catching_up(self) -> FacebookHistory:
        """Return how missed messages are asked for."""
        return FacebookHistory()

    def read(self, payload: Any) -> list[Incoming]:
        """Return the facts in a webhook's JSON; BadPayload if it is not a Page's."""
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
        return await cdn.fetch_media(session, pending)

    async def find_sent(
        self,
        session: ChannelSession,
        item: OutboxItem,
        *,
        since: datetime | None = None,
        taken: Collection[str] = (),
    ) -> str | None:
        """Look for an item of unknown outcome among what Messenger says we sent."""
        return await lookup.find_sent(session, item, since=since, taken=taken)

    async def customer_profile(
        self, session: ChannelSession, platform_customer_id: str
    ) -> Profile | None:
        """Return what Facebook shows of a customer."""
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
