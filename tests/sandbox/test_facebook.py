"""The Page's side over real HTTP: what Facebook refuses, and what it leaves out."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from core.domain.channel import PlatformName
from core.sandbox import facebook_acts
from core.sandbox.accounts import FacebookAccount, SandboxConfig
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import SECRET, TOKEN, Listener, Watch, client_of

WALL = FacebookAccount(account_id="104777", name="Brûlerie", access_token=TOKEN)
ADA = Person(platform=PlatformName.FACEBOOK, id="7700110022", name="Ada Roux", username="")
SEND = f"/{WALL.account_id}/messages"


@pytest.fixture
async def wall(listener: Listener, watch: Watch) -> AsyncIterator[Sandbox]:
    config = SandboxConfig(
        app_secret=SECRET,
        now=watch.now,
        accounts=(WALL,),
        webhook_base="http://companion.invalid/webhooks",
        redelivery_seconds=(),
        post=listener.post,
        sleep=watch.sleep,
    )
    async with open_sandbox(config) as running:
        yield running


@pytest.fixture
async def page(wall: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(wall) as client:
        yield client


def error_of(answer: httpx.Response) -> tuple[int, int | None]:
    error: Any = answer.json()["error"]
    return error["code"], error.get("error_subcode")


def to_ada(**body: Any) -> dict[str, Any]:
    return {"recipient": {"id": ADA.id}, "messaging_type": "RESPONSE", **body}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (to_ada(), (100, None)),
        (to_ada(message={}), (100, None)),
        (to_ada(message={"text": " "}), (100, 2018034)),
        (to_ada(message={"text": "x" * 2001}), (100, None)),
        (to_ada(message={"text": "?", "quick_replies": [{}] * 14}), (100, None)),
        (to_ada(message={"text": "Hi"}, messaging_type="OTHER"), (100, None)),
        (
            to_ada(
                message={"text": "Hi"}, messaging_type="MESSAGE_TAG", tag="ACCOUNT_UPDATE"
            ),
            (100, None),
        ),
        (to_ada(sender_action="wave"), (100, None)),
        (to_ada(sender_action="react", payload={"message_id": "m_0"}), (100, None)),
        (
            {**to_ada(message={"text": "Hi"}), "recipient": {"comment_id": "9_9"}},
            (100, 2018001),
        ),
    ],
)
async def test_a_bad_message_is_refused_and_not_sent(
    page: httpx.AsyncClient,
    wall: Sandbox,
    body: dict[str, Any],
    error: tuple[int, int | None],
) -> None:
    assert error_of(await page.post(SEND, json=body)) == error
    assert wall.sends() == ()


async def test_a_page_hears_of_a_message_what_its_plan_says(
    page: httpx.AsyncClient, wall: Sandbox, listener: Listener
) -> None:
    message = {"text": "Bonjour", "metadata": "our-id"}
    answer = await page.post(SEND, json=to_ada(message=message))
    await wall.settle()
    events = [body["entry"][0]["messaging"][0] for body in _bodies(listener)]
    echo, delivery, read = events
    assert echo["message"]["mid"] == answer.json()["message_id"]
    assert (echo["message"]["metadata"], echo["message"]["is_echo"]) == ("our-id", True)
    assert delivery["delivery"]["mids"] == [answer.json()["message_id"]]
    assert set(read["read"]) == {"watermark"}
    assert read["sender"] == {"id": ADA.id}


def _bodies(listener: Listener) -> list[Any]:
    return list(listener.payloads())


async def test_without_a_filter_replies_are_left_out(
    page: httpx.AsyncClient, wall: Sandbox
) -> None:
    post = facebook_acts.publish_elsewhere(wall.world, "Nouvelle carte")
    asked = await wall.comment(ADA, post.id, "Ouvert ?")
    await page.post(f"/{asked.id}/comments", json={"message": "Oui"})
    plain = await page.get(f"/{post.id}/comments")
    stream = await page.get(f"/{post.id}/comments", params={"filter": "stream"})
    assert (len(plain.json()["data"]), len(stream.json()["data"])) == (1, 2)


async def test_a_pages_own_comment_cannot_be_hidden(
    page: httpx.AsyncClient, wall: Sandbox
) -> None:
    post = facebook_acts.publish_elsewhere(wall.world, "Nouvelle carte")
    own = await page.post(f"/{post.id}/comments", json={"message": "Bienvenue"})
    refused = await page.post(f"/{own.json()['id']}", json={"is_hidden": True})
    assert error_of(refused) == (100, None)


async def test_one_unknown_field_refuses_a_whole_subscription(
    page: httpx.AsyncClient,
) -> None:
    fields = {"subscribed_fields": "feed,messages,gossip"}
    refused = await page.post(f"/{WALL.account_id}/subscribed_apps", json=fields)
    assert error_of(refused) == (100, None)
    listed = await page.get(f"/{WALL.account_id}/subscribed_apps")
    assert [row["name"] for row in listed.json()["data"]] == ["Another app"]


async def test_a_post_needs_something_in_it_and_photos_that_are_there(
    page: httpx.AsyncClient, wall: Sandbox
) -> None:
    feed = f"/{WALL.account_id}/feed"
    assert error_of(await page.post(feed, json={"message": ""})) == (100, None)
    media = {"message": "x", "attached_media": [{"media_fbid": "1"}]}
    assert error_of(await page.post(feed, json=media)) == (100, None)
    assert wall.state.facebook.posts == {}


async def test_the_upload_server_wants_the_token_in_its_own_way(
    page: httpx.AsyncClient,
) -> None:
    start = await page.post(
        f"/{WALL.account_id}/video_reels", json={"upload_phase": "start"}
    )
    address = start.json()["upload_url"]
    assert (await page.post(address)).status_code == 401
    named = {"Authorization": f"OAuth {TOKEN}", "file_url": "http://10.0.0.1/a.mp4"}
    assert (await page.post(address, headers=named)).status_code == 400
    finish = {"upload_phase": "finish", "video_id": start.json()["video_id"]}
    refused = await page.post(f"/{WALL.account_id}/video_reels", json=finish)
    assert error_of(refused) == (100, None)


async def test_customers_write_through_the_control_room_too(
    wall: Sandbox, page: httpx.AsyncClient, listener: Listener
) -> None:
    order = {"platform": "facebook", "from": ADA.id, "name": ADA.name, "text": "Bonjour"}
    answer = await page.post(f"{wall.url}/_sandbox/write", json=order)
    assert answer.json()["statuses"] == [200]
    [body] = _bodies(listener)
    assert body["object"] == "page"
    assert body["entry"][0]["messaging"][0]["message"]["text"] == "Bonjour"


async def test_a_new_world_knows_nothing_of_the_old(
    wall: Sandbox, page: httpx.AsyncClient
) -> None:
    await wall.write(ADA, "Bonjour")
    facebook_acts.publish_elsewhere(wall.world, "Nouvelle carte")
    wall.reset()
    listed = await page.get(f"/{WALL.account_id}/posts")
    talks = await page.get(f"/{WALL.account_id}/conversations")
    assert (listed.json()["data"], talks.json()["data"]) == ([], [])
