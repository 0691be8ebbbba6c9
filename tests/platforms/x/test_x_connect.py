"""Connecting an account on X: login with PKCE, rotating tokens, webhooks, subscriptions."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, NotSetUp, PlatformDown, Refused
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.x.comments import Comments
from core.platforms.x.connect import SCOPES, Connect
from core.platforms.x.history import History
from core.platforms.x.subscriptions import EVENTS
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.x_login import CLIENT_SECRET, PUBLIC
from tests.platforms.x.stage import ANNA, CALLBACK, US, Stage

CONNECT = Connect()
BACK = "http://127.0.0.1:4321/back"
# The pair of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
CONFIDENTIAL = AppCredentials(client_id="app", client_secret=Secret(CLIENT_SECRET))
PUBLIC_APP = AppCredentials(client_id=PUBLIC)


def flavour_of(stage: Stage) -> Flavour:
    (flavour,) = CONNECT.flavours
    base = stage.session.base_url
    return replace(
        flavour,
        authorize_url=base + urlsplit(flavour.authorize_url).path,
        token_url=base + urlsplit(flavour.token_url).path,
    )


async def code_of(flavour: Flavour) -> str:
    """Open the page as the browser does, and return the code it brings back."""
    query = {
        "response_type": "code",
        "client_id": "app",
        "redirect_uri": BACK,
        "scope": flavour.scope_separator.join(flavour.scopes),
        "state": "s",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(flavour.authorize_url, params=query)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def logged_in(stage: Stage, app: AppCredentials = CONFIDENTIAL) -> Grant:
    flavour = flavour_of(stage)
    exchange = Exchange(
        code=await code_of(flavour), redirect_uri=BACK, verifier=VERIFIER, app=app
    )
    return await CONNECT.redeem(stage.session.http, flavour, exchange)


@pytest.fixture
async def grant(stage: Stage) -> Grant:
    return await logged_in(stage)


@pytest.mark.parametrize("app", [CONFIDENTIAL, PUBLIC_APP])
async def test_a_login_opens_the_one_account_it_was_made_for(
    stage: Stage, app: AppCredentials
) -> None:
    grant = await logged_in(stage, app)
    assert grant.scopes == SCOPES
    assert grant.expires_at == stage.hands.now() + timedelta(hours=2) - timedelta(minutes=1)
    (account,) = await CONNECT.accounts(
        stage.session.http, stage.session.base_url, flavour_of(stage), grant
    )
    assert (account.account_id, account.username) == (US.account_id, US.username)
    assert account.grant is grant
    assert account.picture_url is not None


async def test_a_code_with_the_wrong_verifier_or_client_is_refused(stage: Stage) -> None:
    flavour = flavour_of(stage)
    wrong = [
        ("another", CONFIDENTIAL),
        (VERIFIER, AppCredentials(client_id="app", client_secret=Secret("guess"))),
        (VERIFIER, AppCredentials(client_id="app")),
    ]
    for verifier, app in wrong:
        code = await code_of(flavour)
        exchange = Exchange(code=code, redirect_uri=BACK, verifier=verifier, app=app)
        with pytest.raises(Refused):
            await CONNECT.redeem(stage.session.http, flavour, exchange)


async def test_refreshing_rotates_and_the_old_one_is_dead(
    stage: Stage, grant: Grant
) -> None:
    flavour, http = flavour_of(stage), stage.session.http
    fresh = await CONNECT.refresh(http, flavour, grant, CONFIDENTIAL)
    assert fresh is not None
    assert fresh.refresh_token is not None
    assert grant.refresh_token is not None
    assert fresh.refresh_token.reveal() != grant.refresh_token.reveal()
    with pytest.raises(ChannelSignedOut):
        await CONNECT.refresh(http, flavour, grant, CONFIDENTIAL)
    with pytest.raises(ChannelSignedOut):
        await CONNECT.inspect(replace(stage.session, token=grant.access_token))
    report = await CONNECT.inspect(replace(stage.session, token=fresh.access_token))
    assert (report.account_name, report.missing) == (US.username, ())


async def test_what_has_no_refresh_token_is_not_refreshed(stage: Stage) -> None:
    pasted = Grant(access_token=Secret("pasted"))
    http = stage.session.http
    assert await CONNECT.refresh(http, flavour_of(stage), pasted, CONFIDENTIAL) is None


async def test_a_platform_that_is_away_is_tried_again(stage: Stage) -> None:
    flavour = replace(flavour_of(stage), token_url="http://127.0.0.1:9/2/oauth2/token")  # noqa: S106
    grant = Grant(access_token=Secret("a"), refresh_token=Secret("b"))
    with pytest.raises(PlatformDown):
        await CONNECT.refresh(stage.session.http, flavour, grant, CONFIDENTIAL)


async def test_everything_needed_is_subscribed_once(stage: Stage) -> None:
    before = await CONNECT.subscription(stage.session)
    assert (before.complete, before.missing) == (False, EVENTS)
    for _ in range(2):
        await CONNECT.subscribe(stage.session, CALLBACK)
    report = await CONNECT.subscription(stage.session)
    assert report.complete
    assert set(report.fields) == {*EVENTS, "chat.received", "oauth.revoke"}
    (hook,) = stage.sandbox.state.x.hooks.values()
    subscriptions = stage.sandbox.state.x.subscriptions.values()
    assert {one.webhook_id for one in subscriptions} == {hook.id}
    assert len(subscriptions) == len(report.fields)
    assert len(stage.companion.asked) == 1


async def test_the_end_of_deliveries_leaves_the_webhook_to_other_accounts(
    stage: Stage,
) -> None:
    await CONNECT.subscribe(stage.session, CALLBACK)
    for _ in range(2):
        await CONNECT.unsubscribe(stage.session)
    assert (await CONNECT.subscription(stage.session)).fields == ()
    assert len(stage.sandbox.state.x.hooks) == 1


async def test_a_webhook_that_went_invalid_is_challenged_again(stage: Stage) -> None:
    await CONNECT.subscribe(stage.session, CALLBACK)
    (hook,) = stage.sandbox.state.x.hooks.values()
    hook.valid = False
    await CONNECT.subscribe(stage.session, CALLBACK)
    assert hook.valid
    assert len(stage.companion.asked) == 2


async def test_an_address_that_does_not_know_the_secret_is_not_registered(
    stage: Stage,
) -> None:
    stage.companion.secret = "another"  # noqa: S105 - a wrong one
    with pytest.raises(Refused, match="CrcValidationFailed"):
        await CONNECT.subscribe(stage.session, CALLBACK)
    assert stage.sandbox.state.x.hooks == {}


async def test_x_calls_no_plain_address_and_none_with_a_port(stage: Stage) -> None:
    for url in ("http://inbox.example/webhooks/x", "https://inbox.example:8443/x"):
        with pytest.raises(Refused, match="UrlValidationFailed"):
            await CONNECT.subscribe(stage.session, url)
    real = replace(stage.session, base_url="https://api.x.com")
    with pytest.raises(NotSetUp):
        await CONNECT.subscribe(real, "https://inbox.example:8443/x")


async def test_webhooks_are_the_apps_own_and_subscriptions_the_accounts(
    stage: Stage,
) -> None:
    stage.sandbox.state.x.app_token = "app-token"  # noqa: S105 - opens nothing
    with pytest.raises(NotSetUp) as caught:
        await CONNECT.subscribe(stage.session, CALLBACK)
    assert caught.value.next_step
    session = replace(stage.session, app_token=Secret("app-token"))
    await CONNECT.subscribe(session, CALLBACK)
    assert (await CONNECT.subscription(session)).complete


async def test_what_goes_to_another_address_is_sent_here(stage: Stage) -> None:
    await CONNECT.subscribe(stage.session, "https://old.example/webhooks/x")
    await CONNECT.subscribe(stage.session, CALLBACK)
    _old, new = stage.sandbox.state.x.hooks.values()
    subscriptions = stage.sandbox.state.x.subscriptions.values()
    assert {one.webhook_id for one in subscriptions} == {new.id}


async def test_what_is_not_subscribed_is_named_and_found_by_looking_back(
    stage: Stage,
) -> None:
    await CONNECT.subscribe(stage.session, CALLBACK)
    for one in list(stage.sandbox.state.x.subscriptions.values()):
        if one.event_type == "dm.received":
            del stage.sandbox.state.x.subscriptions[one.id]
    report = await CONNECT.subscription(stage.session)
    assert report.missing == ("dm.received",)
    await stage.sandbox.write(ANNA, "Nobody is told of this")
    assert stage.listener.bodies == []
    missed = await History().since(stage.session, stage.hands.now())
    assert len(missed.facts) == 1


async def test_a_server_that_fails_while_subscribing_is_tried_again(stage: Stage) -> None:
    rule = FaultRule(
        kind=Fault.ERROR_AFTER_ACCEPT, endpoint=Endpoint.X_HOOKS, nth=2, times=1
    )
    stage.sandbox.faults.add(rule)
    with pytest.raises(PlatformDown):
        await CONNECT.subscribe(stage.session, CALLBACK)
    await CONNECT.subscribe(stage.session, CALLBACK)
    assert (await CONNECT.subscription(stage.session)).complete
    assert len(stage.sandbox.state.x.hooks) == 1


async def test_a_token_without_a_scope_is_told_so(stage: Stage) -> None:
    logins = stage.sandbox.state.logins
    narrow = logins.issue(("users.read",), stage.hands.now())
    session = replace(stage.session, token=Secret(narrow.access_token))
    assert (await CONNECT.inspect(session)).account_name == US.username
    with pytest.raises(Refused):
        await Comments().posts(session, 5)
