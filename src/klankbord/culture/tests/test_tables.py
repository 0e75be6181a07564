"""Reading units and answers: all of it, or everything that is wrong with line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from klankbord.culture.tables import BadFiles, read_wave

UNITS = "code,parent,name\nA,,Everybody\nB,A,North\nC,A,South\n"
ANSWERS = "unit,item1,item2,years\nB,1,5,few\nC,,3,\nA, 2 ,4,many\n"


@pytest.fixture
def files(tmp_path: Path):
    """Writes the files and reads the wave in them; what is wrong comes back as sentences."""

    def wrong_with(units: str = UNITS, answers: str = ANSWERS, scales: str | None = None, sensitive=()) -> list[str]:
        try:
            read(units, answers, scales, sensitive)
        except BadFiles as error:
            return [str(problem) for problem in error.problems]
        return []

    def read(units: str = UNITS, answers: str = ANSWERS, scales: str | None = None, sensitive=()):
        for name, text in (("units.csv", units), ("answers.csv", answers), ("scales.json", scales)):
            if text is not None:
                (tmp_path / name).write_bytes(text.encode("utf-8"))
        path = tmp_path / "scales.json" if scales is not None else None
        return read_wave(tmp_path / "units.csv", tmp_path / "answers.csv", path, sensitive)

    wrong_with.read = read  # type: ignore[attr-defined]
    return wrong_with


def test_a_wave_is_read_with_its_tree_its_answers_and_its_attribute(files) -> None:
    wave = files.read(scales='{"trust": ["item1", "item2"]}', sensitive=["item2"])
    assert wave.units == ("A", "B", "C")
    assert wave.tree.parent.tolist() == [-1, 0, 0]
    assert wave.answers.unit.tolist() == [1, 2, 0]
    assert wave.answers.values.tolist() == [[1, 5], [0, 3], [2, 4]]
    assert (wave.attribute, wave.classes, wave.answers.group.tolist()) == ("years", ("few", "many"), [0, -1, 1])
    assert wave.scales == {"trust": ("item1", "item2")}
    assert wave.sensitive == {"item2"}


def test_spreadsheets_write_semicolons_and_a_mark_at_the_beginning(files) -> None:
    wave = files.read("\ufeff" + UNITS.replace(",", ";"), ANSWERS.replace(",", ";").replace("\n", "\r\n"))
    assert wave.answers.values.tolist() == [[1, 5], [0, 3], [2, 4]]


def test_a_unit_with_a_comma_or_a_new_line_in_its_name_is_read_and_lines_are_counted_right(files) -> None:
    units = 'code,parent,name\nA,,"Everybody,\nand more"\n\nB,A,x\nC,Z,x\n'
    assert files(units) == ["units.csv, line 6, column parent: there is no unit 'Z'."]


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ("", ["units.csv: there are no units in it."]),
        ("code,name\nA,x\n", ["units.csv, line 1: there is no column 'parent'."]),
        ("code,parent,name\nA,,\n,A,\n", ["units.csv, line 3, column code: the unit has no code."]),
        ("code,parent,name\nA,,\nA,A,\n", ["units.csv, line 3, column code: unit 'A' is on line 2 already."]),
        (
            "code,parent,name\nA,,\nB,,\n",
            ["units.csv, line 3, column parent: 'B' has no parent, and neither has 'A'; only one unit may have none."],
        ),
        (
            "code,parent,name\nA,B,\nB,A,\n",
            ["units.csv: every unit has a parent; the one at the top should have none."],
        ),
        (
            "code,parent,name\nA,,\nB,C,\nC,B,\n",
            [
                "units.csv, line 3, column parent: 'B' lies under 'C', which lies under 'B' in the end.",
                "units.csv, line 4, column parent: 'C' lies under 'B', which lies under 'C' in the end.",
            ],
        ),
        ("code,parent,name\nA,\n", ["units.csv, line 2: it has 2 cells, and the heading has 3."]),
    ],
)
def test_what_is_wrong_with_units_is_told(files, units: str, said: list[str]) -> None:
    assert files(units, "unit,item1\n")[: len(said)] == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", ["answers.csv: there are no answers in it."]),
        ("unit,item1\n", ["answers.csv: there are no answers in it."]),
        ("team,item1\nA,1\n", ["answers.csv, line 1: there is no column 'unit'."]),
        ("unit,years\nA,1\n", ["answers.csv, line 1: there is no column whose name begins with 'item'."]),
        (
            "unit,item1,years,sex\nA,1,few,f\n",
            ["answers.csv, line 1, column sex: beside 'years' this is a second attribute; only one may be crossed."],
        ),
        ("unit,item1,item1\nA,1,1\n", ["answers.csv, line 1, column item1: there are two columns of this name."]),
        ("unit,item1,\nA,1,1\n", ["answers.csv, line 1: column 3 has no name."]),
        (
            "unit,item1,item2\nA,6,four\nZ,1,1\n,1,1\nA,3.0,1\n",
            [
                "answers.csv, line 2, column item1: '6' is no whole number from 1 to 5.",
                "answers.csv, line 2, column item2: 'four' is no whole number from 1 to 5.",
                "answers.csv, line 3, column unit: there is no unit 'Z'.",
                "answers.csv, line 4, column unit: the unit is missing.",
                "answers.csv, line 5, column item1: '3.0' is no whole number from 1 to 5.",
            ],
        ),
        ('unit,item1\nA,1\nA,"2\n', ["answers.csv, line 3: it is no proper csv from here on: unexpected end of data."]),
        (
            "unit,item1,who\n" + "".join(f"A,1,{number}\n" for number in range(13)),
            ["answers.csv, line 1, column who: it has 13 different values; an attribute has at most 12 classes."],
        ),
    ],
)
def test_what_is_wrong_with_answers_is_told(files, answers: str, said: list[str]) -> None:
    assert files(answers=answers) == said


@pytest.mark.parametrize(
    ("scales", "said"),
    [
        ('{"trust": ["item1"', ["scales.json, line 1, column 19: it is no proper JSON here: expecting ',' delimiter."]),
        ("[]", ["scales.json, line 1, column 1: it should be an object with a list of items for each scale: "]),
        (
            '{\n  "trust": ["item1", "item9"]\n}',
            ["scales.json, line 2, column 22: scale 'trust' names 'item9', which is no item of the answers."],
        ),
        ('{"a": ["item1", "item1"]}', ["scales.json, line 1, column 8: scale 'a' names 'item1' twice."]),
        ('{"item1": ["item2"]}', ["scales.json, line 1, column 2: 'item1' is an item; a scale has a name of its own."]),
        ('{"a": []}', ["scales.json, line 1, column 2: scale 'a' should be a list of items."]),
        ('{"a": 3}', ["scales.json, line 1, column 2: scale 'a' should be a list of items."]),
    ],
)
def test_what_is_wrong_with_scales_is_told(files, scales: str, said: list[str]) -> None:
    found = files(scales=scales)
    assert len(found) == len(said)
    assert all(one.startswith(start) for one, start in zip(found, said, strict=True)), found


def test_everything_that_is_wrong_is_told_at_once(files) -> None:
    found = files(UNITS + "D,Z,x\n", "unit,item1\nA,7\n", '{"a": ["item2"]}', ["item3"])
    assert [one.split(":")[0] for one in found] == [
        "units.csv, line 5, column parent",
        "answers.csv, line 2, column item1",
        "scales.json, line 1, column 8",
        "--sensitive",
    ]


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(b"code,parent,name\n\xff\xfe,,\n")
    with pytest.raises(BadFiles) as caught:
        read_wave(tmp_path / "units.csv", tmp_path / "answers.csv")
    assert [str(one) for one in caught.value.problems] == [
        "units.csv: it is not text in UTF-8; save it as CSV UTF-8.",
        "answers.csv: it cannot be read: no such file or directory.",
    ]


def test_without_units_not_every_answer_is_called_wrong(files) -> None:
    assert files(units="") == ["units.csv: there are no units in it."]


def test_a_file_full_of_mistakes_is_not_read_to_its_end(files) -> None:
    found = files(answers="unit,item1\n" + "A,9\n" * 5000)
    assert len(found) == 1000
