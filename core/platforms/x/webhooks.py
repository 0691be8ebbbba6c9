"""Prove that a webhook comes from X, and that this address is ours.

X signs with the app's consumer secret, in base64 where Meta uses hex, and asks for the
same proof of us: the challenge (CRC) is answered with its own signature (CONTRACTS 5.1).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Final

from core.platforms.base import Handshake, SignatureScheme

_PREFIX: Final = "sha256="


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> bool:
    """Return whether one of `secrets` signed exactly these bytes; an empty one cannot."""
    presented = _header(headers).encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(signature(secret, body).encode("ascii"), presented)
        for secret in secrets
        if secret
    ]
    return any(matches)


def handshake(query: Mapping[str, str], secrets: Sequence[str]) -> Handshake:
    """Answer a challenge; with several secrets the first one counts, the app's own."""
    token = query.get("crc_token", "")
    secret = next(filter(None, secrets), None)
    if not token:
        return Handshake(status=400, body="")
    if secret is None:
        return Handshake(status=403, body="")
    proof = signature(secret, token.encode("utf-8", "replace"))
    return Handshake(
        status=200,
        body=json.dumps({"response_token": proof}),
        media_type="application/json",
    )


def signature(secret: str, content: bytes) -> str:
    """Return the signature of a body or of a challenge's token."""
    key = secret.encode("utf-8", "replace")
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return _PREFIX + base64.b64encode(digest).decode("ascii")


def _header(headers: Mapping[str, str]) -> str:
    for name, value in headers.items():
        if name.lower() == SignatureScheme.X_SHA256.value:
            return value
    return ""
