"""Carousels, replies in pages and the reach of a login, as Instagram has them."""

import httpx
import pytest

from core.domain.channel import PlatformName
from core.sandbox.faults import Endpoint
from core.sandbox.instagram_comments import REPLIES_SHOWN
from core.sandbox.instagram_logins import SCOPES
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import PAGE

MEDIA, PUBLISH = f"/{PAGE.account_id}/media", f"/{PAGE.account_id}/media_publish"
PART = {"image_url": "https://m.example/a.jpg", "is_carousel_item": "true"}
STATE = {"fields": "status_code"}
TOM = Person(
    platform=PlatformName.INSTAGRAM, id="9001", name="Tom Reed", username="tom.reed"
)


async def made(graph: httpx.AsyncClient, **described: str) -> str:
    return str((await graph.post(MEDIA, json=described)).json()["id"])


async def finished(graph: httpx.AsyncClient, **described: str) -> str:
    container = await made(graph, **described)
    for _ in range(2):
        await graph.get(f"/{container}", params=STATE)
    return container


async def test_a_carousel_is_made_of_finished_parts_only(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    ready, alone = await finished(graph, **PART), await finished(graph, **PART)
    early = await made(graph, **PART)
    whole = await finished(graph, image_url="https://m.example/b.jpg")

    for children in (f"{ready},{early}", f"{ready},{whole}"):
        body = {"media_type": "CAROUSEL", "children": children}
        refused = (await graph.post(MEDIA, json=body)).json()["error"]
        assert refused["error_subcode"] == 2207027
    body = {"media_type": "CAROUSEL", "children": f"{ready},{alone}"}
    album = await finished(graph, **body)
    post = (await graph.post(PUBLISH, json={"creation_id": album})).json()
    assert sandbox.state.posts[post["id"]].children == 2


async def test_a_part_is_never_published_by_itself(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    part = await finished(graph, **PART)
    refused = await graph.post(PUBLISH, json={"creation_id": part})
    assert refused.json()["error"]["error_subcode"] == 2207027
    assert sandbox.state.posts == {}


@pytest.mark.parametrize(
    "body",
    [
        {"media_type": "HOLOGRAM", "image_url": "https://m.example/a"},
        {"media_type": "CAROUSEL", "children": "1"},
        {"media_type": "CAROUSEL"},
    ],
)
async def test_what_makes_no_sense_is_no_container(
    graph: httpx.AsyncClient, body: dict[str, str]
) -> None:
    assert (await graph.post(MEDIA, json=body)).json()["error"]["code"] == 100


async def test_the_first_replies_come_with_their_comment_and_the_rest_in_pages(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Workshop")
    top = (await sandbox.comment(TOM, post.id, "top")).id
    ids = [
        (await sandbox.comment(TOM, post.id, f"r{n}", parent_id=top)).id
        for n in range(REPLIES_SHOWN + 1)
    ]
    fields = {"fields": "id,replies{id}"}
    [shown] = (await graph.get(f"/{post.id}/comments", params=fields)).json()["data"]
    assert [one["id"] for one in shown["replies"]["data"]] == ids[:-1]
    after = shown["replies"]["paging"]["cursors"]["after"]
    rest = (await graph.get(f"/{top}/replies", params={"after": after})).json()
    assert [one["id"] for one in rest["data"]] == ids[-1:]
    assert "next" not in rest["paging"]


@pytest.mark.parametrize(
    "endpoint", [Endpoint.INSTAGRAM_THREADS, Endpoint.INSTAGRAM_PUBLISH]
)
async def test_a_login_reaches_as_far_as_its_scopes(
    graph: httpx.AsyncClient, sandbox: Sandbox, endpoint: Endpoint
) -> None:
    edges = {
        Endpoint.INSTAGRAM_THREADS: "conversations",
        Endpoint.INSTAGRAM_PUBLISH: "content_publishing_limit",
    }
    path = f"/{PAGE.account_id}/{edges[endpoint]}"
    now = sandbox.world.now()
    for scope in SCOPES[endpoint]:
        enough = sandbox.state.logins.issue((scope,), now).access_token
        headers = {"Authorization": f"Bearer {enough}"}
        assert (await graph.get(path, headers=headers)).status_code == 200
    narrow = sandbox.state.logins.issue(("instagram_business_basic",), now).access_token
    refused = await graph.get(path, headers={"Authorization": f"Bearer {narrow}"})
    assert refused.json()["error"]["code"] == 10
