"""A model from a record: the same answers and the same failures, in the same order."""

import pytest

from core.assistant.recorded_model import recorded_model
from core.domain.errors import BudgetSpent, Refused, TooLong


async def test_answers_come_in_the_order_in_which_they_were_asked_for() -> None:
    model = recorded_model(
        {"calls": [_call("triage", "first"), _call("triage", "again"), _call("reply", "x")]}
    )
    assert model is not None
    said = [await model.complete() for _ in range(3)]
    assert [one.text for one in said] == ["first", "again", "x"]
    assert (said[0].model, said[0].input_tokens, said[0].output_tokens) == ("small", 12, 3)


async def test_a_failure_stands_where_it_stood_with_its_words() -> None:
    model = recorded_model(
        {
            "calls": [_call("triage", "first"), _call("reply", "not a form")],
            "opinion": {"trouble": None, "why": ""},
            "written": {"trouble": "spent", "why": "The budget is spent. Raise it."},
        }
    )
    assert model is not None
    assert (await model.complete()).text == "first"
    assert (await model.complete()).text == "not a form"
    with pytest.raises(BudgetSpent, match=r"^The budget is spent\. Raise it\.$"):
        await model.complete()


async def test_too_much_to_read_is_raised_before_anything_was_answered() -> None:
    model = recorded_model(
        {"calls": [], "opinion": {"trouble": "unusable", "why": "Too long."}}
    )
    assert model is not None
    with pytest.raises(TooLong, match="Too long"):
        await model.complete()


async def test_more_than_was_asked_then_is_not_made_up() -> None:
    model = recorded_model({"calls": []})
    assert model is not None
    with pytest.raises(Refused, match="would ask its model again"):
        await model.complete()


def test_a_run_without_a_model_has_none() -> None:
    assert recorded_model({"model": "letters"}) is None


def _call(step: str, raw: str) -> dict[str, object]:
    return {
        "step": step,
        "prompt_hash": "abc",
        "model": "small",
        "input_tokens": 12,
        "output_tokens": 3,
        "finish": "done",
        "raw": raw,
    }
