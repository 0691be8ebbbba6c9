"""The WhatsApp platform against the sandbox, over real HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from core.clock import SystemClock
from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.domain.errors import ChannelSignedOut, NotFound
from core.domain.outbox import AnswerClass
from core.domain.rich import (
    Choice,
    ChoiceMessage,
    ReactionMessage,
    RichContent,
    TemplateMessage,
    TemplateValues,
)
from core.net.client import open_http
from core.platforms.base import ChannelSession
from core.platforms.connecting import AppCredentials, Flavour, Grant
from core.platforms.whatsapp import WhatsApp
from core.sandbox import whatsapp_acts as acts
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.sandbox import Sandbox
from core.sandbox.state import Person
from core.sandbox.whatsapp_business import PIN
from tests.platforms.graph_double import an_item
from tests.sandbox.stage import NUMBER, TOKEN, Listener

WHATSAPP = WhatsApp()
CUSTOMER = "33644001122"
NO_FLAVOUR = Flavour(
    key="", title="", authorize_url="", token_url="", scopes=(), required=()
)
READY = {
    "name": "order_ready",
    "language": "fr",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Bonjour {{1}}, c'est prêt."}],
}


@pytest.fixture
async def session(sandbox: Sandbox) -> AsyncIterator[ChannelSession]:
    async with open_http(clock=SystemClock(), loopback=[sandbox.url]) as http:
        yield ChannelSession(
            account_id=NUMBER.account_id,
            base_url=f"{sandbox.url}/v26.0",
            token=Secret(TOKEN),
            http=http,
        )


async def create(graph: httpx.AsyncClient, **more: Any) -> str:
    path = f"/{NUMBER.waba_id}/message_templates"
    answer = await graph.post(path, json={**READY, **more})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def send(session: ChannelSession, content: RichContent | None = None) -> Any:
    item = an_item("Bonjour", recipient=CUSTOMER, content=content)
    return await WHATSAPP.send(session, item, None)


async def test_a_template_is_created_reviewed_listed_and_sent(
    sandbox: Sandbox, session: ChannelSession, graph: httpx.AsyncClient
) -> None:
    created = await create(graph)
    [waiting] = await WHATSAPP.templates(session)
    assert (waiting.status, waiting.ready) == ("PENDING", False)
    early = await send(session, waiting.filled(TemplateValues(body=("Amal",))))
    assert (early.result, early.code) == (AnswerClass.REFUSED, "132001")

    await acts.review_template(sandbox.world, created, "APPROVED")
    [template] = await WHATSAPP.templates(session)
    sent = await send(session, template.filled(TemplateValues(body=("Amal",))))
    assert sent.result is AnswerClass.ACCEPTED
    [send_] = sandbox.sends()
    assert send_.type == "template"


@pytest.mark.parametrize(
    ("status", "code"), [("PAUSED", "132015"), ("DISABLED", "132016"), (None, "132000")]
)
async def test_a_template_that_cannot_be_sent_says_why(
    sandbox: Sandbox,
    session: ChannelSession,
    graph: httpx.AsyncClient,
    status: str | None,
    code: str,
) -> None:
    created = await create(graph)
    await acts.review_template(sandbox.world, created, status or "APPROVED")
    values = ("Amal",) if status else ("Amal", "too many")
    content = TemplateMessage(name="order_ready", language="fr", body=values)
    got = await send(session, content)
    assert (got.result, got.code) == (AnswerClass.REFUSED, code)


async def test_many_templates_come_in_pages(
    session: ChannelSession, graph: httpx.AsyncClient
) -> None:
    for number in range(60):
        await create(graph, name=f"t{number}")
    names = [template.name for template in await WHATSAPP.templates(session)]
    assert names == [f"t{number}" for number in range(60)]


async def test_outside_the_window_a_template_goes_and_words_do_not(
    sandbox: Sandbox, session: ChannelSession
) -> None:
    sandbox.state.whatsapp.closed.add(CUSTOMER)
    words = await send(session)
    template = await send(session, TemplateMessage(name="any", language="fr"))
    assert (words.result, template.result) == (AnswerClass.WINDOW, AnswerClass.ACCEPTED)


async def test_choices_and_reactions_are_taken(
    sandbox: Sandbox, session: ChannelSession
) -> None:
    choice = ChoiceMessage(text="?", choices=(Choice(id="y", title="Yes"),))
    reaction = ReactionMessage(target_platform_id="wamid.1", emoji="👍")
    assert (await send(session, choice)).result is AnswerClass.ACCEPTED
    assert (await send(session, reaction)).result is AnswerClass.ACCEPTED
    assert [one.type for one in sandbox.sends()] == ["interactive", "reaction"]


async def test_a_number_that_is_not_registered_needs_a_person_and_its_pin(
    session: ChannelSession, graph: httpx.AsyncClient
) -> None:
    number = NUMBER.account_id
    await graph.post(f"/{number}/deregister", json={})
    got = await send(session)
    report = await WHATSAPP.connecting.inspect(session)
    assert (got.result, got.code) == (AnswerClass.PERSON, "133010")
    assert any("PIN" in obstacle for obstacle in report.obstacles)

    wanted = {"messaging_product": "whatsapp", "pin": "000000"}
    wrong = await graph.post(f"/{number}/register", json=wanted)
    assert wrong.json()["error"]["code"] == 133005
    right = await graph.post(f"/{number}/register", json={**wanted, "pin": PIN})
    assert right.json() == {"success": True}
    assert (await send(session)).result is AnswerClass.ACCEPTED
    assert (await WHATSAPP.connecting.inspect(session)).obstacles == ()


async def test_three_wrong_pins_lock_a_number(graph: httpx.AsyncClient) -> None:
    wanted = {"messaging_product": "whatsapp", "pin": "000000"}
    path = f"/{NUMBER.account_id}/register"
    codes = [
        (await graph.post(path, json=wanted)).json()["error"]["code"] for _ in range(4)
    ]
    assert codes == [133005, 133005, 133005, 133008]


@pytest.mark.parametrize("fault", [Fault.SPAM_LIMITED, Fault.UNPAID])
async def test_a_stopped_account_needs_a_person(
    sandbox: Sandbox, session: ChannelSession, fault: Fault
) -> None:
    sandbox.faults.add(FaultRule(kind=fault, endpoint=Endpoint.WHATSAPP_MESSAGES))
    got = await send(session)
    assert (got.result, got.code) == (AnswerClass.PERSON, fault.value)


async def test_a_pasted_token_is_inspected(session: ChannelSession) -> None:
    report = await WHATSAPP.connecting.inspect(session)
    assert (report.account_name, report.missing, report.expires_at) == (
        NUMBER.name,
        (),
        None,
    )


async def test_a_token_without_a_permission_is_told_apart(
    sandbox: Sandbox, session: ChannelSession
) -> None:
    scopes = ("whatsapp_business_messaging",)
    tokens = sandbox.state.logins.issue(scopes, sandbox.world.now())
    weak = ChannelSession(
        account_id=session.account_id,
        base_url=session.base_url,
        token=Secret(tokens.access_token),
        http=session.http,
    )
    report = await WHATSAPP.connecting.inspect(weak)
    assert report.missing == ("whatsapp_business_management",)


async def test_a_dead_token_asks_to_connect_again(session: ChannelSession) -> None:
    dead = ChannelSession(
        account_id=session.account_id,
        base_url=session.base_url,
        token=Secret("gone"),
        http=session.http,
    )
    with pytest.raises(ChannelSignedOut):
        await WHATSAPP.connecting.inspect(dead)


async def test_webhooks_are_switched_on_and_looked_at(
    session: ChannelSession,
) -> None:
    connecting = WHATSAPP.connecting
    before = await connecting.subscription(session)
    await connecting.subscribe(session, "https://companion.example/webhooks/whatsapp")
    after = await connecting.subscription(session)
    for _ in range(2):
        await connecting.unsubscribe(session)
    again = await connecting.subscription(session)
    assert [one.complete for one in (before, after, again)] == [False, True, False]


async def test_a_token_names_its_numbers(session: ChannelSession) -> None:
    grant = Grant(access_token=Secret(TOKEN))
    [account] = await WHATSAPP.connecting.accounts(
        session.http, session.base_url, NO_FLAVOUR, grant
    )
    assert (account.account_id, account.name) == (NUMBER.account_id, NUMBER.name)
    assert account.metadata["waba_id"] == NUMBER.waba_id
    app = AppCredentials(client_id="")
    fresh = await WHATSAPP.connecting.refresh(session.http, NO_FLAVOUR, grant, app)
    assert fresh is None
    assert WHATSAPP.connecting.flavours == ()


async def test_a_number_of_no_business_account_is_not_found(
    session: ChannelSession,
) -> None:
    stranger = ChannelSession(
        account_id="999",
        base_url=session.base_url,
        token=session.token,
        http=session.http,
    )
    with pytest.raises(NotFound, match="business account"):
        await WHATSAPP.templates(stranger)


async def test_what_customers_do_is_read_as_what_it_is(
    sandbox: Sandbox, listener: Listener
) -> None:

    nora = Person(platform=PlatformName.WHATSAPP, id=CUSTOMER, name="Nora", username="")
    world = sandbox.world
    written = await sandbox.write(nora, "Bonjour")
    await acts.press(world, nora, "y", "Oui", "wamid.out")
    await acts.react(world, nora, written.id, "👍")
    await acts.edit(world, nora, written.id, "Bonsoir")
    await acts.revoke(world, nora, written.id)
    await acts.share_location(world, nora, 45.5, -73.6, "Shop")
    await acts.order(world, nora, [{"product_retailer_id": "k", "quantity": 2}])
    await acts.call(world, nora, seconds=33)
    await acts.write_in_app(world, nora, "On arrive")
    await acts.change_number(world, nora, "33655")
    await acts.tell(world, "account_update", {"event": "PARTNER_REMOVED"})
    kinds = [
        type(fact).__name__.removeprefix("Incoming")
        for payload in listener.payloads()
        for fact in WHATSAPP.read(payload)
    ]
    assert kinds == [
        *("Message", "Message", "Reaction", "Edit", "Deletion", "Message", "Message"),
        *("Message", "Message", "Echo", "Renaming", "Notice"),
    ]
