"""Connect a WhatsApp number with a token that its owner pastes.

Meta's partners log people in by a page of their own (Embedded Signup), which needs an
approved partner; everybody else makes a system user's token by hand. It lasts until it is
taken back, or sixty days: there is nothing to refresh it with.
"""

from collections.abc import Mapping
from typing import Any, Final

from core.domain.errors import Refused
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
from core.platforms.meta.errors import content_of
from core.platforms.untyped import identifier, optional_words, section, words
from core.platforms.whatsapp.asking import (
    SCOPES,
    ask,
    ask_pages,
    business_of,
    numbers_of,
    token_of,
)
from core.platforms.whatsapp.limits import ERRORS, side_lane

_NUMBER_FIELDS: Final = "id,verified_name,display_phone_number,status,platform_type"
_REGISTERED: Final = "CLOUD_API"
_CONNECTED: Final = "CONNECTED"
FIELDS: Final = ("messages",)
"""What has to reach us. Which fields an app gets is set on its dashboard and told to
nobody who asks with a number's token; whether the account delivers at all can be asked."""


class WhatsAppConnecting:
    """Nothing to log in to, everything else."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Return no login: the token is pasted."""
        return ()

    async def redeem(self, _http: Http, _flavour: Flavour, _exchange: Exchange, /) -> Grant:
        """Refuse: there is no login that could have given a code.

        Raises:
            Refused: always.
        """
        raise Refused("WhatsApp has no login here.", "Paste a system user's token.")

    async def accounts(
        self, http: Http, base_url: str, _flavour: Flavour, grant: Grant, /
    ) -> list[ConnectableAccount]:
        """Return the numbers of all business accounts that a token was given for."""
        session = ChannelSession(
            account_id="", base_url=base_url, token=grant.access_token, http=http
        )
        token = await token_of(session)
        return [
            _account(number, business, grant)
            for business in (token.businesses if token is not None else ())
            for number in await numbers_of(session, business)
        ]

    async def refresh(
        self, _http: Http, _flavour: Flavour, _grant: Grant, _app: AppCredentials, /
    ) -> Grant | None:
        """Return None: a system user's token is replaced by hand or not at all."""
        return None

    async def inspect(self, session: ChannelSession, /) -> TokenReport:
        """Ask who the number is, what the token may do, and whether the number is set up."""
        number = await ask(session, session.account_id, {"fields": _NUMBER_FIELDS})
        token = await token_of(session)
        granted = SCOPES if token is None else token.scopes
        return TokenReport(
            account_name=optional_words(number.get("verified_name"))
            or optional_words(number.get("display_phone_number")),
            missing=tuple(scope for scope in SCOPES if scope not in granted),
            expires_at=None if token is None else token.expires_at,
            obstacles=_obstacles(number),
        )

    async def subscribe(self, session: ChannelSession, _callback_url: str, /) -> None:
        """Have the business account deliver to our app, at the app's own address."""
        business = await business_of(session)
        answer = await session.http.post_json(
            session.url(business, "subscribed_apps"),
            {},
            token=session.token,
            lane=side_lane(session.account_id, "account"),
        )
        content_of(answer, ERRORS)

    def subscribed_on(self, account_id: str, metadata: Mapping[str, Any], /) -> str:
        """Return the business account, whose numbers all have the one subscription."""
        return identifier(metadata.get("waba_id")) or account_id

    async def unsubscribe(self, session: ChannelSession, /) -> None:
        """Have the business account deliver to our app no longer."""
        url = session.url(await business_of(session), "subscribed_apps")
        call = Call(method="DELETE", url=url, token=session.token)
        answer = await session.http.call(call, side_lane(session.account_id, "account"))
        content_of(answer, ERRORS)

    async def subscription(self, session: ChannelSession, /) -> SubscriptionReport:
        """Return whether the business account delivers to our app."""
        token = await token_of(session)
        ours = None if token is None else token.app_id
        business = await business_of(session)
        apps = await ask_pages(session, f"{business}/subscribed_apps", {})
        data = [section(app.get("whatsapp_business_api_data")) or app for app in apps]
        delivered = any(ours in (None, identifier(app.get("id"))) for app in data)
        return SubscriptionReport(
            fields=FIELDS if delivered else (), missing=() if delivered else FIELDS
        )


def _account(number: Any, business: str, grant: Grant) -> ConnectableAccount:
    shown = words(number.get("display_phone_number"))
    return ConnectableAccount(
        account_id=identifier(number.get("id")) or "",
        name=words(number.get("verified_name")) or shown,
        grant=grant,
        username=shown or None,
        metadata={"waba_id": business, "display_phone_number": shown},
    )


def _obstacles(number: Any) -> tuple[str, ...]:
    """Return what keeps a number from sending, as far as it tells.

    A number that was never registered says so by its platform; one that Meta stopped, or
    that waits for its name, by its status.
    """
    platform = words(number.get("platform_type"))
    status = words(number.get("status"))
    found = []
    if platform and platform != _REGISTERED:
        found.append(
            "The number is not registered with the Cloud API. Register it with its PIN."
        )
    if status and status != _CONNECTED:
        found.append(f"WhatsApp says that the number is {status.lower()}.")
    return tuple(found)
