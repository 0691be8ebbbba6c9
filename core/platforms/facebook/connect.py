"""Connect a Page: Facebook Login, the Page's own token, its webhooks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from core.domain.errors import NotFound, Unavailable
from core.net.client import Call, Http
from core.platforms.base import ChannelSession
from core.platforms.connecting import (
    AppCredentials,
    ConnectableAccount,
    Exchange,
    Flavour,
    Grant,
    SubscriptionReport,
    TokenReport,
)
from core.platforms.facebook.limits import ERRORS, pages_lane
from core.platforms.meta import login
from core.platforms.meta.asking import Question, Raw, rows
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, optional_words, section, words

REQUIRED_SCOPES: Final = (
    "pages_show_list",
    "pages_manage_metadata",
    "pages_messaging",
)
SCOPES: Final = (
    *REQUIRED_SCOPES,
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_posts",
)
FIELDS: Final = (
    "feed",
    "mention",
    "messages",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "message_edits",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_optins",
    "messaging_handovers",
    "messaging_policy_enforcement",
    "standby",
)
NEEDED_FIELDS: Final = ("feed", "messages", "message_echoes", "messaging_postbacks")
"""Without these, something that people wait for never arrives."""
_TASKS: Final = ("MESSAGING", "MODERATE", "CREATE_CONTENT")
"""What a person must be allowed on a Page: to write, to moderate, to publish."""

FACEBOOK_LOGIN: Final = Flavour(
    key="facebook_login",
    title="Facebook Login",
    authorize_url=login.AUTHORIZE_URL,
    token_url=login.TOKEN_URL,
    scopes=SCOPES,
    required=REQUIRED_SCOPES,
    scope_separator=",",
    extra={"auth_type": "rerequest"},  # asks again for what was crossed out before
)


class FacebookConnecting:
    """Logging in for a Page and staying so."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return the one login there is."""
        return (FACEBOOK_LOGIN,)

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange) -> Grant:
        """Turn a code into the person's long-lived grant."""
        return await login.redeem(http, flavour, exchange)

    async def accounts(
        self, http: Http, base_url: str, _flavour: Flavour, grant: Grant
    ) -> list[ConnectableAccount]:
        """Return the Pages on which the person may write, moderate or publish.

        `metadata` names their tasks, and as `missing_tasks` those that we would need.
        """
        found = await login.pages(http, base_url, grant.access_token)
        return [_account(page, grant) for page in found if page.tasks & set(_TASKS)]

    async def refresh(
        self, _http: Http, _flavour: Flavour, _grant: Grant, _app: AppCredentials
    ) -> None:
        """Return nothing: a Page's token has no end that could be put off."""
        return

    async def inspect(self, session: ChannelSession) -> TokenReport:
        """Return whose the token is, and what it lacks as far as Facebook tells it.

        A token may look at itself; where Facebook declines that, only its life is proven.
        """
        question = _question(session)
        me = await question.ask(session.account_id, fields="id,name")
        name = optional_words(me.get("name"))
        try:
            told = await question.ask("debug_token", input_token=session.token.reveal())
        except NotFound:
            return TokenReport(account_name=name)
        data = section(told.get("data"))
        given = data.get("scopes")
        named = list(map(words, given)) if isinstance(given, list) else []
        lacking = login.missing(named, REQUIRED_SCOPES) if named else ()
        return TokenReport(
            account_name=name, missing=lacking, expires_at=_end(data.get("expires_at"))
        )

    async def subscribe(self, session: ChannelSession, _callback_url: str) -> None:
        """Switch this Page's webhooks on; where they go is set in the app's dashboard."""
        call = Call(
            method="POST",
            url=session.url(session.account_id, "subscribed_apps"),
            token=session.token,
            json={"subscribed_fields": ",".join(FIELDS)},
        )
        answer = await session.http.call(call, pages_lane(session.account_id))
        if content_of(answer, ERRORS).get("success") is not True:
            raise Unavailable("Facebook did not confirm the subscription.")

    def subscribed_on(self, account_id: str, _metadata: Mapping[str, Any]) -> str:
        """Return the Page."""
        return account_id

    async def unsubscribe(self, session: ChannelSession) -> None:
        """Switch this Page's webhooks off for our app alone."""
        url = session.url(session.account_id, "subscribed_apps")
        call = Call(method="DELETE", url=url, token=session.token)
        answer = await session.http.call(call, pages_lane(session.account_id))
        content_of(answer, ERRORS)

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return what our app hears of this Page; other apps' subscriptions do not count."""
        question = _question(session)
        found = rows(await question.ask(f"{session.account_id}/subscribed_apps"))
        if found:
            ours = await _own_app(question)
            found = [row for row in found if ours in (None, identifier(row.get("id")))]
        fields = tuple(field for row in found for field in _fields(row))
        return SubscriptionReport(
            fields=fields, missing=login.missing(fields, NEEDED_FIELDS)
        )


def _question(session: ChannelSession) -> Question:
    lane = pages_lane(session.account_id)
    return Question(session=session, lane=lane, errors=ERRORS)


async def _own_app(question: Question) -> str | None:
    """Return the id of the app that our token belongs to, None if that is not told."""
    try:
        return identifier((await question.ask("app", fields="id")).get("id"))
    except NotFound:
        return None


def _account(page: login.Page, grant: Grant) -> ConnectableAccount:
    lacking = [task for task in _TASKS if task not in page.tasks]
    return ConnectableAccount(
        account_id=page.id,
        name=page.name,
        grant=Grant(access_token=page.token, scopes=grant.scopes),
        username=page.username,
        picture_url=page.picture_url,
        metadata={"tasks": sorted(page.tasks), "missing_tasks": lacking},
    )


def _fields(row: Raw) -> list[str]:
    """Return the fields of a subscription; they come as names, or as objects with one."""
    listed = row.get("subscribed_fields")
    found: list[Any] = listed if isinstance(listed, list) else []
    names = (words(one) or words(section(one).get("name")) for one in found)
    return [name for name in names if name]


def _end(value: Any) -> datetime | None:
    """Return when a token ends; Facebook says 0 for never."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
