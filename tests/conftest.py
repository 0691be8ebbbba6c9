"""What every test stands on: no screen, and no log line that nobody expected.

Fixtures that need a service (the database, the sandbox) live in `tests/fixtures/`, one
module per service; each module there is loaded as a plugin.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typing_extensions import override

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = [
    f"tests.fixtures.{module.stem}"
    for module in sorted((Path(__file__).parent / "fixtures").glob("[a-z]*.py"))
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "allows_log(*events): these log events above INFO are part of what is tested",
    )


class _LoudLines(logging.Handler):
    """Keeps the event names of what was logged above INFO."""

    def __init__(self) -> None:
        super().__init__(level=logging.INFO + 1)
        self.events: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        # structlog hands its event over as a dict, everybody else a format string.
        event = record.msg.get("event") if isinstance(record.msg, dict) else None
        self.events.append(str(event or record.getMessage()))


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs above INFO, unless it is marked `allows_log("the.event")`.

    A warning in the log is what a person would be woken for: a test that causes one
    either tests exactly that, and says so, or has found something.
    """
    allowed = {
        event for mark in request.node.iter_markers("allows_log") for event in mark.args
    }
    loud = _LoudLines()
    root = logging.getLogger()
    root.addHandler(loud)
    structlog.configure(
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    yield
    root.removeHandler(loud)
    unexpected = [event for event in loud.events if event not in allowed]
    if unexpected:
        pytest.fail(f"logged above INFO: {unexpected}", pytrace=False)
