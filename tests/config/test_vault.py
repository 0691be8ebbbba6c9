import base64
import stat
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backend
import pytest
from typing_extensions import override

from core.config.secret import Secret
from core.config.vault import Protection, open_vault
from core.domain.errors import NotSetUp

PHRASE = Secret("a phrase only the owner knows")


class MemoryKeyStore(keyring.backend.KeyringBackend):
    """A key store of one process; what keyring finds is a class of some module."""

    priority = 1
    kept: dict[tuple[str, str], str]

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def key_store_of(module: str, monkeypatch: pytest.MonkeyPatch) -> MemoryKeyStore:
    """Pretend that the machine's key store is a class of that module."""
    store = type("Store", (MemoryKeyStore,), {"__module__": module, "kept": {}})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: store)
    assert isinstance(store, MemoryKeyStore)
    return store


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_secret_comes_back_as_it_was_put(tmp_path: Path) -> None:
    open_vault(tmp_path, None).put("token", Secret("schöne Grüße"))
    assert open_vault(tmp_path, None).get("token") == Secret("schöne Grüße")


def test_what_was_never_put_is_not_there(tmp_path: Path) -> None:
    assert open_vault(tmp_path, None).get("token") is None


def test_a_secret_put_again_replaces_the_older_one(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    vault.put("token", Secret("old"))
    vault.put("token", Secret("new"))
    assert vault.get("token") == Secret("new")


def test_a_deleted_secret_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    vault.put("token", Secret("old"))
    vault.delete("token")
    vault.delete("token")
    assert vault.get("token") is None


def test_no_file_shows_a_secret_or_its_name(tmp_path: Path) -> None:
    open_vault(tmp_path, PHRASE).put("channel/shop", Secret("EAAtoken"))
    for file in files(tmp_path):
        assert b"EAAtoken" not in file.read_bytes()
        assert "shop" not in file.name


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_everything_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "secrets", None)
    vault.get_or_create("token")
    open_vault(tmp_path / "secrets", PHRASE)
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in files(tmp_path)} == {0o600}


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    vault.get_or_create("token")
    vault.put("token", Secret("new"))
    assert {file.suffix for file in files(tmp_path)} == {"", ".sealed"}


def test_another_phrase_does_not_open_a_secret(tmp_path: Path) -> None:
    open_vault(tmp_path, PHRASE).put("token", Secret("value"))
    with pytest.raises(NotSetUp, match="“token”") as refused:
        open_vault(tmp_path, Secret("a guess")).get("token")
    assert "SOCIALSYNC_KEY" in refused.value.next_step


def test_a_sealed_file_moved_under_another_name_does_not_open(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    vault.put("mine", Secret("value"))
    (sealed,) = tmp_path.glob("*.sealed")
    vault.put("yours", Secret("other"))
    (other,) = set(tmp_path.glob("*.sealed")) - {sealed}
    other.write_bytes(sealed.read_bytes())
    with pytest.raises(NotSetUp, match="“yours”"):
        vault.get("yours")


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 64])
def test_a_damaged_file_is_told_apart_from_a_missing_one(
    tmp_path: Path, content: bytes
) -> None:
    vault = open_vault(tmp_path, None)
    vault.put("token", Secret("value"))
    (sealed,) = tmp_path.glob("*.sealed")
    sealed.write_bytes(content)
    with pytest.raises(NotSetUp, match="“token”"):
        vault.get("token")


def test_a_damaged_key_file_says_what_to_do(tmp_path: Path) -> None:
    open_vault(tmp_path, None)
    (tmp_path / "key").write_bytes(b"not a key")
    with pytest.raises(NotSetUp) as refused:
        open_vault(tmp_path, None)
    assert refused.value.next_step


def test_a_created_secret_stays_the_same(tmp_path: Path) -> None:
    first = open_vault(tmp_path, None).get_or_create("token")
    assert len(first.reveal()) >= 40
    assert open_vault(tmp_path, None).get_or_create("token") == first


_MAKE = """
import sys
from pathlib import Path
from core.config.vault import Protection, Vault
sys.stdin.read(1)
vault = Vault(Path(sys.argv[1]), bytes(32), Protection.FILE_PERMISSIONS)
print([vault.get_or_create(f"token {n}").reveal() for n in range(40)])
"""


def test_two_processes_that_make_a_secret_at_once_get_the_same_one(tmp_path: Path) -> None:
    racers = [
        subprocess.Popen(  # noqa: S603 - our own lines
            [sys.executable, "-c", _MAKE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("!")
        racer.stdin.flush()
    made = {racer.communicate()[0] for racer in racers}
    assert [racer.returncode for racer in racers] == [0, 0]
    assert len(made) == 1


def test_a_key_is_256_random_bits_kept_under_its_name(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    assert len(vault.key("tenant/1")) == 32
    assert vault.key("tenant/1") == vault.key("tenant/1")
    assert vault.key("tenant/1") != vault.key("tenant/2")


def test_a_phrase_is_what_protects_a_vault_that_has_one(tmp_path: Path) -> None:
    assert open_vault(tmp_path, PHRASE).protection is Protection.PASSPHRASE
    assert not (tmp_path / "key").exists()


def test_without_a_key_store_a_file_of_this_user_holds_the_key(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, None)
    assert vault.protection is Protection.FILE_PERMISSIONS
    assert vault.protection.value == "file permissions only"
    assert len(base64.b64decode((tmp_path / "key").read_bytes())) == 32


def test_a_trusted_key_store_keeps_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = key_store_of("keyring.backends.SecretService", monkeypatch)
    vault = open_vault(tmp_path, None)
    vault.put("token", Secret("value"))
    assert vault.protection is Protection.KEY_STORE
    assert not (tmp_path / "key").exists()
    assert open_vault(tmp_path, None).get("token") == Secret("value")
    assert len(store.kept) == 1


def test_a_key_store_that_writes_plain_text_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = key_store_of("keyrings.alt.file", monkeypatch)
    assert open_vault(tmp_path, None).protection is Protection.FILE_PERMISSIONS
    assert store.kept == {}


def test_a_key_store_that_forgets_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = key_store_of("keyring.backends.kwallet", monkeypatch)
    monkeypatch.setattr(type(store), "set_password", lambda *_: None)
    assert open_vault(tmp_path, None).protection is Protection.FILE_PERMISSIONS


def test_a_vault_that_began_with_a_key_file_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_vault(tmp_path, None).put("token", Secret("value"))
    key_store_of("keyring.backends.macOS", monkeypatch)
    assert open_vault(tmp_path, None).get("token") == Secret("value")
