import asyncio

import httpx
import pytest

from core.config.secret import Secret
from core.domain.errors import NotSetUp, Refused
from core.net import login_door
from core.net.login_door import LoginDoor, open_door

STATE = "the-state-of-this-login"


async def get(
    door: LoginDoor, path: str, *, host: str | None = None, **headers: str
) -> httpx.Response:
    base = door.redirect_uri.removesuffix(login_door.PATH)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if host is not None:
        sent["Host"] = host
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.get(base + path, headers=sent)


async def test_the_answer_of_the_browser_is_taken_once() -> None:
    door = await open_door(STATE)
    first = await get(door, f"/login?code=C1&state={STATE}")
    again = await get(door, f"/login?code=C2&state={STATE}")
    assert (first.status_code, again.status_code) == (200, 410)
    assert await door.code() == Secret("C1")
    with pytest.raises(httpx.ConnectError):
        await get(door, f"/login?code=C3&state={STATE}")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/login?code=C", 400),
        ("/login?code=C&state=", 400),
        ("/login?code=C&state=another", 400),
        (f"/login?code=C&state={STATE}&state=another", 400),
        (f"/login?state={STATE}", 400),
        (f"/login/?code=C&state={STATE}", 404),
        (f"/other?code=C&state={STATE}", 404),
        ("/favicon.ico", 404),
    ],
)
async def test_other_requests_are_turned_away_and_change_nothing(
    path: str, status: int
) -> None:
    door = await open_door(STATE)
    assert (await get(door, path)).status_code == status
    assert (await get(door, f"/login?code=ours&state={STATE}")).status_code == 200
    assert await door.code() == Secret("ours")


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "127.0.0.1"])
async def test_a_request_under_another_host_is_turned_away(host: str) -> None:
    door = await open_door(STATE)
    answer = await get(door, f"/login?code=C&state={STATE}", host=host)
    assert answer.status_code == 421
    door.close()


async def test_only_get_is_answered() -> None:
    door = await open_door(STATE)
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{door.redirect_uri}?code=C&state={STATE}")
    assert answer.status_code == 405
    door.close()


async def test_what_is_no_http_is_answered_and_forgotten() -> None:
    door = await open_door(STATE)
    port = int(door.redirect_uri.split(":")[2].split("/")[0])
    reader, writer = await asyncio.open_connection(login_door.HOST, port)
    writer.write(b"\xff\xfe\r\n\r\n")
    assert b"400" in await reader.readline()
    writer.close()
    door.close()


async def test_a_refusal_on_the_platforms_page_ends_the_login() -> None:
    door = await open_door(STATE)
    await get(door, f"/login?error=access_denied&state={STATE}")
    with pytest.raises(Refused, match="not allowed"):
        await door.code()


async def test_nobody_who_comes_too_late_is_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(login_door, "OPEN_SECONDS", 0.01)
    door = await open_door(STATE)
    with pytest.raises(Refused, match="10 minutes"):
        await door.code()
    with pytest.raises(httpx.ConnectError):
        await get(door, f"/login?code=C&state={STATE}")


async def test_the_page_speaks_french_to_a_french_browser_and_shows_no_code() -> None:
    door = await open_door(STATE)
    page = await get(
        door, f"/login?code=SECRET-CODE&state={STATE}", accept_language="fr-FR,fr;q=0.9"
    )
    assert "Vous pouvez fermer cette page" in page.text
    assert "SECRET-CODE" not in page.text + str(page.headers)
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    door.close()


async def test_a_taken_port_is_said_before_the_browser_opens() -> None:
    door = await open_door(STATE)
    port = int(door.redirect_uri.split(":")[2].split("/")[0])
    with pytest.raises(NotSetUp, match="SOCIALSYNC_LOGIN_PORT"):
        await open_door(STATE, port=port)
    door.close()
