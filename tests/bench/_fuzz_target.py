"""What atheris throws bytes at: `python -m tests.bench._fuzz_target SECONDS FOLDER`.

FOLDER holds payloads to begin with.

Signature checks, handshakes and readers of every platform. Anything but an answer or
BadPayload is a find: atheris prints the input and the traceback and ends with an error.
"""

import importlib
import json
import sys
from typing import Any


def main() -> None:
    """Fuzz until the time is over."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["core.platforms", "core.domain"]):
        base = importlib.import_module("core.platforms.base")
        registry = importlib.import_module("core.platforms.registry")
    bad = importlib.import_module("core.domain.errors").BadPayload
    known = list(registry.platforms().values())
    headers = [scheme.value for scheme in base.SignatureScheme]

    def one(body: bytes) -> None:
        signature = body[:90].decode("utf-8", "replace")
        question = dict.fromkeys(("hub.challenge", "crc_token", "challengeCode"), signature)
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            payload = None
        for platform in known:
            assert not platform.verify(body, dict.fromkeys(headers, signature), ["s", "ö"])
            assert 200 <= platform.handshake(question, "ours", ["s"]).status < 500
            try:
                facts = platform.read(payload)
            except bad:
                continue
            assert all(isinstance(fact.key, str) for fact in facts)

    options = [
        sys.argv[0],
        f"-max_total_time={sys.argv[1]}",
        "-max_len=4096",
        *sys.argv[2:],
    ]
    atheris.Setup(options, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
