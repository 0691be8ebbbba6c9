"""What an owner set about the language model, where one is used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """How a model is to write; `name` None leaves the choice to each machine."""

    system_prompt: str = ""
    temperature: float = 0.7
    max_tokens: int = 500
    name: str | None = None
    provider: str | None = None
    """Whose model `name` is: a machine that is set to another provider ignores it."""
