"""The sandbox's X: shapes, limits and refusals as the real one has them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from core.domain.channel import PlatformName
from core.sandbox.faults import Endpoint
from core.sandbox.x_shapes import add_post
from tests.platforms.x.stage import ANNA, TOKEN, TOM, US, Stage, open_stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


@pytest.fixture
async def api(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=f"{stage.sandbox.url}/x/2",
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
    ) as client:
        yield client


async def test_every_answer_says_what_is_left_of_the_window(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    first = await api.get("/dm_events")
    assert first.json() == {"meta": {"result_count": 0}}
    assert first.headers["x-rate-limit-remaining"] == "14"
    for _ in range(14):
        await api.get("/dm_events")
    refused = await api.get("/dm_events")
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["code"] == 88
    reset = int(refused.headers["x-rate-limit-reset"])
    assert reset == int((stage.hands.now() + timedelta(minutes=15)).timestamp())
    assert (await api.get("/users/me")).status_code == 200
    stage.hands.advance(timedelta(minutes=15))
    assert (await api.get("/dm_events")).status_code == 200


async def test_only_the_members_asked_for_are_shown(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    add_post(stage.sandbox.world, US.account_id, "See https://shop.example/a & more")
    path = f"/users/{US.account_id}/tweets"
    (bare,) = (await api.get(path)).json()["data"]
    assert set(bare) == {"id", "text", "edit_history_tweet_ids"}
    assert bare["text"].startswith("See https://t.co/")
    assert bare["text"].endswith("&amp; more")
    query = {"tweet.fields": "author_id,entities", "expansions": "author_id"}
    body = (await api.get(path, params=query)).json()
    assert body["data"][0]["entities"]["urls"][0]["expanded_url"] == (
        "https://shop.example/a"
    )
    assert body["includes"]["users"] == [
        {"id": US.account_id, "name": US.name, "username": US.username}
    ]


async def test_a_post_is_made_once_and_never_with_the_same_words(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    made = await api.post("/tweets", json={"text": "Hello"})
    assert made.status_code == 201
    again = await api.post("/tweets", json={"text": "Hello"})
    assert (again.status_code, "duplicate" in again.json()["detail"]) == (403, True)
    assert [send.endpoint for send in stage.sandbox.sends()] == [Endpoint.X_POSTS]
    gone = await api.delete(f"/tweets/{made.json()['data']['id']}")
    assert gone.json() == {"data": {"deleted": True}}
    missing = await api.delete(f"/tweets/{made.json()['data']['id']}")
    assert missing.json()["type"].endswith("resource-not-found")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"text": "x" * 281}, 400),
        ({"text": "$ACME $BUX"}, 403),
        ({"text": "a", "media": {"media_ids": ["5"]}}, 400),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": "5"}}, 403),
    ],
)
async def test_bad_posts_are_refused(
    stage: Stage, api: httpx.AsyncClient, body: dict[str, object], status: int
) -> None:
    assert (await api.post("/tweets", json=body)).status_code == status
    assert stage.sandbox.sends() == ()


async def test_only_who_engaged_us_can_be_answered(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    post = add_post(stage.sandbox.world, US.account_id, "New")
    plain = add_post(stage.sandbox.world, ANNA.id, "Which grind?", answered=post)
    named = add_post(stage.sandbox.world, TOM.id, "Nice @BRULERIE", answered=post)
    answers = [
        await api.post(
            "/tweets",
            json={"text": f"to {one.id}", "reply": {"in_reply_to_tweet_id": one.id}},
        )
        for one in (plain, named, post)
    ]
    assert [answer.status_code for answer in answers] == [403, 201, 201]


async def test_conversations_are_found_for_a_week(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    post = add_post(stage.sandbox.world, US.account_id, "New")
    reply = add_post(stage.sandbox.world, ANNA.id, "Which grind?", answered=post)
    query = {"query": f"conversation_id:{post.id}", "tweet.fields": "referenced_tweets"}
    found = (await api.get("/tweets/search/recent", params=query)).json()["data"]
    assert [one["id"] for one in found] == [reply.id, post.id]
    assert found[0]["text"] == "@brulerie Which grind?"
    assert found[0]["referenced_tweets"] == [{"type": "replied_to", "id": post.id}]
    stage.hands.advance(timedelta(days=7))
    assert "data" not in (await api.get("/tweets/search/recent", params=query)).json()
    for wrong in ({}, {"query": "coffee"}, {**query, "max_results": "5"}):
        answer = await api.get("/tweets/search/recent", params=wrong)
        assert answer.json()["type"].endswith("invalid-request")


async def test_messages_are_listed_for_thirty_days(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    await stage.sandbox.write(ANNA, "Are you open?")
    await stage.sandbox.write(TOM, "Hello")
    assert len((await api.get("/dm_events")).json()["data"]) == 2
    path = f"/dm_conversations/with/{TOM.id}/dm_events"
    query = {"dm_event.fields": "dm_conversation_id"}
    (event,) = (await api.get(path, params=query)).json()["data"]
    assert event["dm_conversation_id"] == f"{TOM.id}-{US.account_id}"
    stage.hands.advance(timedelta(days=31))
    assert "data" not in (await api.get("/dm_events")).json()


async def test_uploads_must_be_whole_and_of_a_bearable_size(api: httpx.AsyncClient) -> None:
    asked = {"media_type": "image/png", "media_category": "dm_image"}
    large = {**asked, "total_bytes": 6 * 1024 * 1024}
    assert (await api.post("/media/upload/initialize", json=large)).status_code == 400
    made = await api.post("/media/upload/initialize", json={**asked, "total_bytes": 4})
    media_id = made.json()["data"]["id"]
    piece = await api.post(
        f"/media/upload/{media_id}/append",
        data={"segment_index": "0"},
        files={"media": ("a.png", b"abc")},
    )
    assert (piece.status_code, piece.content) == (204, b"")
    early = await api.post(f"/media/upload/{media_id}/finalize")
    assert early.status_code == 400


async def test_strangers_and_unknown_paths_are_refused(
    stage: Stage, api: httpx.AsyncClient
) -> None:
    api.headers["Authorization"] = "Bearer another"
    assert (await api.get("/users/me")).status_code == 401
    api.headers["Authorization"] = f"Bearer {TOKEN}"
    assert (await api.get("/users/5")).status_code == 404
    assert (await api.get("/nothing/here")).status_code == 404
    broken = await api.post(
        "/tweets", content=b"{", headers={"content-type": "application/json"}
    )
    assert broken.status_code == 400
    assert stage.sandbox.sends() == ()


async def test_customers_of_x_write_from_the_control_room(stage: Stage) -> None:
    order = {
        "platform": "x",
        "from": ANNA.id,
        "name": "Anna",
        "username": "anna",
        "text": "Hi",
    }
    async with httpx.AsyncClient(trust_env=False) as anybody:
        answer = await anybody.post(f"{stage.sandbox.url}/_sandbox/write", json=order)
    assert answer.json()["statuses"] == [200]
    (url, _body, headers) = stage.listener.bodies[0]
    assert url.endswith(f"/{PlatformName.X}")
    assert headers["x-twitter-webhooks-signature"].startswith("sha256=")


async def test_login_pages_want_a_challenge_and_tokens_end_when_revoked(
    stage: Stage,
) -> None:
    base = f"{stage.sandbox.url}/x"
    async with httpx.AsyncClient(trust_env=False) as browser:
        bare = await browser.get(f"{base}/i/oauth2/authorize", params={"client_id": "a"})
        assert bare.status_code == 400
        tokens = stage.sandbox.state.logins.issue(("users.read",), stage.hands.now())
        headers = {"Authorization": f"Bearer {tokens.access_token}"}
        assert (await browser.get(f"{base}/2/users/me", headers=headers)).is_success
        await browser.post(f"{base}/2/oauth2/revoke", data={"token": tokens.access_token})
        gone = await browser.get(f"{base}/2/users/me", headers=headers)
        assert gone.status_code == 401


async def test_starting_over_forgets_x_too(stage: Stage, api: httpx.AsyncClient) -> None:
    await api.post("/tweets", json={"text": "Hello"})
    stage.sandbox.reset()
    assert stage.sandbox.state.x.posts == {}
    assert (await api.post("/tweets", json={"text": "Hello"})).status_code == 201
