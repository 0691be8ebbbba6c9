"""`rules confidence`: what people's judgements say, in plain words and as JSON."""

from tests.cli.conftest import Call


def test_it_says_that_nobody_has_judged_anything_yet(call: Call) -> None:
    assert "no suggestion yet" in call("rules", "confidence").out
    shown = call("rules", "confidence", "--json").json
    assert (shown["outcomes"], shown["bar"], shown["precision"]) == (0, None, 0.95)


def test_a_precision_that_makes_no_sense_is_one_line(call: Call) -> None:
    refused = call("rules", "confidence", "--precision", "2")
    assert refused.code == 1
    assert "precision" in refused.err
