"""Seal a token for one cell of one table, so that it opens nowhere else.

    0x01 | key id (4 bytes) | nonce (12) | AES-256-GCM ciphertext and tag

The associated data names the tenant, table, column, row and version: a sealed token
copied to another row, another tenant, or put back from an older backup does not open.
The tenant's key is itself a secret of the vault, sealed by the machine's key.
"""

import base64
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.config.secret import Secret
from core.config.vault import Vault
from core.domain.errors import ChannelSignedOut

_FORMAT = b"\x01"
_KEY_ID = (1).to_bytes(4, "big")
_NONCE = 12
_HEAD = len(_FORMAT) + len(_KEY_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a sealed value belongs."""

    tenant: UUID
    table: str
    column: str
    row: UUID
    version: int = 1

    def associated_data(self, key_id: bytes) -> bytes:
        """Return the bytes that bind a sealed value to this place."""
        parts = ("v1", key_id.hex(), self.tenant, self.table, self.column, self.row)
        return "|".join([*map(str, parts), str(self.version)]).encode()


def seal(vault: Vault, cell: Cell, secret: Secret) -> str:
    """Return the sealed form of a secret, as text for the cell."""
    nonce = os.urandom(_NONCE)
    closed = AESGCM(_tenant_key(vault, cell.tenant)).encrypt(
        nonce, secret.reveal().encode(), cell.associated_data(_KEY_ID)
    )
    return base64.b64encode(_FORMAT + _KEY_ID + nonce + closed).decode()


def unseal(vault: Vault, cell: Cell, sealed: str) -> Secret:
    """Return the secret of a cell.

    Raises:
        ChannelSignedOut: it was sealed for another place or by another machine.
    """
    try:
        blob = base64.b64decode(sealed, validate=True)
        key_id, nonce = blob[len(_FORMAT) : _HEAD], blob[_HEAD : _HEAD + _NONCE]
        opened = AESGCM(_tenant_key(vault, cell.tenant)).decrypt(
            nonce, blob[_HEAD + _NONCE :], cell.associated_data(key_id)
        )
    except (InvalidTag, ValueError) as error:
        raise ChannelSignedOut(
            "The stored token does not open with this machine's key.",
            "Connect the channel again.",
        ) from error
    return Secret(opened.decode())


def _tenant_key(vault: Vault, tenant: UUID) -> bytes:
    return vault.key(f"tenant/{tenant}")
