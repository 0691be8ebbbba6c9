"""Have the language model of this machine edit a reply that a person has typed.

The words come as they are written, so that the composer can show them; nothing is kept or
sent. Personal data is masked on its way to the model (`core.llm.masked`), and the person
reads the result before pressing anything.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from enum import StrEnum
from typing import Any, cast

from core.assistant.fence import Fence
from core.domain.errors import NotFound, NotSetUp, Refused, TooLong
from core.domain.ids import ConversationId
from core.domain.message import Direction
from core.kit import Kit
from core.knowledge.language import CERTAIN, FALLBACK, guess
from core.llm.base import ChatModel, Speaker, Turn
from core.llm.prompt_files import prompt
from core.store import heard, rules, threads

MOST_CHARS = 6_000
"""The longest reply that is edited; no platform takes a longer one."""
MOST_TOKENS = 2_500
_TEMPERATURE = 0.3
_NO_TONE = "friendly, short and professional"
_EARLIER = 12


class How(StrEnum):
    """What is to be done with a typed reply."""

    IMPROVE = "improve"
    SHORTEN = "shorten"
    TRANSLATE = "translate"
    """Into the language that the customer writes in."""


async def improve(
    kit: Kit, conversation: ConversationId, text: str, how: How
) -> AsyncIterator[str]:
    """Yield the edited reply in parts, as the model writes it.

    Raises:
        NotSetUp: this machine has no language model; the error says how to get one.
        NotFound: there is no such conversation in this inbox.
        Refused: there is nothing to edit, or the model will not; TooLong when it is too
            much, or when the answer was cut off after its last part.
        ModelDown, RateLimited, BudgetSpent: the model does not answer.
    """
    model = _model(kit)
    typed = text.strip()
    if not typed:
        raise Refused("There is nothing to edit.", "Type a reply first.")
    if len(typed) > MOST_CHARS:
        raise TooLong(
            f"The reply is too long to edit: {len(typed)} of {MOST_CHARS} characters.",
            "Shorten it by hand first.",
        )
    turns = await _turns(kit, conversation, typed, how)
    parts = model.stream(turns, max_tokens=MOST_TOKENS, temperature=_TEMPERATURE)
    async with aclosing(cast(Any, parts)):
        async for part in parts:
            yield part


async def edited(
    kit: Kit,
    conversation: ConversationId,
    text: str,
    how: How,
    *,
    tell: Callable[[str], None] | None = None,
) -> str:
    """Return the whole edited reply, and `tell` what is written of it so far.

    Cancelling the task stops the model. Raises as `improve` does.
    """
    so_far = ""
    async with aclosing(cast(Any, improve(kit, conversation, text, how))) as parts:
        async for part in parts:
            so_far += part
            if tell is not None:
                tell(so_far)
    return so_far.strip()


async def is_possible(kit: Kit) -> bool:
    """Return whether this machine has a language model, for a button to say so early."""
    return kit.model is not None


def _model(kit: Kit) -> ChatModel:
    if kit.model is None:
        raise NotSetUp(
            "This machine has no language model.",
            "Set SOCIALSYNC_LLM_PROVIDER to openai or anthropic, with its key in"
            " SOCIALSYNC_LLM_API_KEY, or SOCIALSYNC_LLM_URL to a server of your own,"
            " then start SocialSync again.",
        )
    return kit.model


async def _turns(kit: Kit, conversation: ConversationId, text: str, how: How) -> list[Turn]:
    async with kit.mine() as unit:
        if await threads.row(unit, conversation, kit.member.id) is None:
            raise NotFound("That conversation is not in this inbox.")
        own = await rules.read(unit)
        said = await heard.earlier(unit, conversation, but=[], limit=_EARLIER)
    theirs = " ".join(one.text for one in said if one.direction is Direction.INBOUND)
    system = prompt(how.value).filled(
        tone=(own.tone if own else "") or _NO_TONE,
        language=_language(theirs, own.reply_lang if own else None),
    )
    return [
        Turn(speaker=Speaker.SYSTEM, text=system),
        Turn(speaker=Speaker.USER, text=Fence().around("reply to edit", text)),
    ]


def _language(theirs: str, usual: str | None) -> str:
    found = guess(theirs)
    return found.code if found.confidence >= CERTAIN else usual or FALLBACK
