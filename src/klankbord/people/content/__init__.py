"""The words around a staff file, in both languages: its columns, its explanation, and what may be wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from klankbord.people.import_rows import FileProblem, Param, RowProblem
from klankbord.people.import_rules import FieldChange


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a staff file in one language. `also` are other headings that mean the same, in either language."""

    code: str
    heading: str
    also: tuple[str, ...]
    example: str | None
    meaning: str


@cache
def _content(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def _known(language: str) -> str:
    """English for readers of English, Dutch for everybody else."""
    return "en" if language.lower().startswith("en") else "nl"


@cache
def columns(language: str) -> tuple[Column, ...]:
    """All columns we understand, in the order in which our own file has them."""
    return columns_from(_content("staff_file.toml")["columns"], language)


def columns_from(told: Mapping[str, Any], language: str) -> tuple[Column, ...]:
    """The columns of a content file, in one language."""
    chosen = _known(language)
    return tuple(
        Column(
            code=code,
            heading=column[chosen],
            also=(column["nl"], column["en"], *column["also"]),
            example=column.get(f"example_{chosen}"),
            meaning=column.get(f"meaning_{chosen}", ""),
        )
        for code, column in told.items()
    )


def template_words(language: str) -> dict[str, Any]:
    """Names of the sheets, title and explaining lines of the example file."""
    words: dict[str, Any] = _content("staff_file.toml")["template"][_known(language)]
    return words


def heading(column: str, language: str) -> str:
    """The heading of a column; the code itself for a column that is not in the file."""
    return next((one.heading for one in columns(language) if one.code == column), column)


def problem_codes() -> frozenset[str]:
    """Every code that has a sentence."""
    content = _content("problems.toml")
    return frozenset({*content["row"], *content["file"]})


def problem_text(problem: RowProblem | FileProblem, language: str) -> str:
    """What is wrong, where, and what to do, in one or two sentences. KeyError for a code without a sentence."""
    chosen = _known(language)
    content = _content("problems.toml")
    filled = {name: _shown(value, chosen) for name, value in problem.params.items()}
    if isinstance(problem, FileProblem):
        return str(content["file"][problem.code][chosen]).format_map(filled)
    text = str(content["row"][problem.code][chosen]).format_map(filled)
    if problem.row is None:
        return text[:1].upper() + text[1:]
    return str(content["place"][chosen]).format(row=problem.row, column=heading(problem.column, chosen), text=text)


def change_text(change: FieldChange, language: str) -> tuple[str, str, str]:
    """What changes, from what, into what, in words: ("rollen", "medewerker", "coach, medewerker")."""
    words = _content("staff_file.toml")["words"][_known(language)]

    def said(value: str) -> str:
        return ", ".join(words.get(word, word) for word in value.split(", "))

    if change.field not in {"roles", "language", "left"}:
        return heading(change.field, language), change.old, change.new
    return heading(change.field, language), said(change.old), said(change.new)


def _shown(value: Param, language: str) -> str:
    """A parameter as it appears in a sentence: columns by their heading, long texts cut."""
    if isinstance(value, tuple):
        return ", ".join(heading(column, language) for column in value)
    text = str(value)
    return text if len(text) <= 300 else text[:299] + "…"
