import pytest

from core.actions import speak
from core.domain.errors import Refused
from core.queries import rights, rules
from tests.fixtures.inbox import KitOf


async def test_language_of_replies_is_chosen_and_given_up(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await speak.set_reply_language(kit, "fr")
    assert (await rules.current(kit)).reply_lang == "fr"
    await speak.set_reply_language(kit, None)
    assert (await rules.current(kit)).reply_lang is None


@pytest.mark.parametrize("code", ["", "FR", "french", "f", "fr-FR"])
async def test_what_is_no_code_of_a_language_is_refused(kit_of: KitOf, code: str) -> None:
    kit = await kit_of("owner")
    with pytest.raises(Refused, match="no code of a language"):
        await speak.set_reply_language(kit, code)


async def test_an_agent_does_not_choose_the_language(kit_of: KitOf) -> None:
    kit = await kit_of("agent")
    with pytest.raises(Refused, match="Your role does not allow this"):
        await speak.set_reply_language(kit, "fr")


@pytest.mark.parametrize(
    ("role", "may"), [("agent", False), ("admin", True), ("owner", True)]
)
async def test_who_may_change_the_rules_is_told_early(
    kit_of: KitOf, role: str, *, may: bool
) -> None:
    assert await rights.may_change_rules(await kit_of(role)) is may
