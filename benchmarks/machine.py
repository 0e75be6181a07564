"""On what the figures were measured. No name of a machine and no place on it: those are nobody's business."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import django

from benchmarks.installation import as_owner


def facts(data: Path) -> list[str]:
    """Processor, memory and versions, a line each."""
    with as_owner(data) as connection:
        row = connection.execute("select current_setting('server_version'), current_setting('shared_buffers')")
        postgresql, buffers = row.fetchone() or ("?", "?")
    return [
        *computer(),
        f"PostgreSQL {postgresql.split()[0]}, embedded, shared_buffers {buffers}, every write safely on disk",
    ]


def computer() -> list[str]:
    """Processor, memory and Python, for what needs no database."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return [
        f"{len(os.sched_getaffinity(0))} cores ({_processor()}), {memory:.0f} GB of memory, {platform.system()}",
        f"Python {platform.python_version()}, Django {django.get_version()}",
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
