#!/bin/sh
# Build dist/socialsync: the app and the companion with everything they need. PyInstaller
# runs in an environment of its own that holds only what is shipped, so that nothing from
# development slips in. Its work goes to workpath/: by default it would use build/.
set -eu
cd "$(dirname "$0")/.."

environment=workpath/venv

sh build/setup.sh

if [ ! -x "$environment/bin/pyinstaller" ]; then
    echo "Making the environment to build in."
    .venv/bin/python -m venv --clear "$environment"
fi

echo "Installing what is shipped, and PyInstaller."
"$environment/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --require-hashes --requirement build/bundle.lock

echo "Building the bundle (some minutes)."
"$environment/bin/pyinstaller" --noconfirm --log-level WARN \
    --workpath workpath/pyinstaller --distpath dist socialsync.spec

echo "Built dist/socialsync: $(du -sm dist/socialsync | cut -f1) MB."
