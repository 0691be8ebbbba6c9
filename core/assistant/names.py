"""Find what a question calls by name: a place, a maker, a product.

"Do you ship to Norway?" is not answered by what shipping to Germany costs, however well all
else agrees. A name is written large in the middle of a sentence. Who writes everything
small, or Every Word Large, gives nothing away; nor does German, where every noun is large.
"""

import re

from core.assistant.lexicon import COURTESY, LARGE_ANYWAY, OF_SOMEBODY, VAGUE
from core.knowledge.language import EVERYDAY, unaccented

_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"(?:^|[.!?…:;\n\"“”«»(¿¡])[\s\"“”«»(¿¡]*$")
_NOUNS_ARE_LARGE = frozenset({"de"})
_MOSTLY = 0.5


def called_by_name(question: str, language: str) -> list[str]:
    """Return the names in `question`, each once and folded, in order."""
    if language in _NOUNS_ARE_LARGE:
        return []
    words = list(_WORD.finditer(question))
    inside = [one for one in words if not _BEGINS.search(question[: one.start()])]
    large = [one for one in inside if one.group().istitle() and len(one.group()) > 1]
    if len(large) > max(1.0, _MOSTLY * len(inside)):
        return []
    usual = EVERYDAY.get(language, frozenset()) | VAGUE | COURTESY | LARGE_ANYWAY
    names: dict[str, None] = {}
    further, before = "", ""
    for one in words:
        word = unaccented(one.group())
        is_somebody = before in COURTESY or further in OF_SOMEBODY
        if one in large and word not in usual and not is_somebody:
            names[word] = None
        further, before = before, word
    return list(names)
