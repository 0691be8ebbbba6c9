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
_HEAD = _FORMAT + _KEY_ID


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


def unseal(vault: Vault, cell: Cell, sealed: str) -> Secret:
    """Return the secret of a cell.

    Raises:
        ChannelSignedOut: it was sealed for another place or by another machine.
    """
    try:
        blob = base64.b64decode(sealed, validate=True)
        head, rest = blob[: len(_HEAD)], blob[len(_HEAD) :]
        opened = AESGCM(_tenant_key(vault, cell.tenant)).decrypt(
            rest[:_NONCE], rest[_NONCE:], cell.associated_data(head)
        )
    except (InvalidTag, ValueError) as error:
        raise ChannelSignedOut(
            "The stored token does not open with this machine's key.",
            "Connect the channel again.",
        ) from error
    return Secret(opened.decode())


def _tenant_key(vault: Vault, tenant: UUID) -> bytes:
    return vault.key(f"tenant/{tenant}")
