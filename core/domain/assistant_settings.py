"""How the assistant is set up: what it may do at all, in which languages, with which model."""

import re
from dataclasses import dataclass

from core.domain.errors import Refused

MOST_PROMPT = 8_000
MOST_TOKENS = 32_000
MOST_LANGUAGES = 20
HOTTEST = 2.0

_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantSettings:
    """The owner's settings; a row of `ai_settings`.

    The two switches can only veto (SETTLED 12): what a channel does not allow, they do not
    bring about. `reply_lang` is answered in where a customer's language cannot be told;
    `doc_lang` are the languages answers may be looked up in, all of them when empty.
    `model` is written as provider/name, as `models list` shows it.
    """

    auto_reply_enabled: bool = True
    ai_enabled_for_conversations: bool = True
    reply_lang: str | None = None
    doc_lang: tuple[str, ...] = ()
    model: str | None = None
    system_prompt: str = ""
    temperature: float = 0.7
    max_tokens: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """A model an owner can choose; a row of `ai_models`. Costs are US dollars."""

    provider: str
    name: str
    description: str = ""
    input_cost_per_1k: float = 0.0
    output_cost_per_1k: float = 0.0
    context_window: int | None = None
    is_active: bool = True

    @property
    def key(self) -> str:
        """Return how the model is written in settings."""
        return f"{self.provider}/{self.name}"


def check_settings(new: AssistantSettings) -> None:
    """Refuse settings that make no sense.

    Raises:
        Refused: says which, and what is possible.
    """
    if new.reply_lang is not None and not _LANGUAGE.fullmatch(new.reply_lang):
        raise Refused(f"reply_lang: “{new.reply_lang}” is no language.", "Write “fr”.")
    if len(new.doc_lang) > MOST_LANGUAGES:
        raise Refused(f"doc_lang names more than {MOST_LANGUAGES} languages.")
    for code in new.doc_lang:
        if not _LANGUAGE.fullmatch(code):
            raise Refused(f"doc_lang: “{code}” is no language.", "Write codes as “fr”.")
    if len(new.system_prompt) > MOST_PROMPT:
        raise Refused(
            f"system_prompt is longer than {MOST_PROMPT} characters.", "Shorten it."
        )
    if not 0.0 <= new.temperature <= HOTTEST:
        raise Refused(f"temperature must lie between 0 and {HOTTEST:.0f}.")
    if not 1 <= new.max_tokens <= MOST_TOKENS:
        raise Refused(f"max_tokens must lie between 1 and {MOST_TOKENS}.")


def check_model(new: ModelRow) -> None:
    """Refuse a model that could not be called or paid for.

    Raises:
        Refused: says what, and what is possible.
    """
    if new.provider not in ("local", "openai", "anthropic"):
        raise Refused(
            f"“{new.provider}” is no provider.", "Use local, openai or anthropic."
        )
    if not new.name.strip() or len(new.name) > 200:
        raise Refused("The model has no name, or one of more than 200 characters.")
    if min(new.input_cost_per_1k, new.output_cost_per_1k) < 0:
        raise Refused("A model's costs cannot be negative.")
    if not max(new.input_cost_per_1k, new.output_cost_per_1k) < 1000:
        raise Refused("A model's costs must stay under 1,000 dollars per 1,000 tokens.")
    if new.context_window is not None and not 1 <= new.context_window <= 100_000_000:
        raise Refused("The context window must be a positive number of tokens.")
