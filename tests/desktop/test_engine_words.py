"""What the engine's platforms say is known to the translators."""

from core.domain.channel import PlatformName
from core.platforms.registry import platforms
from desktop.widgets.engine_words import KNOWN, engine_words


def test_every_note_of_a_platform_is_listed_once() -> None:
    said = [
        note
        for name, platform in platforms().items()
        if name is not PlatformName.SANDBOX
        for note in platform.manifest.notes
    ]
    assert set(said) <= set(KNOWN)
    assert len(set(KNOWN)) == len(KNOWN)


def test_what_is_not_listed_is_shown_as_it_is() -> None:
    assert engine_words("Never heard of.") == "Never heard of."
