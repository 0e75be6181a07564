"""`klankbord protect`: the figures of a wave that may be shown, from files, on any machine. No database, no Django."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from klankbord.culture.disclosure import SMALLEST
from klankbord.culture.publication import Publication, publish
from klankbord.culture.tables import BadFiles, Problem, read_wave

TOLD = 50
"""So many problems are told; how many more there are is told in one line."""


def protect_files(*, units: Path, answers: Path, scales: Path | None, sensitive: str, k: int, out: Path) -> None:
    """Read the files, publish, and write the publication. Ends with exit code 2 when something has to be mended."""
    items = [item.strip() for item in sensitive.split(",") if item.strip()]
    try:
        if k < SMALLEST:
            raise BadFiles([Problem("--k", 0, "", f"it is {k}; it may be {SMALLEST} or more, never less.")])
        made = publish(read_wave(units, answers, scales, items), k)
        _write(made, out)
    except BadFiles as error:
        for problem in error.problems[:TOLD]:
            typer.secho(str(problem), err=True, fg=typer.colors.RED)
        if len(error.problems) > TOLD:
            typer.echo(f"And {len(error.problems) - TOLD} more like these.", err=True)
        typer.echo(f"Nothing was written to {out}.", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{len(made):,} figures are shown and {len(made.hidden):,} are withheld: {out}")


def _write(made: Publication, out: Path) -> None:
    """Write all of it or nothing: beside the file first, and then in its place."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8") as file:
            made.write(file)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = (error.strerror or "no reason given").lower()
        raise BadFiles([Problem(str(out), 0, "", f"it cannot be written: {reason}.")]) from error
