"""Seal a token for one cell of one table, so that it opens nowhere else.

    0x01 | key id (4 bytes) | nonce (12) | AES-256-GCM ciphertext and tag
    0x02 | key id (4 bytes) | one-time public key (32) | nonce (12) | the same

The second is for a machine that may write a token and never read one: it is sealed to the
companion's public key (X25519, HKDF-SHA256), which the companion alone opens, and which it
seals anew in the first form when it comes across it.

The associated data names the tenant, table, column, row and version: a sealed token
copied to another row, another tenant, or put back from an older backup does not open.
The tenant's key is itself a secret of the vault, sealed by the machine's key.
"""

import base64
import hashlib
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.config.secret import Secret
from core.config.vault import Vault
from core.domain.errors import ChannelSignedOut

_FORMAT = b"\x01"
_KEY_ID = (1).to_bytes(4, "big")
_NONCE = 12
_HEAD = _FORMAT + _KEY_ID
_TO_COMPANION = b"\x02"
_PUBLIC = 32
_COMPANION_KEY = "companion/tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a sealed value belongs."""

    tenant: UUID
    table: str
    column: str
    row: UUID
    version: int = 1

    def associated_data(self, head: bytes) -> bytes:
        """Return the bytes that bind a sealed value, with its head, to this place."""
        form, key_id = head[: len(_FORMAT)], head[len(_FORMAT) :]
        parts = (f"v{int.from_bytes(form)}", key_id.hex(), self.tenant, self.table)
        place = (self.column, self.row, self.version)
        return "|".join(map(str, (*parts, *place))).encode()


def seal(vault: Vault, cell: Cell, secret: Secret) -> str:
    """Return the sealed form of a secret, as text for the cell."""
    nonce = os.urandom(_NONCE)
    closed = AESGCM(_tenant_key(vault, cell.tenant)).encrypt(
        nonce, secret.reveal().encode(), cell.associated_data(_HEAD)
    )
    return base64.b64encode(_HEAD + nonce + closed).decode()


def companion_key(vault: Vault) -> bytes:
    """Return the public key that tokens may be sealed to; the vault keeps its other half."""
    return _companion(vault).public_key().public_bytes_raw()


def seal_for(public_key: bytes, cell: Cell, secret: Secret) -> str:
    """Return the form of a secret that only the companion opens."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public_key))
    shown = once.public_key().public_bytes_raw()
    head = _TO_COMPANION + _key_id(public_key)
    nonce = os.urandom(_NONCE)
    closed = AESGCM(_derived(shared, shown + public_key)).encrypt(
        nonce, secret.reveal().encode(), cell.associated_data(head)
    )
    return base64.b64encode(head + shown + nonce + closed).decode()


def is_for_companion(sealed: str) -> bool:
    """Return whether a sealed value is still in the form that a member gave it."""
    return base64.b64decode(sealed[:4]).startswith(_TO_COMPANION)


def unseal(vault: Vault, cell: Cell, sealed: str) -> Secret:
    """Return the secret of a cell.

    Raises:
        ChannelSignedOut: it was sealed for another place or by another machine.
    """
    try:
        blob = base64.b64decode(sealed, validate=True)
        head, rest = blob[: len(_HEAD)], blob[len(_HEAD) :]
        if head.startswith(_TO_COMPANION):
            key, rest = _agreed(vault, rest[:_PUBLIC]), rest[_PUBLIC:]
        else:
            key = _tenant_key(vault, cell.tenant)
        opened = AESGCM(key).decrypt(
            rest[:_NONCE], rest[_NONCE:], cell.associated_data(head)
        )
    except (InvalidTag, ValueError) as error:
        raise ChannelSignedOut(
            "The stored token does not open with this machine's key.",
            "Connect the channel again.",
        ) from error
    return Secret(opened.decode())


def _companion(vault: Vault) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(vault.key(_COMPANION_KEY))


def _agreed(vault: Vault, shown: bytes) -> bytes:
    own = _companion(vault)
    shared = own.exchange(X25519PublicKey.from_public_bytes(shown))
    return _derived(shared, shown + own.public_key().public_bytes_raw())


def _derived(shared: bytes, parties: bytes) -> bytes:
    """Return the key of one sealed value, bound to both public keys."""
    return HKDF(SHA256(), length=32, salt=None, info=b"socialsync token " + parties).derive(
        shared
    )


def _key_id(public_key: bytes) -> bytes:
    return hashlib.sha256(public_key).digest()[: len(_KEY_ID)]


def _tenant_key(vault: Vault, tenant: UUID) -> bytes:
    return vault.key(f"tenant/{tenant}")
