"""Where the graph keeps its checkpoints, sealed, and what may come back out of them.

LangGraph's serializer by default imports and calls whatever a checkpoint names: whoever
can write a row could run code here. Its strict mode is an environment variable, which a
service file can forget; passing the allow-list ourselves means the same and cannot be
forgotten. The list is empty, because a run's state holds JSON values only. What lies in
the database is sealed with a key of the vault: a run holds customers' words.
"""

import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

CIPHER = "aes-256-gcm"
_NONCE = 12


class Cipher:
    """AES-256-GCM in the form that LangGraph's encrypting serializer asks for."""

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


def in_memory() -> "BaseCheckpointSaver[str]":
    """Return a saver for runs that nobody resumes after this process: trials and tests."""
    from langgraph.checkpoint.memory import InMemorySaver

    return InMemorySaver(serde=strict_serializer())


def in_postgres(pool: Any, key: bytes) -> "BaseCheckpointSaver[str]":
    """Return a saver over a psycopg pool that sets the tenant of each checkout.

    `key` is 32 bytes. The saver's tables must exist; call it inside the loop that will run
    the graph.
    """
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from langgraph.checkpoint.serde.encrypted import EncryptedSerializer

    return AsyncPostgresSaver(
        pool, serde=EncryptedSerializer(Cipher(key), strict_serializer())
    )


def strict_serializer() -> "JsonPlusSerializer":
    """Return the serializer that builds no object a checkpoint asks for."""
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

    return JsonPlusSerializer(allowed_msgpack_modules=None)
