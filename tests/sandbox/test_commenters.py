"""The posts of the demo, and the people who comment under them."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.channel import PlatformName
from core.sandbox.accounts import LinkedInAccount, SandboxConfig, read_accounts
from core.sandbox.commenters import PlayedComment, run_commenters
from core.sandbox.customers import Pace
from core.sandbox.sandbox import Sandbox
from core.sandbox.script import Place, ScriptedPost, read_posts
from core.sandbox.server import open_sandbox
from core.sandbox.state import Person
from tests.sandbox.stage import NUMBER, SECRET, TOKEN, Listener, Watch

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
FASTEST = Pace(starts_per_second=1000, gap_scale=0)


@pytest.fixture
def posts() -> tuple[ScriptedPost, ...]:
    return read_posts(DEMO / "posts.json")


@pytest.fixture
async def cafe(listener: Listener, watch: Watch) -> AsyncIterator[Sandbox]:
    """Return the sandbox of the demo, with its five accounts."""
    config = SandboxConfig(
        app_secret=SECRET,
        now=watch.now,
        accounts=read_accounts(DEMO / "channels.json", TOKEN),
        webhook_base="http://companion.invalid/webhooks",
        post=listener.post,
        sleep=watch.sleep,
    )
    async with open_sandbox(config) as running:
        yield running


async def play(
    cafe: Sandbox, watch: Watch, posts: tuple[ScriptedPost, ...]
) -> dict[str, PlayedComment]:
    played = await run_commenters(posts, stage=cafe, pace=FASTEST, sleep=watch.sleep)
    return {one.line.key: one for one in played}


def test_each_platform_with_comments_has_posts_and_both_languages_are_heard(
    posts: tuple[ScriptedPost, ...],
) -> None:
    assert Counter(post.platform for post in posts) == {
        PlatformName.INSTAGRAM: 2,
        PlatformName.FACEBOOK: 1,
        PlatformName.X: 1,
        PlatformName.LINKEDIN: 1,
    }
    lines = [line for post in posts for line in post.comments]
    assert len({line.key for line in lines}) == len(lines)
    assert {line.language for line in lines} == {"fr", "en"}
    assert min(Counter(line.language for line in lines).values()) >= 6


def test_an_answer_comes_after_what_it_answers(posts: tuple[ScriptedPost, ...]) -> None:
    answers = 0
    for post in posts:
        said: set[str] = set()
        for line in post.comments:
            assert line.under is None or line.under in said, line.key
            answers += line.under is not None
            said.add(line.key)
    assert answers >= 3


def test_a_mention_names_the_account(posts: tuple[ScriptedPost, ...]) -> None:
    channels = json.loads((DEMO / "channels.json").read_text("utf-8"))
    [account] = [one for one in channels if one["platform"] == "x"]
    [post] = [post for post in posts if post.platform is PlatformName.X]
    named = {line.place: f"@{account['username']}" in line.text for line in post.comments}
    assert named == {Place.ELSEWHERE: True, Place.UNDER_POST: False}


async def test_every_comment_is_told_by_a_webhook_of_its_platform(
    cafe: Sandbox, listener: Listener, watch: Watch, posts: tuple[ScriptedPost, ...]
) -> None:
    played = await play(cafe, watch, posts)

    assert list(played) == [line.key for post in posts for line in post.comments]
    assert all(one.written.delivery.arrived for one in played.values())
    told = Counter(url.rpartition("/")[2] for url, _body, _headers in listener.bodies)
    said = Counter(line.platform.value for post in posts for line in post.comments)
    assert told == said


async def test_an_answer_hangs_under_its_comment(
    cafe: Sandbox, watch: Watch, posts: tuple[ScriptedPost, ...]
) -> None:
    played = await play(cafe, watch, posts)

    asked, answer = (played[key].written.id for key in ("guji-grind", "guji-answered"))
    assert cafe.state.comments[answer].parent_id == asked
    asked, answer = (
        played[key].written.id for key in ("workshop-complaint", "workshop-same")
    )
    assert cafe.state.facebook.comments[answer].parent_id == asked
    asked, answer = (
        played[key].written.id for key in ("offices-villeurbanne", "offices-too")
    )
    above = cafe.state.linkedin.comment(asked)
    below = cafe.state.linkedin.comment(answer)
    assert above is not None
    assert below is not None
    assert below.parent == above.id


async def test_posts_are_the_business_own(
    cafe: Sandbox, watch: Watch, posts: tuple[ScriptedPost, ...]
) -> None:
    await play(cafe, watch, posts)

    assert {post.caption for post in cafe.state.posts.values()} == {
        post.text for post in posts if post.platform is PlatformName.INSTAGRAM
    }
    [organisation] = [post.author for post in cafe.state.linkedin.posts.values()]
    assert organisation == cafe.state.account(LinkedInAccount).account_id


async def test_nobody_posts_where_there_are_no_posts(cafe: Sandbox) -> None:
    with pytest.raises(KeyError):
        cafe.publish(PlatformName.WHATSAPP, "Bonjour")
    person = Person(platform=PlatformName.WHATSAPP, id="33", name="Zoe", username="")
    with pytest.raises(ValueError, match="nobody posts on whatsapp"):
        await cafe.mention(person, f"@{NUMBER.name}")
    stranger = Person(platform=PlatformName.X, id="91", name="Zoe", username="zoe")
    with pytest.raises(ValueError, match="names nobody"):
        await cafe.mention(stranger, "Good coffee here")


@pytest.mark.parametrize("place", ["comments", "customer"])
def test_a_malformed_post_says_which(tmp_path: Path, place: str) -> None:
    line = {"key": "c", "customer": "Zoe", "language": "en", "text": "Hi"}
    comments = {"comments": "none", "customer": [line]}[place]
    file = tmp_path / "posts.json"
    post = {"key": "p", "platform": "x", "text": "Roast", "comments": comments}
    file.write_text(json.dumps([post]), "utf-8")
    with pytest.raises(TypeError, match="malformed"):
        read_posts(file)
