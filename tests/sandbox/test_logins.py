"""Codes are redeemed once, in time, and by who asked for them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core.sandbox.logins import LoginRefused, Logins, Request

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BACK = "http://127.0.0.1:4321/back"
# The pair of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
ASKED = Request(
    client_id="app", redirect_uri=BACK, state="s t", scopes=("a", "b"), challenge=CHALLENGE
)


def code_of(logins: Logins) -> str:
    address = urlsplit(logins.approve(ASKED, NOW))
    query = parse_qs(address.query)
    assert query["state"] == ["s t"]
    return query["code"][0]


def test_a_code_opens_once() -> None:
    logins = Logins(refused=frozenset({"b"}))
    code = code_of(logins)
    tokens = logins.redeem(code, redirect_uri=BACK, verifier=VERIFIER, now=NOW)
    assert tokens.scopes == ("a",)
    assert logins.scopes_of(tokens.access_token, NOW) == ("a",)
    with pytest.raises(LoginRefused):
        logins.redeem(code, redirect_uri=BACK, verifier=VERIFIER, now=NOW)


@pytest.mark.parametrize(
    ("redirect", "verifier", "later"),
    [
        (BACK + "/", VERIFIER, 0),
        (BACK, "another", 0),
        (BACK, None, 0),
        (BACK, VERIFIER, 11),
    ],
)
def test_a_code_of_somebody_else_or_of_yesterday_is_refused(
    redirect: str, verifier: str | None, later: int
) -> None:
    logins = Logins()
    code = code_of(logins)
    with pytest.raises(LoginRefused):
        logins.redeem(
            code,
            redirect_uri=redirect,
            verifier=verifier,
            now=NOW + timedelta(minutes=later),
        )


def test_a_refresh_token_works_once_and_kills_the_old_access() -> None:
    logins = Logins()
    first = logins.issue(("a",), NOW)
    second = logins.rotate(first.refresh_token, NOW)
    assert logins.scopes_of(first.access_token, NOW) is None
    assert logins.scopes_of(second.access_token, NOW) == ("a",)
    with pytest.raises(LoginRefused):
        logins.rotate(first.refresh_token, NOW)


def test_a_token_ends_with_its_time_or_when_taken_back() -> None:
    logins = Logins()
    tokens = logins.issue((), NOW)
    assert logins.scopes_of(tokens.access_token, NOW + timedelta(hours=3)) is None
    logins.revoke(tokens.access_token)
    assert logins.scopes_of(tokens.access_token, NOW) is None
