"""The form of a model's answers: what it is asked for, and what of it is taken.

What does not fit is not mended: a model that cannot keep to a form is not one to trust
with a customer.
"""

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_CHARS = 40_000
"""An answer longer than this is no answer to anything that was asked."""


class Form(BaseModel):
    """An answer whose fields are all there, of the right type, and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OpinionForm(Form):
    """What a model thinks should happen with a message."""

    decision: Literal["respond", "ignore", "escalate"]
    reason: str = Field(max_length=1_000)
    wants_human: bool
    complaint: bool
    confidence: float = Field(ge=0.0, le=1.0)
    language: str = Field(max_length=20)


class CitationForm(Form):
    """Words that a reply stands on, and the number of the passage they are from."""

    passage: int = Field(ge=1, le=100)
    quote: str = Field(min_length=1, max_length=4_000)


class ReplyForm(Form):
    """A reply; an empty text says that the passages do not answer."""

    text: str = Field(max_length=20_000)
    citations: list[CitationForm] = Field(max_length=12)


F = TypeVar("F", bound=Form)


def read(form: type[F], text: str) -> F | None:
    """Return the answer in its form, or None where it has another."""
    if len(text) > MOST_CHARS:
        return None
    try:
        return form.model_validate_json(_unwrapped(text))
    except ValidationError:
        return None


def schema_of(form: type[Form]) -> dict[str, Any]:
    """Return the JSON Schema of a form, in the part of the language that all servers know.

    Bounds are left out: some servers refuse them, and `read` checks them anyway.
    """
    whole = form.model_json_schema()
    named = whole.pop("$defs", {})
    plain: dict[str, Any] = _plain(whole, named)
    return plain


_KEPT = {"type", "properties", "required", "items", "enum", "additionalProperties"}


def _plain(part: Any, named: dict[str, Any]) -> Any:
    if "$ref" in part:
        return _plain(named[part["$ref"].rpartition("/")[2]], named)
    kept = {name: value for name, value in part.items() if name in _KEPT}
    if "properties" in kept:
        kept["properties"] = {
            name: _plain(value, named) for name, value in kept["properties"].items()
        }
    if "items" in kept:
        kept["items"] = _plain(kept["items"], named)
    return kept


def _unwrapped(text: str) -> str:
    """Return an answer without the code fence that some models put around it."""
    bare = text.strip()
    if bare.startswith("```") and bare.endswith("```"):
        return bare.removeprefix("```json").removeprefix("```").removesuffix("```")
    return bare
