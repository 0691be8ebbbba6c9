"""From the button in the browser to a Page that tells us what happens on it."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, PlatformDown, RateLimited, Refused
from core.platforms.base import ChannelSession
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.facebook import Facebook
from core.platforms.facebook.connect import FIELDS, NEEDED_FIELDS, REQUIRED_SCOPES
from tests.platforms.facebook.stage import PAGE, Stage
from tests.platforms.graph_double import Graph

CONNECTING = Facebook().connecting
BACK = "http://127.0.0.1:4321/back"
APP = AppCredentials(client_id="app", client_secret=Secret("app-secret"))


def flavour_at(stage: Stage) -> Flavour:
    """Return the login with the sandbox's addresses, as whoever drives it replaces them."""
    [flavour] = CONNECTING.flavours
    return replace(
        flavour,
        authorize_url=f"{stage.sandbox.url}/v26.0/dialog/oauth",
        token_url=f"{stage.sandbox.url}/v26.0/oauth/access_token",
    )


async def code_from(flavour: Flavour) -> str:
    """Return the code that the browser is sent back with."""
    query = {
        "client_id": APP.client_id,
        "redirect_uri": BACK,
        "state": "own-state",
        "scope": flavour.scope_separator.join(flavour.scopes),
        **flavour.extra,
    }
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(f"{flavour.authorize_url}?{urlencode(query)}")
    assert answer.status_code == 302
    returned = parse_qs(urlsplit(answer.headers["location"]).query)
    assert returned["state"] == ["own-state"]
    return returned["code"][0]


async def granted(stage: Stage) -> Grant:
    flavour = flavour_at(stage)
    exchange = Exchange(
        code=await code_from(flavour), redirect_uri=BACK, verifier="", app=APP
    )
    return await CONNECTING.redeem(stage.http, flavour, exchange)


async def test_a_code_becomes_a_long_lived_grant_and_pages_with_their_own(
    page: Stage,
) -> None:
    grant = await granted(page)
    assert set(grant.scopes) == set(flavour_at(page).scopes)
    [account] = await CONNECTING.accounts(
        page.http, page.session.base_url, flavour_at(page), grant
    )
    assert (account.account_id, account.name) == (PAGE.account_id, PAGE.name)
    assert account.grant.access_token.reveal() == PAGE.access_token
    assert account.grant.expires_at is None
    assert account.metadata["missing_tasks"] == []


async def test_a_grant_lasts_for_weeks(graph: Graph, session: ChannelSession) -> None:
    date = "Sat, 28 Nov 2026 12:00:00 GMT"
    graph.reply({"access_token": "short", "expires_in": 5400}, date=date)
    graph.reply({"access_token": "long", "expires_in": 5183944}, date=date)
    graph.reply({"data": [{"permission": "pages_messaging", "status": "granted"}]})
    [flavour] = CONNECTING.flavours
    local = replace(flavour, token_url=session.url("oauth", "access_token"))
    exchange = Exchange(code="c", redirect_uri=BACK, verifier="", app=APP)
    grant = await CONNECTING.redeem(session.http, local, exchange)
    assert grant.access_token.reveal() == "long"
    assert grant.scopes == ("pages_messaging",)
    assert grant.expires_at is not None
    assert grant.expires_at.isoformat() == "2027-01-27T11:59:04+00:00"
    assert graph.paths == [
        "/v26.0/oauth/access_token",
        "/v26.0/oauth/access_token",
        "/v26.0/me/permissions",
    ]
    asked = dict(graph.requests[1].url.params)
    assert asked == {
        "grant_type": "fb_exchange_token",
        "fb_exchange_token": "short",
        "client_id": "app",
        "client_secret": "app-secret",
    }


async def test_a_code_opens_once_and_only_from_where_it_was_asked(page: Stage) -> None:
    flavour = flavour_at(page)
    code = await code_from(flavour)
    elsewhere = Exchange(code=code, redirect_uri=BACK + "/", verifier="", app=APP)
    with pytest.raises(Refused):
        await CONNECTING.redeem(page.http, flavour, elsewhere)
    again = replace(elsewhere, redirect_uri=BACK)
    with pytest.raises(Refused):
        await CONNECTING.redeem(page.http, flavour, again)


