"""Members say who is one person; everything stays where it was and can be taken back."""

import asyncio
import socket
from dataclasses import replace
from uuid import uuid4

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.actions import portray, unite
from core.clock import SystemClock
from core.domain.errors import Conflict, NotFound, Refused
from core.domain.ids import CustomerId, MergeId
from core.domain.person import Likeness
from core.net.client import open_http
from core.queries import people
from tests.doubles.loopback import serving
from tests.fixtures.inbox import Arrange, KitOf

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def somebody(arrange: Arrange, **columns: object) -> CustomerId:
    """Add a customer with a conversation on a channel of its own."""
    conversation = arrange.conversation(name="Nora")
    customer = arrange.row("conversations", conversation)["customer_id"]
    for column, value in columns.items():
        arrange.put("customers", column, value, customer)
    return CustomerId(customer)


async def test_two_customers_become_one_person_and_two_again(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    a, b = somebody(arrange), somebody(arrange)
    merge = await unite.same(kit, a, b)
    (other,) = (await people.faces(kit, a)).identities
    assert (other.customer_id, other.merge_id) == (b, merge)
    assert other.conversation_id is not None
    await unite.undo(kit, merge)
    assert (await people.faces(kit, a)).identities == ()
    with pytest.raises(Conflict):
        await unite.undo(kit, merge)


async def test_undoing_the_last_merge_leaves_the_one_before(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    a, b, c, d = (somebody(arrange) for _ in range(4))
    await unite.same(kit, a, b)
    await unite.same(kit, c, d)
    last = await unite.same(kit, a, c)
    assert {face.customer_id for face in (await people.faces(kit, a)).identities} == {
        b,
        c,
        d,
    }
    await unite.undo(kit, last)
    assert [face.customer_id for face in (await people.faces(kit, a)).identities] == [b]
    assert [face.customer_id for face in (await people.faces(kit, c)).identities] == [d]


async def test_who_is_one_already_is_not_united_again(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("agent")
    a, b = somebody(arrange), somebody(arrange)
    await unite.same(kit, a, b)
    with pytest.raises(Refused, match="already"):
        await unite.same(kit, b, a)
    with pytest.raises(Refused, match="same customer"):
        await unite.same(kit, a, a)
    with pytest.raises(NotFound):
        await unite.same(kit, a, CustomerId(uuid4()))


async def test_another_inbox_can_neither_unite_nor_undo(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, stranger = await kit_of("agent"), await kit_of("stranger")
    a, b = somebody(arrange), somebody(arrange)
    merge = await unite.same(kit, a, b)
    with pytest.raises(NotFound):
        await unite.same(stranger, a, b)
    with pytest.raises(Conflict):
        await unite.undo(stranger, merge)
    with pytest.raises(Conflict):
        await unite.undo(kit, MergeId(uuid4()))


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ({"phone_number": "33600000001"}, {"phone_number": "+33600000001"}, "same_phone"),
        ({"email": "nora@example.org"}, {"email": "Nora@example.org"}, "same_email"),
        ({"username": "nora.l"}, {"username": "Nora.L"}, "same_username"),
        ({"name": "Nora Lindt"}, {"name": "nora lindt"}, "same_name"),
    ],
)
async def test_who_may_be_the_same_is_suggested_with_the_reason(
    mine: dict[str, str],
    theirs: dict[str, str],
    why: str,
    kit_of: KitOf,
    arrange: Arrange,
) -> None:
    kit = await kit_of("agent")
    a, b = somebody(arrange, **mine), somebody(arrange, **theirs)
    (found,) = (await people.faces(kit, a)).suggestions
    assert (found.customer_id, found.why) == (b, Likeness(why))
    await unite.not_same(kit, a, b)
    assert (await people.faces(kit, a)).suggestions == ()
    assert (await people.faces(kit, b)).suggestions == ()


async def test_a_first_name_alone_suggests_nobody(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("agent")
    a, _ = somebody(arrange), somebody(arrange)
    assert (await people.faces(kit, a)).suggestions == ()


async def test_a_picture_is_fetched_once_and_kept(kit_of: KitOf, arrange: Arrange) -> None:
    member, asked = await kit_of("agent"), []

    async def face(request: Request) -> Response:
        asked.append(request.url.path)
        return Response(PNG if request.url.path == "/face" else b"<html>no picture</html>")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with (
            serving(listener, [Route("/{path}", face)], asyncio.Event()),
            open_http(clock=SystemClock(), loopback=[address]) as http,
        ):
            kit = replace(await kit_of("service"), http=http)
            shown = somebody(arrange, profile_pic_url=f"{address}/face")
            other = somebody(arrange, profile_pic_url=f"{address}/page")
            for customer in (shown, shown, other, other):
                await portray.customer(kit, arrange.tenant, customer)
            assert asked == ["/face", "/page"]
    assert await people.picture(member, shown) == PNG
    with pytest.raises(NotFound):
        await people.picture(member, other)
    with pytest.raises(NotFound):
        await people.picture(await kit_of("stranger"), shown)
