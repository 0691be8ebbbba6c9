"""The play: who writes what, and what the assistant is expected to do about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.domain.channel import PlatformName
from core.domain.decision import Decision, EscalationReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """One message of a conversation, `after_seconds` behind the one before it.

    `picture` names a drawing of `core.sandbox.pictures`; `text` is then its caption.
    """

    text: str = ""
    picture: str | None = None
    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedConversation:
    """One line of the script.

    `expected_source` is what a reply must quote: the file name of a document, or the
    question of a FAQ entry. Every text of `must_contain` has to stand in the reply.
    `expected_reasons` are the acceptable ones for an escalation.
    """

    key: str
    platform: PlatformName
    language: str
    name: str
    username: str
    fragments: tuple[Fragment, ...]
    expected: Decision
    expected_source: str | None = None
    expected_reasons: tuple[EscalationReason, ...] = ()
    must_contain: tuple[str, ...] = ()


class Place(StrEnum):
    """Where somebody says something in public: under our post, or in a post of their own."""

    UNDER_POST = "under_post"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedComment:
    """One comment, `after_seconds` behind the one before it.

    `under` is the key of the comment it answers, None for one at the top.
    """

    key: str
    platform: PlatformName
    language: str
    name: str
    username: str
    text: str
    place: Place
    under: str | None
    after_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedPost:
    """A post of the business's own, with what people will say about it, in order."""

    key: str
    platform: PlatformName
    text: str
    comments: tuple[ScriptedComment, ...]


def read_posts(path: Path) -> tuple[ScriptedPost, ...]:
    """Return the posts of a file, each with its comments."""
    return tuple(_post(post) for post in json.loads(path.read_text("utf-8")))


def _post(post: Mapping[str, object]) -> ScriptedPost:
    comments = post["comments"]
    if not isinstance(comments, list):
        raise TypeError(f"post {post['key']}: its comments are malformed")
    platform = PlatformName(str(post["platform"]))
    return ScriptedPost(
        key=str(post["key"]),
        platform=platform,
        text=str(post["text"]),
        comments=tuple(_comment(platform, comment) for comment in comments),
    )


def _comment(platform: PlatformName, comment: Mapping[str, object]) -> ScriptedComment:
    customer, under = comment["customer"], comment.get("under")
    if not isinstance(customer, dict):
        raise TypeError(f"comment {comment['key']}: its customer is malformed")
    return ScriptedComment(
        key=str(comment["key"]),
        platform=platform,
        language=str(comment["language"]),
        name=customer["name"],
        username=customer["username"],
        text=str(comment["text"]),
        place=Place(str(comment.get("place", Place.UNDER_POST))),
        under=None if under is None else str(under),
        after_seconds=float(str(comment["after_seconds"])),
    )


def read_script(path: Path) -> tuple[ScriptedConversation, ...]:
    """Return the conversations of a script file, in the order in which they begin."""
    return tuple(_conversation(line) for line in json.loads(path.read_text("utf-8")))


def _conversation(line: Mapping[str, object]) -> ScriptedConversation:
    customer, messages = line["customer"], line["messages"]
    if not isinstance(customer, dict) or not isinstance(messages, list):
        raise TypeError(f"conversation {line['key']}: customer or messages are malformed")
    source = line.get("expected_source")
    return ScriptedConversation(
        key=str(line["key"]),
        platform=PlatformName(str(line["platform"])),
        language=str(line["language"]),
        name=customer["name"],
        username=customer["username"],
        fragments=tuple(_fragment(message) for message in messages),
        expected=Decision(str(line["expected"])),
        expected_source=None if source is None else str(source),
        expected_reasons=tuple(map(EscalationReason, _texts(line, "expected_reasons"))),
        must_contain=tuple(_texts(line, "must_contain")),
    )


def _fragment(message: Mapping[str, object]) -> Fragment:
    picture = message.get("picture")
    return Fragment(
        text=str(message.get("text", "")),
        picture=None if picture is None else str(picture),
        after_seconds=float(str(message.get("after_seconds", 0))),
    )


def _texts(line: Mapping[str, object], name: str) -> list[str]:
    value = line.get(name, [])
    return [str(item) for item in value] if isinstance(value, list) else []
