"""Checkpoints: sealed in the database, and never a way to run somebody's code."""

from pathlib import Path

import ormsgpack
import pytest
from cryptography.exceptions import InvalidTag
from langgraph.checkpoint.serde.jsonplus import EXT_CONSTRUCTOR_SINGLE_ARG

from core.assistant import saver


@pytest.mark.allows_log(
    "Blocked deserialization of subprocess.getoutput - not in allowed_msgpack_modules. "
    "Add to allowed_msgpack_modules to allow: [('subprocess', 'getoutput')]"
)
def test_a_poisoned_checkpoint_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "was-here"
    call = ormsgpack.packb(("subprocess", "getoutput", f"touch {marker}"))
    poison = ormsgpack.packb(ormsgpack.Ext(EXT_CONSTRUCTOR_SINGLE_ARG, call))
    saver.strict_serializer().loads_typed(("msgpack", poison))
    assert not marker.exists()


def test_sealed_bytes_open_with_their_key_alone() -> None:
    name, sealed = saver.Cipher(bytes(32)).encrypt(b"what a customer said")
    assert b"customer" not in sealed
    assert saver.Cipher(bytes(32)).decrypt(name, sealed) == b"what a customer said"
    with pytest.raises(InvalidTag):
        saver.Cipher(bytes([1] * 32)).decrypt(name, sealed)
    with pytest.raises(ValueError, match="unknown cipher"):
        saver.Cipher(bytes(32)).decrypt("rot13", sealed)
