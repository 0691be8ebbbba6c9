"""`/metrics` in Prometheus' text format: counts with labels from fixed sets, no names."""

from collections import Counter

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core.domain.channel import PlatformName
from core.domain.errors import DatabaseDown
from core.kit import Kit
from core.queries import health
from core.web import patience

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Counters:
    """What this process has counted since it started."""

    def __init__(self) -> None:
        self._webhooks: Counter[tuple[str, int]] = Counter()

    def count(self, platform: PlatformName, status: int) -> None:
        """Count one answered delivery."""
        self._webhooks[platform.value, status] += 1

    def lines(self) -> list[str]:
        """Return the counters as exposition lines."""
        lines = [
            "# HELP socialsync_webhooks_total Deliveries by platform and answer.",
            "# TYPE socialsync_webhooks_total counter",
        ]
        lines += [
            f'socialsync_webhooks_total{{platform="{platform}",status="{status}"}} {count}'
            for (platform, status), count in sorted(self._webhooks.items())
        ]
        return lines


_GAUGES = {
    "inbound_pending": "Bodies kept and not processed yet.",
    "inbound_parked": "Bodies put aside for a person.",
    "inbound_oldest_seconds": "Age of the oldest body that is not processed.",
    "assistant_due": "Conversations the assistant should look at now.",
    "outbox_queued": "Messages waiting to be sent.",
    "outbox_oldest_seconds": "Age of the oldest message waiting to be sent.",
    "outbox_unknown": "Sends whose outcome nobody knows yet.",
    "outbox_needs_human": "Sends a person has to settle.",
    "channels_paused": "Channels that cannot send.",
}


_DATABASE_UP = "Whether the database answers; without it the other gauges are missing."


def _gauge(name: str, meaning: str, value: float) -> list[str]:
    return [
        f"# HELP socialsync_{name} {meaning}",
        f"# TYPE socialsync_{name} gauge",
        f"socialsync_{name} {value}",
    ]


class Metrics:
    """The page of all figures."""

    def __init__(self, kit: Kit, counters: Counters) -> None:
        self._kit = kit
        self._counters = counters

    async def page(self, _request: Request) -> Response:
        """Return the figures of this process and, if the database answers, of the lists."""
        lines = self._counters.lines()
        try:
            async with patience.in_time():
                figures = await health.figures(self._kit)
        except DatabaseDown:
            lines += _gauge("database_up", _DATABASE_UP, 0)
        else:
            lines += _gauge("database_up", _DATABASE_UP, 1)
            for name, meaning in _GAUGES.items():
                lines += _gauge(name, meaning, getattr(figures, name))
        return PlainTextResponse("\n".join(lines) + "\n", media_type=CONTENT_TYPE)
