#!/bin/sh
# Pin every dependency of pyproject.toml again, for all systems, with hashes. Versions
# already locked stay unless UPGRADE=1; the file names no package index, so that each
# machine uses its own.
set -eu
cd "$(dirname "$0")/.."

sh build/setup.sh

pin() {
    .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} "$@"
}

pin --extra dev --output-file requirements.lock
pin --extra bundle --constraint requirements.lock --output-file build/bundle.lock
