"""The state of one run as the graph keeps it: JSON values only.

A checkpoint outlives the process and the version that wrote it, and nothing but plain
values may come back out of it (see `saver`). So our values are taken apart on the way in
and put together again on the way out, here.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from operator import or_
from typing import Annotated, Any, TypedDict, TypeVar
from uuid import UUID

from core.domain.decision import Citation, Decision, EscalationReason, Proposal, Verdict
from core.domain.ids import ChunkId, DocumentId, FaqId
from core.domain.knowledge import Passage

Json = dict[str, Any]
T = TypeVar("T")


class Run(TypedDict, total=False):
    """What the nodes have found out so far, each under its own name."""

    reading: Json
    rule: Json
    match: Json
    sorted: Json
    signals: Json
    opinion: Json
    passages: list[Json]
    draft: Json
    written: Json
    objections: list[str]
    proposal: Json
    timings: Annotated[dict[str, float], or_]
    lookups: Annotated[Json, or_]
    """What models answered, by the name it was asked under (see `lookups`)."""


def plain(value: Any) -> Json:
    """Return a dataclass as JSON: ids and moments become strings, tuples lists."""
    return {field.name: _plain(getattr(value, field.name)) for field in _fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | StrEnum):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return plain(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


def built(cls: type[T], values: Mapping[str, Any]) -> T:
    """Return a flat dataclass from its JSON."""
    return cls(**{field.name: values[field.name] for field in _fields(cls)})


def passage(values: Mapping[str, Any]) -> Passage:
    """Return a passage from its JSON."""
    return Passage(
        **{
            **values,
            "document_id": _id(DocumentId, values["document_id"]),
            "chunk_id": _id(ChunkId, values["chunk_id"]),
            "faq_id": _id(FaqId, values["faq_id"]),
            "pieces": tuple(values.get("pieces", ())),
        }
    )


def citation(values: Mapping[str, Any]) -> Citation:
    """Return a citation from its JSON."""
    return Citation(
        **{
            **values,
            "document_id": _id(DocumentId, values["document_id"]),
            "faq_id": _id(FaqId, values["faq_id"]),
        }
    )


def proposal(values: Mapping[str, Any]) -> Proposal:
    """Return a proposal from its JSON."""
    opinion = values["verdict"]
    why = opinion["escalation_reason"]
    return Proposal(
        **{
            **values,
            "verdict": Verdict(
                **{
                    **opinion,
                    "decision": Decision(opinion["decision"]),
                    "escalation_reason": None if why is None else EscalationReason(why),
                }
            ),
            "citations": tuple(citation(one) for one in values["citations"]),
        }
    )


def _id(kind: Any, value: str | None) -> Any:
    return None if value is None else kind(UUID(value))


def _fields(cls: Any) -> Any:
    return fields(cls)
