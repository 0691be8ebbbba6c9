"""The shape of what a child may say; everything else is no answer."""

import re

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.knowledge.reading.decoding import clean
from core.knowledge.reading.limits import LONGEST_TEXT, MOST_PAGES
from core.knowledge.reading.reasons import ReadWarning, Reason

_WARNING = re.compile(rf"({'|'.join(ReadWarning)})(?::[0-9,]{{1,40000}})?")


class Answer(BaseModel):
    """What a child found in a file, or the reason why it found nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str | None = Field(default=None, max_length=1_000)
    text: str = Field(default="", max_length=LONGEST_TEXT)
    page_starts: list[int] = Field(default=[], max_length=MOST_PAGES)
    warnings: list[str] = Field(default=[], max_length=100)
    scanned: list[int] = Field(default=[], max_length=MOST_PAGES)
    refused: str | None = Field(default=None, max_length=40)

    @model_validator(mode="after")
    def _is_sound(self) -> "Answer":
        """Refuse pages out of the text, letters that are not stored, and words for codes."""
        starts = self.page_starts
        if starts != sorted(starts) or (starts and not _within(starts, len(self.text))):
            raise ValueError("pages out of place")
        if self.scanned and not _within(self.scanned, len(starts) - 1):
            raise ValueError("scanned pages that are not there")
        if clean(self.text) != self.text or clean(self.title or "") != (self.title or ""):
            raise ValueError("letters that are not stored")
        if not all(map(_WARNING.fullmatch, self.warnings)):
            raise ValueError("warnings in words of its own")
        if self.refused is not None:
            Reason(self.refused)
        return self

    @property
    def reason(self) -> Reason | None:
        """Return why the child refused the file, None if it did not."""
        return None if self.refused is None else Reason(self.refused)


def _within(places: list[int], last: int) -> bool:
    return min(places) >= 0 and max(places) <= last


def parse(raw: bytes) -> Answer | None:
    """Return a child's answer, None when it is cut off or not one."""
    try:
        return Answer.model_validate_json(raw)
    except ValidationError:
        return None
