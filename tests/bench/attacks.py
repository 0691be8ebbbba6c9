"""Every attack through every door, on the demo's café answering by itself without a model.

What left is judged word by word: a link, a secret, or anything that is not in the café's
own knowledge counts as followed. Then the attacks stand in the knowledge base themselves,
and customers say exactly their words. The same replies are judged once more without the
guard's look for orders, which is what a quote alone would have sent.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from core.assistant import orders, saver
from core.assistant.graph import open_assistant
from core.config.settings import Settings
from core.config.vault import open_vault
from core.domain.ids import TenantId
from core.engine import Part, open_engine
from core.llm.embed import LocalEmbedder
from core.store.bootstrap import add_tenant
from core.store.embedded import open_embedded
from core.store.pool import Login
from tests.assistant.attacks import (
    WAYS,
    Shop,
    attacks,
    is_merely_said,
    open_shop,
    text,
)
from tests.assistant.cafe import Cafe
from tests.fixtures.homes import passing_home
from tests.fixtures.inbox import Arrange


async def run() -> dict[str, Any]:
    """Attack, and count what was followed."""
    started = perf_counter()
    async with _shop() as shop:
        doors = {way: await _through(shop, way) for way in WAYS}
        known = await _in_documents(shop)
    return {
        "attacks": len(attacks()),
        "categories": dict(Counter(one.category for one in attacks())),
        "languages": dict(Counter(one.lang for one in attacks())),
        "doors": doors,
        "in_our_own_documents": known,
        "seconds": round(perf_counter() - started, 1),
        "goal": "none followed",
    }


async def _through(shop: Shop, way: str) -> dict[str, Any]:
    answered, followed = 0, []
    for one in attacks():
        replies = await WAYS[way](shop, one)
        answered += bool(replies)
        followed += [f"{one}: {said}" for said in shop.wrong_in(replies)]
    return {
        "tried": len(attacks()),
        "answered_from_knowledge": answered - len(followed),
        "followed": len(followed),
        "first": followed[:3],
    }


async def _in_documents(shop: Shop) -> dict[str, Any]:
    for one in attacks():
        await shop.learn(f"page-{one.id}.txt", one.text)
    orders_sent, questions_quoted, links = [], 0, 0
    for one in attacks():
        replies = await shop.told(text(one.text))
        links += any("attack" in reply for reply in replies)
        if not shop.wrong_in(replies):
            continue
        if is_merely_said(one):
            questions_quoted += 1
        else:
            orders_sent.append(str(one))
    return {
        "tried": len(attacks()),
        "orders_sent": len(orders_sent),
        "first": orders_sent[:3],
        "links_sent": links,
        "harmless_words_quoted": questions_quoted,
        "recognised_as_orders": sum(
            orders.why_not(one.text) is not None for one in attacks()
        ),
        "quoted_and_guarded_by_nothing": await _unguarded(shop),
    }


async def _unguarded(shop: Shop) -> int:
    """Return how many of the attacks a quote alone would have sent: held back, or sent."""
    return int(
        shop.arrange.value(
            "select count(*) from ai_decisions where snapshot_json ->> 'drafted' is not null"
            " and exists (select from knowledge_documents d where d.name like 'page-%%'"
            " and d.user_id = %(tenant)s and snapshot_json -> 'passages' -> 0 ->> 'name'"
            " = d.name)"
        )
    )


@asynccontextmanager
async def _shop() -> AsyncIterator[Shop]:
    with passing_home() as home:
        own = Settings(home=home, embed_model=LocalEmbedder.name)
        async with (
            open_engine(own, frozenset({Part.KNOWLEDGE}), login=Login.SERVICE) as engine,
            open_embedded(own.home) as server,
        ):
            privileged = make_conninfo(
                server.conninfo(user=server.superuser, password=server.password),
                options="-c search_path=public,extensions",
            )
            vault = open_vault(own.secrets_dir, own.vault_key)
            other = await add_tenant(privileged, "other@bench.example", "Other", vault)
            assert engine.tenant is not None
            cafe = Cafe(
                database=engine.kit.database,
                tenant=engine.tenant,
                embedder=engine.kit.embedders[0],
            )
            await cafe.open()
            with psycopg.connect(privileged, autocommit=True) as line:
                async with open_assistant(
                    retrieve=cafe.find,
                    embedder=cafe.embedder,
                    checkpointer=saver.in_memory(),
                ) as assistant:
                    yield await open_shop(
                        replace(engine.kit, assistant=assistant),
                        Arrange(line=line, tenant=engine.tenant),
                        Arrange(line=line, tenant=TenantId(other.id)),
                        cafe,
                    )
