"""A language pack whose programs are a few lines of Python, described as Apertium's are."""

import sys
from pathlib import Path

from core.llm.apertium import WAYS

_PROGRAM = """\
import os, sys

words = dict(pair.split("=") for pair in sys.argv[2:])
while True:
    text = bytearray()
    while not text.endswith(b"\\0"):
        part = sys.stdin.buffer.read(1)
        if not part:
            sys.exit()
        text += part
    said = text[:-1].decode()
    if "DIE" in said:
        sys.exit(1)
    if "HANG" in said:
        import threading

        threading.Event().wait()
    for foreign, own in words.items():
        said = said.replace(foreign, own)
    sys.stdout.buffer.write(said.encode() + b"\\0")
    sys.stdout.buffer.flush()
"""
WORDS = {
    "fr-es": ("gratuite=gratuita", "livraison=entrega"),
    "spa-eng": ("gratuita=free", "entrega=delivery"),
}


def language_pack(folder: Path) -> Path:
    """Write the pack into a folder and return it; each direction is a chain of two.

    The program speaks like Apertium's: `-z` is put first, a zero byte ends a text. A text
    with DIE ends it, one with HANG is never answered.
    """
    program = folder / "program.py"
    program.write_text(_PROGRAM, "utf-8")
    for direction in {direction for way in WAYS.values() for direction in way}:
        first, second = WORDS[direction]
        chain = " | ".join(
            f"'{_launcher(folder, program, word)}' '{word}' $1 $2"
            for word in (first, second)
        )
        (folder / f"{direction}.mode").write_text(chain, "utf-8")
    return folder


def _launcher(folder: Path, program: Path, word: str) -> Path:
    """Return an executable that hands its arguments on, without the options."""
    file = folder / f"run-{word.split('=')[0]}"
    file.write_text(
        f'#!/bin/sh\n[ "$1" = -z ] || exit 9\n'
        f'exec "{sys.executable}" -I -S "{program}" -z "$2"\n',
        "utf-8",
    )
    file.chmod(0o755)
    return file
