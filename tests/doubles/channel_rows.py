"""Channels as the settings pane shows them: signed out, deaf, well, with a gap."""

from datetime import timedelta
from uuid import UUID

from core.config.secret import Secret
from core.domain.channel import AssistantMode, ChannelStatus, PlatformName
from core.domain.ids import ChannelId
from core.domain.scopes import Use
from core.domain.vitality import Ailment, Gap, Remedy
from core.queries.channels import ChannelRow, Connectable, Login, Overview
from tests.doubles.fake_bridge import NOON

SIGNED_OUT = ChannelRow(
    id=ChannelId(UUID(int=101)),
    name="Brûlerie du Port",
    platform=PlatformName.INSTAGRAM,
    title="Instagram",
    account_id="17841400008460056",
    status=ChannelStatus.EXPIRED,
    mode=AssistantMode.DRAFT,
    paused_reason="The token has ended.",
    last_inbound_at=NOON - timedelta(hours=5),
    ailment=Ailment.SIGNED_OUT,
    remedy=Remedy.RECONNECT,
    can_log_in=True,
    looked_at=NOON - timedelta(minutes=4),
    scopes=("instagram_business_basic", "instagram_business_manage_messages"),
    subscribed=True,
    fields=("messages", "comments"),
    reachable=True,
    expires_at=NOON - timedelta(hours=2),
    address="https://inbox.example.org/webhooks/instagram",
)
SCOPELESS = ChannelRow(
    id=ChannelId(UUID(int=102)),
    name="Brûlerie",
    platform=PlatformName.FACEBOOK,
    title="Facebook",
    account_id="110234567890",
    status=ChannelStatus.ACTIVE,
    mode=AssistantMode.OFF,
    paused_reason=None,
    last_inbound_at=NOON - timedelta(minutes=40),
    ailment=Ailment.SCOPE_MISSING,
    remedy=Remedy.RECONNECT,
    can_log_in=True,
    missing_scopes=("pages_messaging",),
    missing_uses=(Use.MESSAGES,),
    address="https://inbox.example.org/webhooks/facebook",
)
WELL = ChannelRow(
    id=ChannelId(UUID(int=103)),
    name="Atelier & Fils",
    platform=PlatformName.LINKEDIN,
    title="LinkedIn",
    account_id="urn:li:organization:5590506",
    status=ChannelStatus.ACTIVE,
    mode=AssistantMode.DRAFT,
    paused_reason=None,
    last_inbound_at=NOON - timedelta(minutes=3),
    ailment=Ailment.WELL,
    remedy=Remedy.NOTHING,
    can_log_in=True,
    looked_at=NOON - timedelta(minutes=2),
    scopes=("r_organization_social_feed", "w_organization_social_feed"),
    subscribed=True,
    fields=("ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS",),
    reachable=True,
    expires_at=NOON + timedelta(days=41),
    is_renewed=True,
    address="https://inbox.example.org/webhooks/linkedin",
    notes=("LinkedIn keeps private messages from us: only comments come here.",),
)
GAPPED = ChannelRow(
    id=ChannelId(UUID(int=104)),
    name="+33 6 39 98 00 42",
    platform=PlatformName.WHATSAPP,
    title="WhatsApp",
    account_id="106540352242922",
    status=ChannelStatus.ACTIVE,
    mode=AssistantMode.AUTO,
    paused_reason=None,
    last_inbound_at=NOON - timedelta(days=8),
    ailment=Ailment.GAP,
    remedy=Remedy.ACKNOWLEDGE,
    looked_at=NOON - timedelta(minutes=1),
    subscribed=True,
    fields=("messages",),
    reachable=True,
    gap=Gap(from_at=NOON - timedelta(days=9), to_at=NOON - timedelta(hours=1)),
    address="https://inbox.example.org/webhooks/whatsapp",
)
ROWS = (SIGNED_OUT, SCOPELESS, WELL, GAPPED)
CONNECTABLE = (
    Connectable(
        platform=PlatformName.INSTAGRAM,
        title="Instagram",
        logins=(
            Login(key="instagram", title="Instagram"),
            Login(key="facebook", title="Facebook"),
        ),
    ),
    Connectable(platform=PlatformName.WHATSAPP, title="WhatsApp", other_ids=("waba_id",)),
)
OVERVIEW = Overview(
    rows=ROWS, connectable=CONNECTABLE, verify_token=Secret("what-meta-repeats")
)
