import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core import logs

MADE_UP = {
    "a token of Meta": "EAAGm0PX4ZCpsBAKZCZBexample",
    "a token of Instagram": "IGQWRNexample_token-1234",
    "a key of a model": "sk-ant-api03-example_key",
    "a secret of Stripe": "whsec_0123456789abcdef",
    "a bearer": "Bearer abc.def.ghi",
}
WORDS = "My card number is 4111"


def fail(words: str) -> None:
    raise ValueError(words)


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Log as JSON into memory; return what reads the lines back."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(style="json", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


def test_a_line_names_the_event_and_its_ids(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    logs.logger("core.test").info("outbox.sent", outbox_id="1", attempt=2)
    (line,) = lines()
    assert (line["event"], line["outbox_id"], line["attempt"]) == ("outbox.sent", "1", 2)
    assert (line["level"], line["logger"]) == ("info", "core.test")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("value", MADE_UP.values(), ids=list(MADE_UP))
def test_a_secret_is_cut_out_wherever_it_stands(
    lines: Callable[[], list[dict[str, Any]]], value: str
) -> None:
    logger = logs.logger("core.test")
    logger.info("call.refused", why=f"the server said {value}", outbox_id="1")
    logger.info(value)
    logger.info("call.refused", answer={"error": [f"bad {value}"]})
    logging.getLogger("httpx").warning("refused: %s", value)
    found = lines()
    assert len(found) == 4
    assert value.removeprefix("Bearer ") not in json.dumps(found)
    assert found[0]["why"] == "the server said ***"
    assert found[0]["outbox_id"] == "1"


def test_the_password_in_an_address_is_cut_out(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    logs.logger("core.test").info("opened", at="postgresql://me:hunter2@db:5432/inbox")
    assert lines()[0]["at"] == "postgresql://***@db:5432/inbox"


@pytest.mark.parametrize(
    "name",
    ["access_token", "app_secret", "password", "Authorization", "api_key", "signature"],
)
def test_a_value_with_a_secret_name_is_never_printed(
    lines: Callable[[], list[dict[str, Any]]], name: str
) -> None:
    logs.logger("core.test").info("seen", **{name: "whatever"}, headers={name: "whatever"})
    (line,) = lines()
    assert (line[name], line["headers"]) == ("***", {name: "***"})


@pytest.mark.parametrize(
    "name", ["text", "body", "payload", "message_text", "prompt", "reply"]
)
def test_what_a_customer_wrote_is_never_printed(
    lines: Callable[[], list[dict[str, Any]]], name: str
) -> None:
    logs.logger("core.test").info("seen", **{name: WORDS})
    logs.logger("core.test").info("seen", found=[{name: WORDS}])
    assert "4111" not in json.dumps(lines())


def test_a_traceback_is_printed_without_secrets(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    try:
        fail(f"cannot use {MADE_UP['a token of Meta']}")
    except ValueError:
        logs.logger("core.test").exception("loop.bug")
        logging.getLogger("elsewhere").exception("loop.bug")
    for line in lines():
        assert "ValueError: cannot use ***" in line["exception"]


def test_the_row_a_database_error_quotes_is_not_printed(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    try:
        fail(
            'violates check constraint "drafts_text_check"\n'
            f"DETAIL:  Failing row contains (1, {WORDS}, null)."
        )
    except ValueError:
        logs.logger("core.test").exception("loop.bug")
    (line,) = lines()
    assert "drafts_text_check" in line["exception"]
    assert "4111" not in line["exception"]


def test_commands_log_warnings_alone(lines: Callable[[], list[dict[str, Any]]]) -> None:
    logs.only_warnings()
    logs.logger("core.test").info("engine.open")
    assert lines() == []


def test_libraries_that_chat_are_kept_to_warnings(
    lines: Callable[[], list[dict[str, Any]]],
) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://graph.facebook.com/?token=1")
    assert lines() == []


def test_text_lines_are_redacted_as_well() -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        logs.configure(style="text", stream=stream)
        logs.logger("core.test").info("seen", text=WORDS, why=MADE_UP["a key of a model"])
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert "seen" in stream.getvalue()
    assert "4111" not in stream.getvalue()
    assert "sk-ant" not in stream.getvalue()
