#!/bin/sh
# Linters, types and tests, as CI runs them; the first failure ends the run.
# PYTEST_ADDOPTS passes options on: PYTEST_ADDOPTS="-k outbox" make test
set -eu
cd "$(dirname "$0")/.."

step() {
    printf '\n== %s\n' "$1"
}

sh build/setup.sh

.venv/bin/python -c 'import PySide6.QtWidgets' 2>/dev/null || {
    echo "error: Qt cannot be loaded, so its tests cannot run" >&2
    sh build/system_libraries.sh >&2
    exit 1
}

step "ruff: lint"
.venv/bin/ruff check .
step "ruff: format"
.venv/bin/ruff format --check .
step "import-linter: who may import whom"
PYTHONPATH=. .venv/bin/lint-imports
step "mypy: types"
.venv/bin/mypy
step "pytest"
QT_QPA_PLATFORM=offscreen .venv/bin/pytest
