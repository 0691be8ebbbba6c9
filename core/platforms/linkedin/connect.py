"""Log in to LinkedIn, choose organisations, stay logged in, subscribe (CONTRACTS 6).

Tokens live 60 days. A refresh token is given to approved partners only, lives 365 days
from the first grant, and refreshing does not prolong it. Webhooks are subscribed for one
developer application, one member and one organisation: they stop without a word when the
member loses the role or the grant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.domain.errors import (
    ChannelSignedOut,
    NotFound,
    NotSetUp,
    Refused,
    Unavailable,
)
from core.domain.outbox import AnswerClass, SendAnswer
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
from core.platforms.linkedin.calls import FINDER, ask, content, write
from core.platforms.linkedin.inbound import EVENT_TYPE
from core.platforms.linkedin.limits import reading, writing
from core.platforms.linkedin.tokens import ask_for_tokens, grant_of
from core.platforms.linkedin.urns import encoded, urn
from core.platforms.untyped import items, optional_words, section, words

APPLICATION: Final = "developer_application"
"""Under this name a channel's metadata holds the number of the developer application."""
MEMBER: Final = "member"
"""Under this name a channel's metadata holds the URN of the member who connected it."""
ROLES: Final = frozenset({"ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER"})
"""Who may read; others, RECRUITING_POSTER above all, get empty lists and no error."""
_READ, _WRITE = "r_organization_social", "w_organization_social"
_ADMIN: Final = "rw_organization_admin"
_AUTHORIZE: Final = "https://www.linkedin.com/oauth/v2/authorization"
_TOKEN: Final = "https://www.linkedin.com/oauth/v2/accessToken"  # noqa: S105 - an address

FLAVOURS: Final = (
    Flavour(
        key="organisation",
        title="LinkedIn page",
        authorize_url=_AUTHORIZE,
        token_url=_TOKEN,
        scopes=(_READ, _WRITE, f"{_READ}_feed", f"{_WRITE}_feed", _ADMIN),
        required=(f"{_READ}_feed", f"{_WRITE}_feed", _ADMIN),
    ),
    Flavour(
        key="organisation-older",
        title="LinkedIn page (app from before the feed scopes)",
        authorize_url=_AUTHORIZE,
        token_url=_TOKEN,
        scopes=(_READ, _WRITE, _ADMIN),
        required=(_READ, _WRITE, _ADMIN),
    ),
)
"""Asking a scope that an app was not given fails the whole login, hence two."""


_GONE: Final = 404
"""LinkedIn's answer to the end of a subscription that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Role:
    """What a member is to an organisation."""

    organisation: str
    member: str | None


class LinkedInConnecting:
    """Logging in, as the platform hands it out."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return the logins there are."""
        return FLAVOURS

    async def redeem(self, http: Http, flavour: Flavour, exchange: Exchange) -> Grant:
        """Turn a code, which lives half an hour, into tokens."""
        form = {
            "grant_type": "authorization_code",
            "code": exchange.code,
            "redirect_uri": exchange.redirect_uri,
        }
        answer = await ask_for_tokens(http, flavour, form, exchange.app)
        if not answer.good:
            raise Refused(
                "LinkedIn did not take the login.", "Begin again and log in once more."
            )
        return grant_of(answer, flavour, None)

    async def accounts(
        self, http: Http, base_url: str, _flavour: Flavour, grant: Grant
    ) -> list[ConnectableAccount]:
        """Return the organisations where the member's role lets us read comments."""
        session = ChannelSession(
            account_id="login", base_url=base_url, token=grant.access_token, http=http
        )
        found = []
        for role in await _roles(session):
            shown = await _organisation(session, role.organisation)
            member = {} if role.member is None else {MEMBER: role.member}
            found.append(
                ConnectableAccount(
                    account_id=role.organisation,
                    name=words(shown.get("localizedName")) or role.organisation,
                    username=optional_words(shown.get("vanityName")),
                    grant=grant,
                    metadata=member,
                )
            )
        return found

    async def refresh(
        self, http: Http, flavour: Flavour, grant: Grant, app: AppCredentials
    ) -> Grant | None:
        """Return fresh tokens, None where the app was given no refresh token."""
        if grant.refresh_token is None:
            return None
        form = {
            "grant_type": "refresh_token",
            "refresh_token": grant.refresh_token.reveal(),
        }
        answer = await ask_for_tokens(http, flavour, form, app)
        if not answer.good:
            raise ChannelSignedOut(
                "LinkedIn no longer prolongs this login.", "Connect the channel again."
            )
        return grant_of(answer, flavour, grant)

    async def inspect(self, session: ChannelSession) -> TokenReport:
        """Ask who the account is, and whether role and scopes still reach it.

        LinkedIn names a token's scopes to the app's secret alone, so each is tried: what
        answers 403 is missing.
        """
        missing = []
        try:
            roles = await _roles(session)
        except ChannelSignedOut:
            await _organisation(session, session.account_id)
            missing.append(_ADMIN)
        else:
            if session.account_id not in {role.organisation for role in roles}:
                raise ChannelSignedOut(
                    "The member who connected this page no longer has a role there.",
                    "Have an administrator of the page connect it again.",
                )
        shown = await _organisation(session, session.account_id)
        return TokenReport(
            account_name=optional_words(shown.get("localizedName")), missing=tuple(missing)
        )

    async def subscribe(self, session: ChannelSession, callback_url: str) -> None:
        """Have notifications about the organisation delivered to `callback_url`."""
        call = Call(
            method="PUT",
            url=session.url(await _subscription_path(session)),
            json={"webhook": callback_url},
        )
        lane = writing(session.account_id, "eventSubscriptions")
        _require_accepted((await write(session, call, lane)).outcome)

    def subscribed_on(self, account_id: str, _metadata: Mapping[str, Any]) -> str:
        """Return the organisation: each has a subscription of its own."""
        return account_id

    async def unsubscribe(self, session: ChannelSession) -> None:
        """Delete our subscription; one that is gone already is no trouble."""
        call = Call(method="DELETE", url=session.url(await _subscription_path(session)))
        lane = writing(session.account_id, "eventSubscriptions")
        written = await write(session, call, lane)
        if written.answer is None or written.answer.status != _GONE:
            _require_accepted(written.outcome)

    async def subscription(self, session: ChannelSession) -> SubscriptionReport:
        """Return whether LinkedIn still delivers to us."""
        lane = reading(session.account_id, "eventSubscriptions")
        try:
            answer = await ask(session, await _subscription_path(session), lane)
        except NotFound:
            return SubscriptionReport(fields=(), missing=(EVENT_TYPE,))
        delivered = bool(words(content(answer).get("webhook")))
        return SubscriptionReport(
            fields=(EVENT_TYPE,) if delivered else (),
            missing=() if delivered else (EVENT_TYPE,),
        )


