from uuid import uuid4

import pytest

from core.actions import annotate
from core.domain.errors import NotFound, Refused
from core.domain.ids import ConversationId
from core.queries import conversation as query
from tests.fixtures.inbox import Arrange, KitOf


async def test_a_note_is_shown_with_its_author(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await annotate.note(kit, conversation, "  likes Kenya ")
    (note,) = (await query.detail(kit, conversation)).notes
    assert (note.text, note.author_name) == ("likes Kenya", kit.member.name)


async def test_an_empty_note_is_refused(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    with pytest.raises(Refused, match="empty"):
        await annotate.note(kit, conversation, " \n")


async def test_a_note_needs_a_conversation_of_this_inbox(
    kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    kit = await kit_of("agent")
    for nowhere in (arrange_elsewhere.conversation(), ConversationId(uuid4())):
        with pytest.raises(NotFound):
            await annotate.note(kit, nowhere, "likes Kenya")


async def test_words_not_sent_yet_are_kept_for_each_member(
    kit_of: KitOf, arrange: Arrange
) -> None:
    agent, owner = await kit_of("agent"), await kit_of("owner")
    conversation = arrange.conversation()
    await annotate.save_composer(agent, conversation, "Dear")
    await annotate.save_composer(agent, conversation, "Dear Nora")
    await annotate.save_composer(owner, conversation, "Hello")
    assert (await query.detail(agent, conversation)).composer_text == "Dear Nora"
    assert (await query.detail(owner, conversation)).composer_text == "Hello"


async def test_an_emptied_composer_leaves_nothing(kit_of: KitOf, arrange: Arrange) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    await annotate.save_composer(kit, conversation, "Dear")
    await annotate.save_composer(kit, conversation, "")
    assert (await query.detail(kit, conversation)).composer_text == ""
    assert arrange.value("select count(*) from composer_drafts") == 0
