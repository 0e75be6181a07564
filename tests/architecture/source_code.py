"""The project's own files, as the checks of this folder read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "klankbord"


@dataclass(frozen=True)
class Module:
    """One Python file: its path inside the package ("people/actions.py") and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The module as Python reads it."""
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name of the file."""
        return PurePosixPath(self.path).parts

    def is_one_of(self, *names: str) -> bool:
        """Whether this is the module `name.py` of an app, or lies in its package `name/`."""
        return any(name in self.parts[:-1] or self.parts[-1] == f"{name}.py" for name in names)

    @property
    def is_test(self) -> bool:
        """Whether only tests run it."""
        return "tests" in self.parts or self.parts[-1].startswith("test_")

    @property
    def is_migration(self) -> bool:
        """Whether it changes the database once."""
        return "migrations" in self.parts


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the package."""
    found = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
    return tuple(Module(path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8")) for path in found)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is committed or about to be; without git, every file outside the usual build folders."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        skipped = {".git", ".venv", "data", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
        every = (path for path in ROOT.rglob("*") if not skipped & set(path.relative_to(ROOT).parts))
        return tuple(sorted(path for path in every if path.is_file()))
    return tuple(sorted(ROOT / name for name in listed if name and (ROOT / name).is_file()))


def expect_nothing(found: Iterable[str]) -> None:
    """Fail with every finding on a line of its own, so that the failure is the list of what to mend."""
    lines = list(found)
    assert not lines, "\n" + "\n".join(lines)
