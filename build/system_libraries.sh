#!/bin/sh
# See to the few system libraries that Qt loads but does not bring along. On Debian and
# Ubuntu the missing ones are installed as root, and named to anybody else. Missing
# libraries are no failure here: the companion and the headless demo never load Qt.
set -eu
cd "$(dirname "$0")/.."

[ "$(uname -s)" = Linux ] || exit 0
command -v ldd >/dev/null 2>&1 || exit 0

# What the window loads: these libraries, and the plugins that talk to the screen.
loaded_by_the_window() {
    qt=$(echo .venv/lib/python3*/site-packages/PySide6/Qt)
    for name in Core Gui Widgets Network DBus Svg XcbQpa WaylandClient; do
        printf '%s\n' "$qt/lib/libQt6$name.so.6"
    done
    for name in xcb wayland offscreen; do
        printf '%s\n' "$qt/plugins/platforms/libq$name.so"
    done
}

missing_libraries() {
    loaded_by_the_window | while IFS= read -r file; do
        [ ! -f "$file" ] || ldd "$file" 2>/dev/null
    done | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
}

# Debian and Ubuntu name a package after its library and version, with these exceptions.
package_of() {
    case $1 in
    libglib-2.0.so.0 | libgthread-2.0.so.0) echo libglib2.0-0 ;;
    libX11.so.6) echo libx11-6 ;;
    libgssapi_krb5.so.2) echo libgssapi-krb5-2 ;;
    *-[0-9].so.[0-9]* | *11.so.[0-9]*) echo "$1" | sed 's/\.so\./-/' ;;
    *) echo "$1" | sed 's/\.so\.//' | tr '[:upper:]' '[:lower:]' ;;
    esac
}

libraries=$(missing_libraries)
[ -n "$libraries" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "The window needs these system libraries:" $libraries
    exit 0
fi

packages=$(for library in $libraries; do package_of "$library"; done | sort -u)
if [ "$(id -u)" -ne 0 ]; then
    echo "The window needs system libraries: sudo apt-get install" $packages
    exit 0
fi

echo "Installing system libraries for the window:" $packages
log=$(mktemp)
if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install \
    --yes --no-install-recommends $packages; } >"$log" 2>&1; then
    rm -f "$log"
else
    tail -n 5 "$log" >&2
    rm -f "$log"
    echo "They could not be installed; the window needs them: apt-get install" $packages
fi
