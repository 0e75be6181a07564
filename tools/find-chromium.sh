#!/bin/sh
# Print where Chromium is, for the browser tests. CHROMIUM wins; as root on Debian or Ubuntu it is installed when missing.
set -eu

find_it() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null); then
            # Asking for the version tells a browser from the stub that only says how to install one.
            if "$path" --version >/dev/null 2>&1; then
                echo "$path"
                return 0
            fi
        fi
    done
    return 1
}

find_it && exit 0
if [ -n "${CHROMIUM:-}" ]; then
    echo "CHROMIUM=$CHROMIUM is not a browser that starts." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests…" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >&2 </dev/null
    find_it && exit 0
fi
echo "The browser tests need Chromium: sudo apt-get install chromium (or set CHROMIUM to where it is)." >&2
exit 1
