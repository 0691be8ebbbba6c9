import pytest

from core.queries import rights
from tests.fixtures.inbox import KitOf


@pytest.mark.parametrize(
    ("role", "may"), [("agent", False), ("admin", True), ("owner", True)]
)
async def test_who_may_change_the_rules_is_told_early(
    kit_of: KitOf, role: str, *, may: bool
) -> None:
    assert await rights.may_change_rules(await kit_of(role)) is may
