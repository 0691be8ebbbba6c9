"""Write and sign webhook bodies exactly as each platform does.

Meta escapes every non-ASCII character and every slash. A receiver that parses first and
signs its own re-dump therefore never matches, which is why the sandbox must do the same.
The others send plain UTF-8, and sign it in ways of their own (CONTRACTS 0).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping

from core.domain.channel import PlatformName

SIGNATURE_HEADER = "X-Hub-Signature-256"
X_HEADER = "x-twitter-webhooks-signature"
LINKEDIN_HEADER = "X-LI-Signature"


def meta_json(payload: Mapping[str, object]) -> bytes:
    r"""Return `payload` as JSON with `\uXXXX` and `\/` escapes and no blanks."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").encode("ascii")


def plain_json(payload: Mapping[str, object]) -> bytes:
    """Return `payload` as UTF-8 JSON without blanks."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def signature(secret: str, body: bytes) -> str:
    """Return the value of `X-Hub-Signature-256` for exactly these bytes."""
    return "sha256=" + _digest(secret, body).hex()


def x_signature(secret: str, body: bytes) -> str:
    """Return what X signs with, for a body or for a challenge's token."""
    return "sha256=" + base64.b64encode(_digest(secret, body)).decode("ascii")


def linkedin_signature(secret: str, body: bytes) -> str:
    """Return the value of `X-LI-Signature` for exactly these bytes."""
    return _digest(secret, b"hmacsha256=" + body).hex()


def _digest(secret: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).digest()


_SIGNERS: Mapping[PlatformName, tuple[str, Callable[[str, bytes], str]]] = {
    PlatformName.X: (X_HEADER, x_signature),
    PlatformName.LINKEDIN: (LINKEDIN_HEADER, linkedin_signature),
}


def write_body(platform: PlatformName, payload: Mapping[str, object]) -> bytes:
    """Return the bytes a platform would post."""
    return plain_json(payload) if platform in _SIGNERS else meta_json(payload)


def signed(platform: PlatformName, secret: str, body: bytes) -> dict[str, str]:
    """Return the header that proves where `body` comes from; Meta's where none is listed."""
    header, sign = _SIGNERS.get(platform, (SIGNATURE_HEADER, signature))
    return {header: sign(secret, body)}
