"""The import contracts of pyproject.toml catch what they forbid.

`make test` runs them over the real tree. Here they run over an empty one of the same
shape, into which one breach of each contract is planted.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT

CONFIG = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(CONFIG.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
NAMES = {contract["name"] for contract in CONTRACTS}

PLANTED = {
    "core: one direction": ("core/domain/planted.py", "import core.store"),
    "desktop: one direction": ("desktop/style/planted.py", "import desktop.window"),
    "core never sees Qt": ("core/queue/planted.py", "from PySide6 import QtCore"),
    "panes ask, nothing more": ("desktop/panes/planted.py", "import core.store"),
    "the assistant proposes": ("core/assistant/planted.py", "import core.store"),
    "rules name no library": ("core/actions/planted.py", "import httpx"),
    "platforms are strangers": (
        "core/platforms/whatsapp/planted.py",
        "import core.platforms.instagram",
    ),
    "panes are strangers": (
        "desktop/panes/inbox/planted.py",
        "import desktop.panes.escalations",
    ),
}


def _modules() -> Iterator[str]:
    """Name every module of ours that the contracts speak of."""
    for contract in CONTRACTS:
        for container in contract.get("containers", []):
            for layer in contract["layers"]:
                yield from (f"{container}.{name.strip()}" for name in layer.split("|"))
        for key in ("modules", "source_modules", "forbidden_modules"):
            yield from (
                m for m in contract.get(key, []) if m.startswith(("core", "desktop"))
            )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Build the tree that the contracts describe, with nothing in it."""
    for module in [*_modules(), "desktop.panes.inbox", "desktop.panes.escalations"]:
        folder = tmp_path
        for part in module.removesuffix(".*").split("."):
            folder /= part
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
    return tmp_path


def _broken(house: Path) -> set[str]:
    """Run the contracts over a tree and return the names of those that it breaks."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(  # noqa: S603 - the linter of our own environment
        [linter, "--config", CONFIG, "--no-cache"],
        cwd=house,
        env={"PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    verdicts = dict(
        line.strip().rsplit(" ", 1)
        for line in run.stdout.splitlines()
        if line.strip().endswith((" KEPT", " BROKEN"))
    )
    assert set(verdicts) == NAMES, run.stdout + run.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def test_an_empty_house_keeps_every_contract(house: Path) -> None:
    assert _broken(house) == set()


def test_every_contract_catches_its_planted_breach(house: Path) -> None:
    for path, line in PLANTED.values():
        (house / path).write_text(f"{line}\n", "utf-8")

    assert set(PLANTED) == NAMES
    assert _broken(house) == NAMES


def test_a_stray_module_breaks_the_order(house: Path) -> None:
    (house / "core" / "odds_and_ends.py").touch()

    assert _broken(house) == {"core: one direction"}
