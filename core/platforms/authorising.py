"""Where a login leads: the page for the browser, and a sandbox's in its place.

A flavour names the platform's real pages. Where a channel talks to a sandbox on this
machine, its logins must not leave it either: `at_base` moves both addresses there.
"""

import base64
import hashlib
import re
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from core.config.own_address import is_loopback
from core.platforms.connecting import AppCredentials, Flavour

_API_SEGMENT: Final = re.compile(r"v?\d+(\.\d+)?|rest")
"""A first segment of an API's path that is a version or LinkedIn's `rest`, no mount."""


def at_base(flavour: Flavour, base_url: str) -> Flavour:
    """Return the flavour with its pages at a sandbox, or as it is for the real platform.

    Scheme, host and the mount of a loopback `base_url` replace those of the addresses, whose
    paths stay: for `http://127.0.0.1:9/x`, `https://x.com/i/oauth2/authorize` becomes
    `http://127.0.0.1:9/x/i/oauth2/authorize`.
    """
    if not is_loopback(base_url):
        return flavour
    return replace(
        flavour,
        authorize_url=_moved(flavour.authorize_url, base_url),
        token_url=_moved(flavour.token_url, base_url),
    )


def _moved(url: str, base_url: str) -> str:
    base, page = urlsplit(base_url), urlsplit(url)
    first = base.path.strip("/").split("/")[0]
    mount = "" if not first or _API_SEGMENT.fullmatch(first) else f"/{first}"
    return urlunsplit((base.scheme, base.netloc, mount + page.path, page.query, ""))


def page(
    flavour: Flavour, app: AppCredentials, *, redirect_uri: str, state: str, verifier: str
) -> str:
    """Return the address for the browser; S256 of `verifier` goes along where it is taken."""
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "scope": flavour.scope_separator.join(flavour.scopes),
        "state": state,
    }
    if flavour.pkce:
        asked |= {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
    parts = urlsplit(flavour.authorize_url)
    query = urlencode({**dict(parse_qsl(parts.query)), **flavour.extra, **asked})
    return urlunsplit((*parts[:3], query, ""))


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
