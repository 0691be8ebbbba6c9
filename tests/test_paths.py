"""Where things lie, as told by the installation and the environment."""

import sys
from pathlib import Path

import pytest

from core import paths


def test_installed_folders_exist() -> None:
    assert (paths.resources_dir() / "icons").is_dir()
    assert paths.sql_dir().is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_data_folder_follows_the_environment() -> None:
    own = Path.home() / ".local" / "share" / "socialsync"
    assert paths.default_home("/data") == Path("/data/socialsync")
    assert paths.default_home("relative") == paths.default_home() == own


def test_checkout_starts_the_companion_as_a_module() -> None:
    assert paths.companion_command() == (sys.executable, "-m", "core")


def test_bundle_starts_the_companion_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/socialsync/socialsync")
    assert paths.companion_command() == ("/opt/socialsync/socialsync-headless",)
