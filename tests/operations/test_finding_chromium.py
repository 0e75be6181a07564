"""Where the browser tests find their browser, and what is said when there is none."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.operations.conftest import program

SCRIPT = Path(__file__).parents[2] / "tools" / "find-chromium.sh"
STARTS = "echo Chromium 140"


def find(programs: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script with nothing but *programs* on the PATH."""
    environment = {"PATH": str(programs)} | settings
    return subprocess.run([str(SCRIPT)], env=environment, capture_output=True, text=True, check=False)


def test_the_systems_chromium_is_used(programs: Path):
    program(programs, "chromium", STARTS)
    assert find(programs).stdout == f"{programs / 'chromium'}\n"


def test_chromium_of_your_own_choice_wins(programs: Path, tmp_path: Path):
    program(programs, "chromium", STARTS)
    program(tmp_path, "mine", STARTS)
    assert find(programs, CHROMIUM=str(tmp_path / "mine")).stdout == f"{tmp_path / 'mine'}\n"


def test_a_choice_that_does_not_exist_is_refused(programs: Path):
    program(programs, "id", "echo 1000")
    outcome = find(programs, CHROMIUM="/nowhere/chromium")
    assert outcome.returncode == 1
    assert "/nowhere/chromium" in outcome.stderr


def test_a_stub_that_only_says_how_to_install_is_passed_by(programs: Path):
    program(programs, "chromium-browser", "exit 1")
    program(programs, "google-chrome", STARTS)
    assert find(programs).stdout == f"{programs / 'google-chrome'}\n"


def test_root_installs_it_with_apt(programs: Path):
    program(programs, "id", "echo 0")
    install = f"printf '#!/bin/sh\\n{STARTS}\\n' > {programs}/chromium; chmod +x {programs}/chromium"
    program(programs, "apt-get", f'case "$*" in *install*) {install} ;; esac')
    outcome = find(programs)
    assert outcome.stdout == f"{programs / 'chromium'}\n"


def test_others_are_told_the_command(programs: Path):
    program(programs, "id", "echo 1000")
    program(programs, "apt-get", "exit 1")
    outcome = find(programs)
    assert outcome.returncode == 1
    assert "sudo apt-get install chromium" in outcome.stderr
