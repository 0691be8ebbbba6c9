"""What the tests of settings and secrets share: a key store that keeps nothing."""

import keyring
import keyring.backend
import pytest
from typing_extensions import override


class NoKeyStore(keyring.backend.KeyringBackend):
    """A machine without a key store."""

    priority = 0

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.NoKeyringError

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.NoKeyringError


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the key store of whoever runs them."""
    monkeypatch.setattr(keyring, "get_keyring", NoKeyStore)
