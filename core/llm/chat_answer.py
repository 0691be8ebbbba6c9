"""Read a chat model's answer strictly, in the wire formats of OpenAI and of Anthropic.

Pure. Servers that call themselves compatible leave fields out; what we need must be there
and of the right kind, all else may be missing.
"""

import json
from collections.abc import Mapping
from typing import Any

from core.llm.base import Completion, Finish
from core.llm.failures import UnreadableAnswer

_OPENAI_FINISH = {"length": Finish.CUT_OFF, "content_filter": Finish.REFUSED}
_ANTHROPIC_FINISH = {
    "max_tokens": Finish.CUT_OFF,
    "model_context_window_exceeded": Finish.CUT_OFF,
    "refusal": Finish.REFUSED,
}


def of_openai(content: bytes, asked: str) -> Completion:
    """Return the answer of an OpenAI-compatible server to a call for the model `asked`.

    Raises:
        UnreadableAnswer: the answer holds something else.
    """
    answer = _object(content)
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise UnreadableAnswer("no message")
    refusal = message.get("refusal")
    finish = openai_finish(choice.get("finish_reason"))
    text = message.get("content")
    if not isinstance(text, str):
        if text is not None or not (refusal or finish is not Finish.DONE):
            raise UnreadableAnswer("no text")
        text = ""
    usage = _mapping(answer.get("usage"))
    return Completion(
        text=text,
        model=_name(answer, asked),
        input_tokens=_count(usage, "prompt_tokens"),
        output_tokens=_count(usage, "completion_tokens"),
        finish=Finish.REFUSED if refusal else finish,
    )


def of_anthropic(content: bytes, asked: str, tool: str | None) -> Completion:
    """Return Anthropic's answer; of the input to `tool` where one was asked for, as JSON.

    Raises:
        UnreadableAnswer: the answer holds something else.
    """
    answer = _object(content)
    blocks = answer.get("content")
    if not isinstance(blocks, list):
        raise UnreadableAnswer("no content")
    finish = anthropic_finish(answer.get("stop_reason"))
    text = _said(blocks) if tool is None else _given_to(blocks, tool)
    if text is None:
        if finish is Finish.DONE:
            raise UnreadableAnswer("not what was asked for")
        text = ""
    usage = _mapping(answer.get("usage"))
    return Completion(
        text=text,
        model=_name(answer, asked),
        input_tokens=sum(_count(usage, name) for name in _ANTHROPIC_INPUT),
        output_tokens=_count(usage, "output_tokens"),
        finish=finish,
    )


_ANTHROPIC_INPUT = (
    "input_tokens",
    "cache_creation_input_tokens",
    "cache_read_input_tokens",
)


def openai_finish(reason: object) -> Finish:
    """Return what an OpenAI-compatible server's finish reason means."""
    return _OPENAI_FINISH.get(str(reason), Finish.DONE)


def anthropic_finish(reason: object) -> Finish:
    """Return what Anthropic's stop reason means."""
    return _ANTHROPIC_FINISH.get(str(reason), Finish.DONE)


def is_object(text: str) -> bool:
    """Tell whether a text is one JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer("not JSON") from error
    if not isinstance(answer, dict):
        raise UnreadableAnswer("not an object")
    return answer


def _said(blocks: list[Any]) -> str | None:
    texts = [
        block["text"]
        for block in blocks
        if isinstance(block, dict) and isinstance(block.get("text"), str)
    ]
    return "".join(texts) if texts else None


def _given_to(blocks: list[Any], tool: str) -> str | None:
    for block in blocks:
        if isinstance(block, dict) and block.get("name") == tool:
            return json.dumps(block.get("input"), ensure_ascii=False)
    return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(answer: Mapping[str, Any], asked: str) -> str:
    model = answer.get("model")
    return model[:200] if isinstance(model, str) and model else asked


def _count(usage: Mapping[str, Any], name: str) -> int:
    value = usage.get(name)
    return value if type(value) is int and value >= 0 else 0
