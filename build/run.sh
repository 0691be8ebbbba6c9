#!/bin/sh
# Open the demo: in the window where there is a display, in the terminal elsewhere.
set -eu
cd "$(dirname "$0")/.."

sh build/setup.sh

if [ "$(uname -s)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/socialsync --demo
fi
echo "There is no display here: the demo runs in this terminal."
exec .venv/bin/socialsync-headless demo run
