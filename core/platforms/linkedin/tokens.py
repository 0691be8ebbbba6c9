"""LinkedIn's tokens: asked for, and how long they are good for (CONTRACTS 6)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from core.clock import SystemClock
from core.config.secret import Secret
from core.domain.errors import NotSetUp, OutcomeUnknown, PlatformDown
from core.net.client import Answer, Call, Http
from core.platforms.connecting import AppCredentials, Flavour, Grant
from core.platforms.linkedin.limits import platform_time, writing
from core.platforms.untyped import optional_words, section, words

REFRESH_LIFETIME: Final = timedelta(days=365)


async def ask_for_tokens(
    http: Http, flavour: Flavour, form: Mapping[str, str], app: AppCredentials
) -> Answer:
    """Ask for tokens; a refusal is an answer, too.

    Raises:
        PlatformDown: another attempt may do better.
        NotSetUp: the app's secret is not known here.
    """
    secret = app.client_secret
    if secret is None:
        raise NotSetUp(
            "LinkedIn wants the secret of your app.",
            "Set SOCIALSYNC_LINKEDIN_CLIENT_SECRET.",
        )
    whole = {**form, "client_id": app.client_id, "client_secret": secret.reveal()}
    call = Call(method="POST", url=flavour.token_url, form=whole)
    try:
        answer = await http.call(call, writing(app.client_id, "token"))
    except OutcomeUnknown as lost:
        raise PlatformDown(lost.title) from lost
    if answer.status == 429 or answer.status >= 500:
        raise PlatformDown("LinkedIn gives out no tokens at the moment.")
    return answer


def grant_of(answer: Answer, flavour: Flavour, before: Grant | None) -> Grant:
    """Return what a token answer gives; times count from LinkedIn's own clock."""
    told = section(answer.json)
    access = optional_words(told.get("access_token"))
    if access is None:
        raise PlatformDown("LinkedIn gave no token.")
    now = platform_time(answer) or SystemClock().now()
    refresh = optional_words(told.get("refresh_token"))
    kept = before.refresh_token if before is not None else None
    token = kept if refresh is None else Secret(refresh)
    return Grant(
        access_token=Secret(access),
        refresh_token=token,
        expires_at=now + timedelta(seconds=_seconds(told.get("expires_in"), 0)),
        refresh_expires_at=None
        if token is None
        else refresh_end(told.get("refresh_token_expires_in"), now, before),
        scopes=_scopes(told.get("scope"))
        or (before.scopes if before is not None else flavour.scopes),
    )


def refresh_end(told: Any, now: datetime, before: Grant | None) -> datetime:
    """Return when the refresh token ends; never later than was known before.

    Documented in seconds, but the official sample has 525600, a year in minutes. Of the two
    readings, the one nearer to what is to be expected counts: a year for a first grant,
    what was known before for a later one, since refreshing prolongs nothing.
    """
    known = None if before is None else before.refresh_expires_at
    seconds = timedelta(seconds=_seconds(told, int(REFRESH_LIFETIME.total_seconds())))
    readings = [one for one in (seconds, 60 * seconds) if one <= REFRESH_LIFETIME]
    expected = REFRESH_LIFETIME if before is None else None
    if known is not None:
        expected = known - now
    lifetime = min(
        readings or [REFRESH_LIFETIME],
        key=lambda one: one if expected is None else abs(one - expected),
    )
    return now + lifetime if known is None else min(now + lifetime, known)


def _seconds(value: Any, default: int) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 < value < 10**10 else default


def _scopes(value: Any) -> tuple[str, ...]:
    """Return the granted scopes: LinkedIn parts them by commas, or by blanks as asked."""
    return tuple(words(value).replace(",", " ").split())
