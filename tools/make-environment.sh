#!/bin/sh
# Make the virtual environment, in the folder that is given, with a Python that is new enough.
# The version counts, not the name: `python3` may be 3.9 on one machine and 3.14 on the next.
set -eu
folder=$1
wanted=$(cat "$(dirname "$0")/../.python-version")

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

if new_enough "$folder/bin/python" && "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$folder"
if new_enough python3 && python3 -m venv "$folder" >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$folder"
if command -v uv >/dev/null 2>&1; then
    exec uv venv --quiet --seed --python "$wanted" "$folder"
fi
if new_enough python3; then
    echo "This Python cannot make virtual environments: install python3-venv (Debian, Ubuntu: apt install python3-venv)." >&2
else
    echo "Klankbord needs Python 3.12 or newer: install it as python3, or install uv (https://docs.astral.sh/uv/)." >&2
fi
exit 1
