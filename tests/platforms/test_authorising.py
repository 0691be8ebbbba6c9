from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from core.platforms.authorising import at_base, challenge, page
from core.platforms.connecting import AppCredentials, Flavour

X = Flavour(
    key="x",
    title="X",
    authorize_url="https://x.com/i/oauth2/authorize",
    token_url="https://api.x.com/2/oauth2/token",  # noqa: S106 - an address
    scopes=("dm.read", "offline.access"),
    required=("dm.read",),
    pkce=True,
)
META = replace(
    X,
    key="page",
    authorize_url="https://www.facebook.com/v26.0/dialog/oauth",
    token_url="https://graph.facebook.com/v26.0/oauth/access_token",  # noqa: S106
    scope_separator=",",
    pkce=False,
    extra={"auth_type": "rerequest"},
)
LINKEDIN = replace(
    X,
    authorize_url="https://www.linkedin.com/oauth/v2/authorization",
    token_url="https://www.linkedin.com/oauth/v2/accessToken",  # noqa: S106
)


@pytest.mark.parametrize(
    ("flavour", "base", "authorize", "token"),
    [
        (META, "http://127.0.0.1:9", "/v26.0/dialog/oauth", "/v26.0/oauth/access_token"),
        (
            META,
            "http://127.0.0.1:9/v26.0",
            "/v26.0/dialog/oauth",
            "/v26.0/oauth/access_token",
        ),
        (X, "http://127.0.0.1:9/x", "/x/i/oauth2/authorize", "/x/2/oauth2/token"),
        (X, "http://127.0.0.1:9/x/2", "/x/i/oauth2/authorize", "/x/2/oauth2/token"),
        (
            LINKEDIN,
            "http://127.0.0.1:9/linkedin/rest",
            "/linkedin/oauth/v2/authorization",
            "/linkedin/oauth/v2/accessToken",
        ),
        (
            LINKEDIN,
            "http://127.0.0.1:9/rest",
            "/oauth/v2/authorization",
            "/oauth/v2/accessToken",
        ),
    ],
)
def test_the_pages_of_a_login_move_to_the_sandbox(
    flavour: Flavour, base: str, authorize: str, token: str
) -> None:
    moved = at_base(flavour, base)
    assert moved.authorize_url == f"http://127.0.0.1:9{authorize}"
    assert moved.token_url == f"http://127.0.0.1:9{token}"
    assert moved.scopes == flavour.scopes


@pytest.mark.parametrize(
    "base",
    ["https://api.x.com", "https://127.0.0.1.example.org/x", "http://10.0.0.1/x"],
)
def test_the_pages_of_the_real_platform_stay(base: str) -> None:
    assert at_base(X, base) == X


def test_the_page_asks_for_everything_under_its_own_names() -> None:
    asked = page(
        META,
        AppCredentials(client_id="app"),
        redirect_uri="http://127.0.0.1:4321/login",
        state="s&t",
        verifier="v",
    )
    query = parse_qs(urlsplit(asked).query)
    assert query["scope"] == ["dm.read,offline.access"]
    assert query["state"] == ["s&t"]
    assert query["auth_type"] == ["rerequest"]
    assert "code_challenge" not in query


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
