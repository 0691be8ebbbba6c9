"""The kit: the few collaborators every action and query is handed.

Built by `engine.open_engine` alone. Actions take it first and reach nothing else: no
globals, no settings read on the side.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from core.assistant.state import Assistant
from core.clock import Clock
from core.config.settings import Settings
from core.config.vault import Vault
from core.domain.channel import PlatformName
from core.domain.errors import NotSetUp
from core.domain.ids import TenantId
from core.domain.member import Member
from core.llm.base import ChatModel, Embedder
from core.net.client import Http
from core.net.media_urls import MediaUrls
from core.notices import NoticeBus
from core.platforms.base import Platform
from core.store.pool import Database, Unit


def _no_probe(_point: str) -> None:
    """Do nothing at a named point of a dangerous sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What one engine has to work with.

    `assistant`, `embedder` and `media_urls` (where platforms fetch our files) are absent
    where the engine was opened without them, `model` also where settings name no language
    model; `standbys` are embedders for inboxes that are still searched by another than the
    one that is set, `accepted` the names of those with which an inbox is left as it is;
    `me` is the person at this screen, absent in the companion. `probe` is called at the
    named points of a delivery, so that the crash tests can end the process exactly there.
    """

    settings: Settings
    clock: Clock
    database: Database
    notices: NoticeBus
    vault: Vault
    http: Http
    platforms: Mapping[PlatformName, Platform]
    base_urls: Mapping[PlatformName, str]
    embedder: Embedder | None = None
    standbys: tuple[Embedder, ...] = ()
    accepted: frozenset[str] = frozenset()
    assistant: Assistant | None = None
    model: ChatModel | None = None
    media_urls: MediaUrls | None = None
    me: Member | None = None
    probe: Callable[[str], None] = _no_probe

    def unit(self, tenant: TenantId) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction of a tenant."""
        return self.database.unit(tenant)

    def mine(self) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction of the inbox of the person at this screen."""
        return self.database.unit(self.member.tenant)

    @property
    def embedders(self) -> tuple[Embedder, ...]:
        """Return the embedders there are, the one that settings name first.

        Raises:
            NotSetUp: this process was opened without any.
        """
        if self.embedder is None:
            raise NotSetUp(
                "This process runs without an embedder.", "Open the inbox with its models."
            )
        return (self.embedder, *self.standbys)

    @property
    def member(self) -> Member:
        """Return the person at this screen.

        Raises:
            NotSetUp: this process acts for nobody.
        """
        if self.me is None:
            raise NotSetUp(
                "This process is not signed in as a member.",
                "Run it on a machine where the inbox was set up.",
            )
        return self.me
