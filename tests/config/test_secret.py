import json
import traceback
from dataclasses import dataclass

import pytest

from core.config.secret import Secret

VALUE = "correct horse battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    name: str
    token: Secret


def test_only_reveal_gives_a_secret_away() -> None:
    assert Secret(VALUE).reveal() == VALUE


@pytest.mark.parametrize("form", [repr, str, "{}".format, "{!r}".format, "%s".__mod__])
def test_a_secret_prints_as_stars(form: object) -> None:
    assert callable(form)
    assert form(Secret(VALUE)) == "***"


def test_a_value_that_holds_a_secret_prints_it_as_stars() -> None:
    assert repr(Holder(name="shop", token=Secret(VALUE))).endswith("token=***)")


def test_json_with_everything_turned_to_text_shows_no_secret() -> None:
    assert VALUE not in json.dumps({"token": Secret(VALUE)}, default=str)


def test_a_secret_cannot_be_written_as_json_by_accident() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps({"token": Secret(VALUE)})


def test_a_traceback_that_carries_a_secret_shows_stars() -> None:
    def fail(token: Secret) -> None:
        raise ValueError("refused", token)

    with pytest.raises(ValueError, match="refused") as caught:
        fail(Secret(VALUE))
    shown = "".join(
        traceback.TracebackException.from_exception(
            caught.value, capture_locals=True
        ).format()
    )
    assert "***" in shown
    assert f"token = {VALUE}" not in shown


def test_secrets_with_the_same_value_are_the_same() -> None:
    assert Secret(VALUE) == Secret(VALUE)
    assert len({Secret(VALUE), Secret(VALUE), Secret("other")}) == 2


def test_a_secret_never_equals_its_bare_value() -> None:
    assert Secret(VALUE) != VALUE


def test_an_empty_secret_is_no_secret() -> None:
    assert not Secret("")
