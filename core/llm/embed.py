"""The embedder that runs on this machine, with the model committed in `resources/models`.

It needs no key and no network. The libraries and the model are loaded at the first text,
in the thread that runs them: opening costs nothing, so the window and the commands that
never search do not pay for it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.domain.errors import ModelDown, NotSetUp

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL_FILE = "minilm-int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 256
"""What the model was trained to read; its tokenizer file would cut at half of that."""
KEPT_TEXTS = 256
"""How many vectors are remembered: a burst asks for the same message several times."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The model in memory. Only the embedder's own thread touches it."""

    session: Any
    tokenizer: Tokenizer

    def vector(self, text: str) -> list[float]:
        """Return the vector of one text, alone.

        Alone, because the 8-bit model's result drifts (cosine down to 0.98) with the
        company a text is batched with, and an index must not depend on that.
        """
        import numpy as np

        encoding = self.tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        (rows,) = self.session.run(["embedding"], feed)
        vector: list[float] = rows[0].tolist()
        return vector


class LocalEmbedder:
    """all-MiniLM-L6-v2 in 8-bit integers, run by onnxruntime in a thread of its own."""

    name = "minilm-l6-v2-int8"
    dimensions = 384

    def __init__(self, folder: Path, thread: ThreadPoolExecutor) -> None:
        """Remember where the model lies; `open` is the way to get one."""
        self._folder = folder
        self._thread = thread
        self._loaded: _Loaded | None = None
        self._kept: OrderedDict[str, list[float]] = OrderedDict()

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path) -> AsyncIterator[LocalEmbedder]:
        """Give an embedder over the model files in `folder`, and end its thread after use."""
        missing = [
            name for name in (MODEL_FILE, TOKENIZER_FILE) if not (folder / name).is_file()
        ]
        if missing:
            raise NotSetUp(
                f"The local model is incomplete: {', '.join(missing)} is missing.",
                "Reinstall SocialSync, or restore the folder resources/models.",
            )
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedder") as thread:
            yield cls(folder, thread)

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return the vectors of `texts`; a long list lets other callers in between texts."""
        return [await self._one(text) for text in texts]

    async def _one(self, text: str) -> list[float]:
        kept = self._kept.get(text)
        if kept is not None:
            self._kept.move_to_end(text)
            return kept
        loop = asyncio.get_running_loop()
        vector = await loop.run_in_executor(self._thread, self._compute, text)
        self._kept[text] = vector
        if len(self._kept) > KEPT_TEXTS:
            self._kept.popitem(last=False)
        return vector

    def _compute(self, text: str) -> list[float]:
        if self._loaded is None:
            self._loaded = _load(self._folder)
        return self._loaded.vector(text)


def _load(folder: Path) -> _Loaded:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a short text gains nothing from a second one
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # it warns about processors it does not know
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    except Exception as error:  # both libraries raise nothing narrower
        raise ModelDown(
            "The local model cannot be loaded.",
            "Reinstall SocialSync to restore its files.",
        ) from error
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return _Loaded(session=session, tokenizer=tokenizer)
