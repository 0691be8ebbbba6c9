"""The Instagram side over real HTTP."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.domain.channel import PlatformName
from core.sandbox.faults import Endpoint
from core.sandbox.pictures import draw
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Media, Person
from tests.sandbox.stage import PAGE, Listener, Watch

TOM = Person(
    platform=PlatformName.INSTAGRAM,
    id="912345678901234",
    name="Tom Reed",
    username="tom.reed",
)
SEND = f"/{PAGE.account_id}/messages"


def given_media(sandbox: Sandbox) -> str:
    """Put a picture on the sandbox's own CDN, and return its address."""
    now = sandbox.world.now()
    media = Media(id="1", mime_type="image/png", content=draw("cup"), created_at=now)
    sandbox.state.media[media.id] = media
    return f"{sandbox.url}/ig_messaging_cdn/?asset_id={media.id}"


def picture_at(url: str) -> dict[str, object]:
    return {"attachment": {"type": "image", "payload": {"url": url}}}


def events(listener: Listener) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for payload in listener.payloads():
        entry: Any = payload["entry"]
        found.extend(entry[0].get("messaging", []))
    return found


@pytest.mark.parametrize("path", [SEND, "/me/messages"])
async def test_accepted_text_is_answered_recorded_and_echoed(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener, path: str
) -> None:
    answer = await graph.post(
        path, json={"recipient": {"id": TOM.id}, "message": {"text": "Hello"}}
    )
    await sandbox.settle()

    assert answer.json()["recipient_id"] == TOM.id
    mid = answer.json()["message_id"]
    (send,) = sandbox.sends()
    assert (send.endpoint, send.recipient, send.message_id, send.account_id) == (
        Endpoint.INSTAGRAM_MESSAGES,
        TOM.id,
        mid,
        PAGE.account_id,
    )
    echo, read = events(listener)
    assert echo["message"] == {"mid": mid, "is_echo": True, "text": "Hello"}
    assert (echo["sender"]["id"], echo["recipient"]["id"]) == (PAGE.account_id, TOM.id)
    assert read["read"] == {"mid": mid}


