#!/bin/sh
# What must not stand in the tree: the address of a package registry, and locks that name a place instead of a hash.
set -eu
cd "$(dirname "$0")/.."
# Written in two halves, or this file would find itself.
hosts="py""pi\\.org|python""hosted\\.org|registry\\.npm""js|proxy\\.golang""\\.org"
if git grep -nIE "$hosts" -- . ; then
    echo "A registry's address stands in the tree; remove it." >&2
    exit 1
fi
if grep -nE '://|^--' requirements.lock requirements-dev.lock; then
    echo "A lock names a place; it should hold names, versions and hashes only." >&2
    exit 1
fi
