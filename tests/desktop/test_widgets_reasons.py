"""Why something was decided, in the reader's language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from core import paths
from desktop.widgets.reasons import decision_reason_words
from desktop.window.language import Language

I18N = paths.resources_dir() / "i18n"


@pytest.fixture
def french(qapp: QApplication) -> Iterator[Language]:  # noqa: ARG001 - it must be there
    """Speak French for one test; its translators go with it."""
    before, owner = QLocale(), QObject()
    language = Language(I18N, owner)
    language.choose("fr")
    yield language
    delete(owner)
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("Complains.", "Se plaint."),
        ("Answered by “Delivery”.", "Réponse tirée de « Delivery »."),
        (
            "Answered by “Prices”. Part of the question is in nothing known.",
            "Réponse tirée de « Prices ». Une partie de la question ne figure dans aucune source.",
        ),
        (
            "The reply was held back. No source says “12 €”.",
            "La réponse a été retenue. Aucune source ne dit « 12 € ».",
        ),
        (
            "Your rule “Lawyers” applies: “solicitor”, label “VIP”.",
            "Votre règle « Lawyers » s’applique : “solicitor”, label “VIP”.",
        ),
        ("Something nobody foresaw.", "Something nobody foresaw."),
    ],
)
@pytest.mark.usefixtures("french")
def test_reasons_are_said_in_the_readers_language(reason: str, shown: str) -> None:
    said = decision_reason_words(reason)
    assert said.replace("\u202f", " ").replace("\xa0", " ") == shown


@pytest.mark.usefixtures("qapp")
def test_reasons_are_said_as_they_are_kept_in_english() -> None:
    assert decision_reason_words("Complains.") == "Complains."
    assert decision_reason_words("Answered by “A”.") == "Answered by “A”."
