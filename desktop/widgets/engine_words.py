"""Sentences of the engine that the window says in the reader's language.

The engine knows no languages: what its platforms have to say is English and fixed. The
ones that people read are listed here for the translators; a test compares them with what
the platforms say, and what is not listed is shown as it is.
"""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

KNOWN: Final = (
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "WhatsApp has no history to ask for: what was written while nobody listened arrives late, up to seven days, and not at all after that.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "After 24 hours without a word from the customer only templates can be sent.",
        )
    ),
    str(QT_TRANSLATE_NOOP("Engine", "WhatsApp tells of no comments, and takes no posts.")),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Comments are announced only for public accounts and approved apps; otherwise they are found by looking.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Instagram announces no edited, deleted or hidden comments; they are found by looking.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Answering after 24 hours, as a person, needs Meta's approval of the app.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Mentions in posts of others are announced with Facebook's login only.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Of a conversation, Instagram tells the latest 20 messages; requests that were idle for 30 days are not told at all.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "After 24 hours only a person may answer in Messenger, for seven days, and only if Meta has granted the app Human Agent.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Facebook shows comments and their authors to an app only with Advanced Access to pages_read_user_content.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine", "Who wrote a post that mentions the Page is not told by Facebook."
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "If the companion is unreachable for an hour, Facebook stops telling it of this Page until it subscribes again.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Encrypted chats (XChat) are closed to us: they show as unreadable, and only the X app can answer them.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "X lets us answer a post only where its author mentioned or quoted the account; everything else is answered on X itself.",
        )
    ),
    str(QT_TRANSLATE_NOOP("Engine", "Group conversations are not shown.")),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "X charges for calls; once its spending cap is reached, nothing is sent until a person raises it.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine", "LinkedIn lets no program read or send private messages."
        )
    ),
    str(
        QT_TRANSLATE_NOOP("Engine", "Comments reach us from public posts of the page only.")
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "LinkedIn's terms let us keep what others wrote for 48 hours and who they are for 24; after that, it is shown as expired.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "Who connects the page must stay its administrator, or its comments stop coming.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "Engine", "LinkedIn does not tell the names of those who comment."
        )
    ),
    str(QT_TRANSLATE_NOOP("Engine", "Facebook did not say which comment this is.")),
    str(QT_TRANSLATE_NOOP("Engine", "Answer it on Facebook.")),
    str(QT_TRANSLATE_NOOP("Engine", "Instagram does not say where this mention is.")),
    str(QT_TRANSLATE_NOOP("Engine", "Answer it in the Instagram app.")),
    str(QT_TRANSLATE_NOOP("Engine", "This comment has no address on LinkedIn.")),
    str(QT_TRANSLATE_NOOP("Engine", "Answer it on linkedin.com.")),
    str(
        QT_TRANSLATE_NOOP(
            "Engine",
            "X takes answers from here only to posts that mention or quote the account.",
        )
    ),
    str(QT_TRANSLATE_NOOP("Engine", "Open the post on X and answer there.")),
    str(
        QT_TRANSLATE_NOOP(
            "Engine", "Comments on this platform cannot be answered from here."
        )
    ),
    str(QT_TRANSLATE_NOOP("Engine", "Open it on the platform.")),
)


def engine_words(sentence: str) -> str:
    """Return a sentence of the engine in the language of the window."""
    if sentence not in KNOWN:
        return sentence
    return QCoreApplication.translate("Engine", sentence)
