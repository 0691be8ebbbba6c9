"""Every platform's script for `bench order`: what happens, in its own words."""

from collections.abc import Mapping
from typing import Final

from core.domain.channel import PlatformName
from tests.bench._order_linkedin import LINKEDIN
from tests.bench._order_meta import FACEBOOK, INSTAGRAM, WHATSAPP
from tests.bench._order_talk import Script
from tests.bench._order_x import X

SCRIPTS: Final[Mapping[PlatformName, Script]] = {
    PlatformName.WHATSAPP: WHATSAPP,
    PlatformName.INSTAGRAM: INSTAGRAM,
    PlatformName.FACEBOOK: FACEBOOK,
    PlatformName.X: X,
    PlatformName.LINKEDIN: LINKEDIN,
}
