"""Tell whether a passage speaks of what was asked, and whether it is sure enough to answer.

Two bars on how likely a passage answers. Below the lower one nothing is shown: the honest
answer is that nothing was found. From the higher one on, a person who is not asked again
may be answered with it.
"""

from core.domain.knowledge import Passage
from core.knowledge.asking import tells

NEAR = 0.03
"""From here on a passage is shown: for 98 or more of 100 questions that have an answer."""
ANSWERS = 0.5
"""From here on a passage answers. Of 100 questions without an answer 3 to 9 come so far, and
up to 21 in a base as small as the demo's, where everything is a little about everything."""


def is_near(passage: Passage) -> bool:
    """Return whether the passage is worth showing at all."""
    return passage.likely >= NEAR


def answers(passage: Passage, question: str) -> bool:
    """Return whether the passage is worth quoting for the question.

    A question that only asks ("how much?", "where are you?") is about something said before it: whatever is
    found for its words alone answers another question.
    """
    return tells(question) and passage.likely >= ANSWERS