def _require_accepted(outcome: SendAnswer) -> None:
    """Say what LinkedIn's no to a subscription means, if it was one."""
    if outcome.result is AnswerClass.ACCEPTED:
        return
    title = outcome.title or "LinkedIn refused the subscription."
    if outcome.result is AnswerClass.RECONNECT:
        raise ChannelSignedOut(title, "Have an administrator of the page connect it again.")
    if outcome.result in (AnswerClass.REFUSED, AnswerClass.PERSON):
        raise Refused(
            title,
            "Check that the app has been granted webhooks and that the address answers.",
        )
    raise Unavailable(outcome.title or "LinkedIn is away.", retry_after=outcome.retry_after)


async def _roles(session: ChannelSession) -> list[_Role]:
    """Return where the token's member has a role that reads comments."""
    lane = reading(session.account_id, "organizationAcls")
    path = "organizationAcls?q=roleAssignee&state=APPROVED&count=100"
    answer = await ask(session, path, lane, headers=FINDER)
    found: dict[str, _Role] = {}
    for raw in map(section, items(content(answer).get("elements"))):
        name = urn(raw.get("organization")) or urn(raw.get("organizationTarget"))
        approved = words(raw.get("state")) in ("", "APPROVED")
        if name is not None and approved and words(raw.get("role")) in ROLES:
            found[name] = _Role(organisation=name, member=urn(raw.get("roleAssignee")))
    return list(found.values())


async def _organisation(session: ChannelSession, name: str) -> Mapping[str, Any]:
    digits = name.rpartition(":")[2]
    lane = reading(session.account_id, "organizations")
    return content(await ask(session, f"organizations/{encoded(digits)}", lane))


async def _subscription_path(session: ChannelSession) -> str:
    """Return the key of our subscription; its parts come from the channel's metadata."""
    application = words(session.metadata.get(APPLICATION))
    if not application:
        raise NotSetUp(
            "LinkedIn wants to know which developer application is to be called.",
            "Set SOCIALSYNC_LINKEDIN_APPLICATION to its number on developer.linkedin.com.",
        )
    member = urn(session.metadata.get(MEMBER)) or await _member(session)
    application_urn = f"urn:li:developerApplication:{application.rpartition(':')[2]}"
    return (
        f"eventSubscriptions/(developerApplication:{encoded(application_urn)},"
        f"user:{encoded(member)},entity:{encoded(session.account_id)},"
        f"eventType:{EVENT_TYPE})"
    )


async def _member(session: ChannelSession) -> str:
    """Return the member whose token this is, from the roles they have."""
    for role in await _roles(session):
        if role.organisation == session.account_id and role.member is not None:
            return role.member
    raise ChannelSignedOut(
        "The member who connected this page no longer has a role there.",
        "Have an administrator of the page connect it again.",
    )
