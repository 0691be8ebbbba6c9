"""The owner's rules: one version of everything, and nothing that cannot be meant."""

import asyncio
from dataclasses import replace
from datetime import time
from uuid import UUID, uuid4

import psycopg
import pytest

from core.actions import configure
from core.actions.configure import RuleSet, Switch
from core.actions.in_force import in_force
from core.assistant.state import Rules
from core.domain.assistant_settings import AssistantSettings
from core.domain.errors import Conflict, Refused
from core.domain.rule import (
    Conditions,
    Costs,
    Hours,
    Outcome,
    Sentiment,
    TriageRule,
    reply_threshold,
)
from core.queries import rules
from tests.fixtures.inbox import Arrange, KitOf

NIGHT = TriageRule(
    id=UUID(int=1),
    name="Night",
    conditions=Conditions(
        platforms=("instagram",),
        keywords=("remboursé",),
        pattern=r"order #?\d+",
        languages=("fr", "en"),
        sentiment=Sentiment.NEGATIVE,
        labels=("VIP",),
        hours=Hours(
            start=time(9), end=time(18), days=(0, 1), zone="Europe/Paris", outside=True
        ),
    ),
    outcome=Outcome.ESCALATE,
)
SPAM = TriageRule(
    id=UUID(int=2),
    name="Spam",
    conditions=Conditions(keywords=("casino",)),
    outcome=Outcome.IGNORE,
    enabled=False,
)
RULES = RuleSet(
    instructions="Be kind.",
    ignore_examples=("Win a prize",),
    escalate_examples=("My parcel is broken",),
    respond_examples=("When do you open?",),
    tone="Warm and brief",
    allow_listed_links=("https://shop.example/returns",),
    costs=Costs(wrong_reply=9.0, missed_complaint=40.0),
    triage_rules=(NIGHT, SPAM),
)


