"""Both logins, from the page in the browser to a subscribed account."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, Refused
from core.net.client import Http, open_http
from core.platforms.base import ChannelSession
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.instagram import MANIFEST
from core.platforms.instagram.connect import Connecting
from core.platforms.instagram.flavours import BY_FACEBOOK, BY_INSTAGRAM
from core.sandbox.faults import Fault, FaultRule
from core.sandbox.instagram_logins import page_id
from core.sandbox.sandbox import Sandbox
from tests.platforms.graph_double import Graph, StillClock
from tests.sandbox.stage import PAGE, Watch

APP = AppCredentials(client_id="app", client_secret=Secret("own app's secret"))
BACK = "http://127.0.0.1:4321/back"
BOTH = pytest.mark.parametrize(
    "login", [BY_INSTAGRAM, BY_FACEBOOK], ids=lambda one: one.key
)


@pytest.fixture
def connecting(watch: Watch) -> Connecting:
    return Connecting(now=watch.now)


def here(login: Flavour, sandbox: Sandbox) -> Flavour:
    """Return the login with its pages on the sandbox."""
    page, token = urlsplit(login.authorize_url), urlsplit(login.token_url)
    return replace(
        login, authorize_url=sandbox.url + page.path, token_url=sandbox.url + token.path
    )


async def code_of(flavour: Flavour) -> str:
    """Open the page as a browser does, and return what comes back with it."""
    asked = {
        "client_id": APP.client_id,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": flavour.scope_separator.join(flavour.scopes),
        "state": "s",
    }
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(flavour.authorize_url, params=asked)
    back = urlsplit(answer.headers["location"])
    query = parse_qs(back.query)
    assert query["state"] == ["s"]
    return query["code"][0] + (f"#{back.fragment}" if back.fragment else "")


def exchange(code: str) -> Exchange:
    return Exchange(code=code, redirect_uri=BACK, verifier="v", app=APP)


async def granted(
    connecting: Connecting, http: Http, login: Flavour, sandbox: Sandbox
) -> Grant:
    flavour = here(login, sandbox)
    return await connecting.redeem(http, flavour, exchange(await code_of(flavour)))


@BOTH
async def test_a_code_becomes_a_token_of_sixty_days_with_its_scopes(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch, login: Flavour
) -> None:
    grant = await granted(connecting, http, login, sandbox)
    assert grant.expires_at == watch.now() + timedelta(seconds=5183944)
    assert grant.scopes == login.scopes


async def test_the_mark_behind_a_code_is_taken_off(
    connecting: Connecting, http: Http, sandbox: Sandbox
) -> None:
    flavour = here(BY_INSTAGRAM, sandbox)
    code = await code_of(flavour)
    assert code.endswith("#_")
    grant = await connecting.redeem(http, flavour, exchange(code))
    assert grant.scopes == flavour.scopes


@BOTH
async def test_a_spent_code_is_refused_in_words(
    connecting: Connecting, http: Http, sandbox: Sandbox, login: Flavour
) -> None:
    flavour = here(login, sandbox)
    code = await code_of(flavour)
    await connecting.redeem(http, flavour, exchange(code))
    with pytest.raises(Refused, match="spent"):
        await connecting.redeem(http, flavour, exchange(code))


@BOTH
async def test_what_the_person_did_not_grant_is_known(
    connecting: Connecting, http: Http, sandbox: Sandbox, login: Flavour
) -> None:
    declined = login.scopes[2]
    sandbox.state.logins.refused = frozenset({declined})
    grant = await granted(connecting, http, login, sandbox)
    assert set(login.scopes) - set(grant.scopes) == {declined}


async def test_instagrams_login_opens_the_account_under_the_id_of_webhooks(
    connecting: Connecting, http: Http, sandbox: Sandbox
) -> None:
    grant = await granted(connecting, http, BY_INSTAGRAM, sandbox)
    [account] = await connecting.accounts(http, sandbox.url, BY_INSTAGRAM, grant)
    assert (account.account_id, account.username) == (PAGE.account_id, PAGE.username)
    assert account.grant == grant
    assert account.metadata == {"flavour": "instagram_login"}


async def test_facebooks_login_opens_the_accounts_behind_pages_with_the_pages_tokens(
    connecting: Connecting, http: Http, sandbox: Sandbox
) -> None:
    grant = await granted(connecting, http, BY_FACEBOOK, sandbox)
    [account] = await connecting.accounts(http, sandbox.url, BY_FACEBOOK, grant)
    assert account.account_id == PAGE.account_id
    assert account.grant.access_token.reveal() == PAGE.access_token
    assert account.grant.expires_at is None
    assert account.metadata == {"flavour": "facebook_login", "page_id": page_id(PAGE)}


def test_a_channel_of_facebooks_login_lives_at_facebooks_host() -> None:
    assert MANIFEST.hosts == {"facebook_login": "facebook"}
    assert MANIFEST.scopes == BY_INSTAGRAM.scopes
    for flavour in (BY_INSTAGRAM, BY_FACEBOOK):
        assert set(flavour.required) <= set(flavour.scopes)


async def test_a_token_is_refreshed_when_it_is_a_day_old_and_not_before(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch
) -> None:
    flavour = here(BY_INSTAGRAM, sandbox)
    grant = await granted(connecting, http, BY_INSTAGRAM, sandbox)
    watch.advance(timedelta(hours=23))
    assert await connecting.refresh(http, flavour, grant, APP) is None
    watch.advance(timedelta(hours=2))
    fresh = await connecting.refresh(http, flavour, grant, APP)
    assert fresh is not None
    assert fresh.expires_at == watch.now() + timedelta(seconds=5183944)
    assert (fresh.scopes, fresh.access_token == grant.access_token) == (grant.scopes, False)


async def test_an_expired_token_needs_a_person(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch
) -> None:
    flavour = here(BY_INSTAGRAM, sandbox)
    grant = await granted(connecting, http, BY_INSTAGRAM, sandbox)
    watch.advance(timedelta(days=60))
    with pytest.raises(ChannelSignedOut):
        await connecting.refresh(http, flavour, grant, APP)


async def test_a_revoked_token_needs_a_person(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch
) -> None:
    flavour = here(BY_INSTAGRAM, sandbox)
    grant = await granted(connecting, http, BY_INSTAGRAM, sandbox)
    watch.advance(timedelta(days=2))
    sandbox.state.logins.revoke(grant.access_token.reveal())
    with pytest.raises(ChannelSignedOut):
        await connecting.refresh(http, flavour, grant, APP)


async def test_a_refusal_to_renew_needs_a_person(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch
) -> None:
    flavour = replace(here(BY_INSTAGRAM, sandbox), token_url=f"{sandbox.url}/x/oauth")
    grant = await granted(connecting, http, BY_INSTAGRAM, sandbox)
    watch.advance(timedelta(days=2))
    with pytest.raises(ChannelSignedOut):
        await connecting.refresh(http, flavour, grant, APP)


async def test_codes_and_tokens_have_a_host_each(graph: Graph) -> None:
    graph.reply({"access_token": "short", "user_id": 7, "permissions": ["a", "b"]})
    graph.reply({"access_token": "long", "expires_in": 5183944})
    graph.reply({"access_token": "longer", "expires_in": 5183944})
    watch = Watch()
    own = Connecting(now=watch.now)
    transport = httpx.MockTransport(graph.answer)
    async with open_http(clock=StillClock(), transport=transport) as http:
        grant = await own.redeem(http, BY_INSTAGRAM, exchange("code#_"))
        watch.advance(timedelta(days=2))
        fresh = await own.refresh(http, BY_INSTAGRAM, grant, APP)
    assert [f"{one.url.host}{one.url.path}" for one in graph.requests] == [
        "api.instagram.com/oauth/access_token",
        "graph.instagram.com/access_token",
        "graph.instagram.com/refresh_access_token",
    ]
    assert b"code=code&" in graph.requests[0].content + b"&"
    assert grant.scopes == ("a", "b")
    assert fresh is not None
    assert fresh.access_token.reveal() == "longer"


async def test_a_users_token_of_facebook_is_exchanged_and_a_pages_has_no_need(
    connecting: Connecting, http: Http, sandbox: Sandbox, watch: Watch
) -> None:
    flavour = here(BY_FACEBOOK, sandbox)
    grant = await granted(connecting, http, BY_FACEBOOK, sandbox)
    watch.advance(timedelta(days=30))
    fresh = await connecting.refresh(http, flavour, grant, APP)
    assert fresh is not None
    assert fresh.expires_at == watch.now() + timedelta(seconds=5183944)
    [account] = await connecting.accounts(http, sandbox.url, BY_FACEBOOK, grant)
    assert await connecting.refresh(http, flavour, account.grant, APP) is None


async def signed_in(
    connecting: Connecting, http: Http, sandbox: Sandbox, login: Flavour
) -> ChannelSession:
    grant = await granted(connecting, http, login, sandbox)
    [account] = await connecting.accounts(http, sandbox.url, login, grant)
    return ChannelSession(
        account_id=account.account_id,
        base_url=sandbox.url,
        token=account.grant.access_token,
        http=http,
        flavour=str(account.metadata["flavour"]),
    )


@BOTH
async def test_an_account_is_subscribed_and_says_so_itself(
    connecting: Connecting, http: Http, sandbox: Sandbox, login: Flavour
) -> None:
    session = await signed_in(connecting, http, sandbox, login)
    before = await connecting.subscription(session)
    assert not before.complete
    for _ in range(2):
        await connecting.subscribe(session, "https://inbox.example/webhooks/instagram")
    after = await connecting.subscription(session)
    assert after.complete
    assert "messages" in after.fields
    for _ in range(2):
        await connecting.unsubscribe(session)
    assert not (await connecting.subscription(session)).complete


@BOTH
async def test_a_token_says_whose_it_is(
    connecting: Connecting, http: Http, sandbox: Sandbox, login: Flavour
) -> None:
    session = await signed_in(connecting, http, sandbox, login)
    report = await connecting.inspect(session)
    assert (report.account_name, report.missing) == (PAGE.username, ())


@pytest.mark.parametrize(
    "declined",
    ["instagram_business_manage_messages", "instagram_business_content_publish"],
)
async def test_a_scope_that_is_missing_is_found_by_trying(
    connecting: Connecting, http: Http, sandbox: Sandbox, declined: str
) -> None:
    sandbox.state.logins.refused = frozenset({declined})
    session = await signed_in(connecting, http, sandbox, BY_INSTAGRAM)
    assert (await connecting.inspect(session)).missing == (declined,)


async def test_inspecting_a_dead_token_needs_a_person(
    connecting: Connecting, session: ChannelSession, sandbox: Sandbox
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.TOKEN_EXPIRED))
    with pytest.raises(ChannelSignedOut):
        await connecting.inspect(session)
