"""Why a login failed is said in the window's words, not in the engine's English."""

import pytest

from core.domain import errors
from core.domain.errors import LoginFailed, NoDeveloperApp, Refused, SocialSyncError
from desktop.bridge.trouble import trouble_of
from desktop.panes.settings.words import login_trouble

ENGLISH = "A sentence of the engine."


def kinds() -> list[type[SocialSyncError]]:
    return [LoginFailed, *LoginFailed.__subclasses__(), NoDeveloperApp]


@pytest.mark.parametrize("kind", kinds())
def test_every_way_a_login_fails_has_words_of_its_own(kind: type[SocialSyncError]) -> None:
    assert kind.__module__ == errors.__name__
    said = login_trouble(kind(ENGLISH, "Do as it says.", about=("one", "two")))
    assert ENGLISH not in said
    assert "%1" not in said
    general = {trouble_of(each("No.")).title for each in (Refused, errors.NotSetUp)}
    assert trouble_of(kind(ENGLISH)).title not in general


def test_names_stand_in_the_sentence() -> None:
    other = errors.OtherAccount(ENGLISH, about=("Brûlerie", "Atelier"))
    assert "Brûlerie, Atelier" in login_trouble(other)
    lacking = errors.ScopeMissing(ENGLISH, about=("pages_messaging",))
    assert "pages_messaging" in login_trouble(lacking)
    app = NoDeveloperApp(ENGLISH, about=("SOCIALSYNC_X_CLIENT_ID",))
    assert "SOCIALSYNC_X_CLIENT_ID" in login_trouble(app)


def test_what_only_the_engine_knows_stays_in_its_words() -> None:
    assert ENGLISH in login_trouble(Refused(ENGLISH))
