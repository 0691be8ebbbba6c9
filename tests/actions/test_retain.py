"""What a platform's terms let us keep for a while only is gone from wherever it stood."""

import asyncio
from datetime import UTC, datetime

import pytest

from core.actions import hear, retain
from core.domain.channel import PlatformName
from core.domain.incoming import IncomingComment, Sender
from core.jobs.ticker import TICKS
from core.kit import Kit
from core.queries import comments as query
from core.store import channels
from tests.doubles.expiring_rows import (
    MIRA,
    PAGE,
    WORDS,
    a_body,
    a_comment,
    a_decision,
    a_page,
    a_run,
    plant_everywhere,
    tables_with,
)
from tests.fixtures.inbox import Arrange, KitOf

GONE = "Expired by LinkedIn's terms."
SAID = IncomingComment(
    account_id=PAGE,
    key="urn:li:comment:(urn:li:activity:2,9)",
    at=datetime(2026, 11, 3, tzinfo=UTC),
    post_id="urn:li:share:1",
    sender=Sender(platform_customer_id="urn:li:person:aBcD1"),
    text=WORDS,
)


@pytest.fixture
async def service(kit_of: KitOf) -> Kit:
    return await kit_of("service")


async def test_words_and_authors_go_when_their_time_is_over(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange)
    old, middle, young = (
        a_comment(arrange, channel, age) for age in ("49 hours", "25 hours", "23 hours")
    )
    await retain.expire(service)
    seen = {
        name: (row["text"], row["author_name"], row["author_avatar_url"] is None)
        for name, row in (
            ("old", arrange.row("comments", old)),
            ("middle", arrange.row("comments", middle)),
            ("young", arrange.row("comments", young)),
        )
    }
    assert seen == {
        "old": (None, None, True),
        "middle": (WORDS, None, True),
        "young": (WORDS, "Mira", False),
    }
    kept = arrange.row("comments", old)
    assert kept["expired_at"] is not None
    assert (kept["author_id"], kept["ai_reply_text"]) == (MIRA, "Yes, Lyon too.")


