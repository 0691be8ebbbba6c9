"""Find what a question calls by name: a place, a maker, a product.

"Do you ship to Norway?" is not answered by what shipping to Germany costs, however well all
else agrees. A name is written large in the middle of a sentence. Who writes everything
small, or Every Word Large, gives nothing away; nor does German, where every noun is large.
"""

import re

from core.assistant.lexicon import COURTESY, LARGE_ANYWAY, OF_SOMEBODY, VAGUE
from core.knowledge.language import EVERYDAY, unaccented

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_A_BEGINNING = tuple('.!?…:;"“”«»(¿¡')
_NOUNS_ARE_LARGE = frozenset({"de"})
_MOSTLY = 0.5


def called_by_name(question: str, language: str) -> list[str]:
    """Return the names in `question`, each once and folded, in order."""
    if language in _NOUNS_ARE_LARGE:
        return []
    # Between words, beginning with what stands before the first; a line begins a sentence.
    between = _WORD.split(f"\n{question}")
    inside = [not _begins(gap) for gap in between[:-1]]
    words = _WORD.findall(question)
    large = [
        is_inside and len(word) > 1 and word.istitle()
        for word, is_inside in zip(words, inside, strict=True)
    ]
    if sum(large) > max(1.0, _MOSTLY * sum(inside)):
        return []
    usual = EVERYDAY.get(language, frozenset()) | VAGUE | COURTESY | LARGE_ANYWAY
    folded = [unaccented(word) for word in words]
    named = [
        word
        for word, is_large, before, further in zip(
            folded, large, ["", *folded], ["", "", *folded], strict=False
        )
        if is_large
        and word not in usual
        and before not in COURTESY
        and further not in OF_SOMEBODY
    ]
    return list(dict.fromkeys(named))


def _begins(between: str) -> bool:
    """Tell whether a sentence, a quote or a bracket begins after what stands here."""
    bare = between.rstrip()
    return bare.endswith(_BEFORE_A_BEGINNING) or "\n" in between[len(bare) :]
