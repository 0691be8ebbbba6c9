"""What a careful colleague would write of the demo's knowledge mostly passes the guard.

Where it does not, the quoted words are suggested instead: that costs a look, not a lie.
"""

from core import paths
from core.assistant import guard
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from tests.assistant.cafe import SAMPLES
from tests.assistant.cases import chunk

PASSING = 0.8
DOCUMENTS = paths.resources_dir() / "demo" / "documents"


def _replies() -> list[tuple[Passage, str]]:
    lines = (SAMPLES / "honest_replies.tsv").read_text("utf-8").splitlines()
    found = []
    for file, heading, body in (line.split("\t") for line in lines):
        parts = (DOCUMENTS / file).read_text("utf-8").split("\n## ")
        (text,) = [part for part in parts if part.startswith(heading)]
        found.append((chunk(f"## {text.strip()}", language=file[:2]), body))
    return found


def _held_back(passage: Passage, body: str) -> list[str]:
    citation = Citation(
        title=passage.title,
        name=passage.name,
        quote=passage.text,
        document_id=passage.document_id,
        start_char=passage.start_char,
        end_char=passage.end_char,
    )
    return guard.ungrounded(body, [citation], [passage], passage.lang_code)


def test_most_honest_replies_pass() -> None:
    replies = _replies()
    held = [body for passage, body in replies if _held_back(passage, body)]
    assert len(replies) >= 30
    assert len(held) <= (1 - PASSING) * len(replies), held


def test_none_of_them_is_taken_for_dangerous() -> None:
    for passage, body in _replies():
        assert guard.dangers(body, [passage], ()) == []
