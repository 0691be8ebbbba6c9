"""Where runs of the graph are kept, sealed, and what may come back out of them.

Decoding a checkpoint must never import or call what the bytes name: the serializer is
given an empty allow-list, so only plain values are revived (permissive decoding is still
LangGraph's default). On disk the bytes are sealed with a key of the vault: a run holds
customers' words.
"""

import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

CIPHER = "aes-256-gcm"
_NONCE = 12


class Cipher:
    """AES-256-GCM in the form LangGraph's encrypting serializer asks for."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        """Return the cipher's name and the sealed bytes, nonce first."""
        nonce = os.urandom(_NONCE)
        return CIPHER, nonce + self._cipher.encrypt(nonce, plaintext, None)

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        """Return the plain bytes.

        Raises:
            ValueError: they were sealed by another cipher.
            cryptography.exceptions.InvalidTag: by another key, or they were altered.
        """
        if ciphername != CIPHER:
            raise ValueError(f"unknown cipher {ciphername!r}")
        return self._cipher.decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], None)


def _strict_serializer() -> Any:
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

    return JsonPlusSerializer(allowed_msgpack_modules=None, allowed_json_modules=None)


def in_memory() -> "BaseCheckpointSaver[Any]":
    """Return a saver that forgets, for trials and tests."""
    from langgraph.checkpoint.memory import InMemorySaver

    return InMemorySaver(serde=_strict_serializer())


def in_postgres(pool: Any, key: bytes) -> "BaseCheckpointSaver[Any]":
    """Return the saver over a pool of `store.checkpoints`, sealing with a 32-byte key."""
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from langgraph.checkpoint.serde.encrypted import EncryptedSerializer

    serializer = EncryptedSerializer(Cipher(key), _strict_serializer())
    return AsyncPostgresSaver(pool, serde=serializer)
