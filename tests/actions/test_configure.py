from dataclasses import replace

import pytest

from core.actions import configure
from core.actions.configure import RuleSet, Switch
from core.domain.channel import AssistantMode
from core.domain.errors import NotFound, Refused
from core.queries import rules
from tests.fixtures.inbox import Arrange, KitOf

RULES = RuleSet(
    instructions="Be kind.", ignore_examples=("Win a prize",), threshold=0.7, enabled=True
)


async def test_new_rules_are_a_new_version(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    before = (await rules.current(kit)).version
    await configure.set_rules(kit, RULES)
    found = await rules.current(kit)
    assert (found.instructions, found.ignore_examples) == ("Be kind.", ("Win a prize",))
    assert (found.threshold, found.version) == (0.7, before + 1)


async def test_rules_without_a_threshold_keep_the_one_in_force(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, RULES)
    await configure.set_rules(kit, replace(RULES, threshold=None))
    assert (await rules.current(kit)).threshold == 0.7


@pytest.mark.parametrize("threshold", [-0.01, 1.01, float("nan")])
async def test_a_threshold_that_is_no_probability_is_refused(
    kit_of: KitOf, threshold: float
) -> None:
    kit = await kit_of("owner")
    with pytest.raises(Refused, match="between 0 and 1"):
        await configure.set_rules(kit, replace(RULES, threshold=threshold))


async def test_an_agent_does_not_set_rules(kit_of: KitOf) -> None:
    kit = await kit_of("agent")
    before = await rules.current(kit)
    with pytest.raises(Refused, match="Your role does not allow this"):
        await configure.set_rules(kit, RULES)
    assert await rules.current(kit) == before


async def test_an_agent_does_not_turn_the_assistant_on_or_off(kit_of: KitOf) -> None:
    kit = await kit_of("agent")
    with pytest.raises(Refused, match="Your role does not allow this"):
        await configure.set_master(kit, Switch.OFF)


async def test_an_agent_does_not_raise_a_channels_mode(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, channel = await kit_of("agent"), arrange.channel()
    with pytest.raises(Refused, match="Your role does not allow this"):
        await configure.set_mode(kit, channel, AssistantMode.AUTO)
    assert arrange.row("social_accounts", channel)["assistant_mode"] == "draft"


async def test_the_owner_sets_a_channels_mode(kit_of: KitOf, arrange: Arrange) -> None:
    kit, channel = await kit_of("owner"), arrange.channel()
    await configure.set_mode(kit, channel, AssistantMode.AUTO)
    assert arrange.row("social_accounts", channel)["assistant_mode"] == "auto"


async def test_a_channel_of_another_inbox_has_no_mode_to_set(
    kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    kit, channel = await kit_of("owner"), arrange_elsewhere.channel()
    with pytest.raises(NotFound):
        await configure.set_mode(kit, channel, AssistantMode.AUTO)


async def test_the_master_switch_is_kept(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_master(kit, Switch.OFF)
    assert not (await rules.current(kit)).ai_control_enabled
    await configure.set_master(kit, Switch.ON)
    assert (await rules.current(kit)).ai_control_enabled


async def test_pausing_the_assistant_makes_its_run_stale(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation(epoch=2)
    await configure.pause_assistant(kit, conversation)
    row = arrange.row("conversations", conversation)
    assert (row["assistant_paused"], row["epoch"]) == (True, 3)
    await configure.resume_assistant(kit, conversation)
    assert not arrange.row("conversations", conversation)["assistant_paused"]


async def test_pausing_withdraws_what_the_assistant_has_queued(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit, conversation = await kit_of("agent"), arrange.conversation()
    message = arrange.owed(conversation)
    await configure.pause_assistant(kit, conversation)
    assert arrange.row("conversation_messages", message)["delivery"] == "cancelled"


async def test_a_conversation_of_another_inbox_cannot_be_paused(
    kit_of: KitOf, arrange_elsewhere: Arrange
) -> None:
    kit = await kit_of("owner")
    with pytest.raises(NotFound):
        await configure.pause_assistant(kit, arrange_elsewhere.conversation())
