"""Facebook Login, which leads to Pages and to what hangs on them.

A code gives a user's token for an hour or two, that one is changed for a long-lived one,
and from it come the tokens of Pages, which do not expire by themselves. They die with a
new password, a lost role, or when access to data ends (CONTRACTS 3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from core.config.secret import Secret
from core.domain.errors import Refused
from core.domain.outbox import AnswerClass
from core.net.client import Answer, Call, Http
from core.net.limits import Lane
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.meta.asking import next_cursor, rows
from core.platforms.meta.errors import GRAPH_ERRORS, content_of, read_error
from core.platforms.untyped import identifier, items, optional_words, section, words

VERSION: Final = "v26.0"
AUTHORIZE_URL: Final = f"https://www.facebook.com/{VERSION}/dialog/oauth"
TOKEN_URL: Final = f"https://graph.facebook.com/{VERSION}/oauth/access_token"
_LANE: Final = Lane(account_id="", endpoint="login", per_second=5.0)
_AGAIN: Final = "Check the app's id and secret, and log in once more."
PAGE_FIELDS: Final = "id,name,username,access_token,tasks,picture{url}"
_MOST_PAGES: Final = 10
_PAGE_SIZE: Final = "100"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Page that a person may act for; `tasks` are what they may do on it."""

    id: str
    name: str
    token: Secret
    tasks: frozenset[str]
    username: str | None = None
    picture_url: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)


async def redeem(http: Http, flavour: Flavour, exchange: Exchange) -> Grant:
    """Turn a code into a long-lived user's grant with the scopes that were given.

    Raises:
        Refused: the code is spent, expired or not ours.
        Unavailable: the platform is away.
    """
    app = _secrets(exchange.app)
    asked = {"redirect_uri": exchange.redirect_uri, "code": exchange.code, **app}
    short = await _token(http, flavour.token_url, asked)
    grant = await lengthen(http, flavour.token_url, short, exchange.app)
    given = await scopes(http, base_of(flavour.token_url), grant.access_token)
    return replace(grant, scopes=given)


async def lengthen(http: Http, token_url: str, grant: Grant, app: AppCredentials) -> Grant:
    """Change a user's short-lived grant for one that lasts about sixty days."""
    params = {
        "grant_type": "fb_exchange_token",
        "fb_exchange_token": grant.access_token.reveal(),
        **_secrets(app),
    }
    return await _token(http, token_url, params)


async def scopes(http: Http, base_url: str, token: Secret) -> tuple[str, ...]:
    """Return what the person has really granted; they may have crossed some out."""
    answer = await _get(http, f"{base_url}/me/permissions", token, {})
    return tuple(
        words(row.get("permission"))
        for row in rows(content_of(answer, GRAPH_ERRORS))
        if row.get("status") == "granted"
    )


async def pages(
    http: Http, base_url: str, token: Secret, fields: str = PAGE_FIELDS
) -> list[Page]:
    """Return the Pages a user's grant opens, each with its own token.

    `fields` may ask for more than `PAGE_FIELDS`, to be found in `Page.raw`.
    """
    found: list[Page] = []
    params = {"fields": fields, "limit": _PAGE_SIZE}
    for _ in range(_MOST_PAGES):
        url = f"{base_url.rstrip('/')}/me/accounts"
        content = content_of(await _get(http, url, token, params), GRAPH_ERRORS)
        found += [page for row in rows(content) if (page := _page(row)) is not None]
        cursor = next_cursor(content)
        if cursor is None:
            break
        params = {**params, "after": cursor}
    return found


def base_of(token_url: str) -> str:
    """Return the API's address, given where its tokens are made."""
    return token_url.removesuffix("/oauth/access_token").rstrip("/")


def missing(given: Sequence[str], needed: Sequence[str]) -> tuple[str, ...]:
    """Return what is needed and was not given, in the order of need."""
    return tuple(scope for scope in needed if scope not in given)


def _page(row: Mapping[str, Any]) -> Page | None:
    """Return a Page; one without a token is one on which the person has no say."""
    page_id, token = identifier(row.get("id")), words(row.get("access_token"))
    if page_id is None or not token:
        return None
    picture = section(section(row.get("picture")).get("data"))
    return Page(
        id=page_id,
        name=words(row.get("name")) or page_id,
        token=Secret(token),
        tasks=frozenset(map(words, _texts(row.get("tasks")))),
        username=optional_words(row.get("username")),
        picture_url=optional_words(picture.get("url")),
        raw=row,
    )


def _texts(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else items(value)


def _secrets(app: AppCredentials) -> dict[str, str]:
    secret = app.client_secret
    named = {"client_id": app.client_id}
    return named if secret is None else {**named, "client_secret": secret.reveal()}


async def _token(http: Http, token_url: str, params: Mapping[str, str]) -> Grant:
    call = Call(method="GET", url=token_url, params=params)
    answer = await http.call(call, _LANE)
    content = _granted(answer)
    token = words(content.get("access_token"))
    if not token:
        raise Refused("Facebook gave no token for this login.", _AGAIN)
    return Grant(access_token=Secret(token), expires_at=_expiry(answer, content))


def _granted(answer: Answer) -> Mapping[str, Any]:
    """Return a token's answer; whatever is wrong with a code, only a new login helps.

    A wrong app secret comes under code 1, which elsewhere means "try again".
    """
    error = read_error(answer.json)
    if error is not None and answer.status < 500:
        meaning = GRAPH_ERRORS.meaning(error.code, error.subcode)
        if meaning is not AnswerClass.SLOW_DOWN:
            raise Refused(error.message or "Facebook refused the login.", _AGAIN)
    return content_of(answer, GRAPH_ERRORS)


def _expiry(answer: Answer, content: Mapping[str, Any]) -> datetime | None:
    """Return when a token ends, by the platform's clock; None when it does not say."""
    seconds = content.get("expires_in")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        return None
    try:
        now = parsedate_to_datetime(answer.headers.get("date", ""))
        return now.astimezone(UTC) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None


async def _get(http: Http, url: str, token: Secret, params: Mapping[str, str]) -> Answer:
    return await http.call(Call(method="GET", url=url, token=token, params=params), _LANE)
