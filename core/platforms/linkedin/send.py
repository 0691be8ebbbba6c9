"""Private messages on LinkedIn: there is no API for them."""

from typing import Final

from core.domain.outbox import AnswerClass, SendAnswer

NO_MESSAGES: Final = SendAnswer(
    result=AnswerClass.REFUSED,
    title="LinkedIn lets no program send private messages; answer the comment in public.",
)
