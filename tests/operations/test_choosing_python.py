"""Which Python `make demo` and `make test` use: the version decides, not the name."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from tests.operations.conftest import program

SCRIPT = Path(__file__).parents[2] / "tools" / "make-environment.sh"


def make(programs: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Ask the script for an environment in *target*."""
    return subprocess.run(
        [str(SCRIPT), str(target)], env={"PATH": str(programs)}, capture_output=True, text=True, check=False
    )


NEW = f"""
case "$*" in
  *venv*) mkdir -p "$3/bin"; echo made-by-python3 > "$3/made" ;;
  *) exec {shlex.quote(sys.executable)} "$@" ;;
esac
"""
OLD = 'case "$1" in -c) exit 1 ;; *) exit 2 ;; esac'
UV = 'for last; do :; done; mkdir -p "$last/bin"; echo "$@" > "$last/made"'


def test_python3_is_used_when_it_is_new_enough(programs: Path, tmp_path: Path):
    program(programs, "python3", NEW)
    program(programs, "uv", UV)
    assert make(programs, tmp_path / "venv").returncode == 0
    assert (tmp_path / "venv" / "made").read_text() == "made-by-python3\n"


def test_uv_is_used_when_python3_is_too_old(programs: Path, tmp_path: Path):
    program(programs, "python3", OLD)
    program(programs, "uv", UV)
    assert make(programs, tmp_path / "venv").returncode == 0
    assert "--python 3.13" in (tmp_path / "venv" / "made").read_text()


def test_uv_is_used_when_there_is_no_python3(programs: Path, tmp_path: Path):
    program(programs, "uv", UV)
    assert make(programs, tmp_path / "venv").returncode == 0
    assert (tmp_path / "venv" / "made").exists()


def test_without_either_one_line_says_what_to_install(programs: Path, tmp_path: Path):
    program(programs, "python3", OLD)
    outcome = make(programs, tmp_path / "venv")
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "3.12 or newer" in outcome.stderr
    assert "uv" in outcome.stderr


def test_a_python_without_venv_says_which_package_it_misses(programs: Path, tmp_path: Path):
    program(programs, "python3", NEW.replace('mkdir -p "$3/bin"; echo made-by-python3 > "$3/made"', "exit 1"))
    outcome = make(programs, tmp_path / "venv")
    assert outcome.returncode == 1
    assert "python3-venv" in outcome.stderr


def test_an_environment_that_works_is_left_as_it_is(programs: Path, tmp_path: Path):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    assert make(programs, venv).returncode == 0, "a working environment was not recognised"
    assert (venv / "bin" / "python").readlink() == Path(sys.executable)


def test_an_environment_whose_python_has_gone_is_made_anew(programs: Path, tmp_path: Path):
    program(programs, "python3", NEW)
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/nowhere/python")
    assert make(programs, venv).returncode == 0
    assert (venv / "made").exists()
