"""`rules caps`: shown, set one by one, and refused in plain words."""

from tests.cli.conftest import Call


def test_caps_are_shown_with_what_is_used(call: Call) -> None:
    shown = call("rules", "caps", "--json").json
    assert shown["caps"]["customer_day"] == 60
    assert shown["used"]["day"] == 0
    assert "day: 5000 (0 used)" in call("rules", "caps").out


def test_one_cap_is_set_and_the_others_stay(call: Call) -> None:
    set_to = call("rules", "caps", "day=900", "usd_day=2.50", "--json").json
    assert (set_to["caps"]["day"], set_to["caps"]["usd_day"]) == (900, "2.50")
    assert set_to["caps"]["month"] == 100_000


def test_a_cap_that_makes_no_sense_changes_nothing(call: Call) -> None:
    before = call("rules", "caps", "--json").json
    refused = call("rules", "caps", "day=0")
    assert refused.code == 1
    assert "day" in refused.err
    assert call("rules", "caps", "hour=3").code == 2
    assert call("rules", "caps", "day=many").code == 2
    assert call("rules", "caps", "--json").json == before
