#!/bin/sh
# See to the optional language pack: Apertium with its French and Spanish data, programs of
# their own under the GPL that SocialSync calls where they are. With them questions and
# passages in these languages are also read in English, which finds more. On Debian and
# Ubuntu they are installed as root, and named to anybody else; all works without them.
set -eu

packages="apertium apertium-fr-es apertium-eng-spa"

[ "$(uname -s)" = Linux ] || exit 0
command -v apt-get >/dev/null 2>&1 || exit 0
modes=/usr/share/apertium/modes
if [ -f "$modes/fr-es.mode" ] && [ -f "$modes/spa-eng.mode" ]; then
    exit 0
fi

if [ "$(id -u)" -ne 0 ]; then
    echo "For better search in French and Spanish (optional): sudo apt-get install $packages"
    exit 0
fi

echo "Installing the language pack: $packages"
log=$(mktemp)
if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install \
    --yes --no-install-recommends $packages; } >"$log" 2>&1; then
    rm -f "$log"
else
    tail -n 5 "$log" >&2
    rm -f "$log"
    echo "It could not be installed; search works without it."
fi
