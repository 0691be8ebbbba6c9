"""Where secrets rest: one sealed file each, under a key the machine keeps.

The key comes from `SOCIALSYNC_KEY`, else from the platform's own key store (asked with a
time limit, since a locked one can hang), else from a file only this user can read; the
last is as safe as the disk's permissions, and `protection` says so. Secrets are single
files so that two processes of one machine can create them at once without a lock.
"""

import base64
import contextlib
import hashlib
import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.config.secret import Secret
from core.domain.errors import NotSetUp

_NONCE = 12
_KEY = 32
_KEYRING_SERVICE = "SocialSync"
_KEYRING_LIMIT = 3.0
_TRUSTED_KEYRINGS = frozenset(
    {
        "keyring.backends.macOS",
        "keyring.backends.Windows",
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
    }
)
"""Chosen by name: with keyrings.alt installed, keyring would write plain text."""


class Protection(StrEnum):
    """What stands between a copied disk and the secrets."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word, not one
    KEY_STORE = "key store"
    FILE_PERMISSIONS = "file permissions only"


class Vault:
    """Reads and writes the secrets of one home folder.

    Raises:
        NotSetUp: a sealed file does not open with this machine's key.
    """

    def __init__(self, folder: Path, key: bytes, protection: Protection) -> None:
        self._folder = folder
        self._cipher = AESGCM(key)
        self.protection = protection

    def get(self, name: str) -> Secret | None:
        """Return a secret, or None if there is none of that name."""
        file = self._file(name)
        if not file.is_file():
            return None
        sealed = file.read_bytes()
        try:
            value = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise NotSetUp(
                f"The stored secret “{name}” does not open with this machine's key.",
                "Set SOCIALSYNC_KEY to the key it was made with, or connect again.",
            ) from error
        return Secret(value.decode())

    def put(self, name: str, secret: Secret) -> None:
        """Store a secret, replacing an older one at once."""
        with self._written(name, secret) as fresh:
            fresh.replace(self._file(name))

    def get_or_create(self, name: str) -> Secret:
        """Return a secret, making a random one first if there is none.

        Safe when several processes ask at once: all get the one that was first.
        """
        found = self.get(name)
        if found is not None:
            return found
        with (
            self._written(name, Secret(secrets.token_urlsafe(32))) as fresh,
            contextlib.suppress(FileExistsError),
        ):
            os.link(fresh, self._file(name))
        created = self.get(name)
        if created is None:  # pragma: no cover - someone deleted it in between
            raise NotSetUp(f"The secret “{name}” could not be stored.", "Try again.")
        return created

    def key(self, name: str) -> bytes:
        """Return a random 256-bit key of that name, making it on first use."""
        return base64.urlsafe_b64decode(self.get_or_create(f"key/{name}").reveal() + "=")

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode()).hexdigest()[:24]
        return self._folder / f"{digest}.sealed"

    @contextlib.contextmanager
    def _written(self, name: str, secret: Secret) -> Iterator[Path]:
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(
            nonce, secret.reveal().encode(), name.encode()
        )
        handle, path = tempfile.mkstemp(dir=self._folder, suffix=".new")
        fresh = Path(path)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(sealed)
                stream.flush()
                os.fsync(stream.fileno())
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)


def open_vault(folder: Path, passphrase: Secret | None) -> Vault:
    """Open the vault of a home folder, making it on first use.

    Raises:
        NotSetUp: the file with the key is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if passphrase:
        key = hashlib.scrypt(
            passphrase.reveal().encode(), salt=_salt(folder), n=2**14, r=8, p=1, dklen=_KEY
        )
        return Vault(folder, key, Protection.PASSPHRASE)
    key_file = folder / "key"
    if not key_file.is_file():
        stored = _key_from_keyring()
        if stored is not None:
            return Vault(folder, stored, Protection.KEY_STORE)
        _create_once(key_file, base64.b64encode(os.urandom(_KEY)))
    return Vault(folder, _key_in(key_file), Protection.FILE_PERMISSIONS)


def _key_in(file: Path) -> bytes:
    try:
        key = base64.b64decode(file.read_bytes(), validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY:
        raise NotSetUp(
            f"The key file {file} is damaged.",
            "Put it back from a backup, or remove the folder and connect again.",
        )
    return key


def _salt(folder: Path) -> bytes:
    file = folder / "salt"
    _create_once(file, os.urandom(16))
    return file.read_bytes()


def _create_once(file: Path, content: bytes) -> None:
    """Write a file that only this user can read, unless it is there already."""
    if file.is_file():
        return
    handle, path = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    with contextlib.suppress(FileExistsError):
        os.link(path, file)
    Path(path).unlink()


def _key_from_keyring() -> bytes | None:
    """Return the key of the platform's key store, made on first use; None without one.

    Asked from a thread of its own: a locked store may show a dialog nobody answers.
    """
    answer: list[bytes] = []
    asking = threading.Thread(target=_ask_keyring, args=(answer,), daemon=True)
    asking.start()
    asking.join(_KEYRING_LIMIT)
    return answer[0] if answer else None


def _ask_keyring(answer: list[bytes]) -> None:
    import keyring
    import keyring.errors

    backend = keyring.get_keyring()
    if type(backend).__module__ not in _TRUSTED_KEYRINGS:
        return
    with contextlib.suppress(keyring.errors.KeyringError):
        stored = backend.get_password(_KEYRING_SERVICE, "vault")
        if stored is None:
            stored = base64.b64encode(os.urandom(_KEY)).decode()
            backend.set_password(_KEYRING_SERVICE, "vault", stored)
            if backend.get_password(_KEYRING_SERVICE, "vault") != stored:
                return
        answer.append(base64.b64decode(stored))
