import asyncio
from uuid import uuid4

import pytest

from core.actions import decide, reply
from core.domain.errors import (
    AlreadyDecided,
    Conflict,
    NotFound,
    StaleDraft,
    WindowClosed,
)
from core.domain.ids import DraftId
from core.queries import conversation as query
from tests.actions.claims import (
    PAST,
    drafted,
)
from tests.fixtures.inbox import Arrange, KitOf


async def test_an_approved_suggestion_is_sent_in_the_members_name(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, draft = await drafted(kit_of, arrange)
    message = await decide.approve(member, draft)
    item = arrange.item_of(message)
    assert (item["text"], item["origin"]) == ("We open at nine.", "member")
    row = arrange.row("drafts", draft)
    assert (row["state"], row["decided_by"]) == ("approved", member.member.id)
    assert (await query.detail(member, conversation)).draft is None
    assert arrange.row("conversations", conversation)["assistant_state"] is None


@pytest.mark.parametrize(
    ("text", "state"), [("We open at ten.", "edited"), ("We open at nine.", "approved")]
)
async def test_a_changed_suggestion_is_told_from_one_that_was_kept(
    kit_of: KitOf, arrange: Arrange, text: str, state: str
) -> None:
    member, _, draft = await drafted(kit_of, arrange)
    message = await decide.approve_edited(member, draft, text)
    assert arrange.item_of(message)["text"] == text
    assert arrange.row("drafts", draft)["state"] == state


async def test_a_changed_suggestion_may_quote_what_it_answers(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, draft = await drafted(kit_of, arrange)
    theirs = (await query.thread(member, conversation)).messages[0]
    message = await decide.approve_edited(member, draft, "At ten.", quoting=theirs.id)
    quoted = arrange.row("conversation_messages", message)["quoted_platform_id"]
    assert quoted == theirs.platform_message_id
    assert quoted is not None


async def test_of_two_who_approve_at_once_one_is_told(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, _, draft = await drafted(kit_of, arrange)
    colleague = await kit_of("owner")
    ends = await asyncio.gather(
        decide.approve(member, draft),
        decide.approve(colleague, draft),
        return_exceptions=True,
    )
    assert [isinstance(end, AlreadyDecided) for end in ends].count(True) == 1
    assert arrange.value("select count(*) from outbox_items") == 1


async def test_approving_and_answering_at_once_do_not_lock_each_other_out(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, draft = await drafted(kit_of, arrange)
    colleague = await kit_of("owner")
    approved, answered = await asyncio.gather(
        decide.approve(member, draft),
        reply.send(colleague, conversation, "At nine!", key=uuid4()),
        return_exceptions=True,
    )
    assert not isinstance(answered, BaseException)
    assert not isinstance(approved, Conflict) or isinstance(approved, AlreadyDecided)


async def test_a_suggestion_is_not_sent_past_what_the_customer_wrote_since(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, draft = await drafted(kit_of, arrange)
    arrange.inbound(conversation, "Never mind", age=0)
    with pytest.raises(StaleDraft):
        await decide.approve(member, draft)
    assert arrange.row("drafts", draft)["state"] == "open"
    await decide.approve_edited(member, draft, "As you like.")
    assert arrange.row("drafts", draft)["state"] == "edited"


async def test_a_suggestion_whose_window_has_closed_stays_open(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, _, draft = await drafted(kit_of, arrange)
    arrange.run("update conversations set reply_window_ends_at = %(past)s", past=PAST)
    with pytest.raises(WindowClosed):
        await decide.approve(member, draft)
    assert arrange.row("drafts", draft)["state"] == "open"


async def test_a_dismissed_suggestion_is_gone_and_cannot_be_sent(
    kit_of: KitOf, arrange: Arrange
) -> None:
    member, conversation, draft = await drafted(kit_of, arrange)
    await decide.dismiss(member, draft)
    assert (await query.detail(member, conversation)).draft is None
    assert arrange.row("conversations", conversation)["assistant_state"] is None
    with pytest.raises(AlreadyDecided):
        await decide.approve(member, draft)
    with pytest.raises(AlreadyDecided):
        await decide.dismiss(member, draft)


async def test_a_suggestion_of_another_inbox_is_not_found(
    kit_of: KitOf, arrange: Arrange
) -> None:
    _, _, draft = await drafted(kit_of, arrange)
    stranger = await kit_of("stranger")
    for one in (draft, DraftId(uuid4())):
        with pytest.raises(NotFound):
            await decide.approve(stranger, one)
        with pytest.raises(NotFound):
            await decide.dismiss(stranger, one)
