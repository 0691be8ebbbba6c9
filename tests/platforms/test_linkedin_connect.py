"""Logging in to LinkedIn, its subscriptions and its memory, over real HTTP."""

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from core.config.secret import Secret
from core.domain.errors import ChannelSignedOut, NotSetUp, Refused, Unavailable
from core.domain.incoming import IncomingComment
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.linkedin import LinkedIn
from core.platforms.linkedin.connect import (
    APPLICATION,
    FLAVOURS,
    MEMBER,
)
from core.platforms.linkedin.tokens import REFRESH_LIFETIME, refresh_end
from core.sandbox.faults import Endpoint, Fault, FaultRule
from tests.platforms.linkedin_stage import ANNA, NOON, PAGE, SECRET, Stage

linkedin = LinkedIn()
connecting = linkedin.connecting
BACK = "http://127.0.0.1:50000/back"
APP = AppCredentials(client_id="own-app", client_secret=Secret(SECRET))
EVENTS = "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"


def flavour(stage: Stage) -> Flavour:
    base = f"{stage.sandbox.url}/linkedin/oauth/v2"
    return replace(
        FLAVOURS[0],
        authorize_url=f"{base}/authorization",
        token_url=f"{base}/accessToken",
    )


async def code(stage: Stage) -> str:
    """Open the login page as a browser does, and return the code it comes back with."""
    asked = flavour(stage)
    query = urlencode(
        {
            "response_type": "code",
            "client_id": APP.client_id,
            "redirect_uri": BACK,
            "state": "s",
            "scope": " ".join(asked.scopes),
        }
    )
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(f"{asked.authorize_url}?{query}")
    back = parse_qs(urlsplit(answer.headers["location"]).query)
    assert back["state"] == ["s"]
    return back["code"][0]


async def granted(stage: Stage) -> Grant:
    exchange = Exchange(code=await code(stage), redirect_uri=BACK, verifier="", app=APP)
    return await connecting.redeem(stage.http, flavour(stage), exchange)


async def test_a_login_opens_the_organisations_of_the_member(stage: Stage) -> None:
    grant = await granted(stage)
    assert set(flavour(stage).required) <= set(grant.scopes)
    base = stage.session.base_url
    [account] = await connecting.accounts(stage.http, base, flavour(stage), grant)
    assert (account.account_id, account.name) == (PAGE, "Brulerie")
    assert account.metadata[MEMBER].startswith("urn:li:person:")
    session = replace(stage.session, token=account.grant.access_token)
    report = await connecting.inspect(session)
    assert (report.account_name, report.missing) == ("Brulerie", ())


async def test_tokens_live_sixty_days_and_refreshing_a_year(stage: Stage) -> None:
    grant = await granted(stage)
    assert grant.expires_at == NOON + timedelta(days=60)
    assert grant.refresh_expires_at == NOON + REFRESH_LIFETIME


@pytest.mark.parametrize("role", [None, "RECRUITING_POSTER", "ANALYST"])
async def test_who_may_not_read_is_offered_no_page(stage: Stage, role: str | None) -> None:
    stage.linkedin.role = role
    grant = await granted(stage)
    base = stage.session.base_url
    assert await connecting.accounts(stage.http, base, flavour(stage), grant) == []
    with pytest.raises(ChannelSignedOut):
        await connecting.inspect(stage.session)


async def test_a_spent_code_is_refused(stage: Stage) -> None:
    exchange = Exchange(code=await code(stage), redirect_uri=BACK, verifier="", app=APP)
    await connecting.redeem(stage.http, flavour(stage), exchange)
    with pytest.raises(Refused):
        await connecting.redeem(stage.http, flavour(stage), exchange)


async def test_a_wrong_secret_and_a_missing_one_are_told_apart(stage: Stage) -> None:
    exchange = Exchange(code=await code(stage), redirect_uri=BACK, verifier="", app=APP)
    wrong = AppCredentials(client_id="own-app", client_secret=Secret("wrong"))
    with pytest.raises(Refused):
        await connecting.redeem(stage.http, flavour(stage), replace(exchange, app=wrong))
    none = AppCredentials(client_id="own-app")
    with pytest.raises(NotSetUp):
        await connecting.redeem(stage.http, flavour(stage), replace(exchange, app=none))


async def test_refreshing_gives_a_new_token_and_no_longer_life(stage: Stage) -> None:
    grant = await granted(stage)
    soon = NOON + timedelta(days=200)
    old = replace(grant, refresh_expires_at=soon)
    fresh = await connecting.refresh(stage.http, flavour(stage), old, APP)
    assert fresh is not None
    assert fresh.access_token.reveal() != grant.access_token.reveal()
    assert fresh.refresh_expires_at == soon
    assert fresh.scopes == grant.scopes