async def test_everything_is_written_as_one_new_version(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    before = await rules.current(kit)
    await configure.set_rules(kit, RULES)
    found = await rules.current(kit)
    assert found.version == before.version + 1
    assert found.triage_rules == (NIGHT, SPAM)
    assert found.costs == RULES.costs
    assert found.threshold == reply_threshold(Costs(wrong_reply=9.0)) == 0.9
    assert in_force(found) == Rules(
        instructions=RULES.instructions,
        ignore_examples=RULES.ignore_examples,
        escalate_examples=RULES.escalate_examples,
        respond_examples=RULES.respond_examples,
        tone=RULES.tone,
        allow_listed_links=RULES.allow_listed_links,
        triage_rules=(NIGHT, SPAM),
        costs=Costs(wrong_reply=9.0, missed_complaint=40.0),
        version=found.version,
    )


async def test_a_threshold_that_is_given_outweighs_the_costs(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, replace(RULES, threshold=0.55))
    found = await rules.current(kit)
    assert (found.threshold, found.costs) == (0.55, RULES.costs)


async def test_what_is_not_given_is_kept(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, replace(RULES, threshold=0.55))
    await configure.set_rules(kit, replace(RULES, costs=None, triage_rules=None))
    found = await rules.current(kit)
    assert (found.threshold, found.costs) == (0.55, RULES.costs)
    assert found.triage_rules == (NIGHT, SPAM)


async def test_rules_as_they_stand_can_be_changed_in_one_place(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, RULES)
    before = await rules.current(kit)
    await configure.set_rules(kit, replace(RuleSet.of(before), tone="Formal"))
    after = await rules.current(kit)
    assert after == replace(before, tone="Formal", version=before.version + 1)


async def test_rules_are_put_in_another_order_and_removed(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, RULES)
    third = replace(SPAM, id=uuid4(), name="Raffles")
    await configure.set_rules(kit, replace(RULES, triage_rules=(third, SPAM, NIGHT)))
    assert (await rules.current(kit)).triage_rules == (third, SPAM, NIGHT)
    await configure.set_rules(kit, replace(RULES, triage_rules=(NIGHT, third)))
    assert (await rules.current(kit)).triage_rules == (NIGHT, third)
    await configure.set_rules(kit, replace(RULES, triage_rules=()))
    assert (await rules.current(kit)).triage_rules == ()


async def test_a_hundred_rules_are_kept_in_order(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    many = tuple(replace(SPAM, id=uuid4(), name=f"Rule {n}") for n in range(100))
    await configure.set_rules(kit, replace(RULES, triage_rules=many))
    await configure.set_rules(kit, replace(RULES, triage_rules=many[::-1]))
    assert (await rules.current(kit)).triage_rules == many[::-1]


async def test_who_saves_over_a_version_they_have_not_seen_is_told(kit_of: KitOf) -> None:
    kit, colleague = await kit_of("owner"), await kit_of("admin")
    seen = (await rules.current(kit)).version
    await configure.set_rules(colleague, replace(RULES, expected_version=seen))
    stands = await rules.current(kit)
    with pytest.raises(Conflict, match=f"version {seen + 1} is in force, not {seen}"):
        await configure.set_rules(
            kit, replace(RULES, instructions="Mine", triage_rules=(), expected_version=seen)
        )
    assert await rules.current(kit) == stands


async def test_of_two_who_save_at_once_one_is_told(kit_of: KitOf) -> None:
    kit, colleague = await kit_of("owner"), await kit_of("admin")
    seen = (await rules.current(kit)).version
    mine = replace(RULES, expected_version=seen)
    ended = await asyncio.gather(
        configure.set_rules(kit, replace(mine, tone="one")),
        configure.set_rules(colleague, replace(mine, tone="other")),
        return_exceptions=True,
    )
    assert sorted(type(end).__name__ for end in ended) == ["Conflict", "NoneType"]
    assert (await rules.current(kit)).version == seen + 1


async def test_every_change_is_a_later_version(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    versions = [(await rules.current(kit)).version]
    for change in (
        configure.set_rules(kit, RULES),
        configure.set_master(kit, Switch.OFF),
        configure.set_assistant_settings(kit, AssistantSettings(reply_lang="fr")),
    ):
        await change
        versions.append((await rules.current(kit)).version)
    assert versions == sorted(set(versions))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (replace(RULES, costs=Costs(wrong_reply=0)), "costs: wrong_reply must be"),
        (replace(RULES, tone="x" * 501), "tone: longer than 500"),
        (replace(RULES, escalate_examples=("",)), "escalate_examples: number 1 is empty"),
        (replace(RULES, respond_examples=("x" * 1001,)), "respond_examples: number 1"),
        (replace(RULES, allow_listed_links=("x" * 301,)), "allow_listed_links: number 1"),
        (
            replace(RULES, triage_rules=(replace(NIGHT, conditions=Conditions()),)),
            "Rule “Night” has no condition",
        ),
        (
            replace(
                RULES, triage_rules=(replace(NIGHT, conditions=Conditions(pattern="(a")),)
            ),
            "Rule “Night”: pattern: The pattern opens a “\\(”",
        ),
        (
            replace(RULES, settings=AssistantSettings(temperature=3)),
            "temperature must lie between 0 and 2",
        ),
        (
            replace(RULES, settings=AssistantSettings(model="openai/gpt-99")),
            "there is no “openai/gpt-99” to choose",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    kit_of: KitOf, new: RuleSet, why: str
) -> None:
    kit = await kit_of("owner")
    before = await rules.current(kit)
    with pytest.raises(Refused, match=why):
        await configure.set_rules(kit, new)
    assert await rules.current(kit) == before


async def test_an_agent_sees_rules_and_sets_none(kit_of: KitOf) -> None:
    await configure.set_rules(await kit_of("owner"), RULES)
    kit = await kit_of("agent")
    before = await rules.current(kit)
    assert before.triage_rules == (NIGHT, SPAM)
    with pytest.raises(Refused, match="Your role does not allow this"):
        await configure.set_rules(kit, replace(RULES, triage_rules=()))
    with pytest.raises(Refused, match="Your role does not allow this"):
        await configure.set_assistant_settings(kit, AssistantSettings())
    assert await rules.current(kit) == before


async def test_a_stranger_does_not_see_our_rules_and_cannot_take_them_over(
    kit_of: KitOf,
) -> None:
    kit, stranger = await kit_of("owner"), await kit_of("stranger")
    await configure.set_rules(kit, RULES)
    before = await rules.current(kit)
    assert (await rules.current(stranger)).triage_rules == ()
    stolen = replace(NIGHT, outcome=Outcome.IGNORE)
    with pytest.raises(Refused, match="Rule “Night” has an id that is taken"):
        await configure.set_rules(stranger, replace(RULES, triage_rules=(stolen,)))
    assert await rules.current(kit) == before


async def test_a_rule_that_cannot_be_read_is_off(kit_of: KitOf, arrange: Arrange) -> None:
    kit = await kit_of("owner")
    await configure.set_rules(kit, RULES)
    arrange.run(
        "update triage_rules set conditions = '{\"moon\": \"full\"}' where name = 'Night'"
    )
    night = (await rules.current(kit)).triage_rules[0]
    assert (night.enabled, night.conditions) == (False, Conditions())


SETTINGS = AssistantSettings(
    auto_reply_enabled=False,
    ai_enabled_for_conversations=False,
    reply_lang="fr",
    doc_lang=("fr", "en"),
    model="openai/gpt-4o-mini",
    system_prompt="You work for a roastery.",
    temperature=0.25,
    max_tokens=300,
)


async def test_the_assistants_settings_come_back_as_they_were_set(kit_of: KitOf) -> None:
    kit = await kit_of("admin")
    await configure.set_assistant_settings(kit, SETTINGS)
    assert await rules.assistant_settings(kit) == SETTINGS
    await configure.set_assistant_settings(kit, AssistantSettings())
    assert await rules.assistant_settings(kit) == AssistantSettings()


async def test_settings_saved_with_the_rules_are_the_same_version(kit_of: KitOf) -> None:
    kit = await kit_of("owner")
    before = (await rules.current(kit)).version
    await configure.set_rules(kit, replace(RULES, settings=SETTINGS))
    assert (await rules.current(kit)).version == before + 1
    assert await rules.assistant_settings(kit) == SETTINGS
    await configure.set_rules(kit, RULES)
    assert await rules.assistant_settings(kit) == SETTINGS


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (replace(SETTINGS, reply_lang="French"), "reply_lang: “French” is no language"),
        (replace(SETTINGS, doc_lang=("fr", "")), "doc_lang: “” is no language"),
        (replace(SETTINGS, doc_lang=("fr",) * 21), "more than 20 languages"),
        (replace(SETTINGS, system_prompt="x" * 8001), "system_prompt is longer than 8000"),
        (replace(SETTINGS, temperature=float("nan")), "temperature must lie between"),
        (replace(SETTINGS, max_tokens=0), "max_tokens must lie between 1 and 32000"),
        (replace(SETTINGS, system_prompt="a\x00"), "system_prompt holds a character"),
        (replace(SETTINGS, model="gpt-4o"), "there is no “gpt-4o” to choose"),
    ],
)
async def test_settings_that_make_no_sense_are_refused(
    kit_of: KitOf, wrong: AssistantSettings, why: str
) -> None:
    kit = await kit_of("owner")
    before = await rules.assistant_settings(kit), (await rules.current(kit)).version
    with pytest.raises(Refused, match=why):
        await configure.set_assistant_settings(kit, wrong)
    after = await rules.assistant_settings(kit), (await rules.current(kit)).version
    assert after == before


async def test_a_model_no_longer_offered_is_not_chosen(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    arrange.run("update ai_models set is_active = false where name = 'gpt-4o-mini'")
    with pytest.raises(Refused, match="to choose"):
        await configure.set_assistant_settings(kit, SETTINGS)


async def test_a_model_in_use_that_is_no_longer_offered_holds_up_no_other_change(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    await configure.set_assistant_settings(kit, SETTINGS)
    arrange.run("update ai_models set is_active = false where name = 'gpt-4o-mini'")
    await configure.set_assistant_settings(kit, replace(SETTINGS, max_tokens=200))
    found = await rules.assistant_settings(kit)
    assert (found.model, found.max_tokens) == ("openai/gpt-4o-mini", 200)


@pytest.mark.parametrize(
    "statement",
    [
        "update ai_rules set instructions = repeat('x', 8001)",
        "update ai_rules set tone = repeat('x', 501)",
        "update ai_rules set ignore_examples = array_fill('x'::text, array[201])",
        "update ai_rules set escalate_examples = array[repeat('x', 1001)]",
        "update ai_rules set respond_examples = array[' ']",
        "update ai_rules set allow_listed_links = array[null]::text[]",
        "update ai_rules set version = version - 1",
        "update ai_settings set wrong_reply_cost = 0",
        "update ai_settings set missed_complaint_cost = 'NaN'",
        "update ai_settings set max_tokens = 32001",
        "update triage_rules set conditions = '{}' where enabled",
        "update triage_rules set conditions = '[]'",
        "update triage_rules set name = ' '",
        "update triage_rules set position = 100",
        "update triage_rules set position = 1",
    ],
)
async def test_the_database_refuses_what_goes_past_the_checks(
    kit_of: KitOf, arrange: Arrange, statement: str
) -> None:
    await configure.set_rules(await kit_of("owner"), RULES)
    with pytest.raises(psycopg.IntegrityError):
        arrange.line.execute(statement.encode())


async def test_texts_from_before_there_were_limits_do_not_hold_the_master_switch(
    kit_of: KitOf, arrange: Arrange
) -> None:
    kit = await kit_of("owner")
    arrange.run("alter table ai_rules disable trigger ai_rules_limits")
    arrange.run("update ai_rules set instructions = repeat('x', 9000)")
    arrange.run("alter table ai_rules enable trigger ai_rules_limits")
    await configure.set_master(kit, Switch.OFF)
    assert not (await rules.current(kit)).ai_control_enabled
