"""Runs semantic-router over vectors made elsewhere; a program for the peer's own Python.

Its standard input is JSON: the entries with their texts, the messages, and the vector of
each text. Its output is, for every way to aggregate, the guess and score per message.
"""

import importlib
import json
import sys
from typing import Any


def main() -> None:
    """Answer every message with each aggregation."""
    router = importlib.import_module("semantic_router")
    encoders = importlib.import_module("semantic_router.encoders.base")
    given: dict[str, Any] = json.load(sys.stdin)
    vectors: dict[str, list[float]] = given["vectors"]

    class Given(encoders.DenseEncoder):  # type: ignore[misc, name-defined]
        def __call__(self, docs: list[str]) -> list[list[float]]:
            return [vectors[doc] for doc in docs]

    routes = [
        router.Route(name=name, utterances=texts)
        for name, texts in given["entries"].items()
    ]
    found: dict[str, Any] = {"version": router.__version__}
    for way in ("mean", "max", "sum"):
        way_there = router.IndexedRouter(
            encoder=Given(name="given"), routes=routes, aggregation=way
        )
        answers = [way_there(text) for text in given["messages"]]
        found[way] = [[one.name or "", float(one.confidence or 0.0)] for one in answers]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
