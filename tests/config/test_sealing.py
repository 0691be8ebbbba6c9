import base64
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from core.config.sealing import (
    Cell,
    companion_key,
    is_for_companion,
    seal,
    seal_for,
    unseal,
)
from core.config.secret import Secret
from core.config.vault import Protection, Vault
from core.domain.errors import ChannelSignedOut

CELL = Cell(tenant=uuid4(), table="social_accounts", column="access_token", row=uuid4())
TOKEN = Secret("EAAG-token-of-a-page")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, bytes(32), Protection.FILE_PERMISSIONS)


def test_a_token_opens_in_its_own_cell(vault: Vault) -> None:
    assert unseal(vault, CELL, seal(vault, CELL, TOKEN)) == TOKEN


def test_the_sealed_form_shows_nothing_and_is_never_the_same(vault: Vault) -> None:
    first, second = seal(vault, CELL, TOKEN), seal(vault, CELL, TOKEN)
    assert TOKEN.reveal().encode() not in base64.b64decode(first)
    assert first != second


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": uuid4()},
        {"row": uuid4()},
        {"column": "refresh_token"},
        {"table": "customers"},
        {"version": 2},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_sealed_token_opens_in_no_other_cell(
    vault: Vault, change: dict[str, Any]
) -> None:
    sealed = seal(vault, CELL, TOKEN)
    with pytest.raises(ChannelSignedOut) as refused:
        unseal(vault, replace(CELL, **change), sealed)
    assert "Connect the channel again" in refused.value.next_step


def test_a_sealed_token_does_not_open_on_another_machine(
    vault: Vault, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Vault(tmp_path / "other", bytes(32), Protection.FILE_PERMISSIONS)
    with pytest.raises(ChannelSignedOut):
        unseal(other, CELL, seal(vault, CELL, TOKEN))


@pytest.mark.parametrize("byte", [0, 1, 4, 5, 17, -1])
def test_a_sealed_token_that_was_touched_does_not_open(vault: Vault, byte: int) -> None:
    touched = bytearray(base64.b64decode(seal(vault, CELL, TOKEN)))
    touched[byte] ^= 1
    with pytest.raises(ChannelSignedOut):
        unseal(vault, CELL, base64.b64encode(touched).decode())


@pytest.mark.parametrize("value", ["", "AQ==", "not base64 at all", "a plain token"])
def test_what_was_never_sealed_does_not_open(vault: Vault, value: str) -> None:
    with pytest.raises(ChannelSignedOut):
        unseal(vault, CELL, value)


def test_a_token_sealed_for_the_companion_opens_there_alone(
    vault: Vault, tmp_path: Path
) -> None:
    laptop = Vault(tmp_path / "laptop", b"l" * 32, Protection.FILE_PERMISSIONS)
    (tmp_path / "laptop").mkdir()
    sealed = seal_for(companion_key(vault), CELL, TOKEN)
    assert is_for_companion(sealed)
    assert not is_for_companion(seal(vault, CELL, TOKEN))
    assert unseal(vault, CELL, sealed) == TOKEN
    with pytest.raises(ChannelSignedOut):
        unseal(laptop, CELL, sealed)


@pytest.mark.parametrize(
    "change", [{"tenant": uuid4()}, {"row": uuid4()}, {"column": "refresh_token"}], ids=str
)
def test_a_token_for_the_companion_opens_in_no_other_cell(
    vault: Vault, change: dict[str, Any]
) -> None:
    sealed = seal_for(companion_key(vault), CELL, TOKEN)
    with pytest.raises(ChannelSignedOut):
        unseal(vault, replace(CELL, **change), sealed)


@pytest.mark.parametrize("at", [0, 3, 10, 40, -1])
def test_a_changed_byte_opens_nothing(vault: Vault, at: int) -> None:
    blob = bytearray(base64.b64decode(seal_for(companion_key(vault), CELL, TOKEN)))
    blob[at] ^= 1
    with pytest.raises(ChannelSignedOut):
        unseal(vault, CELL, base64.b64encode(blob).decode())
