"""Carry signed webhooks to the companion, and come back when it does not answer 2xx."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field

from core.domain.channel import PlatformName
from core.sandbox.accounts import Sleep
from core.sandbox.posting import Post
from core.sandbox.signing import signed, write_body

NO_ANSWER = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How one webhook fared: the status of every attempt, 0 where nobody answered."""

    platform: PlatformName
    body: bytes
    statuses: tuple[int, ...]

    @property
    def arrived(self) -> bool:
        """Return whether the companion has taken it."""
        return bool(self.statuses) and self.statuses[-1] // 100 == 2


@dataclass(slots=True, kw_only=True)
class Courier:
    """One for a sandbox. `webhook_base` may change at any time, also while retrying.

    Like Meta it knows no order: webhooks handed over one after the other may arrive
    otherwise. Who needs an order awaits each delivery.
    """

    post: Post
    sleep: Sleep
    app_secret: str
    redelivery_seconds: tuple[float, ...]
    webhook_base: str | None
    deliveries: list[Delivery] = field(default_factory=list)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def deliver(
        self, platform: PlatformName, payload: Mapping[str, object]
    ) -> Delivery:
        """Sign and post `payload` until it is taken or the attempts are used up.

        Without a `webhook_base` nobody has subscribed, and nothing is posted or kept.
        """
        return await self.carry(platform, write_body(platform, payload))

    async def carry(self, platform: PlatformName, body: bytes) -> Delivery:
        """Do the same with bytes that exist already: Meta delivers some things twice."""
        if self.webhook_base is None:
            return Delivery(platform=platform, body=body, statuses=())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            **signed(platform, self.app_secret, body),
        }
        statuses = [await self._attempt(platform, body, headers)]
        for pause in self.redelivery_seconds:
            if statuses[-1] // 100 == 2:
                break
            await self.sleep(pause)
            statuses.append(await self._attempt(platform, body, headers))
        delivery = Delivery(platform=platform, body=body, statuses=tuple(statuses))
        self.deliveries.append(delivery)
        return delivery

    async def _attempt(
        self, platform: PlatformName, body: bytes, headers: Mapping[str, str]
    ) -> int:
        try:
            return await self.post(f"{self.webhook_base}/{platform}", body, headers)
        except OSError:
            return NO_ANSWER

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Run `work` beside everything else; `settle` waits for it, `stop` ends it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settle(self) -> None:
        """Wait until everything started has been delivered or given up."""
        while self._running:
            await asyncio.gather(*self._running)

    async def stop(self) -> None:
        """Drop what is still under way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
