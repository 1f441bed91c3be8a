#!/bin/sh
# Make .venv from the development lock; `make` calls this. Safe to interrupt and to repeat:
# the stamp is written last, and an environment without one is built from nothing.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
stamp=.venv/.ready

say() { echo "$*" >&2; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

build_environment() {
    without_venv=
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
        new_enough "$candidate" || continue
        if makes_venvs "$candidate"; then
            "$candidate" -m venv --clear .venv
            return
        fi
        without_venv=${without_venv:-$candidate}
    done
    if [ -n "$without_venv" ]; then
        say "$without_venv comes without venv; install it (Debian, Ubuntu: apt install python3-venv) and run make again."
    else
        say "Loopmate needs Python 3.11 or newer; install it, or name yours: make PYTHON=/path/to/python3.11"
    fi
    exit 1
}

say "Setting up .venv (about a minute, only when the dependencies change) ..."
if [ "$(cat $stamp 2>/dev/null)" = "$PWD" ] && new_enough $python; then
    rm $stamp
else
    build_environment
fi
pip="$python -m pip --disable-pip-version-check -qq"
# The lock is complete: nothing is left to resolve, and what came out since cannot interfere.
$pip install --no-deps --require-hashes --requirement requirements-dev.lock
$pip install --no-deps --no-build-isolation --editable .
printf '%s\n' "$PWD" >$stamp
