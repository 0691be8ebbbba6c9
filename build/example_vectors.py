"""Read our example messages beforehand, with each embedder that runs on this machine.

    PYTHONPATH=. .venv/bin/python build/example_vectors.py

To be run again whenever `resources/triage/examples.tsv` or a local model has changed; a
test notices. It needs the language pack (`build/language_pack.sh`).
"""

import asyncio
from contextlib import AsyncExitStack

from core import paths
from core.assistant import prepared, written
from core.knowledge.language import guess
from core.llm import apertium
from core.llm.apertium import Translator
from core.llm.embed import LocalEmbedder
from core.llm.pivot import PivotEmbedder, missing_pack


async def main() -> None:
    """Write a file for each local embedder."""
    pack = apertium.modes_folder()
    if pack is None:
        raise missing_pack()
    examples = written.examples()
    async with AsyncExitStack() as stack:
        models = paths.resources_dir() / "models"
        local = await stack.enter_async_context(LocalEmbedder.open(models))
        translator = await stack.enter_async_context(Translator.open(pack))
        pivot = PivotEmbedder(local, translator, lambda text: guess(text).code)
        for embedder in (local, pivot):
            vectors = await embedder.embed([one.text for one in examples])
            file = written.folder() / prepared.file_name(embedder.name)
            file.write_bytes(prepared.packed(examples, vectors))


if __name__ == "__main__":
    asyncio.run(main())
