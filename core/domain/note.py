"""What a colleague's private note does besides being read."""

import re
import unicodedata

_CLAIMS = re.compile(
    r"(?:(?:it'?s |this (?:one )?is |this one'?s )?mine|i(?:'ll| will)? (?:take|got|have) (?:it|this|that)(?: one)?"
    r"|i'?m on (?:it|this)|(?:c'est )?(?:a|pour) moi|je (?:le |la |m'en )?(?:prends|charge|occupe)"
    r"(?: celui-ci| celle-ci| ca)?|(?:es )?mi[oa]|lo (?:tomo|cojo)(?: yo)?|me encargo(?: yo)?)"
)
_AROUND = " \t\n.!,;:)-"


def claims(text: str) -> bool:
    """Return whether a note says "mine", and nothing else: its author answers.

    Nothing else, because "mine arrived broken too, see the photo" is a remark.
    """
    folded = "".join(
        char
        for char in unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
        if not unicodedata.combining(char)
    )
    return _CLAIMS.fullmatch(folded.strip(_AROUND)) is not None