async def test_a_wrong_secret_is_a_matter_of_the_login_and_not_of_the_hour(
    graph: Graph, session: ChannelSession
) -> None:
    [flavour] = CONNECTING.flavours
    local = replace(flavour, token_url=session.url("oauth", "access_token"))
    exchange = Exchange(code="c", redirect_uri=BACK, verifier="", app=APP)
    graph.refuse(1)
    with pytest.raises(Refused):
        await CONNECTING.redeem(session.http, local, exchange)
    graph.refuse(2, status=503)
    with pytest.raises(PlatformDown):
        await CONNECTING.redeem(session.http, local, exchange)
    graph.refuse(4)
    with pytest.raises(RateLimited):
        await CONNECTING.redeem(session.http, local, exchange)


async def test_a_page_on_which_the_person_has_no_say_is_left_out(page: Stage) -> None:
    grant = await granted(page)
    tasks = page.sandbox.state.facebook.tasks
    tasks[PAGE.account_id] = ("ANALYZE",)
    found = await CONNECTING.accounts(
        page.http, page.session.base_url, flavour_at(page), grant
    )
    assert found == []
    tasks[PAGE.account_id] = ("MESSAGING",)
    [account] = await CONNECTING.accounts(
        page.http, page.session.base_url, flavour_at(page), grant
    )
    assert account.metadata["missing_tasks"] == ["MODERATE", "CREATE_CONTENT"]


async def test_a_scope_that_was_crossed_out_is_missed(page: Stage) -> None:
    page.sandbox.state.logins.refused = frozenset({"pages_messaging"})
    grant = await granted(page)
    assert "pages_messaging" not in grant.scopes
    await CONNECTING.accounts(page.http, page.session.base_url, flavour_at(page), grant)
    report = await CONNECTING.inspect(page.session)
    assert (report.account_name, report.missing) == (PAGE.name, ("pages_messaging",))
    assert report.expires_at is None


async def test_a_full_grant_lacks_nothing(page: Stage) -> None:
    grant = await granted(page)
    await CONNECTING.accounts(page.http, page.session.base_url, flavour_at(page), grant)
    assert (await CONNECTING.inspect(page.session)).missing == ()


async def test_a_dead_token_is_said_to_be_dead(page: Stage) -> None:
    dead = replace(page.session, token=Secret("gone"))
    with pytest.raises(ChannelSignedOut):
        await CONNECTING.inspect(dead)


async def test_where_a_token_may_not_look_at_itself_its_life_is_enough(
    graph: Graph, session: ChannelSession
) -> None:
    graph.reply({"id": "110", "name": "Brûlerie"})
    graph.refuse(100)
    report = await CONNECTING.inspect(session)
    assert (report.account_name, report.missing) == ("Brûlerie", ())


async def test_a_page_is_subscribed_to_all_that_is_needed(page: Stage) -> None:
    before = await CONNECTING.subscription(page.session)
    assert not before.complete
    assert before.missing == NEEDED_FIELDS
    for _ in range(2):
        await CONNECTING.subscribe(page.session, "https://hooks.example/webhooks/facebook")
    after = await CONNECTING.subscription(page.session)
    assert after.complete
    assert after.fields == FIELDS
    for _ in range(2):
        await CONNECTING.unsubscribe(page.session)
    assert not (await CONNECTING.subscription(page.session)).complete


async def test_what_another_app_hears_does_not_reach_us(
    graph: Graph, session: ChannelSession
) -> None:
    rows = [
        {"id": "1", "subscribed_fields": list(NEEDED_FIELDS)},
        {"id": "2", "subscribed_fields": [{"name": "feed", "version": "v26.0"}]},
    ]
    graph.reply({"data": rows})
    graph.reply({"id": "2"})
    report = await CONNECTING.subscription(session)
    assert report.fields == ("feed",)
    assert set(report.missing) == set(NEEDED_FIELDS) - {"feed"}


async def test_a_pages_grant_needs_no_refreshing(page: Stage) -> None:
    grant = Grant(access_token=Secret(PAGE.access_token))
    [flavour] = CONNECTING.flavours
    assert await CONNECTING.refresh(page.http, flavour, grant, APP) is None  # type: ignore[func-returns-value]


async def test_a_short_token_has_died_by_the_evening(page: Stage) -> None:
    logins = page.sandbox.state.logins
    short = logins.issue(REQUIRED_SCOPES, page.watch.at)
    page.watch.at += timedelta(hours=3)
    with pytest.raises(ChannelSignedOut):
        await CONNECTING.accounts(
            page.http,
            page.session.base_url,
            flavour_at(page),
            Grant(access_token=Secret(short.access_token)),
        )
