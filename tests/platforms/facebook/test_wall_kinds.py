"""What is told of a Page's wall, kind by kind; the payloads here are our own."""

import pytest

from core.domain.errors import BadPayload
from core.domain.incoming import (
    CommentKind,
    IncomingComment,
    IncomingCommentChange,
    IncomingOther,
)
from tests.platforms.facebook.webhooks import (
    PAGE,
    SECONDS,
    comment,
    feed,
    only,
    read,
)


def test_a_comment_names_its_post_author_and_place() -> None:
    fact = only(comment("add", {"message": "Nice", "parent_id": f"{PAGE}_9"}))
    assert isinstance(fact, IncomingComment)
    assert (fact.key, fact.post_id, fact.parent_id) == ("9_1", f"{PAGE}_9", None)
    assert fact.sender is not None
    assert (fact.sender.platform_customer_id, fact.sender.name) == ("55", "Ada")
    assert (fact.own, fact.kind) == (False, CommentKind.COMMENT)
    assert fact.at.timestamp() == SECONDS - 60


def test_a_reply_names_the_comment_above() -> None:
    assert only(comment("add", {"message": "Nice", "parent_id": "9_0"})).parent_id == "9_0"


def test_the_pages_own_comment_is_its_own() -> None:
    assert only(comment("add", {"message": "Thanks", "from": {"id": PAGE}})).own


def test_older_samples_name_the_author_beside_the_comment() -> None:
    value = {"from": None, "sender_id": 55, "sender_name": "Ada"}
    fact = only(comment("add", {"message": "Nice", **value}))
    assert (fact.sender.platform_customer_id, fact.sender.name) == ("55", "Ada")


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("edit", ("Later", None, False)),
        ("edited", ("Later", None, False)),
        ("remove", (None, None, True)),
        ("hide", (None, True, False)),
        ("unhide", (None, False, False)),
    ],
)
def test_a_changed_comment_says_what_changed(
    verb: str, wanted: tuple[str | None, bool | None, bool]
) -> None:
    words = {"message": "Later"} if verb.startswith("edit") else {}
    fact = only(comment(verb, words))
    assert isinstance(fact, IncomingCommentChange)
    assert (fact.text, fact.hidden, fact.removed) == wanted
    assert (fact.comment_id, fact.key) == ("9_1", "9_1")
    assert fact.at.timestamp() == SECONDS


def test_hidden_shown_and_hidden_again_are_three_facts_and_a_redelivery_none() -> None:
    rounds = [("hide", 0), ("unhide", 5), ("hide", 9), ("hide", 9)]
    facts = [only(comment(verb, time=SECONDS + later)) for verb, later in rounds]
    assert len({(fact.key, fact.sub) for fact in facts}) == 3


def test_a_visitors_post_is_a_comment_of_its_own_and_ours_is_no_news() -> None:
    value = {"item": "status", "verb": "add", "post_id": f"{PAGE}_7", "message": "Hello"}
    visitor = only(feed({**value, "from": {"id": "55", "name": "Ada"}}))
    assert isinstance(visitor, IncomingComment)
    assert (visitor.key, visitor.post_id) == (f"{PAGE}_7", f"{PAGE}_7")
    ours = only(feed({**value, "from": {"id": PAGE}}))
    assert (type(ours), ours.kind) == (IncomingOther, "feed.own_post")


def test_a_mention_is_told_without_its_author() -> None:
    named = {"verb": "add", "post_id": "88_1"}
    post = only(feed({**named, "item": "post", "message": "@Shop"}, field="mention"))
    assert isinstance(post, IncomingComment)
    assert (post.kind, post.key, post.sender) == (CommentKind.MENTION, "88_1", None)
    below = only(feed({**named, "item": "comment", "comment_id": "1_5"}, field="mention"))
    assert (below.kind, below.key, below.post_id) == (CommentKind.MENTION, "1_5", "88_1")


@pytest.mark.parametrize("item", ["reaction", "like", "event", "album"])
def test_what_is_no_comment_is_kept(item: str) -> None:
    fact = only(feed({"item": item, "verb": "add", "post_id": "1"}))
    assert (type(fact), fact.kind) == (IncomingOther, f"feed.{item}")


def test_a_change_without_a_value_is_kept() -> None:
    payload = {"object": "page", "entry": [{"id": PAGE, "changes": [{"field": "feed"}]}]}
    fact = only(payload)
    assert (type(fact), fact.kind, fact.account_id) == (IncomingOther, "feed", PAGE)


def test_a_comment_without_an_id_costs_its_neighbour_nothing() -> None:
    broken = comment("add", {"comment_id": None})
    whole = comment("add", {"comment_id": "9_2"})
    broken["entry"][0]["changes"] += whole["entry"][0]["changes"]
    first, second = read(broken)
    assert isinstance(first, IncomingOther)
    assert second.key == "9_2"


def test_what_is_about_another_object_is_refused() -> None:
    with pytest.raises(BadPayload):
        read({"object": "instagram", "entry": []})
