"""One call to X, read: who calls, what is asked, with what."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field

from core.sandbox.accounts import XAccount
from core.sandbox.call import Json, World
from core.sandbox.faults import Endpoint
from core.sandbox.state import Send
from core.sandbox.x_errors import invalid
from core.sandbox.x_state import XState


@dataclass(frozen=True, slots=True, kw_only=True)
class XCall:
    """A call whose token has been checked; `path` holds the path's variable parts."""

    world: World
    account: XAccount
    path: Mapping[str, str]
    params: Mapping[str, object]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def state(self) -> XState:
        """Return what X remembers."""
        return self.world.state.x

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self.params.get(name, default)
        return value if isinstance(value, str) else default

    def names(self, name: str) -> frozenset[str]:
        """Return a parameter's comma-separated names."""
        return frozenset(part for part in self.text(name).split(",") if part)

    def member(self, name: str) -> Mapping[str, object]:
        """Return an object of the body, empty where there is none."""
        value = self.params.get(name)
        return value if isinstance(value, Mapping) else {}

    def size(self, smallest: int, default: int) -> int:
        """Return `max_results`, which X refuses out of its bounds."""
        value = self.text("max_results") or str(default)
        if not value.isdigit() or not smallest <= int(value) <= 100:
            raise invalid(f"max_results must be between {smallest} and 100")
        return int(value)

    def record(
        self, endpoint: Endpoint, *, recipient: str, message_id: str, type: str
    ) -> None:
        """Write down that this call has taken effect."""
        sends = self.world.state.sends
        self.world.state.record(
            Send(
                order=len(sends) + 1,
                endpoint=endpoint,
                account_id=self.account.account_id,
                recipient=recipient,
                message_id=message_id,
                opaque_id=None,
                type=type,
                body=dict(self.params),
                accepted_at=self.world.now(),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class XAnswer:
    """What an accepted call gets; None is an answer without a body."""

    body: Json | None = None
    status: int = 200
    content: bytes | None = None
    media_type: str = "application/json"
    receipts: Callable[[], Coroutine[object, object, None]] | None = None


def paged(call: XCall, found: list[Json], size: int, token: str) -> tuple[list[Json], Json]:
    """Return one page of a list and its `meta`; the cursor is an offset in disguise."""
    cursor = call.text(token)
    start = int(cursor.removeprefix("page")) if cursor.removeprefix("page").isdigit() else 0
    page = found[start : start + size]
    meta: Json = {"result_count": len(page)}
    if start + size < len(found):
        meta["next_token"] = f"page{start + size}"
    return page, meta
