"""Write and sign a webhook body exactly as Meta does.

Meta escapes every non-ASCII character and every slash. A receiver that parses first and
signs its own re-dump therefore never matches, which is why the sandbox must do the same.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping

SIGNATURE_HEADER = "X-Hub-Signature-256"


def meta_json(payload: Mapping[str, object]) -> bytes:
    r"""Return `payload` as JSON with `\uXXXX` and `\/` escapes and no blanks."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").encode("ascii")


def signature(secret: str, body: bytes) -> str:
    """Return the value of `X-Hub-Signature-256` for exactly these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