async def test_text_is_measured_in_bytes(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    def message(text: str) -> dict[str, object]:
        return {"recipient": {"id": TOM.id}, "message": {"text": text}}

    assert (await graph.post(SEND, json=message("é" * 500))).status_code == 200
    refused = await graph.post(SEND, json=message("é" * 501))
    assert refused.json()["error"]["code"] == 100
    assert len(sandbox.sends()) == 1


async def test_attachment_is_accepted_and_actions_are_no_sends(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    to = {"recipient": {"id": TOM.id}}
    picture = picture_at(given_media(sandbox))
    assert (await graph.post(SEND, json={**to, "message": picture})).status_code == 200
    typing = await graph.post(SEND, json={**to, "sender_action": "typing_on"})
    assert typing.json() == {"recipient_id": TOM.id}
    unknown = await graph.post(SEND, json={**to, "sender_action": "wave"})
    assert unknown.json()["error"]["code"] == 100
    assert [send.type for send in sandbox.sends()] == ["image"]


@pytest.mark.parametrize(
    "address",
    ["https://m.example/a.png", "http://10.0.0.1/a.png", "http://127.0.0.1:1/a.png"],
)
async def test_file_that_cannot_be_fetched_is_no_message(
    graph: httpx.AsyncClient, sandbox: Sandbox, address: str
) -> None:
    body = {"recipient": {"id": TOM.id}, "message": picture_at(address)}
    refused = (await graph.post(SEND, json=body)).json()["error"]
    assert (refused["code"], refused["error_subcode"]) == (100, 2018047)
    assert sandbox.sends() == ()


async def test_file_is_kept_as_it_was_fetched(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    message = picture_at(given_media(sandbox))
    await graph.post(SEND, json={"recipient": {"id": TOM.id}, "message": message})
    given, kept = sandbox.state.media.values()
    assert (kept.mime_type, kept.content) == ("image/png", given.content)


async def test_conversation_lists_what_both_sides_wrote(
    graph: httpx.AsyncClient, sandbox: Sandbox, watch: Watch
) -> None:
    written = await sandbox.write(TOM, "Are you open?")
    watch.advance(timedelta(minutes=1))
    answer = await graph.post(
        SEND, json={"recipient": {"id": TOM.id}, "message": {"text": "Until 7 pm"}}
    )

    listing = await graph.get(
        f"/{PAGE.account_id}/conversations",
        params={"platform": "instagram", "user_id": TOM.id},
    )
    (thread,) = listing.json()["data"]
    fields = "messages{id,created_time,from,message}"
    shown = (await graph.get(f"/{thread['id']}", params={"fields": fields})).json()
    assert [(item["id"], item["message"]) for item in shown["messages"]["data"]] == [
        (answer.json()["message_id"], "Until 7 pm"),
        (written.id, "Are you open?"),
    ]
    assert shown["messages"]["data"][1]["from"] == {"id": TOM.id, "username": "tom.reed"}
    assert shown["messages"]["data"][1]["created_time"] == "2026-11-03T09:30:00+0000"
    plain = (await graph.get(f"/{thread['id']}/messages")).json()
    assert set(plain["data"][0]) == {"id", "created_time"}


async def test_profile_is_known_once_the_person_has_written(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    fields = {"fields": "name,username,profile_pic"}
    assert (await graph.get(f"/{TOM.id}", params=fields)).json()["error"]["code"] == 100
    await sandbox.write(TOM, "Hi")
    profile = (await graph.get(f"/{TOM.id}", params=fields)).json()
    assert profile == {"id": TOM.id, "name": "Tom Reed", "username": "tom.reed"}


async def test_me_tells_the_id_that_webhooks_use(graph: httpx.AsyncClient) -> None:
    me = (await graph.get("/me", params={"fields": "id,user_id,username"})).json()
    assert (me["user_id"], me["username"]) == (PAGE.account_id, PAGE.username)
    assert me["id"] != me["user_id"]


async def test_subscription_is_remembered(graph: httpx.AsyncClient) -> None:
    path = f"/{PAGE.account_id}/subscribed_apps"
    assert (await graph.get(path)).json() == {"data": []}
    await graph.post(path, params={"subscribed_fields": "messages,comments"})
    (app,) = (await graph.get(path)).json()["data"]
    assert app["subscribed_fields"] == ["messages", "comments"]


async def test_customers_picture_comes_as_an_address_without_a_token(
    sandbox: Sandbox, listener: Listener
) -> None:
    await sandbox.write(TOM, "", draw("cup"))
    (event,) = events(listener)
    assert "text" not in event["message"]
    (attachment,) = event["message"]["attachments"]
    async with httpx.AsyncClient(trust_env=False) as anybody:
        fetched = await anybody.get(attachment["payload"]["url"])
    assert (attachment["type"], fetched.content) == ("image", draw("cup"))


async def test_comments_are_paged_newest_first(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener
) -> None:
    post = sandbox.add_post("Nouveau café d'Éthiopie")
    ids = [(await sandbox.comment(TOM, post.id, f"comment {n}")).id for n in range(5)]

    entry: Any = listener.payloads()[0]["entry"]
    assert entry[0]["changes"][0]["field"] == "comments"
    assert entry[0]["changes"][0]["value"]["media"]["id"] == post.id

    seen: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        body = (await graph.get(f"/{post.id}/comments", params=query)).json()
        seen.extend(comment["id"] for comment in body["data"])
        if "next" not in body["paging"]:
            break
        query["after"] = body["paging"]["cursors"]["after"]
    assert seen == list(reversed(ids))


async def test_comment_is_answered_hidden_and_deleted(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Atelier de samedi")
    comment = await sandbox.comment(TOM, post.id, "Still seats left?")

    reply = await graph.post(f"/{comment.id}/replies", data={"message": "Yes, two"})
    deeper = await graph.post(f"/{reply.json()['id']}/replies", data={"message": "Hurry"})
    assert [send.endpoint for send in sandbox.sends()] == [Endpoint.INSTAGRAM_REPLIES] * 2
    assert (await graph.post(f"/{comment.id}?hide=true")).json() == {"success": True}

    fields = {"fields": "id,hidden,replies{id,text,parent_id}"}
    (shown,) = (await graph.get(f"/{post.id}/comments", params=fields)).json()["data"]
    assert shown["hidden"] is True
    assert [answer["id"] for answer in shown["replies"]["data"]] == [
        reply.json()["id"],
        deeper.json()["id"],
    ]
    assert {answer["parent_id"] for answer in shown["replies"]["data"]} == {comment.id}

    assert (await graph.delete(f"/{comment.id}")).json() == {"success": True}
    assert (await graph.get(f"/{post.id}/comments")).json() == {"data": []}


async def test_comment_is_answered_in_private_once(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    post = sandbox.add_post("Atelier de samedi")
    comment = await sandbox.comment(TOM, post.id, "How much?")
    private = {"recipient": {"comment_id": comment.id}, "message": {"text": "45 €"}}

    assert (await graph.post(SEND, json=private)).json()["recipient_id"] == TOM.id
    again = await graph.post(SEND, json=private)
    assert again.json()["error"]["error_subcode"] == 2534025
    assert len(sandbox.sends()) == 1


async def test_container_is_published_once_it_is_finished(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    made = await graph.post(
        f"/{PAGE.account_id}/media",
        json={"image_url": "https://m.example/a.jpg", "caption": "Bonjour"},
    )
    container = made.json()["id"]
    publish = {"creation_id": container}
    early = await graph.post(f"/{PAGE.account_id}/media_publish", json=publish)
    assert early.json()["error"]["error_subcode"] == 2207027

    query = {"fields": "status_code,status"}
    codes = [
        (await graph.get(f"/{container}", params=query)).json()["status_code"]
        for _ in range(2)
    ]
    assert codes == ["IN_PROGRESS", "FINISHED"]
    done = await graph.post(f"/{PAGE.account_id}/media_publish", json=publish)
    assert done.json()["id"] in sandbox.state.posts
    after = (await graph.get(f"/{container}", params=query)).json()
    assert after["status_code"] == "PUBLISHED"

    again = await graph.post(f"/{PAGE.account_id}/media_publish", json=publish)
    assert again.status_code == 400
    assert [send.endpoint for send in sandbox.sends()] == [Endpoint.INSTAGRAM_PUBLISH]
    quota = (await graph.get(f"/{PAGE.account_id}/content_publishing_limit")).json()
    assert quota["data"][0]["quota_usage"] == 1
    listed = (
        await graph.get(f"/{PAGE.account_id}/media", params={"fields": "caption"})
    ).json()
    assert [post["caption"] for post in listed["data"]] == ["Bonjour"]


async def test_container_expires_after_a_day(
    graph: httpx.AsyncClient, watch: Watch
) -> None:
    made = await graph.post(
        f"/{PAGE.account_id}/media", json={"image_url": "https://m.example/a"}
    )
    watch.advance(timedelta(hours=24))
    query = {"fields": "status_code"}
    shown = await graph.get(f"/{made.json()['id']}", params=query)
    assert shown.json()["status_code"] == "EXPIRED"
    late = await graph.post(
        f"/{PAGE.account_id}/media_publish", json={"creation_id": made.json()["id"]}
    )
    assert late.json()["error"]["error_subcode"] == 2207020


@pytest.mark.parametrize(
    ("body", "subcode"),
    [
        ({"caption": "no picture"}, 2207052),
        ({"image_url": "https://m.example/a", "caption": "x" * 2201}, 2207010),
    ],
)
async def test_bad_container_is_refused(
    graph: httpx.AsyncClient, body: dict[str, str], subcode: int
) -> None:
    answer = await graph.post(f"/{PAGE.account_id}/media", json=body)
    assert answer.json()["error"]["error_subcode"] == subcode


async def test_failed_container_says_why_and_is_never_published(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    source = {"image_url": "https://m.example/a"}
    made = (await graph.post(f"/{PAGE.account_id}/media", json=source)).json()
    sandbox.fail_container(made["id"], 2207026)

    query = {"fields": "status_code,status"}
    shown = (await graph.get(f"/{made['id']}", params=query)).json()
    assert shown["status_code"] == "ERROR"
    assert "2207026" in shown["status"]
    publish = {"creation_id": made["id"]}
    assert (
        await graph.post(f"/{PAGE.account_id}/media_publish", json=publish)
    ).is_client_error
    assert sandbox.sends() == ()
