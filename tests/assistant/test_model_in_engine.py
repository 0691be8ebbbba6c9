"""The whole way: settings, a model's server over HTTP, the café's FAQ, a proposal."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.responses import JSONResponse

from core.actions import rehearse
from core.actions.rehearse import Trial, Tried
from core.config.secret import Secret
from core.config.settings import ModelProvider, Settings
from core.domain.decision import Decision
from core.domain.knowledge import FaqText
from core.domain.model_settings import ModelSettings
from core.engine import Overrides, Part, open_engine
from core.llm.base import Embedder
from core.store import rules
from core.store.pool import Login, open_database
from tests.assistant.cafe import Cafe
from tests.doubles.chat_server import ChatCall, ChatServer, open_chat_server
from tests.doubles.scripted_model import ScriptedModel, opinion, written
from tests.fixtures.database import TestDatabase

BELGIUM = FaqText(
    question="Do you ship to Belgium?",
    answer="Yes, we ship to Belgium for 9,50 €. It takes 4 to 6 working days.",
    language="en",
    phrasings=("Is there delivery to Belgium?", "Can I order from Belgium?"),
)
QUESTION = "Do you ship to Belgium? My number is 06 12 34 56 78"


@pytest.fixture
async def server() -> AsyncIterator[ChatServer]:
    async with open_chat_server() as double:
        yield double


Trying = Callable[..., Any]


@pytest.fixture
async def trying(
    embedder: Embedder, fresh_database: TestDatabase, tmp_path: Path
) -> Trying:
    """Return how to try a message out with settings of the test's own."""
    async with open_database(fresh_database.service, login=Login.SERVICE) as database:
        shop = Cafe(database=database, tenant=fresh_database.tenant, embedder=embedder)
        await shop.keep([BELGIUM])

    async def tried(text: str, model: ScriptedModel | None = None, **own: Any) -> Tried:
        settings = Settings(
            home=tmp_path,
            database_url=Secret(fresh_database.owner),
            vault_key=Secret("a passphrase of tests"),
            **own,
        )
        async with open_engine(
            settings,
            frozenset({Part.THINKING}),
            login=Login.MEMBER,
            overrides=Overrides(embedder=embedder, model=model),
        ) as engine:
            return await rehearse.try_message(engine.kit, Trial(fragments=(text,)))

    return tried


def _says(call: ChatCall) -> JSONResponse:
    """Sort every message as one to answer, and answer with the first passage's last line."""
    form = call.body["response_format"]["json_schema"]["schema"]["properties"]
    told = call.body["messages"][-1]["content"]
    said: dict[str, Any] = opinion()
    if "decision" not in form:
        passage = told.partition(" passage 1>\n")[2].partition("\n</data-")[0]
        quote = passage.strip().splitlines()[-1]
        said = written(quote, quote)
    message = {"content": json.dumps(said)}
    usage = {"prompt_tokens": 900, "completion_tokens": 60}
    return JSONResponse({"choices": [{"message": message}], "usage": usage, "model": "m-1"})


async def test_a_message_is_considered_with_the_model_that_settings_name(
    trying: Trying, server: ChatServer
) -> None:
    server.always = _says
    tried = await trying(
        QUESTION,
        llm_provider=ModelProvider.OPENAI,
        llm_url=server.url,
        llm_model="a-model",
    )
    proposal = tried.proposal

    assert proposal.verdict.decision is Decision.RESPOND
    assert proposal.citations
    assert proposal.citations[0].quote in (proposal.reply or "")
    assert proposal.snapshot["model"] == "a-model"
    assert proposal.snapshot["tokens"] == {"input": 1800, "output": 120}
    assert "06 12" not in json.dumps([call.body for call in server.calls])
    assert [call["model"] for call in proposal.snapshot["calls"]] == ["m-1", "m-1"]


async def test_the_model_of_a_test_is_told_no_personal_data_either(trying: Trying) -> None:
    model = ScriptedModel(opinion("escalate"))
    tried = await trying(QUESTION, model)
    assert tried.proposal.verdict.decision is Decision.ESCALATE
    assert "[PHONE_1]" in model.calls[0].told
    assert "06 12" not in model.calls[0].told


async def test_without_settings_nothing_leaves_this_machine(
    trying: Trying, server: ChatServer
) -> None:
    tried = await trying(QUESTION, llm_url=server.url)
    assert tried.proposal.snapshot["model"] == tried.proposal.snapshot["embedder"]
    assert server.calls == []


async def test_the_owners_settings_reach_the_model(
    trying: Trying, fresh_database: TestDatabase, server: ChatServer
) -> None:
    with psycopg.connect(fresh_database.privileged) as line:
        line.execute(
            "update ai_settings set system_prompt = 'We roast.', temperature = 0.25,"
            " max_tokens = 350, model_id ="
            " (select id from ai_models where name = 'gpt-4o') where user_id = %s",
            (fresh_database.tenant,),
        )
    server.always = _says
    await trying(QUESTION, llm_provider=ModelProvider.OPENAI, llm_url=server.url)
    sorting, writing = server.calls
    assert (sorting.body["model"], writing.body["model"]) == ("gpt-4o", "gpt-4o")
    assert (sorting.body["temperature"], writing.body["temperature"]) == (0.0, 0.25)
    assert writing.body["max_tokens"] == 350
    assert "We roast." in writing.body["messages"][0]["content"]


@pytest.mark.parametrize("principal", ["owner", "agent", "service", "assistant"])
async def test_whoever_opens_the_assistant_may_read_the_settings(
    fresh_database: TestDatabase, principal: str
) -> None:
    logins = {"service": Login.SERVICE, "assistant": Login.ASSISTANT}
    login = logins.get(principal, Login.MEMBER)
    conninfo = getattr(fresh_database, principal)
    async with (
        open_database(conninfo, login=login) as database,
        database.unit(fresh_database.tenant) as unit,
    ):
        assert await rules.model_settings(unit) == ModelSettings()
