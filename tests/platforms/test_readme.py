"""The README's table of platforms says what the manifests say.

`python -m tests.platforms.test_readme` prints the table as it should be.
"""

from datetime import timedelta
from pathlib import Path

from core.domain.channel import PlatformName
from core.platforms.base import Ability, Manifest
from core.platforms.registry import platforms

README = Path(__file__).parents[2] / "README.md"
HEAD = (
    "| | messages | files | comments | hide | private answer | publish | looks back "
    "| free answers |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


def table() -> str:
    """Return the table, a row for each platform that customers use."""
    rows = [
        row_of(platform.manifest)
        for name, platform in platforms().items()
        if name is not PlatformName.SANDBOX
    ]
    return "\n".join((*HEAD, *rows)) + "\n"


def row_of(manifest: Manifest) -> str:
    """Return a platform's row."""
    abilities = (
        Ability.MESSAGE,
        Ability.MEDIA,
        Ability.COMMENT,
        Ability.HIDE,
        Ability.PRIVATE_REPLY,
        Ability.PUBLISH,
        Ability.CATCH_UP,
    )
    cells = ["yes" if ability in manifest.can else "–" for ability in abilities]
    return f"| {manifest.title} | {' | '.join(cells)} | {window(manifest)} |"


def window(manifest: Manifest) -> str:
    """Return how long free words may be sent after the customer's last ones."""
    if Ability.MESSAGE not in manifest.can:
        return "–"
    if manifest.reply_window is None:
        return "always"
    hours = f"{manifest.reply_window // timedelta(hours=1)} h"
    if manifest.human_window is None:
        return hours
    return f"{hours}, by a person {manifest.human_window // timedelta(days=1)} days"


def test_the_table_of_platforms_is_true() -> None:
    assert table() in README.read_text("utf-8")


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201 - what this is run for