async def test_what_we_said_ourselves_stays(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    own = a_comment(arrange, channel, "60 days", "Yes, Lyon too.", own=True)
    unmarked = a_comment(
        arrange, channel, "60 days", "Since May.", author=f"{PAGE}-{channel}"
    )
    await retain.expire(service)
    texts = [arrange.row("comments", one)["text"] for one in (own, unmarked)]
    assert texts == ["Yes, Lyon too.", "Since May."]


async def test_platforms_without_such_terms_keep_everything(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange, PlatformName.INSTAGRAM)
    comment = a_comment(arrange, channel, "60 days")
    conversation = arrange.conversation(channel)
    arrange.run("update customers set profile_stored_at = now() - interval '60 days'")
    await retain.expire(service)
    assert arrange.row("comments", comment)["text"] == WORDS
    customer = arrange.row("conversations", conversation)["customer_id"]
    assert arrange.row("customers", customer)["name"] == "Nora"


async def test_no_table_holds_the_words_any_more(
    arrange: Arrange, arrange_elsewhere: Arrange, service: Kit
) -> None:
    """Two inboxes, and every place that the words of a comment can get to."""
    for hand in (arrange, arrange_elsewhere):
        plant_everywhere(hand)
    assert tables_with(arrange, WORDS) == [
        "ai_decisions",
        "checkpoints",
        "comments",
        "decision_corrections",
        "knowledge_gap_messages",
        "support_escalations",
        "waiting_updates",
        "webhook_events",
    ]
    assert {"blobs", "customers"} < set(tables_with(arrange, "Mira"))
    await retain.expire(service)
    assert tables_with(arrange, WORDS) == []
    assert tables_with(arrange, "Mira") == []


async def test_a_decision_keeps_what_is_ours_and_what_weighs_it(
    arrange: Arrange, service: Kit
) -> None:
    channel = a_page(arrange)
    decision = a_decision(arrange)
    a_comment(arrange, channel, "49 hours", decision=decision)
    before = arrange.row("ai_decisions", decision)
    await retain.expire(service)
    after = arrange.row("ai_decisions", decision)
    assert (after["message_text"], after["reason"]) == (None, GONE)
    assert after["snapshot_json"]["reply"] == "Yes, Lyon too."
    for name in ("decision", "confidence", "likely", "sort", "created_at"):
        assert after[name] == before[name], name


async def test_webhooks_are_emptied_once_they_are_settled(
    arrange: Arrange, service: Kit
) -> None:
    a_page(arrange)
    settled, parked = (
        a_body(arrange, "49 hours", state=state) for state in ("done", "parked")
    )
    kept = [
        a_body(arrange, "49 hours", state="pending"),
        a_body(arrange, "47 hours"),
        a_body(arrange, "49 hours", platform=PlatformName.WHATSAPP),
    ]
    digest = arrange.row("webhook_events", settled)["body_sha256"]
    await retain.expire(service)
    for one in (settled, parked):
        row = arrange.row("webhook_events", one)
        assert (bytes(row["body"]), row["payload"]) == (b"", None)
    assert arrange.row("webhook_events", settled)["body_sha256"] == digest
    assert all(arrange.row("webhook_events", one)["payload"] for one in kept)


async def test_a_second_run_changes_nothing(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    comment = a_comment(arrange, channel, "49 hours", decision=a_decision(arrange))
    await retain.expire(service)
    first = arrange.row("comments", comment)
    await retain.expire(service)
    assert arrange.row("comments", comment) == first


async def test_two_companions_at_once_do_the_work_of_one(
    arrange: Arrange, kit_of: KitOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retain, "BATCH_ROWS", 3)
    channel = a_page(arrange)
    comments = [
        a_comment(arrange, channel, "49 hours", decision=a_decision(arrange))
        for _ in range(12)
    ]
    kits = [await kit_of("service"), await kit_of("service")]
    await asyncio.gather(*map(retain.expire, kits))
    await retain.expire(kits[0])
    assert [arrange.row("comments", one)["text"] for one in comments] == [None] * 12
    assert tables_with(arrange, WORDS) == []


async def test_more_than_one_batch_is_worked_off(
    arrange: Arrange, service: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retain, "BATCH_ROWS", 2)
    channel = a_page(arrange)
    comments = [a_comment(arrange, channel, "49 hours") for _ in range(5)]
    await retain.expire(service)
    assert [arrange.row("comments", one)["text"] for one in comments] == [None] * 5


async def test_a_run_has_an_end_and_the_next_goes_on(
    arrange: Arrange, service: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retain, "BATCH_ROWS", 1)
    monkeypatch.setattr(retain, "MOST_BATCHES", 2)
    channel = a_page(arrange)
    ages = ("52 hours", "51 hours", "50 hours")
    comments = [a_comment(arrange, channel, age) for age in ages]
    await retain.expire(service)
    texts = [arrange.row("comments", one)["text"] for one in comments]
    assert texts == [None, None, WORDS]
    await retain.expire(service)
    assert arrange.row("comments", comments[-1])["text"] is None


async def test_new_words_begin_a_new_time(arrange: Arrange, service: Kit) -> None:
    channel = a_page(arrange)
    comment = a_comment(arrange, channel, "49 hours")
    arrange.run(
        "update comments set text = 'Another question' where id = %(id)s", id=comment
    )
    await retain.expire(service)
    assert arrange.row("comments", comment)["text"] == "Another question"


async def test_a_later_look_at_the_post_does_not_bring_the_words_back(
    arrange: Arrange, service: Kit, kit_of: KitOf
) -> None:
    member = await kit_of("owner")
    async with service.unit(arrange.tenant) as unit:
        channel = await channels.get(unit, a_page(arrange))
        assert channel is not None
        heard = await hear.comment(service, unit, channel, SAID)
    arrange.run("update comments set text_stored_at = now() - interval '49 hours'")
    await retain.expire(service)
    async with service.unit(arrange.tenant) as unit:
        assert await hear.shown(service, unit, channel, SAID) is False
    shown = await query.one(member, heard)
    assert (shown.comment.text, shown.expired_by) == ("", "LinkedIn")
    assert shown.comment.edited_at is None


async def test_runs_about_other_channels_may_still_be_resumed(
    arrange: Arrange, service: Kit
) -> None:
    a_page(arrange)
    elsewhere = arrange.conversation(a_page(arrange, PlatformName.WHATSAPP))
    young, other = a_run(arrange, "47 hours"), a_run(arrange, "49 hours")
    arrange.run(
        "update assistant_threads set conversation_id = %(id)s where thread_id = %(thread)s",
        id=elsewhere,
        thread=other,
    )
    await retain.expire(service)
    left = arrange.line.execute("select thread_id from assistant_threads").fetchall()
    assert {thread for (thread,) in left} == {young, other}


async def test_no_member_may_have_decisions_forgotten(
    arrange: Arrange, kit_of: KitOf
) -> None:
    allowed = [
        arrange.value(
            "select has_function_privilege(%(role)s,"
            " 'app.expire_decisions_v1(uuid[], text)', 'execute')",
            role=role,
        )
        for role in ("app_member", "app_assistant", "app_service")
    ]
    assert allowed == [False, False, True]
    assert (await kit_of("owner")).me is not None


def test_the_clock_runs_it_more_often_than_once_an_hour() -> None:
    [tick] = [tick for tick in TICKS if tick.run is retain.expire]
    assert tick.seconds < 3600
