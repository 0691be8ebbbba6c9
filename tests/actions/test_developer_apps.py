from dataclasses import replace
from pathlib import Path

import pytest

from core.actions.developer_apps import credentials
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.errors import NotSetUp
from core.platforms.connecting import Flavour

FLAVOUR = Flavour(
    key="k",
    title="A login",
    authorize_url="",
    token_url="",
    scopes=(),
    required=(),
)
FULL = Settings(
    home=Path("unused"),
    meta_app_id="meta",
    meta_app_secrets=(Secret("first"), Secret("second")),
    instagram_app_id="insta",
    instagram_app_secret=Secret("insta-secret"),
    x_client_id="x",
    linkedin_client_id="li",
    linkedin_client_secret=Secret("li-secret"),
)


@pytest.mark.parametrize(
    ("page", "app", "secret"),
    [
        ("https://www.facebook.com/v26.0/dialog/oauth", "meta", Secret("first")),
        ("https://www.instagram.com/oauth/authorize", "insta", Secret("insta-secret")),
        ("https://x.com/i/oauth2/authorize", "x", None),
        ("https://twitter.com/i/oauth2/authorize", "x", None),
        ("https://www.linkedin.com/oauth/v2/authorization", "li", Secret("li-secret")),
    ],
)
def test_the_page_decides_which_app_asks(
    page: str, app: str, secret: Secret | None
) -> None:
    found = credentials(FULL, replace(FLAVOUR, authorize_url=page), "https://api.example")
    assert (found.client_id, found.client_secret) == (app, secret)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("https://www.facebook.com/dialog/oauth", "SOCIALSYNC_META_APP_ID"),
        ("https://facebook.com.example.org/dialog/oauth", "Paste a token"),
    ],
)
def test_without_an_app_the_settings_are_named(page: str, words: str) -> None:
    bare = Settings(home=Path("unused"))
    with pytest.raises(NotSetUp, match=words):
        credentials(bare, replace(FLAVOUR, authorize_url=page), "https://api.example")


def test_a_sandbox_takes_any_app() -> None:
    flavour = replace(FLAVOUR, authorize_url="https://x.com/authorize")
    bare = Settings(home=Path("unused"))
    assert credentials(bare, flavour, "http://127.0.0.1:9/x").client_id == "sandbox"
