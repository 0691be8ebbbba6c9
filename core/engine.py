"""Put everything together, and take it apart again. The only place that constructs.

`open_engine` opens the database (the embedded one unless settings name another), then the
collaborators, then the parts that were asked for, each a task of one group; closing
unwinds in reverse. The companion opens all parts, the desktop those that run nothing but
its notices, a command none. Heavy libraries are imported by the piece that needs them, when it is opened.
"""

import asyncio
import os
import platform
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from core import logs
from core.assistant.state import Assistant
from core.clock import Clock, SystemClock
from core.config.settings import ModelProvider, Settings
from core.config.vault import Vault, open_vault
from core.domain.channel import PlatformName
from core.domain.ids import TenantId
from core.domain.knowledge import Passage
from core.domain.member import Member
from core.kit import Kit
from core.llm.base import ChatModel, Embedder
from core.llm.masked import MaskedModel
from core.loops.runner import Wake, WorkList
from core.net.client import open_http
from core.net.media_urls import media_urls
from core.notices import NoticeBus
from core.platforms import registry
from core.store import access, assistant_settings, members, rules, wire
from core.store.access import Access
from core.store.health import Worker
from core.store.pool import Database, Login, open_database

_log = logs.logger(__name__)


class Part(StrEnum):
    """What an engine can run beside answering calls."""

    RELAY = "relay"
    INBOUND = "inbound"
    ASSISTANT = "assistant"
    OUTBOX = "outbox"
    POSTS = "posts"
    COMMENTS = "comments"
    JOBS = "jobs"
    TICKER = "ticker"
    WEB = "web"
    KNOWLEDGE = "knowledge"
    """Nothing that runs: the embedder, for searching and teaching from this process."""
    THINKING = "thinking"
    """Nothing that runs: the assistant, for trying a message out in this process."""


COMPANION = frozenset(
    {
        Part.INBOUND,
        Part.ASSISTANT,
        Part.OUTBOX,
        Part.POSTS,
        Part.COMMENTS,
        Part.JOBS,
        Part.TICKER,
        Part.WEB,
    }
)
_THINKS = frozenset({Part.ASSISTANT, Part.THINKING})
_EMBEDS = _THINKS | {Part.JOBS, Part.KNOWLEDGE}
_LENDS_FILES = frozenset({Part.OUTBOX, Part.POSTS, Part.WEB})
LOOPS = COMPANION - {Part.TICKER, Part.WEB}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What tests and the demo put in place of the usual."""

    clock: Clock | None = None
    embedder: Embedder | None = None
    standbys: tuple[Embedder, ...] = ()
    assistant: Assistant | None = None
    model: ChatModel | None = None
    """In place of the model that settings name; personal data is masked for it as well."""
    loopback: tuple[str, ...] = ()
    """Base URLs of a sandbox on this machine, which may be called in plain http."""
    probe: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A running engine."""

    kit: Kit
    tenant: TenantId | None
    """The inbox of a machine that works alone, or of this member."""
    web_url: str | None
    parts: "_Tasks"

    async def run(self) -> None:
        """Wait for ever, or raise what one of the parts died of."""
        await self.parts.failed()


@asynccontextmanager
async def open_engine(
    settings: Settings,
    parts: frozenset[Part] = frozenset(),
    *,
    login: Login = Login.SERVICE,
    overrides: Overrides | None = None,
) -> AsyncIterator[Engine]:
    """Open an engine and keep it running until the block ends.

    Raises:
        NotSetUp: this machine lacks something; the error says what.
        DatabaseDown: PostgreSQL cannot be reached.
    """
    given = overrides or Overrides()
    async with AsyncExitStack() as stack:
        vault = await asyncio.to_thread(
            open_vault, settings.secrets_dir, settings.vault_key
        )
        entry = await stack.enter_async_context(access.open_access(settings, vault, login))
        database = await stack.enter_async_context(
            open_database(entry.conninfo, login=entry.login)
        )
        kit = await _kit(stack, settings, vault, database, given)
        tenant, me = await _whose(database)
        kit = replace(kit, me=me)
        if parts & _EMBEDS:
            kit = await _with_embedder(stack, kit, given, parts)
        if parts & _THINKS:
            kit = await _with_model(stack, kit, given, tenant)
        if given.assistant is not None:
            kit = replace(kit, assistant=given.assistant)
        elif parts & _THINKS:
            kit = await _with_assistant(stack, kit, entry)
        if parts & _LENDS_FILES:
            lent = await asyncio.to_thread(media_urls, settings, vault, kit.clock)
            kit = replace(kit, media_urls=lent)
        group = await stack.enter_async_context(_Tasks())
        kit, web_url = await _with_web(stack, kit, parts)
        _start(group, kit, entry, parts)
        _log.info("engine.open", parts=sorted(parts), login=entry.login.value, web=web_url)
        yield Engine(kit=kit, tenant=tenant, web_url=web_url, parts=group)


