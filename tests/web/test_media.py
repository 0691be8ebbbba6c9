from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from core.actions import attach
from core.config.secret import Secret
from core.domain.attachment import OutgoingFile
from core.domain.ids import AttachmentId, TenantId
from core.net.media_urls import MediaTicket, MediaUrls, media_urls
from core.queries import conversation as query
from core.web.media import MediaFiles
from tests.doubles import files
from tests.fixtures.inbox import Arrange, KitOf


@pytest.fixture
async def urls(kit_of: KitOf) -> MediaUrls:
    kit = await kit_of("service")
    return media_urls(kit.settings, kit.vault, kit.clock)


@pytest.fixture
async def anybody(kit_of: KitOf, urls: MediaUrls) -> AsyncIterator[httpx.AsyncClient]:
    """A client without any credentials."""
    hand_out = MediaFiles(replace(await kit_of("service"), media_urls=urls)).hand_out
    transport = httpx.ASGITransport(Starlette(routes=[Route("/media/{token}", hand_out)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def kept(kit_of: KitOf, arrange: Arrange, name: str, content: bytes) -> AttachmentId:
    """Send a file, and return what it is kept as."""
    kit, conversation = await kit_of("agent"), arrange.conversation()
    file = OutgoingFile(name=name, content=content)
    await attach.send_file(kit, conversation, file, key=uuid4())
    (message,) = (await query.thread(kit, conversation)).messages
    return message.attachments[0].id


async def test_platform_gets_a_photo_as_it_was_sent(
    kit_of: KitOf, arrange: Arrange, urls: MediaUrls, anybody: httpx.AsyncClient
) -> None:
    photo = await kept(kit_of, arrange, "a.png", files.PNG)
    token = urls.token(MediaTicket(tenant=arrange.tenant, attachment=photo))
    answer = await anybody.get(f"/media/{token}")
    assert (answer.status_code, answer.content) == (200, files.PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in answer.headers
    head = await anybody.head(f"/media/{token}")
    assert head.headers["content-length"] == str(len(files.PNG))


async def test_what_is_no_picture_can_only_be_saved(
    kit_of: KitOf, arrange: Arrange, urls: MediaUrls, anybody: httpx.AsyncClient
) -> None:
    document = await kept(kit_of, arrange, "évil\r\n.pdf", files.PDF)
    token = urls.token(MediaTicket(tenant=arrange.tenant, attachment=document))
    answer = await anybody.get(f"/media/{token}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment"


async def test_token_opens_nothing_in_another_tenant(
    kit_of: KitOf,
    arrange: Arrange,
    arrange_elsewhere: Arrange,
    urls: MediaUrls,
    anybody: httpx.AsyncClient,
) -> None:
    photo = await kept(kit_of, arrange, "a.png", files.PNG)
    elsewhere = MediaTicket(tenant=arrange_elsewhere.tenant, attachment=photo)
    assert (await anybody.get(f"/media/{urls.token(elsewhere)}")).status_code == 404


async def test_everything_that_does_not_open_looks_the_same(
    kit_of: KitOf, arrange: Arrange, urls: MediaUrls, anybody: httpx.AsyncClient
) -> None:
    photo = await kept(kit_of, arrange, "a.png", files.PNG)
    ticket = MediaTicket(tenant=arrange.tenant, attachment=photo)
    forged = replace(urls, key=Secret("guessed")).token(ticket)
    nobody = MediaTicket(tenant=TenantId(uuid4()), attachment=AttachmentId(uuid4()))
    for token in (forged, urls.token(nobody), "x", str(photo), "a.png"):
        answer = await anybody.get(f"/media/{token}")
        assert (answer.status_code, answer.json()) == (
            404,
            {"error": "There is no such file."},
        )
