"""Say why something that only some roles may do was refused."""

from PySide6.QtCore import QCoreApplication

from core.domain.errors import Refused, SocialSyncError
from desktop.bridge.trouble import trouble_of


def refusal_words(error: SocialSyncError) -> str:
    """Return a refusal in words.

    The plain `Refused`, none of its kinds, is how row security speaks of a role; of a text
    it would mean something else, so only switches are asked about here.
    """
    if type(error) is Refused:
        return QCoreApplication.translate(
            "Refusal", "Your role does not allow this. Ask the owner of the inbox."
        )
    trouble = trouble_of(error)
    return f"{trouble.title}. {trouble.next_step}"
