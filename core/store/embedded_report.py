"""What the keeper tells the processes that wait for it: an address, or a reason.

The file is replaced, never written over, and a reader that finds it torn or missing
takes it for "not yet": the truth is always in the locks and in the socket.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from core.domain.errors import DatabaseDown, NotSetUp, SocialSyncError

_FAMILIES: dict[str, type[SocialSyncError]] = {
    kind.__name__: kind for kind in (NotSetUp, DatabaseDown)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the running server listens, and which process it is."""

    host: str
    port: int
    postmaster: int
    keeper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why there is no server."""

    kind: str
    title: str
    next_step: str

    def error(self) -> SocialSyncError:
        """Return the refusal as the error that the keeper met."""
        return _FAMILIES.get(self.kind, DatabaseDown)(self.title, self.next_step)


def refusal_of(error: SocialSyncError) -> Refusal:
    """Return what to write down about an error that ended a start."""
    return Refusal(kind=type(error).__name__, title=error.title, next_step=error.next_step)


def write(path: Path, report: Address | Refusal) -> None:
    """Replace the report."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(report)), encoding="utf-8")
    os.replace(draft, path)


def read(path: Path) -> Address | Refusal | None:
    """Return the report, or None while there is none that makes sense."""
    try:
        fields = json.loads(path.read_bytes())
        return Refusal(**fields) if "title" in fields else Address(**fields)
    except (OSError, ValueError, TypeError):
        return None
