"""What JSON allows and a database does not is made storable, and nothing else is touched."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.domain.storable import storable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=12,
)


@given(JSON)
def test_whatever_json_holds_can_be_written(value: object) -> None:
    written = json.dumps(storable(value), ensure_ascii=False)
    assert "\x00" not in written.encode().decode()


@given(
    st.recursive(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
        st.lists,
    )
)
def test_what_is_storable_stays_as_it_is(value: object) -> None:
    assert storable(value) == value


def test_halves_and_zero_bytes_go() -> None:
    assert storable({"a\x00": ["\ud800x", 1, None]}) == {"a": ["\ufffdx", 1, None]}
