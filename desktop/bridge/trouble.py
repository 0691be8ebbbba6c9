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
        title=words[0],
        next_step=words[1],
        detail=f"{error.title} {error.next_step}".strip(),
    )


def _words() -> dict[type, tuple[str, str]]:
    """Return title and next step by class; made on each call, for the language may change."""
    return {**_later(), **_by_a_person(), **_never(), **_changed_meanwhile()}


def _later() -> dict[type, tuple[str, str]]:
    say = QCoreApplication.translate
    return {
        errors.SocialSyncError: (
            say("Trouble", "That did not work"),
            say("Trouble", "Please try again."),
        ),
        errors.Unavailable: (
            say("Trouble", "Something we need is away for the moment"),
            say("Trouble", "We keep trying. Nothing is lost."),
        ),
        errors.RateLimited: (
            say("Trouble", "The platform asks us to slow down"),
            say("Trouble", "We continue by ourselves in a moment."),
        ),
        errors.PlatformDown: (
            say("Trouble", "The platform cannot be reached"),
            say("Trouble", "Nothing was sent. We keep trying."),
        ),
        errors.ModelDown: (
            say("Trouble", "The language model does not answer"),
            say("Trouble", "You can reply by hand meanwhile."),
        ),
        errors.DatabaseDown: (
            say("Trouble", "The inbox cannot reach its database"),
            say("Trouble", "We keep trying. Your text stays where it is."),
        ),
    }


def _by_a_person() -> dict[type, tuple[str, str]]:
    say = QCoreApplication.translate
    return {
        errors.NeedsPerson: (
            say("Trouble", "Somebody has to look at this"),
            say("Trouble", "Nothing happens until a person decides."),
        ),
        errors.ChannelSignedOut: (
            say("Trouble", "The channel is signed out"),
            say("Trouble", "Connect it again; waiting replies leave afterwards."),
        ),
        errors.BudgetSpent: (
            say("Trouble", "The assistant has used up its credits"),
            say("Trouble", "The inbox goes on; replies are yours to write."),
        ),
        errors.WindowClosed: (
            say("Trouble", "The reply window is closed"),
            say("Trouble", "The customer has to write again first."),
        ),
        errors.NotSetUp: (
            say("Trouble", "Something is missing on this machine"),
            say("Trouble", "See the details."),
        ),
    }


def _never() -> dict[type, tuple[str, str]]:
    say = QCoreApplication.translate
    return {
        errors.Refused: (
            say("Trouble", "This was not accepted"),
            say("Trouble", "Change it and try again."),
        ),
        errors.TooLong: (
            say("Trouble", "The text is too long for this platform"),
            say("Trouble", "Shorten it, or send it in two parts."),
        ),
        errors.ContactBlocked: (
            say("Trouble", "This customer cannot be written to"),
            say("Trouble", "They may have blocked the account."),
        ),
        errors.NotFound: (
            say("Trouble", "It is not here any more"),
            say("Trouble", "The list has been read again."),
        ),
        errors.BadDocument: (
            say("Trouble", "The document cannot be read"),
            say("Trouble", "Check the file, or save it in another format."),
        ),
        errors.BadSettings: (
            say("Trouble", "A setting makes no sense"),
            say("Trouble", "See the details."),
        ),
    }


def _changed_meanwhile() -> dict[type, tuple[str, str]]:
    say = QCoreApplication.translate
    return {
        errors.Conflict: (
            say("Trouble", "Something changed meanwhile"),
            say("Trouble", "What you see is now up to date."),
        ),
        errors.AlreadyDecided: (
            say("Trouble", "Somebody has already decided this suggestion"),
            say("Trouble", "What you see is now up to date."),
        ),
        errors.StaleDraft: (
            say("Trouble", "The customer wrote again after this suggestion"),
            say("Trouble", "Read the new message first."),
        ),
        errors.HumanReplied: (
            say("Trouble", "A person has answered meanwhile"),
            say("Trouble", "The assistant stands down."),
        ),
        errors.OutcomeUnknown: (
            say("Trouble", "We do not know whether that took effect"),
            say("Trouble", "Look at the conversation before you try again."),
        ),
    }
