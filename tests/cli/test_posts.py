"""Planning posts from the terminal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from core.domain.channel import PlatformName
from tests.cli.conftest import Call
from tests.fixtures.inbox import Arrange
from tests.fixtures.press import jpeg

SOON = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)  # noqa: TID251
LATER = SOON + timedelta(days=2)


@pytest.fixture
def channel(arrange_at_home: Arrange) -> str:
    """Return a LinkedIn page's channel."""
    return str(arrange_at_home.channel(platform=PlatformName.LINKEDIN))


def test_a_post_is_planned_moved_and_cancelled(
    call: Call, channel: str, tmp_path: Path
) -> None:
    picture = tmp_path / "cup.jpg"
    picture.write_bytes(jpeg())
    added = call(
        "posts", "add", channel, "--text", "Fresh beans", "--image", picture,
        "--at", SOON.isoformat(), "--json",
    ).json  # fmt: skip
    assert (added["status"], added["content"]["format"]) == ("queued", "image")
    assert datetime.fromisoformat(added["publish_at"]) == SOON
    [listed] = call("posts", "list", "--channel", channel, "--json").json
    assert listed == added
    assert "Fresh beans" in call("posts", "list").out
    call("posts", "move", added["id"], LATER.isoformat())
    [moved] = call("posts", "list", "--channel", channel, "--json").json
    assert datetime.fromisoformat(moved["publish_at"]) == LATER
    assert call("posts", "cancel", added["id"]).out == "Cancelled.\n"
    assert call("posts", "list", "--channel", channel, "--json").json == []
    [over] = call("posts", "list", "--channel", channel, "--all", "--json").json
    assert over["status"] == "cancelled"
    late = call("posts", "cancel", added["id"])
    assert (late.code, "too late" in late.err) == (1, True)


def test_what_the_platform_would_never_take_is_refused_in_words(
    call: Call, channel: str
) -> None:
    refused = call("posts", "add", channel, "--text", "x" * 3001)
    assert refused.code == 1
    assert "3,000 characters" in refused.err
    story = call("posts", "add", channel, "--text", "Hi", "--format", "story")
    assert story.code == 1
    assert "no posts of the kind story" in story.err
    missing = call("posts", "add", channel, "--image", "nowhere.jpg")
    assert (missing.code, "cannot be read" in missing.err) == (1, True)


def test_an_uncertain_post_is_marked_and_tried_again(
    call: Call, channel: str, arrange_at_home: Arrange
) -> None:
    post = call(
        "posts", "add", channel, "--text", "Hi", "--at", SOON.isoformat(), "--json"
    ).json["id"]
    arrange_at_home.run(
        "update scheduled_posts set status = 'uncertain', phase = 'uncertain'"
        " where id = %(post)s",
        post=post,
    )
    assert call("posts", "mark", post, "missing", "--json").json["status"] == "failed"
    assert call("posts", "retry", post).out == "Queued.\n"
    [queued] = call("posts", "list", "--channel", channel, "--json").json
    assert (queued["status"], queued["error"]) == ("queued", None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["posts", "add"],
        ["posts", "add", "not-an-id", "--text", "Hi"],
        ["posts", "add", str(uuid4()), "--text", "Hi", "--at", "tomorrow"],
        ["posts", "move", str(uuid4()), "2030-01-01T09:00"],
        ["posts", "mark", str(uuid4()), "perhaps"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_told_as_one(call: Call, arguments: list[str]) -> None:
    assert call(*arguments).code == 2
