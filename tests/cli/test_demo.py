"""The demo from the command line: five healthy channels, forty conversations, comments."""

import json
from collections import Counter
from pathlib import Path

from core import paths
from tests.cli.conftest import Call


def demo_file(name: str) -> Path:
    return paths.resources_dir() / "demo" / name


def test_loading_connects_each_platform_where_the_sandbox_speaks_its_dialect(
    call: Call,
) -> None:
    call("demo", "load")
    rows = call("channels", "list", "--json").json
    accounts = json.loads(demo_file("channels.json").read_text("utf-8"))
    assert Counter(row["platform"] for row in rows) == Counter(
        one["platform"] for one in accounts
    )
    assert len(rows) == 5
    logins = {row["platform"]: bool(row["scopes"]) for row in rows}
    assert logins == {
        "whatsapp": False,
        "instagram": True,
        "facebook": True,
        "x": True,
        "linkedin": True,
    }


def test_every_conversation_ends_as_scripted_and_every_channel_is_well(call: Call) -> None:
    played = call("demo", "run", "--json", "--pace", "10").lines
    assert played[-1] == {"conversations": 40, "as_scripted": 40}

    rows = call("channels", "list", "--json").json
    assert {row["platform"]: row["ailment"] for row in rows} == dict.fromkeys(
        ("whatsapp", "instagram", "facebook", "x", "linkedin"), "well"
    )
    assert all(row["subscribed"] and row["reachable"] for row in rows)

    posts = json.loads(demo_file("posts.json").read_text("utf-8"))
    said = {line["text"] for post in posts for line in post["comments"]}
    heard = call("comments", "list", "--json").json
    assert {one["comment"]["text"] for one in heard} == said
    walls = [one["comment"]["platform"] for one in heard if one["obstacle"]]
    assert walls == ["x"]
