"""A comment under a LinkedIn post reaches a member, and the answer reaches LinkedIn, once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psycopg
import pytest

from core.actions import comment as act
from core.actions import connect, retain
from core.actions.comment import Answer
from core.actions.connect import Account
from core.clock import SystemClock
from core.config.secret import Secret
from core.config.settings import Settings
from core.config.vault import open_vault
from core.domain.channel import AssistantMode, PlatformName
from core.domain.comment import DeedState
from core.domain.errors import Refused
from core.engine import Engine, Overrides, Part, open_engine
from core.queries import comments as query
from core.queries.comments import ShownComment
from core.sandbox.accounts import LinkedInAccount, SandboxConfig
from core.sandbox.faults import Endpoint, Fault, FaultRule
from core.sandbox.linkedin_state import LinkedInPost
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from core.store.comments import Wanted
from core.store.pool import Login
from core.web.webhooks import SANDBOX_SECRET
from tests.doubles.scripted_assistant import NoEmbedder, ScriptedAssistant
from tests.fixtures.database import TestDatabase
from tests.flows.stage import PATIENCE, TIMINGS, TOKEN

PAGE = LinkedInAccount(
    account_id="urn:li:organization:77", name="Brûlerie", access_token=TOKEN.reveal()
)
ANNA = Person(
    platform=PlatformName.LINKEDIN, id="urn:li:person:Anna", name="Anna", username=""
)
LISTENING = frozenset({Part.WEB, Part.INBOUND, Part.COMMENTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A member before a page of theirs, with the companion between."""

    sandbox: Sandbox
    companion: Engine
    member: Engine
    database: TestDatabase

    def post(self) -> LinkedInPost:
        now = self.sandbox.world.now()
        return self.sandbox.state.linkedin.add_post(PAGE.account_id, "News", {}, now)

    async def comment_when(self, text: str, state: DeedState | None = None) -> ShownComment:
        """Return the comment with these words, once it is there and its deed has come so far."""
        async with asyncio.timeout(PATIENCE):
            with self.member.kit.notices.subscribed() as news:
                while True:
                    page = await query.page(self.member.kit, Wanted(waiting=False))
                    for one in page.comments:
                        states = [deed.state for deed in one.deeds]
                        if one.comment.text == text and state in (None, *states):
                            return one
                    await news.next()


@pytest.fixture
async def square(fresh_database: TestDatabase, tmp_path: Path) -> AsyncIterator[Square]:
    own = Settings(
        home=tmp_path, port=0, vault_key=Secret("a passphrase of tests"), timings=TIMINGS
    )
    vault = open_vault(own.secrets_dir, own.vault_key)
    config = SandboxConfig(
        app_secret=vault.get_or_create(SANDBOX_SECRET).reveal(),
        now=SystemClock().now,
        accounts=(PAGE,),
        redelivery_seconds=(0.1, 0.3, 1.0),
    )
    async with (
        open_sandbox(config) as sandbox,
        open_engine(
            replace(own, database_url=Secret(fresh_database.service)),
            LISTENING,
            overrides=Overrides(
                assistant=ScriptedAssistant(),
                embedder=NoEmbedder(),
                loopback=(sandbox.url,),
            ),
        ) as companion,
        open_engine(
            replace(own, database_url=Secret(fresh_database.owner)),
            frozenset({Part.RELAY}),
            login=Login.MEMBER,
        ) as member,
    ):
        sandbox.listen_at(f"{companion.web_url}/webhooks")
        await connect.channel(
            member.kit,
            Account(
                platform=PlatformName.LINKEDIN,
                account_id=PAGE.account_id,
                name=PAGE.name,
                token=TOKEN,
                mode=AssistantMode.OFF,
                metadata={"base_url": f"{sandbox.url}/linkedin/rest"},
            ),
        )
        yield Square(
            sandbox=sandbox, companion=companion, member=member, database=fresh_database
        )


async def test_a_comment_is_answered_under_the_post(square: Square) -> None:
    post = square.post()
    written = await square.sandbox.comment(ANNA, post.urn, "How much is it?")
    assert written.delivery.arrived
    shown = await square.comment_when("How much is it?")
    assert shown.comment.author_id == ANNA.id
    assert shown.comment.post_id == post.urn
    await act.reply(square.member.kit, Answer(comment=shown.comment.id, text="12 €"))
    await square.comment_when("How much is it?", DeedState.ACCEPTED)
    [ours] = [
        one
        for one in square.sandbox.state.linkedin.comments.values()
        if one.actor == PAGE.account_id
    ]
    assert ours.text == "12 €"
    assert [send.message_id for send in square.sandbox.sends()] == [ours.urn]


async def test_an_answer_whose_answer_was_lost_is_settled_and_not_repeated(
    square: Square,
) -> None:
    post = square.post()
    await square.sandbox.comment(ANNA, post.urn, "How much is it?")
    shown = await square.comment_when("How much is it?")
    square.sandbox.faults.add(
        FaultRule(kind=Fault.CUT_AFTER_ACCEPT, endpoint=Endpoint.LINKEDIN_REPLIES)
    )
    await act.reply(square.member.kit, Answer(comment=shown.comment.id, text="12 €"))
    await square.comment_when("How much is it?", DeedState.ACCEPTED)
    assert len(square.sandbox.sends()) == 1


async def test_what_linkedin_has_not_is_refused_before_it_is_queued(square: Square) -> None:
    post = square.post()
    await square.sandbox.comment(ANNA, post.urn, "How much is it?")
    shown = await square.comment_when("How much is it?")
    with pytest.raises(Refused):
        await act.hide(square.member.kit, shown.comment.id)
    answer = Answer(comment=shown.comment.id, text="12 €")
    with pytest.raises(Refused):
        await act.reply_privately(square.member.kit, answer)


async def test_after_two_days_the_words_are_gone_and_the_answer_stands(
    square: Square,
) -> None:
    post = square.post()
    await square.sandbox.comment(ANNA, post.urn, "How much is it?")
    shown = await square.comment_when("How much is it?")
    await act.reply(square.member.kit, Answer(comment=shown.comment.id, text="12 €"))
    await square.comment_when("How much is it?", DeedState.ACCEPTED)
    async with await psycopg.AsyncConnection.connect(
        square.database.privileged
    ) as connection:
        await connection.execute(
            "update comments set text_stored_at = now() - interval '49 h'"
        )
        await connection.execute(
            "update webhook_events set received_at = now() - interval '49 h'"
        )
    await retain.expire(square.companion.kit)
    later = await query.one(square.member.kit, shown.comment.id)
    assert (later.comment.text, later.expired_by) == ("", "LinkedIn")
    assert [deed.text for deed in later.deeds] == ["12 €"]


async def test_linkedins_challenge_is_answered_at_the_webhooks_address(
    square: Square,
) -> None:
    url = f"{square.companion.web_url}/webhooks/linkedin"
    async with httpx.AsyncClient(trust_env=False) as caller:
        answer = await caller.get(url, params={"challengeCode": "11-22"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["challengeCode"] == "11-22"
