"""What the embedded server asks of its machine: programs, memory, and where data may lie."""

import sys
from pathlib import Path

import pytest

from core import paths
from core.domain.errors import NotSetUp
from core.store import embedded_settings
from core.store.embedded import KEEPER_OPTION, keeper_command
from core.store.embedded_ground import require_solid_ground
from core.store.embedded_place import place_for
from core.store.postgres_binaries import find_binaries, share_below

GIBIBYTE = 1024**3


def test_bundled_programs_are_found_with_their_version() -> None:
    found = find_binaries()
    assert found.major >= 15
    assert (found.bin_dir / "initdb").exists()


def test_named_folder_may_be_the_programs_or_the_one_above() -> None:
    bundled = find_binaries()
    assert find_binaries(bundled.bin_dir) == bundled
    assert find_binaries(bundled.bin_dir.parent) == bundled


def test_folder_without_postgres_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match="lacks the program postgres"):
        find_binaries(tmp_path)


def test_missing_extension_is_named(tmp_path: Path) -> None:
    bundled = find_binaries().bin_dir
    (tmp_path / "bin").symlink_to(bundled)
    extensions = tmp_path / "share" / "extension"
    extensions.mkdir(parents=True)
    (extensions / "pg_trgm.control").touch()
    assert share_below(tmp_path) == tmp_path / "share"
    with pytest.raises(NotSetUp, match="lacks the extension vector, unaccent"):
        find_binaries(tmp_path)


@pytest.mark.parametrize(
    "part", ["OneDrive - Brûlerie", "Dropbox", "Mobile Documents", "iCloudDrive"]
)
def test_folder_that_is_copied_to_the_cloud_is_refused(tmp_path: Path, part: str) -> None:
    with pytest.raises(NotSetUp, match=part):
        require_solid_ground(tmp_path / part / "postgres" / "data")


def test_own_disk_is_accepted(tmp_path: Path) -> None:
    data_dir = tmp_path / "not" / "yet" / "there"
    require_solid_ground(data_dir)
    assert not data_dir.parent.exists()


@pytest.mark.parametrize(
    ("memory", "buffers"), [(1, "128MB"), (4, "256MB"), (8, "512MB"), (512, "1024MB")]
)
def test_buffers_follow_the_machine_within_limits(memory: int, buffers: str) -> None:
    assert f"shared_buffers = {buffers}\n" in embedded_settings.tuning(memory * GIBIBYTE)


def test_what_customers_wrote_stays_out_of_the_server_log() -> None:
    tuning = embedded_settings.tuning(GIBIBYTE)
    assert "log_error_verbosity = terse\n" in tuning
    assert "log_min_error_statement = panic\n" in tuning


def test_bundle_starts_its_keeper_through_the_companion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, binaries = place_for(tmp_path), find_binaries()
    assert keeper_command(place, binaries)[1:3] == ["-m", "core.store.embedded_keeper"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, option, home, *_ = keeper_command(place, binaries)
    assert Path(program).stem == paths.COMPANION
    assert (option, home) == (KEEPER_OPTION, str(place.home))


def test_two_spellings_of_a_home_are_one_place(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    assert place_for(tmp_path / "again") == place_for(tmp_path / "x" / "..")
