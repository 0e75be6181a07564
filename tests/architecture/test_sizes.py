"""Functions fit on a screen and files can be read in one sitting."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tests.architecture.source_code import Module, expect_nothing, functions, modules

LONGEST_FUNCTION = 80
LONGEST_FILE = 500
USUAL_FUNCTION = 40
"""Nineteen of twenty functions are no longer than this."""


def long_functions(found: Iterable[Module], limit: int = LONGEST_FUNCTION) -> list[str]:
    """Functions over the limit, in lines from `def` to the end, docstring included."""
    return [
        f"{module.path}:{node.lineno} {node.name} has {length} lines"
        for module in found
        for node in functions(module.tree)
        if (length := _length(node.lineno, node.end_lineno)) > limit
    ]


def long_files(found: Iterable[Module], limit: int = LONGEST_FILE) -> list[str]:
    """Files over the limit."""
    counted = ((module.path, len(module.text.splitlines())) for module in found)
    return [f"{path} has {length} lines" for path, length in counted if length > limit]


def percentile(lengths: Sequence[int], part: float) -> int:
    """The length that `part` of the functions does not exceed (nearest rank)."""
    return sorted(lengths)[max(math.ceil(part * len(lengths)) - 1, 0)]


def _length(first: int, last: int | None) -> int:
    return (last or first) - first + 1


def ours() -> list[Module]:
    """What people write and read; migrations are mostly generated."""
    return [module for module in modules() if not module.is_migration]


def test_no_function_is_longer_than_a_screen() -> None:
    expect_nothing(long_functions(ours()))


def test_no_file_is_too_long_to_read() -> None:
    expect_nothing(long_files(ours()))


def test_nearly_all_functions_are_short() -> None:
    lengths = [_length(node.lineno, node.end_lineno) for module in ours() for node in functions(module.tree)]
    assert percentile(lengths, 0.95) <= USUAL_FUNCTION


def test_the_checks_see_a_long_function_and_a_long_file() -> None:
    sample = Module("people/views.py", "class A:\n    def long(self):\n" + "        x = 1\n" * 80)
    assert long_functions([sample]) == ["people/views.py:2 long has 81 lines"]
    assert long_functions([sample], limit=81) == []
    assert long_files([Module("a.py", "x = 1\n" * 501), Module("b.py", "x = 1\n" * 500)]) == ["a.py has 501 lines"]
    assert (percentile(range(1, 101), 0.95), percentile([7], 0.95)) == (95, 7)
