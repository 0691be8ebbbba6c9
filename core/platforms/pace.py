"""How often a platform lets itself be asked for comments, as data of its manifest."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPace:
    """How often one post may be read for comments, and how many calls for pages that costs.

    A reading that stops at `pages` goes on from there `resumes_after` later. `lists_every`
    is how far apart two lists of the newest posts are; zero: at every occasion.
    """

    every: timedelta = timedelta(seconds=300)
    pages: int = 20
    resumes_after: timedelta = timedelta()
    lists_every: timedelta = timedelta()
