"""Logins in the browser, as far as platforms agree: codes, tokens, refreshing.

Each dialect puts its own addresses and field names around this. A code is redeemed once,
within its time, by who asked for it: the redirect address and the PKCE challenge must be
those of the request (RFC 6749 4.1.3, RFC 7636 4.6).
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode


class LoginRefused(Exception):
    """A code or refresh token is wrong, spent or expired; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an authorisation page is opened with."""

    client_id: str
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    challenge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a redeemed code or a refresh gives."""

    access_token: str
    refresh_token: str
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(slots=True, kw_only=True)
class Logins:
    """The codes and tokens given out by one sandbox.

    `refused` are scopes that the person at the authorisation page does not grant.
    """

    code_lifetime: timedelta = timedelta(minutes=10)
    token_lifetime: timedelta = timedelta(hours=2)
    refused: frozenset[str] = frozenset()
    _codes: dict[str, tuple[Request, datetime]] = field(default_factory=dict)
    _tokens: dict[str, Tokens] = field(default_factory=dict)
    _refresh: dict[str, Tokens] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget every code and token."""
        for memory in (self._codes, self._tokens, self._refresh):
            memory.clear()

    def approve(self, asked: Request, now: datetime) -> str:
        """Consent, and return where the browser is sent: the redirect with code and state."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = asked, now + self.code_lifetime
        answer = urlencode({"code": code, "state": asked.state})
        return f"{asked.redirect_uri}{'&' if '?' in asked.redirect_uri else '?'}{answer}"

    def redeem(
        self, code: str, *, redirect_uri: str, verifier: str | None, now: datetime
    ) -> Tokens:
        """Return tokens for a code, which is then spent; LoginRefused otherwise."""
        asked, until = self._codes.pop(code, (None, now))
        if asked is None or now >= until:
            raise LoginRefused("the code is unknown, spent or expired")
        if asked.redirect_uri != redirect_uri:
            raise LoginRefused("the redirect address is not that of the request")
        if asked.challenge is not None and asked.challenge != _challenge(verifier or ""):
            raise LoginRefused("the verifier does not fit the challenge")
        granted = tuple(scope for scope in asked.scopes if scope not in self.refused)
        return self.issue(granted, now)

    def issue(
        self, scopes: tuple[str, ...], now: datetime, *, lifetime: timedelta | None = None
    ) -> Tokens:
        """Return fresh tokens, which live as long as all do or for `lifetime`."""
        tokens = Tokens(
            access_token="access-" + secrets.token_urlsafe(24),
            refresh_token="refresh-" + secrets.token_urlsafe(24),
            scopes=scopes,
            expires_at=now + (lifetime or self.token_lifetime),
        )
        self._tokens[tokens.access_token] = tokens
        self._refresh[tokens.refresh_token] = tokens
        return tokens

    def rotate(self, refresh_token: str, now: datetime) -> Tokens:
        """Return fresh tokens for a refresh token, which is then dead (X)."""
        old = self._refresh.pop(refresh_token, None)
        if old is None:
            raise LoginRefused("the refresh token is unknown or was used before")
        self._tokens.pop(old.access_token, None)
        return self.issue(old.scopes, now)

    def revoke(self, token: str) -> None:
        """Take a token back, as its owner does in the platform's settings."""
        found = self._tokens.pop(token, None)
        if found is not None:
            self._refresh.pop(found.refresh_token, None)

    def scopes_of(self, token: str, now: datetime) -> tuple[str, ...] | None:
        """Return what a token may do, None when it is unknown or has expired."""
        found = self._tokens.get(token)
        return None if found is None or now >= found.expires_at else found.scopes


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
