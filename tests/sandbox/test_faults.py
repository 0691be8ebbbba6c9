"""Bad days: what the caller sees, and what the record of sends says."""

import httpx
import pytest

from core.sandbox.faults import BadRule, Endpoint, Fault, FaultRule, Faults, parse_rule
from core.sandbox.sandbox import Sandbox
from tests.sandbox.stage import NUMBER, PAGE, Listener, Watch, text_to

SEND = f"/{NUMBER.account_id}/messages"


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (Fault.RATE_LIMITED, 429, 130429),
        (Fault.TOKEN_EXPIRED, 401, 190),
        (Fault.WINDOW_CLOSED, 400, 131047),
        (Fault.PAIR_LIMITED, 400, 131056),
        (Fault.SERVER_ERROR, 500, 1),
    ],
)
async def test_refusing_fault_accepts_nothing(
    graph: httpx.AsyncClient, sandbox: Sandbox, kind: Fault, status: int, code: int
) -> None:
    sandbox.faults.add(FaultRule(kind=kind, seconds=7))
    answer = await graph.post(SEND, json=text_to("33639980101"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.headers.get("Retry-After") == (
        "7" if kind is Fault.RATE_LIMITED else None
    )
    assert sandbox.sends() == ()


async def test_window_closes_on_instagram_in_its_own_words(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.WINDOW_CLOSED))
    answer = await graph.post(
        f"/{PAGE.account_id}/messages",
        json={"recipient": {"id": "9"}, "message": {"text": "a"}},
    )
    assert answer.json()["error"]["error_subcode"] == 2534022


async def test_error_after_accept_hides_a_recorded_send(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.ERROR_AFTER_ACCEPT))
    answer = await graph.post(SEND, json=text_to("33639980101", opaque="item-3"))
    await sandbox.settle()
    assert answer.status_code == 500
    assert [send.opaque_id for send in sandbox.sends()] == ["item-3"]
    assert len(listener.bodies) == 3, "the statuses still tell"


async def test_accept_then_cut_closes_the_socket_without_a_byte(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.CUT_AFTER_ACCEPT, nth=2))
    assert (await graph.post(SEND, json=text_to("33639980101", opaque="a"))).is_success
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await graph.post(SEND, json=text_to("33639980101", opaque="b"))
    assert (await graph.post(SEND, json=text_to("33639980101", opaque="c"))).is_success
    assert [send.opaque_id for send in sandbox.sends()] == ["a", "b", "c"]


async def test_broken_json_comes_with_200(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.BROKEN_JSON))
    answer = await graph.post(SEND, json=text_to("33639980101"))
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Unterminated"):
        answer.json()
    assert len(sandbox.sends()) == 1


async def test_slow_call_is_accepted_before_the_wait(
    graph: httpx.AsyncClient, sandbox: Sandbox, watch: Watch
) -> None:
    sandbox.faults.add(FaultRule(kind=Fault.SLOW, seconds=25))
    assert (await graph.post(SEND, json=text_to("33639980101"))).is_success
    assert 25 in watch.slept
    assert len(sandbox.sends()) == 1


async def test_rule_names_one_recipient_and_wears_out(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    rule = FaultRule(kind=Fault.PAIR_LIMITED, recipient="33639980102", times=1)
    sandbox.faults.add(rule)
    answers = [
        (await graph.post(SEND, json=text_to(to))).status_code
        for to in ("33639980101", "33639980102", "33639980102")
    ]
    assert answers == [200, 400, 200]


async def test_read_mark_does_not_use_up_a_rule_for_messages(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    rule = FaultRule(kind=Fault.SERVER_ERROR, endpoint=Endpoint.WHATSAPP_MESSAGES, nth=1)
    sandbox.faults.add(rule)
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}
    assert (await graph.post(SEND, json=mark)).is_success
    assert (await graph.post(SEND, json=text_to("33639980101"))).status_code == 500


def test_chance_repeats_with_its_seed_and_keeps_its_rate() -> None:
    def fired(seed: int) -> list[bool]:
        faults = Faults()
        faults.add(FaultRule(kind=Fault.SLOW, probability=0.3, seed=seed))
        return [
            faults.next(Endpoint.WHATSAPP_MESSAGES, "33639980101") is not None
            for _ in range(1000)
        ]

    assert fired(1) == fired(1)
    assert fired(1) != fired(2)
    assert 250 < sum(fired(1)) < 350


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "slow", "nth": "second"},
        {"kind": "slow", "endpoint": "fax"},
        {"kind": "slow", "when": "now"},
    ],
)
def test_senseless_rule_is_named_as_such(wish: dict[str, object]) -> None:
    with pytest.raises(BadRule):
        parse_rule(wish)


async def test_rules_and_records_are_reached_over_http(
    graph: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    faults = f"{sandbox.url}/_sandbox/faults"
    wish = {"kind": "500-after-accept", "endpoint": "whatsapp.messages", "nth": 1}
    assert (await graph.post(faults, json=wish)).status_code == 201
    assert (await graph.post(faults, json={"kind": "earthquake"})).status_code == 400
    assert (
        await graph.post(SEND, json=text_to("33639980101", opaque="x"))
    ).status_code == 500
    assert (await graph.delete(faults)).is_success

    (send,) = (await graph.get(f"{sandbox.url}/_sandbox/sends")).json()
    assert (send["order"], send["opaque_id"], send["recipient"]) == (1, "x", "33639980101")
    assert send["accepted_at"] == "2026-11-03T09:30:00+00:00"

    assert (await graph.post(f"{sandbox.url}/_sandbox/reset")).is_success
    assert (await graph.get(f"{sandbox.url}/_sandbox/sends")).json() == []


async def test_customer_writes_over_http(
    graph: httpx.AsyncClient, sandbox: Sandbox, listener: Listener
) -> None:
    order = {
        "platform": "whatsapp",
        "from": "33639980101",
        "name": "Léa",
        "text": "Bonjour",
    }
    answer = await graph.post(f"{sandbox.url}/_sandbox/write", json=order)
    assert answer.json()["statuses"] == [200]
    assert len(listener.bodies) == 1
    wrong = await graph.post(
        f"{sandbox.url}/_sandbox/write", json={**order, "platform": "fax"}
    )
    assert wrong.status_code == 400
    deliveries = (await graph.get(f"{sandbox.url}/_sandbox/deliveries")).json()
    assert deliveries == [{"platform": "whatsapp", "statuses": [200]}]
