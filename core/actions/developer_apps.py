"""Which developer app a login is asked by: read off the page it leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from core.config.own_address import is_loopback
from core.config.secret import Secret
from core.config.settings import Settings
from core.domain.channel import PlatformName
from core.domain.errors import NoDeveloperApp, NotSetUp
from core.platforms.connecting import AppCredentials, Flavour


@dataclass(frozen=True, slots=True, kw_only=True)
class _App:
    """Where one platform's app stands in the settings."""

    client_id: Callable[[Settings], str | None]
    secret: Callable[[Settings], Secret | None]
    names: str


_META = _App(
    client_id=lambda own: own.meta_app_id,
    secret=lambda own: own.meta_app_secrets[0] if own.meta_app_secrets else None,
    names="SOCIALSYNC_META_APP_ID and SOCIALSYNC_META_APP_SECRET",
)
_INSTAGRAM = _App(
    client_id=lambda own: own.instagram_app_id,
    secret=lambda own: own.instagram_app_secret,
    names="SOCIALSYNC_INSTAGRAM_APP_ID and SOCIALSYNC_INSTAGRAM_APP_SECRET",
)
_X = _App(
    client_id=lambda own: own.x_client_id,
    secret=lambda own: own.x_client_secret,
    names="SOCIALSYNC_X_CLIENT_ID",
)
_LINKEDIN = _App(
    client_id=lambda own: own.linkedin_client_id,
    secret=lambda own: own.linkedin_client_secret,
    names="SOCIALSYNC_LINKEDIN_CLIENT_ID and SOCIALSYNC_LINKEDIN_CLIENT_SECRET",
)
_BY_DOMAIN: Final = {
    "facebook.com": _META,
    "instagram.com": _INSTAGRAM,
    "x.com": _X,
    "twitter.com": _X,
    "linkedin.com": _LINKEDIN,
}
_SANDBOX: Final = AppCredentials(
    client_id="sandbox", client_secret=Secret("sandbox-client-secret")
)
"""What every dialect of the sandbox takes for an app."""


def credentials(settings: Settings, flavour: Flavour, base_url: str) -> AppCredentials:
    """Return the app for a login; `flavour` names the platform's own pages.

    One platform can have logins of two apps (Instagram's and Meta's), so the page decides.
    A sandbox takes any app, also where none is set.

    Raises:
        NoDeveloperApp: the settings name no such app.
    """
    app = _BY_DOMAIN.get(_domain(flavour.authorize_url))
    client_id = app.client_id(settings) if app else None
    if app is not None and client_id:
        return AppCredentials(client_id=client_id, client_secret=app.secret(settings))
    if is_loopback(base_url):
        return _SANDBOX
    if app is None:
        raise NotSetUp(
            f"No developer app is known for “{flavour.title}”.", "Paste a token."
        )
    raise NoDeveloperApp(
        f"No developer app is set for “{flavour.title}”.",
        f"Set {app.names}, or paste a token.",
        about=(app.names,),
    )


def own_token(settings: Settings, platform: PlatformName) -> Secret | None:
    """Return the token of the developer app itself, where a platform wants it for some calls."""
    return {PlatformName.X: settings.x_app_token}.get(platform)


def noted(settings: Settings, platform: PlatformName) -> dict[str, str]:
    """Return what calls to a platform have to name of the developer app, by metadata name."""
    given = {
        PlatformName.LINKEDIN: {"developer_application": settings.linkedin_application}
    }
    return {name: value for name, value in given.get(platform, {}).items() if value}


def _domain(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])
