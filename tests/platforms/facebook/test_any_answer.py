"""Nothing that Facebook could answer makes asking it fail in a way that has no name."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config.secret import Secret
from core.domain.errors import SocialSyncError
from core.net.client import open_http
from core.platforms.base import ChannelSession
from core.platforms.connecting import AppCredentials, Exchange, Flavour, Grant
from core.platforms.facebook import Facebook
from core.platforms.publishing import (
    PostContent,
    PostFormat,
    PostMedia,
    PublishPhase,
    PublishProgress,
)
from tests.platforms.graph_double import BASE, Graph, StillClock, an_item

FACEBOOK = Facebook()
MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
KEYS = [
    *("data", "paging", "next", "cursors", "after", "id", "from", "name", "message"),
    *("created_time", "updated_time", "messages", "attachments", "image_data", "url"),
    *("parent", "picture", "is_hidden", "error", "code", "error_subcode", "success"),
    *("status", "video_status", "uploading_phase", "publishing_phase", "video_id"),
    *("upload_url", "post_id", "media_id", "target", "subattachments", "scopes"),
    *("access_token", "expires_in", "tasks", "permission", "subscribed_fields", "to"),
]
WORDS = [
    "complete",
    "error",
    "granted",
    "2026-11-28T12:00:00+0000",
    "http://[",
    "MESSAGING",
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from(WORDS)
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=20,
)
answers = st.dictionaries(st.sampled_from(KEYS), anything, max_size=6) | anything

FILM = PostMedia(kind="video", mime_type="video/mp4", file_name="a.mp4", url="http://f/a")
PHOTO = PostMedia(kind="image", mime_type="image/png", file_name="a.png", url="http://f/a")
REEL = PostContent(format=PostFormat.REEL, media=(FILM,))
WALL = PostContent(format=PostFormat.IMAGE, text="A cup", media=(PHOTO,))
STORY = PostContent(format=PostFormat.STORY, media=(PHOTO,))
BEGUN = PublishProgress(
    phase=PublishPhase.PUBLISHING,
    handles={"video": "1", "upload_url": f"{BASE}/u", "uploaded": "1", "photo0": "2"},
    begun_at=MOMENT,
)
[LOGIN] = FACEBOOK.connecting.flavours
LOCAL = f"{BASE}/oauth/access_token"

Asking = Callable[[ChannelSession], Awaitable[Any]]
QUESTIONS: dict[str, Asking] = {
    "comments": lambda s: FACEBOOK.comments.page(s, "110_1", None),
    "posts": lambda s: FACEBOOK.comments.posts(s, 5),
    "conversations": lambda s: FACEBOOK.catching_up.since(s, MOMENT),
    "find sent": lambda s: FACEBOOK.find_sent(s, an_item()),
    "profile": lambda s: FACEBOOK.customer_profile(s, "1"),
    "inspect": FACEBOOK.connecting.inspect,
    "subscription": FACEBOOK.connecting.subscription,
    "pages": lambda s: FACEBOOK.connecting.accounts(
        s.http, BASE, LOGIN, Grant(access_token=Secret("t"))
    ),
    "redeem": lambda s: FACEBOOK.connecting.redeem(
        s.http,
        _local_login(),
        Exchange(
            code="c",
            redirect_uri=BASE,
            verifier="",
            app=AppCredentials(client_id="a", client_secret=Secret("s")),
        ),
    ),
    "send": lambda s: FACEBOOK.send(s, an_item(), None),
    "begin a reel": lambda s: FACEBOOK.publishing.step(s, REEL, PublishProgress()),
    "publish a reel": lambda s: FACEBOOK.publishing.step(s, REEL, BEGUN),
    "publish on the wall": lambda s: FACEBOOK.publishing.step(s, WALL, BEGUN),
    "publish a story": lambda s: FACEBOOK.publishing.step(s, STORY, BEGUN),
}


def _local_login() -> Flavour:
    return replace(LOGIN, token_url=LOCAL)


async def ask(asking: Asking, payload: Any, status: int) -> None:
    graph = Graph()
    for _ in range(25):
        graph.reply(payload, status)
    transport = httpx.MockTransport(graph.answer)
    async with open_http(clock=StillClock(), loopback=[BASE], transport=transport) as http:
        session = ChannelSession(
            account_id="110", base_url=BASE, token=Secret("the-token"), http=http
        )
        with suppress(SocialSyncError):
            await asking(session)


@pytest.mark.parametrize("name", QUESTIONS)
@given(payload=answers, status=st.sampled_from([200, 200, 200, 400, 500]))
@settings(max_examples=60, deadline=None)
def test_no_answer_is_a_surprise(name: str, payload: Any, status: int) -> None:
    asyncio.run(ask(QUESTIONS[name], payload, status))
