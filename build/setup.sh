#!/bin/sh
# Prepare .venv: the locked dependencies, then SocialSync itself, then what Qt needs
# from the system. A stamp makes a second run immediate; it is written last, so that an
# interrupted run starts again.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.set-up

fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}

# A virtual environment holds absolute paths, so a folder that was moved counts as new.
wanted_stamp() {
    cat requirements.lock pyproject.toml build/setup.sh | cksum
    pwd
}

runs() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# Print the first interpreter that will do. The newest are asked for by name first,
# because `python3` is often the system's older one.
find_python() {
    without_venv=
    for candidate in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python; do
        runs "$candidate" || continue
        if can_make_venv "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
        without_venv=${without_venv:-$candidate}
    done
    [ -z "$without_venv" ] ||
        fail "$without_venv cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv"
    fail "Python 3.11 or newer was not found; install it, or name it: make setup PYTHON=/path/to/python3"
}

if [ -f "$stamp" ] && [ "$(wanted_stamp)" = "$(cat "$stamp")" ] && runs .venv/bin/python; then
    exit 0
fi

if [ ! -d .venv ] || ! runs .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Making .venv with $("$python" --version)."
    "$python" -m venv --clear .venv || fail ".venv could not be made; see the lines above"
fi

echo "Installing the locked dependencies (a few minutes the first time)."
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --require-hashes --requirement requirements.lock ||
    fail "the dependencies could not be installed; see the lines above"

echo "Installing SocialSync into .venv."
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
    --no-deps --no-index --no-build-isolation --editable . ||
    fail "SocialSync could not be installed into .venv; see the lines above"

sh build/system_libraries.sh
sh build/language_pack.sh

wanted_stamp >"$stamp"
echo "Set up."
