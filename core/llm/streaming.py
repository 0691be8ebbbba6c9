"""Hand on a model's words as they come, and tell when they end badly.

A call is made again only while nothing has been heard: half a sentence is never followed
by a second beginning.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from core.domain.errors import ModelDown, Refused, TooLong
from core.llm import failures
from core.llm.base import Finish
from core.llm.failures import CHAT
from core.llm.patience import Patience, Sleep, patiently

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some words of an answer, and how it ended if it has."""

    text: str = ""
    finish: Finish = Finish.DONE


async def streamed(
    start: Callable[[], Awaitable[AsyncIterator[Part]]], patience: Patience, sleep: Sleep
) -> AsyncIterator[str]:
    """Yield the words of the stream that `start` opens; it raises our errors only."""

    async def begun() -> tuple[Part | None, AsyncIterator[Part]]:
        parts = await _in_time(start(), patience)
        return await _in_time(_next(parts), patience), parts

    part, parts = await patiently(begun, patience, sleep)
    async with aclosing(cast(Any, parts)):
        heard = False
        finish = Finish.DONE
        while part is not None:
            finish = part.finish if part.finish is not Finish.DONE else finish
            if finish is Finish.REFUSED:
                raise refused()
            if part.text:
                heard = True
                yield part.text
            part = await _in_time(_next(parts), patience)
    if finish is Finish.CUT_OFF:
        raise cut_off()
    if not heard:
        raise ModelDown("The language model answered nothing.", "Try again.")


def refused() -> Refused:
    """Return what it means that a model will not answer."""
    return Refused("The language model will not answer this.", "Write it yourself.")


def cut_off() -> TooLong:
    """Return what it means that a model had more to say."""
    return TooLong("The language model's answer was cut off.", "Ask for a shorter text.")


async def _next(parts: AsyncIterator[Part]) -> Part | None:
    return await anext(parts, None)


async def _in_time(step: Awaitable[T], patience: Patience) -> T:
    try:
        async with asyncio.timeout(patience.seconds):
            return await step
    except TimeoutError:
        ours = failures.too_slow(CHAT)
    raise ours
