"""Files of customers: what is asked, with which token, and what is believed."""

import base64
import hashlib

import pytest

from core.domain.errors import ChannelSignedOut, NotFound, PlatformDown
from core.platforms.base import ChannelSession, PendingMedia
from core.platforms.instagram import Instagram
from core.platforms.whatsapp import WhatsApp
from core.platforms.whatsapp.media import read_digest
from tests.platforms.graph_double import Graph

CONTENT = b"a picture"
DIGEST = hashlib.sha256(CONTENT).digest()
PLACE = "http://127.0.0.1:9/attachments/?mid=77"


def looked_up(**more: str) -> dict[str, str]:
    return {"url": PLACE, "mime_type": "image/jpeg", **more}


@pytest.mark.parametrize(
    "sha256",
    [DIGEST.hex(), DIGEST.hex().upper(), base64.b64encode(DIGEST).decode(), "sha256"],
)
async def test_a_file_of_whatsapp_is_looked_up_and_fetched_with_the_token(
    session: ChannelSession, graph: Graph, sha256: str
) -> None:
    graph.reply(looked_up(sha256=sha256))
    graph.hand_out(CONTENT)
    fetched = await WhatsApp().fetch_media(session, PendingMedia(platform_media_id="77"))

    assert (fetched.content, fetched.mime_type) == (CONTENT, "image/jpeg")
    assert fetched.sha256 == DIGEST
    assert graph.paths == ["/v26.0/77", "/attachments/"]
    tokens = [request.headers["authorization"] for request in graph.requests]
    assert tokens == ["Bearer the-token"] * 2


async def test_an_expired_address_is_asked_for_anew_once(
    session: ChannelSession, graph: Graph
) -> None:
    for _ in range(2):
        graph.reply(looked_up())
        graph.reply({}, 404)
    with pytest.raises(NotFound):
        await WhatsApp().fetch_media(session, PendingMedia(platform_media_id="77"))
    assert len(graph.requests) == 4


@pytest.mark.parametrize("told_by", ["the look-up", "the webhook"])
async def test_a_file_with_another_digest_is_not_kept(
    session: ChannelSession, graph: Graph, told_by: str
) -> None:
    wrong = hashlib.sha256(b"another").hexdigest()
    by_webhook = told_by == "the webhook"
    graph.reply(looked_up() if by_webhook else looked_up(sha256=wrong))
    graph.hand_out(CONTENT)
    pending = PendingMedia(platform_media_id="77", sha256=wrong if by_webhook else None)
    with pytest.raises(PlatformDown):
        await WhatsApp().fetch_media(session, pending)


async def test_a_look_up_that_names_no_address_is_tried_again_later(
    session: ChannelSession, graph: Graph
) -> None:
    graph.reply({"id": "77"})
    with pytest.raises(PlatformDown):
        await WhatsApp().fetch_media(session, PendingMedia(platform_media_id="77"))


async def test_a_dead_token_is_told_apart_from_a_lost_file(
    session: ChannelSession, graph: Graph
) -> None:
    graph.refuse(190, status=401)
    with pytest.raises(ChannelSignedOut):
        await WhatsApp().fetch_media(session, PendingMedia(platform_media_id="77"))


async def test_a_file_that_nobody_kept_cannot_be_had(session: ChannelSession) -> None:
    for platform in (WhatsApp(), Instagram()):
        with pytest.raises(NotFound):
            await platform.fetch_media(session, PendingMedia())


async def test_a_file_of_instagram_is_fetched_without_the_token(
    session: ChannelSession, graph: Graph
) -> None:
    graph.hand_out(CONTENT, "image/png")
    fetched = await Instagram().fetch_media(session, PendingMedia(source_url=PLACE))

    assert (fetched.content, fetched.mime_type) == (CONTENT, "image/png")
    assert "authorization" not in graph.requests[0].headers


@pytest.mark.parametrize("value", [None, "", "sha256", "abc=", DIGEST.hex()[:-2], "é" * 64])
def test_what_is_no_digest_is_not_compared(value: str | None) -> None:
    assert read_digest(value) is None
