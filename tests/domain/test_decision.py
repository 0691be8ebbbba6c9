from dataclasses import replace
from itertools import product

import pytest

from core.domain.channel import AssistantMode
from core.domain.decision import (
    Acting,
    Decision,
    Switches,
    Verdict,
    autonomy,
    may_think,
)

ALL_ON = Switches(
    ai_control_enabled=True,
    auto_reply_enabled=True,
    ai_enabled_for_conversations=True,
    channel_mode=AssistantMode.AUTO,
    conversation_paused=False,
)


def verdict(decision: Decision = Decision.RESPOND, confidence: float = 0.9) -> Verdict:
    return Verdict(decision=decision, confidence=confidence, reason="asks for the hours")


def every_switch() -> list[Switches]:
    return [
        Switches(
            ai_control_enabled=master,
            auto_reply_enabled=auto_reply,
            ai_enabled_for_conversations=conversations,
            channel_mode=mode,
            conversation_paused=paused,
        )
        for master, auto_reply, conversations, mode, paused in product(
            (True, False), (True, False), (True, False), AssistantMode, (True, False)
        )
    ]


@pytest.mark.parametrize("switches", every_switch())
def test_any_veto_keeps_the_assistant_from_thinking(switches: Switches) -> None:
    vetoed = (
        not switches.ai_control_enabled
        or not switches.ai_enabled_for_conversations
        or switches.channel_mode is AssistantMode.OFF
        or switches.conversation_paused
    )
    assert may_think(switches) is not vetoed


@pytest.mark.parametrize("switches", every_switch())
def test_a_reply_leaves_by_itself_only_where_every_switch_allows_it(
    switches: Switches,
) -> None:
    acting = autonomy(switches, verdict(), threshold=0.8)
    assert (acting is Acting.SEND) == (switches == ALL_ON)


@pytest.mark.parametrize("switches", every_switch())
def test_what_may_not_be_thought_is_not_even_drafted(switches: Switches) -> None:
    acting = autonomy(switches, verdict(), threshold=0.8)
    assert (acting is Acting.NOTHING) == (not may_think(switches))


@pytest.mark.parametrize("decision", [Decision.IGNORE, Decision.ESCALATE])
def test_only_a_verdict_to_respond_is_acted_on(decision: Decision) -> None:
    assert autonomy(ALL_ON, verdict(decision), threshold=0.0) is Acting.NOTHING


def test_a_confidence_at_the_threshold_is_enough_to_send() -> None:
    assert autonomy(ALL_ON, verdict(confidence=0.8), threshold=0.8) is Acting.SEND


def test_a_confidence_below_the_threshold_becomes_a_draft() -> None:
    assert autonomy(ALL_ON, verdict(confidence=0.799), threshold=0.8) is Acting.DRAFT


def test_a_reply_that_needs_a_look_is_only_suggested_however_sure() -> None:
    sure = replace(verdict(confidence=0.99), needs_review=True)
    assert autonomy(ALL_ON, sure, threshold=0.8) is Acting.DRAFT


LISTED = replace(ALL_ON, released_topics=frozenset({"category:hours", "category:delivery"}))


@pytest.mark.parametrize(
    ("topics", "acting"),
    [
        ({"category:hours"}, Acting.SEND),
        ({"category:hours", "category:delivery"}, Acting.SEND),
        ({"category:hours", "category:returns"}, Acting.DRAFT),
        ({"category:returns"}, Acting.DRAFT),
        (set(), Acting.DRAFT),
    ],
)
def test_list_of_topics_lets_only_those_go_out(topics: set[str], acting: Acting) -> None:
    found = autonomy(LISTED, verdict(), threshold=0.8, topics=frozenset(topics))
    assert found is acting


@pytest.mark.parametrize("topics", [frozenset(), frozenset({"category:returns"})])
def test_without_a_list_topics_say_nothing(topics: frozenset[str]) -> None:
    assert autonomy(ALL_ON, verdict(), threshold=0.8, topics=topics) is Acting.SEND


def test_list_of_topics_never_allows_what_a_switch_forbids() -> None:
    topics = frozenset({"category:hours"})
    for switches in every_switch():
        listed = replace(switches, released_topics=topics)
        with_list = autonomy(listed, verdict(), threshold=0.8, topics=topics)
        assert with_list is autonomy(switches, verdict(), threshold=0.8)
