"""Prove that a webhook comes from LinkedIn, and prove to it that we hold the secret.

CONTRACTS 0 and 6: the signature is the hex HMAC-SHA256 over `hmacsha256=` and the body;
the challenge comes every two hours, and an address that fails it three times is blocked.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Final

from core.platforms.base import Handshake

SIGNATURE_HEADER: Final = "x-li-signature"
_PREFIX: Final = b"hmacsha256="
_CODE_LIMIT: Final = 256


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str]) -> bool:
    """Return whether one of `secrets` signed exactly these bytes.

    All are tried, so that the time taken tells nothing; an empty one is skipped.
    """
    presented = _header(headers).encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(_digest(secret, _PREFIX + body), presented)
        for secret in secrets
        if secret
    ]
    return any(matches)


def handshake(query: Mapping[str, str], secrets: Sequence[str]) -> Handshake:
    """Return the challenge with its answer; 403 without a secret, 400 without a challenge.

    The first secret answers: it is the app's own, those behind it are a sandbox's.
    """
    code = query.get("challengeCode", "")
    if not code or len(code) > _CODE_LIMIT:
        return Handshake(status=400, body="")
    secret = next((secret for secret in secrets if secret), None)
    if secret is None:
        return Handshake(status=403, body="")
    response = _digest(secret, code.encode("utf-8", "replace")).decode("ascii")
    answer = {"challengeCode": code, "challengeResponse": response}
    return Handshake(status=200, body=json.dumps(answer), media_type="application/json")


def _header(headers: Mapping[str, str]) -> str:
    for name, value in headers.items():
        if name.lower() == SIGNATURE_HEADER:
            return value
    return ""


def _digest(secret: str, message: bytes) -> bytes:
    key = secret.encode("utf-8", "replace")
    return hmac.new(key, message, hashlib.sha256).hexdigest().encode("ascii")
