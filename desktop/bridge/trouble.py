"""Say foreseen errors in the reader's language.

The engine names errors after what must happen next; this table says them as a person
would. The engine's own English sentence is kept as a detail: it may name the one file or
number that explains everything.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core.domain import errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An error as it is shown: what happened, what to do, and the engine's own words."""

    title: str
    next_step: str
    detail: str = ""


def trouble_of(error: errors.SocialSyncError) -> Trouble:
    """Return the words for an error: those of its class, else of its nearest family."""
    table = _words()
    words = next(table[cls] for cls in type(error).__mro__ if cls in table)
    return Trouble(
        title=words[0].replace("%1", ", ".join(error.about)),
        next_step=words[1].replace("%1", ", ".join(error.about)),
        detail=f"{error.title} {error.next_step}".strip(),
    )


def _words() -> dict[type, tuple[str, str]]:
    """Return title and next step by class; made on each call, for the language may change."""
    return {
        **_later(),
        **_by_a_person(),
        **_never(),
        **_files(),
        **_logins(),
        **_changed_meanwhile(),
    }


def _later() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.SocialSyncError: (
            translate("Trouble", "That did not work"),
            translate("Trouble", "Please try again."),
        ),
        errors.Unavailable: (
            translate("Trouble", "Something we need is away for the moment"),
            translate("Trouble", "We keep trying. Nothing is lost."),
        ),
        errors.RateLimited: (
            translate("Trouble", "The platform asks us to slow down"),
            translate("Trouble", "We continue by ourselves in a moment."),
        ),
        errors.PlatformDown: (
            translate("Trouble", "The platform cannot be reached"),
            translate("Trouble", "Nothing was sent. We keep trying."),
        ),
        errors.ModelDown: (
            translate("Trouble", "The language model does not answer"),
            translate("Trouble", "You can reply by hand meanwhile."),
        ),
        errors.DatabaseDown: (
            translate("Trouble", "The inbox cannot reach its database"),
            translate("Trouble", "We keep trying. Your text stays where it is."),
        ),
    }


def _by_a_person() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.NeedsPerson: (
            translate("Trouble", "Somebody has to look at this"),
            translate("Trouble", "Nothing happens until a person decides."),
        ),
        errors.ChannelSignedOut: (
            translate("Trouble", "The channel is signed out"),
            translate("Trouble", "Connect it again; waiting replies leave afterwards."),
        ),
        errors.BudgetSpent: (
            translate("Trouble", "The assistant has used up its credits"),
            translate("Trouble", "The inbox goes on; replies are yours to write."),
        ),
        errors.WindowClosed: (
            translate("Trouble", "The reply window is closed"),
            translate("Trouble", "The customer has to write again first."),
        ),
        errors.NotSetUp: (
            translate("Trouble", "Something is missing on this machine"),
            translate("Trouble", "See the details."),
        ),
    }


def _never() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.Refused: (
            translate("Trouble", "This was not accepted"),
            translate("Trouble", "Change it and try again."),
        ),
        errors.TooLong: (
            translate("Trouble", "The text is too long for this platform"),
            translate("Trouble", "Shorten it, or send it in two parts."),
        ),
        errors.ContactBlocked: (
            translate("Trouble", "This customer cannot be written to"),
            translate("Trouble", "They may have blocked the account."),
        ),
        errors.NotFound: (
            translate("Trouble", "It is not here any more"),
            translate("Trouble", "The list has been read again."),
        ),
        errors.BadDocument: (
            translate("Trouble", "The document cannot be read"),
            translate("Trouble", "Check the file, or save it in another format."),
        ),
        errors.BadSettings: (
            translate("Trouble", "A setting makes no sense"),
            translate("Trouble", "See the details."),
        ),
    }


def _files() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.FileTooLarge: (
            translate("Trouble", "The file is too large for this platform"),
            translate("Trouble", "Its limits are told at the paper clip."),
        ),
        errors.FileNotTaken: (
            translate("Trouble", "This kind of file cannot be sent here"),
            translate("Trouble", "Save it as a PDF, a JPEG or an MP4, for example."),
        ),
        errors.FileMislabelled: (
            translate("Trouble", "The file is not what its name says"),
            translate("Trouble", "Save it again in the format its name says."),
        ),
        errors.FileUnsafe: (
            translate("Trouble", "The document carries macros"),
            translate("Trouble", "Save it without macros, or as a PDF."),
        ),
        errors.FileUnreadable: (
            translate("Trouble", "The file cannot be read"),
            translate("Trouble", "Check that it still exists and is not empty."),
        ),
        errors.TooManyFiles: (
            translate("Trouble", "A message carries one file"),
            translate("Trouble", "Choose one of them."),
        ),
    }


def _logins() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.LoginFailed: (
            translate("Trouble", "The login led to no channel"),
            translate("Trouble", "Begin the login again."),
        ),
        errors.LoginDenied: (
            translate("Trouble", "The login was not allowed on the platform's page"),
            translate("Trouble", "Begin again and allow it, or paste a token."),
        ),
        errors.LoginLate: (
            translate("Trouble", "Nobody came back from the platform's page"),
            translate("Trouble", "Begin the login again."),
        ),
        errors.NothingToConnect: (
            translate("Trouble", "The login opens no account that can be connected"),
            translate("Trouble", "Log in with the account, or with one that manages it."),
        ),
        errors.OtherAccount: (
            translate("Trouble", "This login opens another account: %1"),
            translate("Trouble", "Log in with the channel's account."),
        ),
        errors.ScopeMissing: (
            translate("Trouble", "Not connected, since this was not permitted: %1"),
            translate("Trouble", "Log in again and leave all permissions switched on."),
        ),
        errors.NoDeveloperApp: (
            translate("Trouble", "No developer app is set for this login"),
            translate("Trouble", "Set %1, or paste a token."),
        ),
    }


def _changed_meanwhile() -> dict[type, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        errors.Conflict: (
            translate("Trouble", "Something changed meanwhile"),
            translate("Trouble", "What you see is now up to date."),
        ),
        errors.AlreadyDecided: (
            translate("Trouble", "Somebody has already decided this suggestion"),
            translate("Trouble", "What you see is now up to date."),
        ),
        errors.StaleDraft: (
            translate("Trouble", "The customer wrote again after this suggestion"),
            translate("Trouble", "Read the new message first."),
        ),
        errors.HumanReplied: (
            translate("Trouble", "A person has answered meanwhile"),
            translate("Trouble", "The assistant stands down."),
        ),
        errors.OutcomeUnknown: (
            translate("Trouble", "We do not know whether that took effect"),
            translate("Trouble", "Look at the conversation before you try again."),
        ),
    }
