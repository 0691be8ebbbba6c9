import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.conftest import Call


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["kb", "add"],
        ["kb", "add", "/no/such/folder"],
        ["kb", "search"],
        ["kb", "search", "hours", "--queries", "also.jsonl"],
        ["kb", "search", "hours", "-k", "0"],
        ["kb", "show", "not-an-id"],
        ["faq", "import", "/no/such.csv"],
        ["rules", "set"],
        ["rules", "set", "--file", "/no/such.json"],
        ["triage"],
        ["conversations", "list", "--filter", "odd"],
        ["conversations", "show", "x"],
        ["conversations", "show", str(uuid4()), "--limit", "0"],
        ["channels", "add", "telegram", "1", "--name", "Shop"],
        ["channels", "add", "whatsapp", "1", "--name", "Shop"],
        ["serve", "--loops", "inbound,coffee"],
        ["migrate", "--colour"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_one_line_and_ends_with_2(call: Call, arguments: list[str]) -> None:
    said = call(*arguments)
    assert said.code == 2
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("Error: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["kb", "show", str(uuid4())],
        ["kb", "search", "--queries", "/no/such.jsonl"],
        ["conversations", "show", str(uuid4())],
        ["conversations", "reply", str(uuid4()), "Hello"],
        ["conversations", "note", str(uuid4()), "Hello"],
        ["conversations", "close", str(uuid4())],
        ["conversations", "escalate", str(uuid4())],
        ["conversations", "assign", str(uuid4()), "Nobody we know"],
        ["channels", "pause", str(uuid4())],
        ["webhook", "replay", str(uuid4())],
        ["bench", "nonsense"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_failure_is_one_line_and_ends_with_1(call: Call, arguments: list[str]) -> None:
    said = call(*arguments)
    assert said.code == 1
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("Error: ")


def test_bad_settings_are_one_line_and_end_with_1(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALSYNC_PORT", "http")
    said = call("status")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "SOCIALSYNC_PORT" in said.err


def test_a_database_that_is_not_there_is_one_line_and_ends_with_1(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALSYNC_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:9/x")
    said = call("status")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "hunter2" not in said.err


def test_an_unknown_benchmark_names_those_there_are(call: Call) -> None:
    said = call("bench", "nonsense")
    assert "There is no benchmark “nonsense”" in said.err


@pytest.mark.parametrize("arguments", [[], ["kb"], ["conversations"]])
def test_a_call_without_a_command_shows_the_help(call: Call, arguments: list[str]) -> None:
    said = call(*arguments)
    assert "Usage:" in said.out + said.err


_HEAVY = ("PySide6", "onnxruntime", "langgraph", "openai", "anthropic", "stripe", "desktop")
_RUN = """
import sys
sys.argv[1:] = {arguments!r}
try:
    from core.__main__ import main
    main()
finally:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["status"]])
def test_a_command_imports_no_window_and_no_model(home: Path, arguments: list[str]) -> None:
    script = _RUN.format(arguments=arguments, heavy=_HEAVY)
    ended = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", script],
        env={"SOCIALSYNC_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.splitlines()[-1] == "[]"