async def test_a_dead_refresh_token_needs_a_person(stage: Stage) -> None:
    grant = await granted(stage)
    await connecting.refresh(stage.http, flavour(stage), grant, APP)
    with pytest.raises(ChannelSignedOut):
        await connecting.refresh(stage.http, flavour(stage), grant, APP)


async def test_an_app_that_was_given_no_refresh_token_has_nothing_to_refresh(
    stage: Stage,
) -> None:
    grant = Grant(access_token=Secret("t"))
    assert await connecting.refresh(stage.http, flavour(stage), grant, APP) is None


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.RATE_LIMITED])
async def test_linkedin_being_away_is_no_refusal(stage: Stage, fault: Fault) -> None:
    grant = await granted(stage)
    stage.sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.LINKEDIN_LOGIN))
    with pytest.raises(Unavailable):
        await connecting.refresh(stage.http, flavour(stage), grant, APP)


DAY = 24 * 3600


@pytest.mark.parametrize(
    ("told", "known", "days"),
    [
        (365 * DAY, None, 365),
        (525600, None, 365),
        ("31536000", None, 365),
        (None, None, 365),
        (-5, None, 365),
        (10**9, None, 365),
        (3 * DAY, 3, 3),
        (365 * DAY, 200, 200),
        (525600, 364, 364),
        (300 * 24 * 60, 300, 300),
        (300 * DAY, 300, 300),
    ],
)
def test_the_end_of_refreshing_is_believed_within_reason(
    told: object, known: int | None, days: int
) -> None:
    before = Grant(
        access_token=Secret("t"),
        refresh_expires_at=None if known is None else NOON + timedelta(days=known),
    )
    end = refresh_end(told, NOON, None if known is None else before)
    assert end - NOON == timedelta(days=days)


async def test_a_subscription_is_made_seen_and_lost_with_the_role(stage: Stage) -> None:
    known = {APPLICATION: "221195903", MEMBER: "urn:li:person:sandbox-admin"}
    session = replace(stage.session, metadata=known)
    assert (await connecting.subscription(session)).missing == (EVENTS,)
    await connecting.subscribe(session, "https://inbox.example.org/webhooks/linkedin")
    await connecting.subscribe(session, "https://inbox.example.org/webhooks/linkedin")
    assert (await connecting.subscription(session)).complete
    [key] = stage.linkedin.subscriptions
    assert "urn:li:developerApplication:221195903" in key
    assert f"entity:{PAGE}" in key
    for _ in range(2):
        await connecting.unsubscribe(session)
    assert (await connecting.subscription(session)).missing == (EVENTS,)
    await connecting.subscribe(session, "https://inbox.example.org/webhooks/linkedin")
    stage.linkedin.role = "ANALYST"
    assert not (await connecting.subscription(session)).complete
    with pytest.raises(ChannelSignedOut):
        await connecting.subscribe(session, "https://inbox.example.org/webhooks/linkedin")


async def test_the_member_is_looked_up_where_nobody_noted_them(stage: Stage) -> None:
    session = replace(stage.session, metadata={APPLICATION: "221195903"})
    await connecting.subscribe(session, "https://inbox.example.org/webhooks/linkedin")
    assert "user:urn:li:person:sandbox-admin" in next(iter(stage.linkedin.subscriptions))


async def test_a_subscription_needs_the_applications_number(stage: Stage) -> None:
    with pytest.raises(NotSetUp):
        await connecting.subscribe(stage.session, "https://inbox.example.org/")


async def test_what_was_missed_comes_as_the_facts_of_its_webhooks(stage: Stage) -> None:
    post = stage.post()
    await stage.sandbox.comment(ANNA, post.urn, "Long ago")
    stage.later(days=2)
    await stage.sandbox.comment(ANNA, post.urn, "Yesterday")
    stage.later(hours=1)
    await stage.sandbox.comment(ANNA, post.urn, "Today")
    missed = await linkedin.catching_up.since(stage.session, stage.at - timedelta(hours=3))
    told = [fact for body in stage.heard[1:] for fact in linkedin.read(json.loads(body))]
    assert list(missed.facts) == told
    assert [fact.text for fact in told if isinstance(fact, IncomingComment)] == [
        "Yesterday",
        "Today",
    ]


async def test_more_than_a_page_is_caught_up_with(stage: Stage) -> None:
    post = stage.post()
    for n in range(130):
        await stage.sandbox.comment(ANNA, post.urn, f"{n}")
    missed = await linkedin.catching_up.since(stage.session, NOON)
    assert len(missed.facts) == 130


async def test_beyond_sixty_days_the_look_is_not_complete(stage: Stage) -> None:
    now = stage.at
    near = await linkedin.catching_up.since(stage.session, now - timedelta(days=59))
    far = await linkedin.catching_up.since(stage.session, now - timedelta(days=61))
    assert (near.complete, far.complete) == (True, False)
