"""Errors, named after what must happen next.

    SocialSyncError(title, next_step)
    |- Unavailable(retry_after)   try again later by yourself
    |  |- RateLimited  PlatformDown  ModelDown  DatabaseDown
    |- NeedsPerson                park, tell somebody
    |  |- ChannelSignedOut  BudgetSpent  WindowClosed  NotSetUp (NoDeveloperApp)
    |- Refused                    this input will never be accepted
    |  |- TooLong  ContactBlocked  NotFound  BadPayload  BadDocument  BadSettings
    |  |- LoginFailed (LoginDenied  LoginLate  NothingToConnect  OtherAccount  ScopeMissing)
    |  |- FileTooLarge  FileNotTaken  FileMislabelled  FileUnsafe  FileUnreadable  TooManyFiles
    |- Conflict                   somebody was faster: stop, read again
    |  |- AlreadyDecided  StaleDraft  HumanReplied
    `- OutcomeUnknown             the platform may have acted: never retry blindly

Each edge (`net`, `store.pool`, `llm`) translates once. Code above an edge catches one of
the families or nothing; a bug is none of these and flies to the crash report.
"""


class SocialSyncError(Exception):
    """Something foreseen went wrong; says what, and what a person can do.

    `title` is one sentence without secrets or message text; `next_step` is an
    instruction in plain words, empty when there is nothing to do. `about` are the names
    within, which the sentence in another language repeats.
    """

    def __init__(
        self, title: str, next_step: str = "", *, about: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{title} {next_step}".strip())
        self.title = title
        self.next_step = next_step
        self.about = about


class Unavailable(SocialSyncError):
    """Something we depend on is away for now; retry after `retry_after` seconds."""

    def __init__(
        self, title: str, next_step: str = "", *, retry_after: float | None = None
    ) -> None:
        super().__init__(title, next_step)
        self.retry_after = retry_after


class RateLimited(Unavailable):
    """The platform asks us to slow down."""


class PlatformDown(Unavailable):
    """The platform could not be reached, and nothing of ours was sent."""


class ModelDown(Unavailable):
    """The language model or the embedder does not answer."""


class DatabaseDown(Unavailable):
    """PostgreSQL cannot be reached."""


class NeedsPerson(SocialSyncError):
    """Only a person can unblock this."""


class ChannelSignedOut(NeedsPerson):
    """The platform no longer accepts the channel's token."""


class BudgetSpent(NeedsPerson):
    """Credits or a spending cap are used up."""


class WindowClosed(NeedsPerson):
    """The platform's reply window has ended; free-form text is no longer allowed."""


class NotSetUp(NeedsPerson):
    """Something this machine needs is missing or set unsafely."""


class NoDeveloperApp(NotSetUp):
    """No app is set that a login could be asked by; `about` is the login."""


class Refused(SocialSyncError):
    """The input is wrong and will stay wrong."""


class TooLong(Refused):
    """The text exceeds what the platform takes."""


class ContactBlocked(Refused):
    """The customer cannot be written to."""


class NotFound(Refused):
    """No such thing in this tenant."""


class BadPayload(Refused):
    """A payload does not have the shape its sender promises."""


class BadDocument(Refused):
    """A document cannot be read."""


class BadSettings(Refused):
    """A setting has a value that makes no sense."""


class LoginFailed(Refused):
    """A login on a platform's page led to no channel."""


class LoginDenied(LoginFailed):
    """Somebody said no on the platform's page."""


class LoginLate(LoginFailed):
    """Nobody came back from the platform's page."""


class NothingToConnect(LoginFailed):
    """The login opens no account of the kind we connect."""


class OtherAccount(LoginFailed):
    """The login opens other accounts than the channel's; `about` are their names."""


class ScopeMissing(LoginFailed):
    """What the channel cannot do without was not permitted; `about` are the scopes."""


class FileTooLarge(Refused):
    """The platform takes such files, but smaller ones."""


class FileNotTaken(Refused):
    """The platform, or nobody at all, is sent files of this kind."""


class FileMislabelled(Refused):
    """The bytes of a file are not what its name or declared type says."""


class FileUnsafe(Refused):
    """A file would run something on the customer's machine."""


class FileUnreadable(Refused):
    """There is no file there, or nothing in it."""


class TooManyFiles(Refused):
    """A message carries one file."""


class Conflict(SocialSyncError):
    """The world moved on between reading and writing."""


class AlreadyDecided(Conflict):
    """Somebody has already approved, edited or dismissed this draft."""


class StaleDraft(Conflict):
    """The customer wrote again after this draft was made."""


class HumanReplied(Conflict):
    """A person has answered meanwhile; the assistant stands down."""


class OutcomeUnknown(SocialSyncError):
    """A call was made and its result never arrived: it may have taken effect."""
