"""LinkedIn, for organisations: comments and posts, no private messages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.domain.channel import PlatformName
from core.domain.errors import NotFound
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
from core.platforms.linkedin import inbound, webhooks
from core.platforms.linkedin.comments import LinkedInComments
from core.platforms.linkedin.connect import FLAVOURS, LinkedInConnecting
from core.platforms.linkedin.history import LinkedInHistory
from core.platforms.linkedin.limits import COMMENT_LIMIT, LOOKS_EVERY, READING_PACE
from core.platforms.linkedin.publish import FORMATS, LinkedInPublishing
from core.platforms.linkedin.send import NO_MESSAGES

MANIFEST: Final = Manifest(
    name=PlatformName.LINKEDIN,
    title="LinkedIn",
    colour="#0a66c2",
    icon="linkedin",
    text_limit=COMMENT_LIMIT,
    text_unit=TextUnit.CHARS,
    reply_window=None,
    human_window=None,
    scopes=FLAVOURS[0].scopes,
    signature=SignatureScheme.LINKEDIN_SHA256,
    echoes_opaque_id=False,
    can=frozenset({Ability.COMMENT, Ability.PUBLISH, Ability.CATCH_UP}),
    formats=FORMATS,
    comment_limit=COMMENT_LIMIT,
    keeps_activity=timedelta(hours=48),
    keeps_profiles=timedelta(hours=24),
    reading=READING_PACE,
    looks_every=LOOKS_EVERY,
    shows_profiles=False,
    redelivers_for=timedelta(hours=8),  # CONTRACTS 6
    notes=(
        "LinkedIn lets no program read or send private messages.",
        "Comments reach us from public posts of the page only.",
        "LinkedIn's terms let us keep what others wrote for 48 hours and who they are for "
        "24; after that, it is shown as expired.",
        "Who connects the page must stay its administrator, or its comments stop coming.",
        "LinkedIn does not tell the names of those who comment.",
    ),
)


class LinkedIn:
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
        """Prove to LinkedIn that we hold the app's secret."""
        return webhooks.handshake(query, secrets)

    @property
    def comments(self) -> LinkedInComments:
        """Return how comments are read and answered."""
        return LinkedInComments()

    @property
    def publishing(self) -> LinkedInPublishing:
        """Return how posts are published."""
        return LinkedInPublishing()

    @property
    def connecting(self) -> LinkedInConnecting:
        """Return how a page is connected."""
        return LinkedInConnecting()

    @property
    def catching_up(self) -> LinkedInHistory:
        """Return how missed notifications are asked for."""
        return LinkedInHistory()

    def read(self, payload: Any) -> list[Incoming]:
        """Return the facts in a webhook's JSON; BadPayload if it is not LinkedIn's."""
        return inbound.read(payload)

    async def send(
        self, _session: ChannelSession, _item: OutboxItem, _media: bytes | None
    ) -> SendAnswer:
        """Refuse: there are no private messages."""
        return NO_MESSAGES

    async def fetch_media(
        self, _session: ChannelSession, _pending: PendingMedia
    ) -> FetchedMedia:
        """Refuse: LinkedIn hands out no files of other people's."""
        raise NotFound("LinkedIn does not hand out this file.")

    async def find_sent(
        self,
        _session: ChannelSession,
        _item: OutboxItem,
        *,
        since: datetime | None = None,  # noqa: ARG002  named by the protocol
        taken: Collection[str] = (),  # noqa: ARG002  named by the protocol
    ) -> str | None:
        """Return None: no message is ever sent."""
        return None

    async def customer_profile(
        self, _session: ChannelSession, _platform_customer_id: str
    ) -> Profile | None:
        """Return None: LinkedIn shows a member's profile to nobody but that member."""
        return None

    async def mark_read(
        self, _session: ChannelSession, _platform_customer_id: str, _message_id: str
    ) -> None:
        """Do nothing: there are no messages to have read."""

    async def show_typing(
        self, _session: ChannelSession, _platform_customer_id: str, _message_id: str
    ) -> None:
        """Do nothing: there is no conversation to type in."""