async def _kit(
    stack: AsyncExitStack,
    settings: Settings,
    vault: Vault,
    database: Database,
    given: Overrides,
) -> Kit:
    clock = given.clock or SystemClock()
    loopback = (*given.loopback, *_on_this_machine(settings))
    http = await stack.enter_async_context(open_http(clock=clock, loopback=loopback))
    kit = Kit(
        settings=settings,
        clock=clock,
        database=database,
        notices=NoticeBus(),
        vault=vault,
        http=http,
        platforms=registry.platforms(),
        base_urls=_base_urls(settings),
    )
    return kit if given.probe is None else replace(kit, probe=given.probe)


def _base_urls(settings: Settings) -> dict[PlatformName, str]:
    return {
        PlatformName.WHATSAPP: settings.graph_url,
        PlatformName.FACEBOOK: settings.graph_url,
        PlatformName.SANDBOX: settings.graph_url,
        PlatformName.INSTAGRAM: settings.instagram_url,
        PlatformName.X: settings.x_url,
        PlatformName.LINKEDIN: settings.linkedin_url,
    }


def _on_this_machine(settings: Settings) -> list[str]:
    """Return the base URLs of the settings that point at a sandbox here."""
    urls = (
        settings.graph_url,
        settings.instagram_url,
        settings.x_url,
        settings.linkedin_url,
    )
    return [
        url for url in urls if urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    ]


async def _whose(database: Database) -> tuple[TenantId | None, Member | None]:
    """Return whose inbox this process is for, and who sits here, if anybody."""
    async with database.claim() as unit:
        me = await members.me(unit)
        if me is not None:
            return me.tenant, me
        return await members.first_tenant(unit), None


async def _with_embedder(
    stack: AsyncExitStack, kit: Kit, given: Overrides, parts: frozenset[Part]
) -> Kit:
    """Add the embedder, unless another engine of this process lends its own.

    An inbox is searched with the one that made its vectors, until they have been made
    anew: the others stand by.
    """
    if given.embedder is not None:
        return replace(kit, embedder=given.embedder, standbys=given.standbys)
    from core.knowledge.language import guess
    from core.llm.embedders import language_pack, open_embedders

    found = await stack.enter_async_context(
        open_embedders(
            kit.settings,
            language=lambda text: guess(text).code,
            workers=min(2, os.cpu_count() or 1) if Part.JOBS in parts else 1,
            pack=await asyncio.to_thread(language_pack, kit.settings),
        )
    )
    return replace(
        kit, embedder=found.wanted, standbys=found.standbys, accepted=found.accepted
    )


async def _with_model(
    stack: AsyncExitStack, kit: Kit, given: Overrides, tenant: TenantId | None
) -> Kit:
    """Add the language model, where this machine has one."""
    if given.model is not None:
        return replace(kit, model=MaskedModel(given.model))
    if kit.settings.llm_provider is ModelProvider.LOCAL:
        return kit
    from core.llm.chat_models import open_chat_model

    preferred = None
    if tenant is not None:
        async with kit.unit(tenant) as unit:
            own = await rules.model_settings(unit)
        if own.provider == kit.settings.llm_provider:
            preferred = own.name
    model = await stack.enter_async_context(open_chat_model(kit.settings, preferred))
    return replace(kit, model=model)


