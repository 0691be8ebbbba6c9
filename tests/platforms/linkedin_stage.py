"""A LinkedIn page on the sandbox, spoken to over real HTTP, on a clock that never waits."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.config.secret import Secret
from core.domain.channel import PlatformName
from core.net.client import Http, open_http
from core.platforms.base import ChannelSession
from core.platforms.commenting import CommentTarget
from core.sandbox.accounts import LinkedInAccount, SandboxConfig
from core.sandbox.linkedin_state import LinkedInPost, LinkedInState
from core.sandbox.sandbox import Sandbox
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person

PAGE = "urn:li:organization:5515715"
SECRET = "own-client-secret"  # noqa: S105 - opens nothing but these tests
TOKEN = "own-token"  # noqa: S105 - opens nothing but these tests
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
ANNA = Person(
    platform=PlatformName.LINKEDIN, id="urn:li:person:Anna", name="Anna", username=""
)


class HurriedClock:
    """Time passes only by waiting, and waiting takes none."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOON

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Stage:
    """The sandbox, a session on its page, and the platform's own clock."""

    sandbox: Sandbox
    session: ChannelSession
    http: Http
    clock: HurriedClock
    heard: list[bytes]
    at: datetime = NOON

    @property
    def linkedin(self) -> LinkedInState:
        return self.sandbox.state.linkedin

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)

    def post(self, text: str = "News from the roastery") -> LinkedInPost:
        return self.linkedin.add_post(PAGE, text, {}, self.at)

    def target(self, comment_id: str, post: LinkedInPost, **known: str) -> CommentTarget:
        return CommentTarget(
            post_id=post.urn,
            comment_id=comment_id,
            parent_id=known.get("parent_id"),
            author_id=ANNA.id,
            text=known.get("text", "How much is it?"),
            kind=known.get("kind", "comment"),
            at=self.at,
        )


@asynccontextmanager
async def open_stage() -> AsyncIterator[Stage]:
    clock, heard = HurriedClock(), list[bytes]()
    account = LinkedInAccount(account_id=PAGE, name="Brulerie", access_token=TOKEN)

    async def hear(url: str, body: bytes, headers: Mapping[str, str]) -> int:
        assert url.endswith("/linkedin")
        assert "X-LI-Signature" in headers
        heard.append(body)
        return 200

    config = SandboxConfig(
        app_secret=SECRET,
        now=lambda: stage.at,
        accounts=(account,),
        webhook_base="http://companion.invalid/webhooks",
        post=hear,
        sleep=clock.sleep,
    )
    async with (
        open_sandbox(config) as sandbox,
        open_http(clock=clock, sleep=clock.sleep) as http,
    ):
        base = f"{sandbox.url}/linkedin/rest"
        stage = Stage(
            sandbox=sandbox,
            session=ChannelSession(
                account_id=PAGE, base_url=base, token=Secret(TOKEN), http=http
            ),
            http=http,
            clock=clock,
            heard=heard,
        )
        yield stage
