"""Ask our own public address who it is, as a platform would.

One question holds what each dialect asks with (Meta's, X's, LinkedIn's); the address has
to answer as we would ourselves, which only a companion with our secrets can.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Final

from core.config.webhook_keys import signing_keys, verify_token
from core.domain.channel import PlatformName
from core.domain.errors import OutcomeUnknown, Unavailable
from core.kit import Kit
from core.net.client import Call
from core.net.limits import Lane

_LANE: Final = Lane(account_id="", endpoint="our-address", per_second=20.0)
NO_ADDRESS: Final = "No public address is set."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whether a platform would find us; `why` not, in words."""

    reachable: bool
    why: str | None = None


async def check(kit: Kit, platform: PlatformName, address: str | None) -> Reach:
    """Return whether `address` answers the platform's handshake as it should."""
    if address is None:
        return Reach(reachable=False, why=NO_ADDRESS)
    token = verify_token(kit.settings, kit.vault).reveal()
    # Digits, as Meta's: the raw answer is then JSON, as everything that is read here.
    challenge = str(secrets.randbelow(10**9) + 10**9)
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": token,
        "hub.challenge": challenge,
        "crc_token": challenge,
        "challengeCode": challenge,
        "applicationId": challenge,
    }
    keys = signing_keys(kit.settings, kit.vault)[platform]
    expected = kit.platforms[platform].handshake(query, token, keys)
    try:
        answer = await kit.http.call(Call(method="GET", url=address, params=query), _LANE)
    except (Unavailable, OutcomeUnknown):
        return Reach(reachable=False, why="Nothing answers at the public address.")
    if answer.status == expected.status and answer.json == json.loads(expected.body):
        return Reach(reachable=True)
    return Reach(
        reachable=False, why=f"Something else answers there (HTTP {answer.status})."
    )