async def _with_assistant(stack: AsyncExitStack, kit: Kit, entry: Access) -> Kit:
    """Add the assistant; a member's own trials leave no checkpoints behind."""
    from core.assistant import saver
    from core.assistant.graph import open_assistant
    from core.assistant.late import LateAssistant
    from core.knowledge.retrieve import answering, understood
    from core.llm.recalled import RecallingEmbedder
    from core.queries.experience import KnownOutcomes
    from core.queries.phrasings import KnownPhrasings
    from core.store.checkpoints import open_checkpoint_pool

    embedder = RecallingEmbedder(kit.embedders[0])
    embedders = (embedder, *kit.standbys)

    async def search(
        tenant: TenantId, query: str, lang: str | None, k: int
    ) -> list[Passage]:
        question = await understood(embedders, query, lang=lang)
        if question is None:
            return []
        async with kit.unit(tenant) as unit:
            languages = await assistant_settings.document_languages(unit)
            return await answering(unit, question, k=k, languages=languages)

    def opening(
        saving: Callable[[], Any],
    ) -> AbstractAsyncContextManager[Assistant]:
        return open_assistant(
            retrieve=search,
            embedder=embedder,
            checkpointer=saving(),
            model=kit.model,
            phrasings=KnownPhrasings(kit.database, kit.embedders),
            outcomes=KnownOutcomes(kit.database),
        )

    if entry.login is Login.MEMBER:
        late = LateAssistant(partial(opening, saver.in_memory), stack)
        return replace(kit, assistant=late)
    pool = await stack.enter_async_context(open_checkpoint_pool(entry.conninfo))
    in_postgres = partial(saver.in_postgres, pool, kit.vault.key("checkpoints"))
    assistant = await stack.enter_async_context(opening(in_postgres))
    return replace(kit, assistant=assistant)


async def _with_web(
    stack: AsyncExitStack, kit: Kit, parts: frozenset[Part]
) -> tuple[Kit, str | None]:
    """Open the companion's HTTP; who is told our address afterwards gets the bound port."""
    if Part.WEB not in parts:
        return kit, None
    from core.web.app import open_web

    url = await stack.enter_async_context(open_web(kit))
    served = None if kit.media_urls is None else kit.media_urls.served_at(url)
    port = urlsplit(url).port or kit.settings.port
    return replace(kit, media_urls=served, settings=replace(kit.settings, port=port)), url


class _Tasks:
    """The parts of an engine; closing cancels all of them."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run a part until the engine closes."""
        self._tasks.append(asyncio.create_task(work, name=name))

    async def failed(self) -> None:
        """Wait until a part ends, which none should, and raise what it died of."""
        if not self._tasks:
            await asyncio.Event().wait()
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            _log.error("engine.part_ended", part=task.get_name())
            task.result()

    async def __aenter__(self) -> "_Tasks":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _start(group: _Tasks, kit: Kit, entry: Access, parts: frozenset[Part]) -> None:
    """Start the parts that were asked for."""
    from core.loops import assistant, channels, comments, inbound, outbox, posts, runner

    worker = Worker(
        id=str(uuid4()), kind="companion", host=platform.node(), pid=os.getpid()
    )
    bell, comment_bell, post_bell = Wake(), Wake(), Wake()
    lists: dict[Part, list[tuple[WorkList, Wake]]] = {
        Part.INBOUND: [(inbound.work_list(kit), Wake())],
        Part.ASSISTANT: [(assistant.work_list(kit), Wake())],
        Part.OUTBOX: [
            (outbox.work_list(kit, worker.id, bell), bell),
            (outbox.sweeper(kit), Wake()),
        ],
        Part.POSTS: [(posts.work_list(kit, post_bell), post_bell)],
        Part.TICKER: [
            (channels.renewals(kit), Wake()),
            (channels.looks(kit), Wake()),
        ],
        Part.COMMENTS: [
            (comments.work_list(kit, worker.id, comment_bell), comment_bell),
            (comments.reader(kit), Wake()),
            (comments.sweeper(kit), Wake()),
        ],
    }
    wakes: dict[str, Wake] = {}
    for part in parts & lists.keys():
        for work, wake in lists[part]:
            wakes[work.name] = wake
            group.start(work.name, runner.run(work, wake))
    if wakes:
        group.start("wake-ups", wire.wake_ups(kit.database, _bell(wakes)))
    if Part.JOBS in parts:
        from core.jobs import worker as jobs

        group.start("jobs", jobs.run(kit, entry.conninfo))
    if Part.TICKER in parts:
        from core.jobs import ticker

        group.start("ticker", ticker.run(kit, worker))
    if Part.RELAY in parts and kit.me is not None:
        group.start("relay", wire.relay(kit.database, kit.me.tenant, kit.notices))


def _bell(wakes: Mapping[str, Wake]) -> Callable[[str], None]:
    def ring(name: str) -> None:
        if name:
            bell = wakes.get(name)
            if bell is not None:
                bell.press()
        else:
            for bell in wakes.values():
                bell.press()

    return ring
