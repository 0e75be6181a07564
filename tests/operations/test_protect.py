"""`klankbord protect`, as somebody runs it who has nothing but two files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.conftest import clean_environment

UNITS = "code,parent,name\nA,,Everybody\nB,A,North\nC,A,South\n"
ANSWERS = "unit,item1,item2,item3,years\n" + "".join(
    f"{'BC'[at % 2]},{at % 5 + 1},{at * 3 % 5 + 1},{at * 2 % 5 + 1},{'few' if at < 20 else 'many'}\n"
    for at in range(40)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good files."""
    (tmp_path / "units.csv").write_text(UNITS)
    (tmp_path / "answers.csv").write_text(ANSWERS)
    return tmp_path


def protect(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in *folder*, in an environment without any setting."""
    arguments = ["protect", "--units", "units.csv", "--answers", "answers.csv", "--out", "publication.json", *more]
    command = [sys.executable, "-m", "klankbord.cli", *arguments]
    environment = {key: value for key, value in clean_environment(folder).items() if not key.startswith("KLANKBORD")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_publication_is_written_without_an_installation(folder: Path) -> None:
    (folder / "scales.json").write_text('{"trust": ["item1", "item2"]}')
    done = protect(folder, "--scales", "scales.json", "--sensitive", "item3", "--k", "6")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads((folder / "publication.json").read_text("utf-8"))
    assert (made["k"], made["sensitive"], made["scales"]) == (6, ["item3"], {"trust": ["item1", "item2"]})
    shown = f"{len(made['cells'])} figures are shown and {len(made['withheld'])} are withheld: publication.json\n"
    assert done.stdout == shown
    assert {cell["unit"] for cell in made["cells"] if cell["item"] == "trust"} == {"A", "B", "C"}
    assert {cell["class"] for cell in made["cells"]} == {None, "few", "many"}
    assert sorted(path.name for path in folder.iterdir()) == [
        "answers.csv",
        "publication.json",
        "scales.json",
        "units.csv",
    ]


def test_bad_files_end_with_2_and_every_problem_and_leave_what_was_there(folder: Path) -> None:
    (folder / "publication.json").write_text("before")
    (folder / "answers.csv").write_text("unit,item1\n" + "B,9\n" * 60)
    done = protect(folder, "--sensitive", "item1")
    assert done.returncode == 2
    said = done.stderr.splitlines()
    assert said[0] == "answers.csv, line 2, column item1: '9' is no whole number from 1 to 5."
    assert said[-2:] == ["And 10 more like these.", "Nothing was written to publication.json."]
    assert len(said) == 52
    assert (folder / "publication.json").read_text() == "before"


def test_a_smaller_k_a_strange_item_and_a_place_that_is_not_there_end_with_2(folder: Path) -> None:
    for more, said in (
        (("--k", "4"), "--k: it is 4; it may be 5 or more, never less."),
        (("--sensitive", "item9"), "--sensitive: there is no item 'item9' in answers.csv."),
        (("--out", "nowhere/x.json"), "nowhere/x.json: it cannot be written: no such file or directory."),
        (("--scales", "none.json"), "none.json: it cannot be read: no such file or directory."),
    ):
        done = protect(folder, *more)
        assert (done.returncode, done.stderr.splitlines()[0]) == (2, said)
        assert "Traceback" not in done.stderr


def test_neither_django_nor_a_database_is_loaded() -> None:
    code = "import sys, klankbord.cli.protect; print([one for one in ('django', 'psycopg') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
