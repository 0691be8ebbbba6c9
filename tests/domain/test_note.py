import pytest

from core.domain.note import claims


@pytest.mark.parametrize(
    "text",
    [
        "Mine",
        "mine!",
        "I'll take this one.",
        "I’m on it",
        "À moi",
        "pour moi !",
        "Je m'en occupe",
        "je prends",
        "Je le prends",
        "C'est à moi.",
        "Mío",
        "Me encargo yo",
    ],
)
def test_a_note_of_mine_claims_the_conversation(text: str) -> None:
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mine arrived broken too, see the photo",
        "undermine",
        "Not mine",
        "à moitié prix",
        "je prends toujours du Kenya",
        "Ask Marie whether she takes it",
    ],
)
def test_a_remark_claims_nothing(text: str) -> None:
    assert not claims(text)
