"""A platform that delivers at a steady pace, and again what was not taken.

Deliveries leave by the clock and not by the answers: a receiver that is slow or gone meets
a growing crowd, as it would with the real ones.
"""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Final

CONNECTIONS: Final = 48
ANSWER_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 2.0
CUSTOMERS: Final = 400
_CONTACT: Final = {"profile": {"name": "Nora"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One webhook: where to, what, and the message in it; None where none can be read."""

    path: str
    body: bytes
    message_id: str | None
    due_at: float


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What was taken, how long the answers took, and what went wrong on the way."""

    taken: dict[bytes, str | None] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    lost_lines: int = 0
    retries: int = 0


def parcels(number: str, page: str) -> Iterator[Parcel]:
    """Return messages of two dialects, and now and then what cannot be read or routed."""
    for n in count():
        customer = str(33600000000 + n % CUSTOMERS)
        if n % 100 == 13:
            yield _parcel("whatsapp", _whatsapp("another number", customer, n), None)
        elif n % 100 == 57:
            yield _parcel("whatsapp", b'{"object": ' + str(n).encode(), None)
        elif n % 3 == 0:
            yield _parcel("instagram", _instagram(page, customer, n), f"mid.{n}")
        else:
            yield _parcel("whatsapp", _whatsapp(number, customer, n), f"wamid.{n}")


def _parcel(path: str, body: bytes, message_id: str | None) -> Parcel:
    return Parcel(path=path, body=body, message_id=message_id, due_at=0.0)


def _whatsapp(number: str, customer: str, n: int) -> bytes:
    message = {
        "from": customer,
        "id": f"wamid.{n}",
        "timestamp": str(1_795_000_000 + n // 300),
        "type": "text",
        "text": {"body": f"Question {n}: until when are you open today? " + "x" * 500},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "336", "phone_number_id": number},
        "contacts": [{**_CONTACT, "wa_id": customer}],
        "messages": [message],
    }
    entry = {"id": "1022901", "changes": [{"field": "messages", "value": value}]}
    return _json({"object": "whatsapp_business_account", "entry": [entry]})


def _instagram(page: str, customer: str, n: int) -> bytes:
    event = {
        "sender": {"id": customer},
        "recipient": {"id": page},
        "timestamp": (1_795_000_000 + n // 300) * 1000,
        "message": {"mid": f"mid.{n}", "text": f"Question {n} " + "x" * 500},
    }
    return _json(
        {"object": "instagram", "entry": [{"id": page, "time": 1, "messaging": [event]}]}
    )


def _json(payload: object) -> bytes:
    return json.dumps(payload, separators=(",", ":")).encode()


class Load:
    """Delivers `rate` parcels a second for a while, then what is still owed."""

    def __init__(self, port: int, secret: bytes, source: Iterator[Parcel]) -> None:
        self._port = port
        self._secret = secret
        self._source = source
        self._owed: deque[Parcel] = deque()
        self._later: list[tuple[float, Parcel]] = []
        self._bell = asyncio.Event()
        self._over = False
        self.ledger = Ledger()

    async def run(self, *, rate: float, seconds: float) -> Ledger:
        """Deliver everything; returns when the last parcel has been taken."""
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._courier())
            await self._hand_out(rate, seconds)
        return self.ledger

    async def _hand_out(self, rate: float, seconds: float) -> None:
        started, handed = perf_counter(), 0
        while (now := perf_counter() - started) < seconds:
            while handed < now * rate:
                parcel = next(self._source)
                self._owed.append(
                    Parcel(
                        path=parcel.path,
                        body=parcel.body,
                        message_id=parcel.message_id,
                        due_at=perf_counter(),
                    )
                )
                handed += 1
            self._bring_back()
            self._bell.set()
            await asyncio.sleep(0.005)
        while self._later or self._owed:
            self._bring_back()
            self._bell.set()
            await asyncio.sleep(0.05)
        self._over = True
        self._bell.set()

    def _bring_back(self) -> None:
        now = perf_counter()
        due = [parcel for at, parcel in self._later if at <= now]
        if due:
            self._later = [one for one in self._later if one[0] > now]
            self._owed.extend(due)

    async def _courier(self) -> None:
        """Carry parcels over one connection, and over a new one when it breaks."""
        line = None
        while True:
            while not self._owed:
                if self._over:
                    if line is not None:
                        line[1].close()
                    return
                self._bell.clear()
                await self._bell.wait()
            parcel = self._owed.popleft()
            try:
                if line is None:
                    line = await asyncio.open_connection("127.0.0.1", self._port)
                async with asyncio.timeout(ANSWER_SECONDS):
                    status = await self._deliver(line, parcel)
            except (OSError, EOFError, asyncio.IncompleteReadError):
                self.ledger.lost_lines += 1
                if line is not None:
                    line[1].close()
                line, status = None, 0
            self._settle(parcel, status)

    async def _deliver(
        self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], parcel: Parcel
    ) -> int:
        reader, writer = line
        signed = hmac.new(self._secret, parcel.body, hashlib.sha256).hexdigest().encode()
        writer.write(
            b"POST /webhooks/%b HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
            b"X-Hub-Signature-256: sha256=%b\r\nContent-Length: %d\r\n\r\n%b"
            % (parcel.path.encode(), signed, len(parcel.body), parcel.body)
        )
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(_header(head, b"content-length"))
        await reader.readexactly(length)
        return int(head.split(b" ", 2)[1])

    def _settle(self, parcel: Parcel, status: int) -> None:
        self.ledger.statuses[status] = self.ledger.statuses.get(status, 0) + 1
        if status == 200:
            self.ledger.taken[hashlib.sha256(parcel.body).digest()] = parcel.message_id
            self.ledger.seconds.append(perf_counter() - parcel.due_at)
        else:
            self.ledger.retries += 1
            again = Parcel(
                path=parcel.path,
                body=parcel.body,
                message_id=parcel.message_id,
                due_at=perf_counter() + RETRY_SECONDS,
            )
            self._later.append((again.due_at, again))


def _header(head: bytes, name: bytes) -> bytes:
    for row in head.split(b"\r\n"):
        key, _, value = row.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b"0"
