"""WhatsApp, through its Business Cloud API."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.domain.channel import PlatformName
from core.domain.incoming import Incoming
from core.domain.outbox import OutboxItem, SendAnswer
from core.domain.rich import RichKind, Template
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
from core.platforms.meta import webhooks
from core.platforms.whatsapp import inbound, media, send, templates
from core.platforms.whatsapp.asking import SCOPES
from core.platforms.whatsapp.connect import WhatsAppConnecting
from core.platforms.whatsapp.limits import MEDIA, TEXT_LIMIT

MANIFEST: Final = Manifest(
    name=PlatformName.WHATSAPP,
    title="WhatsApp",
    colour="#12783c",
    icon="whatsapp",
    text_limit=TEXT_LIMIT,
    text_unit=TextUnit.CHARS,
    reply_window=timedelta(hours=24),
    human_window=None,
    scopes=SCOPES,
    signature=SignatureScheme.META_SHA256,
    echoes_opaque_id=True,
    can=frozenset(
        {
            Ability.MESSAGE,
            Ability.MEDIA,
            Ability.QUOTE,
            Ability.READ_MARK,
            Ability.TYPING,
        }
    ),
    media=MEDIA,
    rich=frozenset(RichKind),
    notes=(
        "WhatsApp has no history to ask for: what was written while nobody listened "
        "arrives late, up to seven days, and not at all after that.",
        "After 24 hours without a word from the customer only templates can be sent.",
        "WhatsApp tells of no comments, and takes no posts.",
    ),
    redelivers_for=timedelta(days=7),  # CONTRACTS 1.2
    other_ids=("waba_id",),
)


class WhatsApp:
    """The dialect of the Cloud API; another manifest lends it to another name."""

    def __init__(self, manifest: Manifest = MANIFEST) -> None:
        self._manifest = manifest

    @property
    def manifest(self) -> Manifest:
        """Return what others need to know."""
        return self._manifest

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
        """Return the facts in a webhook's JSON; BadPayload if it is not WhatsApp's."""
        return inbound.read(payload)

    async def send(
        self, session: ChannelSession, item: OutboxItem, media: bytes | None
    ) -> SendAnswer:
        """Send one message, once."""
        return await send.send(session, item, media)

    async def fetch_media(
        self, session: ChannelSession, pending: PendingMedia
    ) -> FetchedMedia:
        """Download a customer's file."""
        return await media.fetch_media(session, pending)

    async def find_sent(
        self,
        _session: ChannelSession,
        _item: OutboxItem,
        *,
        since: datetime | None = None,  # noqa: ARG002  named by the protocol
        taken: Collection[str] = (),  # noqa: ARG002  named by the protocol
    ) -> str | None:
        """Return None: WhatsApp lists no messages, only statuses settle a lost answer."""
        return None

    async def customer_profile(
        self, _session: ChannelSession, _platform_customer_id: str
    ) -> Profile | None:
        """Return None: names come with the customer's messages, and in no other way."""
        return None

    async def mark_read(
        self, session: ChannelSession, _platform_customer_id: str, message_id: str
    ) -> None:
        """Tell the customer that we have read up to their message."""
        await send.mark_read(session, message_id)

    async def show_typing(
        self, session: ChannelSession, _platform_customer_id: str, message_id: str
    ) -> None:
        """Show that an answer is being written; WhatsApp marks the message read with it."""
        await send.show_typing(session, message_id)

    @property
    def comments(self) -> None:
        """Return nothing: comments are not read here."""
        return

    @property
    def publishing(self) -> None:
        """Return nothing: there is nothing to publish on."""
        return

    @property
    def connecting(self) -> WhatsAppConnecting:
        """Return how a pasted token is looked at, and webhooks are switched on."""
        return WhatsAppConnecting()

    @property
    def catching_up(self) -> None:
        """Return nothing: history is not told."""
        return

    async def templates(self, session: ChannelSession) -> list[Template]:
        """Return the account's message templates."""
        return await templates.templates(session)
