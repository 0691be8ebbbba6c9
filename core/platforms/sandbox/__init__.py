"""The sandbox: a platform of our own, for writing to this inbox with nothing but curl.

It speaks WhatsApp's dialect, which `registry` lends it, under its own name and signed
with its own secret: whoever may play a customer here can sign nothing for WhatsApp. Its
customers may write to a WhatsApp channel that talks to a sandbox, such as the demo's.
"""

from typing import Final

from core.domain.channel import PlatformName
from core.domain.text_unit import TextUnit
from core.platforms.base import Ability, Manifest, SignatureScheme

MANIFEST: Final = Manifest(
    name=PlatformName.SANDBOX,
    title="Sandbox",
    colour="#6d4ac4",
    icon="sandbox",
    text_limit=4096,
    text_unit=TextUnit.CHARS,
    reply_window=None,
    human_window=None,
    scopes=(),
    signature=SignatureScheme.META_SHA256,
    echoes_opaque_id=True,
    can=frozenset({Ability.MESSAGE, Ability.READ_MARK, Ability.TYPING}),
    writes_for=PlatformName.WHATSAPP,
)
