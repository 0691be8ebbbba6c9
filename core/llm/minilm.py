"""The local model in memory: all-MiniLM-L6-v2 in 8-bit integers, run by onnxruntime.

Only the worker process loads it. A run reads one text, alone: the 8-bit model's result
drifts (cosine down to 0.98) with the company a text is batched with, and an index must not
depend on that. Runs may overlap in several threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.domain.errors import ModelDown

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from core.llm.base import Vector

MODEL_FILE = "minilm-int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 256
"""What the model was trained to read; its tokenizer file would cut at half of that."""


@dataclass(frozen=True, slots=True)
class MiniLM:
    """The loaded model."""

    session: Any
    tokenizer: Tokenizer

    def vector(self, text: str) -> Vector:
        """Return the vector of one text, cut after what the model reads."""
        import numpy as np

        encoding = self.tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        (rows,) = self.session.run(["embedding"], feed)
        vector: Vector = rows[0].tolist()
        return vector


def load(folder: Path) -> MiniLM:
    """Load the model from its folder, with one thread for each run.

    Raises:
        ModelDown: a file is damaged.
    """
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
    return MiniLM(session=session, tokenizer=tokenizer)
