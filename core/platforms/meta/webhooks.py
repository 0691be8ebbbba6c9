"""Prove that a webhook comes from Meta, and answer its handshake."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

from core.platforms.base import Handshake

SIGNATURE_HEADER: Final = "x-hub-signature-256"
_PREFIX: Final = "sha256="


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> bool:
    """Return whether one of `secrets` signed exactly these bytes.

    Several secrets, because Instagram Login may sign with the Instagram app's secret
    instead of the Meta app's. All are tried, so that the time taken tells nothing; an
    empty one is skipped, since anybody could sign with it.
    """
    presented = _header(headers).encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(_signature(secret, body), presented)
        for secret in secrets
        if secret
    ]
    return any(matches)


def handshake(query: Mapping[str, str], verify_token: str) -> Handshake:
    """Return the challenge to a caller that knows our token, 403 to anybody else."""
    presented = query.get("hub.verify_token", "").encode("utf-8", "replace")
    ours = verify_token.encode("utf-8", "replace")
    known = hmac.compare_digest(presented, ours) and bool(verify_token)
    if known and query.get("hub.mode") == "subscribe":
        return Handshake(status=200, body=query.get("hub.challenge", ""))
    return Handshake(status=403, body="")


def _header(headers: Mapping[str, str]) -> str:
    for name, value in headers.items():
        if name.lower() == SIGNATURE_HEADER:
            return value
    return ""


def _signature(secret: str, body: bytes) -> bytes:
    key = secret.encode("utf-8", "replace")
    return (_PREFIX + hmac.new(key, body, hashlib.sha256).hexdigest()).encode("ascii")
