"""Logs: one event per line, ids instead of content, secrets cut out.

A log line names what happened (`outbox.sent`) and the ids involved. Message bodies,
names and tokens never reach it; `redact` is the net below that rule, not the rule.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

_SECRET_KEYS = re.compile(r"token|secret|password|authorization|api_?key|signature", re.I)
_SECRET_VALUES = re.compile(
    r"EAA[A-Za-z0-9]{10,}"  # Meta
    r"|IGQ[A-Za-z0-9_-]{10,}"  # Instagram
    r"|sk-[A-Za-z0-9_-]{8,}"  # OpenAI, Anthropic
    r"|whsec_[A-Za-z0-9]{8,}"  # Stripe
    r"|Bearer\s+\S+"
    r"|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"  # credentials in a URL
    r"|(?<=DETAIL:  )[^\n]+",  # the row that PostgreSQL quotes in an error
)
_BODY_KEYS = frozenset({"text", "body", "payload", "message_text", "prompt", "reply"})
_HIDDEN = "***"


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Return the event with secrets and customers' words replaced by `***`."""
    for key, value in event.items():
        event[key] = _HIDDEN if _is_private(key) else _without_secrets(value)
    return event


def _is_private(key: object) -> bool:
    return key in _BODY_KEYS or bool(_SECRET_KEYS.search(str(key)))


def _without_secrets(value: Any) -> Any:
    """Return a value with what must not be seen replaced, however deep it stands."""
    if isinstance(value, str):
        return _SECRET_VALUES.sub(_HIDDEN, value)
    if isinstance(value, Mapping):
        return {
            key: _HIDDEN if _is_private(key) else _without_secrets(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [_without_secrets(inner) for inner in value]
    return value


def configure(*, style: str, stream: TextIO | None = None) -> None:
    """Send all logs of the process to `stream` (standard error), as `json` or `text`."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)


_CHATTY = (
    "httpx",
    "httpx2",
    "httpcore",
    "openai",
    "anthropic",
    "uvicorn",
    "apscheduler",
    "procrastinate",
)
"""Libraries that tell every call; their warnings are heard."""


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound


def only_warnings() -> None:
    """Keep a command's own words the only thing on the screen, unless something is wrong."""
    logging.getLogger().setLevel(logging.WARNING)
