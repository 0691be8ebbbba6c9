"""The prompts, which are files of their own: `resources/prompts/*.md`.

What a model is told is data that an owner may want to read and a colleague to compare
between versions. A `$name` in a file is filled in by whoever asks.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from string import Template

from core import paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt as it stands in its file, and what it is known by."""

    template: Template
    digest: str
    """The file's fingerprint, kept with every decision it had a part in."""

    def filled(self, **values: str) -> str:
        """Return the prompt with every `$name` filled in."""
        return self.template.substitute(values).strip()


@cache
def prompt(name: str) -> Prompt:
    """Return the prompt of this name; each file is read once."""
    text = (paths.resources_dir() / "prompts" / f"{name}.md").read_text("utf-8")
    return Prompt(
        template=Template(text), digest=hashlib.sha256(text.encode()).hexdigest()[:16]
    )
