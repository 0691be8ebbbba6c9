"""What a language model adds to a run: an opinion about the message, and a written reply.

It is asked after the code has looked, and only where its word can change something. What
comes of its word is decided in `careful`; nothing it says is done here or believed.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.assistant import briefs, guard, run
from core.assistant.asking import Asked, Manner, ask
from core.assistant.cleaning import visible
from core.assistant.draft import as_prose, greeting
from core.assistant.forms import CitationForm, OpinionForm, ReplyForm
from core.assistant.reading import Reading
from core.assistant.recorded_model import standing_in
from core.assistant.run import Json, Run
from core.assistant.state import Case
from core.assistant.triage import Sort
from core.assistant.verdict import NEAR
from core.domain.decision import Citation
from core.domain.knowledge import Passage
from core.llm.base import ChatModel
from core.llm.prompt_files import prompt

OPINION_TOKENS = 300
FEWEST_REPLY_TOKENS = 300
"""Room for the quotes, whatever the owner allows for the reply."""
MOST_REPLY_TOKENS = 2_000
_ASKED_ABOUT = {Sort.QUESTION, Sort.ADVERTISEMENT}
"""What is surely a person's case, or surely a courtesy, costs no call."""


class Modelled:
    """The steps in which a model is asked; one instance serves all runs at once."""

    def __init__(self, model: ChatModel) -> None:
        """Ask `model`."""
        self._model = model

    async def opinion(self, found: Run, read: Reading, case: Case) -> Run:
        """Return what the model thinks should happen with a message, if it is asked."""
        if Sort(found["sorted"]["sort"]) not in _ASKED_ABOUT:
            return {}
        model = standing_in("triage", self._model)
        if model is None:
            return {}
        turns = briefs.sorting(case, read, answer_tokens=OPINION_TOKENS)
        manner = Manner(step="triage", max_tokens=OPINION_TOKENS, temperature=0.0)
        asked = await ask(model, turns, OpinionForm, manner)
        answer = asked.answer
        if answer is None:
            return {"opinion": _outcome(asked)}
        said = {"reason": visible(answer.reason), "language": visible(answer.language)}
        return {"opinion": {**answer.model_dump(), **said, **_outcome(asked)}}

    async def reply(
        self, so_far: Run, passages: Sequence[Passage], case: Case, name: str
    ) -> Run:
        """Return a reply in the model's words, where one would be looked at.

        `passages` are best first; `so_far` holds the draft that quotes the best of them.
        """
        read = run.built(Reading, so_far["reading"])
        model = standing_in("reply", self._model)
        if model is None or not _is_worth_writing(so_far):
            return {}
        limit = min(MOST_REPLY_TOKENS, max(FEWEST_REPLY_TOKENS, case.model.max_tokens))
        shown = _best_first(passages, run.passage(so_far["draft"]["passage"]))
        turns = briefs.writing(case, read, shown, answer_tokens=limit)
        manner = Manner(step="reply", max_tokens=limit, temperature=case.model.temperature)
        asked = await ask(model, turns, ReplyForm, manner)
        if asked.answer is None:
            return {"written": _outcome(asked)}
        # A passage's marks of emphasis come along with its words.
        body = as_prose(visible(asked.answer.text))
        citations = [_cited(one, shown) for one in asked.answer.citations]
        return {
            "written": {
                "body": body,
                "reply": f"{greeting(read.language, name)}{body}",
                "citations": [run.plain(one) for one in citations if one is not None],
                "rejected": sum(one is None for one in citations),
                **_outcome(asked),
            }
        }


def guarded(so_far: Run, passages: Sequence[Passage], case: Case) -> Run:
    """Return what the guard finds in the reply that a model wrote, if it wrote one."""
    written = so_far.get("written", {})
    if not written.get("body"):
        return {}
    language = run.built(Reading, so_far["reading"]).language
    citations = [run.citation(one) for one in written["citations"]]
    links = case.rules.allow_listed_links
    dangers = guard.dangers(written["body"], passages, links)
    return {
        "written": {
            **written,
            "dangers": dangers,
            # What is dangerous is not worth a second look, and may be very long.
            "ungrounded": []
            if dangers
            else guard.ungrounded(written["body"], citations, passages, language),
        }
    }


def snapshot(so_far: Run) -> Json:
    """Return what a replay needs of the model's part in a run; empty if it had none."""
    parts = [so_far.get("opinion", {}), so_far.get("written", {})]
    calls = [call for part in parts for call in part.get("calls", [])]
    if not any(parts):
        return {}
    return {
        "calls": calls,
        "tokens": {
            "input": sum(call["input_tokens"] for call in calls),
            "output": sum(call["output_tokens"] for call in calls),
        },
        "prompts": {name: prompt(name).digest for name in ("triage", "reply")},
        "prompt_hash": calls[-1]["prompt_hash"] if calls else None,
        "opinion": _without_calls(parts[0]),
        "written": _without_calls(parts[1]),
    }


def _without_calls(part: Mapping[str, Any]) -> Json | None:
    return {name: value for name, value in part.items() if name != "calls"} or None


def _outcome(asked: Asked[Any]) -> Json:
    trouble = None if asked.trouble is None else asked.trouble.value
    return {"trouble": trouble, "why": asked.why, "calls": list(asked.calls)}


def _is_worth_writing(so_far: Run) -> bool:
    """Tell whether a written reply could be used.

    Not when the model had trouble, thinks that a person should answer, or when what was
    found is beside the point.
    """
    opinion = so_far.get("opinion")
    if opinion is None or opinion["trouble"] is not None or leaves_to_person(opinion):
        return False
    likely: float = so_far["draft"]["confidence"]
    return likely >= NEAR


def leaves_to_person(opinion: Mapping[str, Any]) -> bool:
    """Tell whether a model thinks that a person should see a message."""
    return bool(
        opinion["decision"] == "escalate" or opinion["wants_human"] or opinion["complaint"]
    )


def _best_first(passages: Sequence[Passage], best: Passage) -> list[Passage]:
    """Return the passages with the one first that the code would quote."""
    return [best, *(one for one in passages if one != best)][: briefs.MOST_PASSAGES]


def _cited(one: CitationForm, shown: Sequence[Passage]) -> Citation | None:
    """Return the citation of words that do stand in their passage; None for others.

    The model was shown passages with their white space in order, so a line may end
    elsewhere; every other character must be the passage's own.
    """
    if one.passage > len(shown):
        return None
    passage = shown[one.passage - 1]
    pieces = map(re.escape, one.quote.split())
    match = re.search(r"\s+".join(pieces), passage.text) if one.quote.strip() else None
    if match is None:
        return None
    offset = passage.start_char
    return Citation(
        title=passage.title,
        name=passage.name,
        quote=match.group(),
        document_id=passage.document_id,
        faq_id=passage.faq_id,
        start_char=None if offset is None else offset + match.start(),
        end_char=None if offset is None else offset + match.end(),
    )
