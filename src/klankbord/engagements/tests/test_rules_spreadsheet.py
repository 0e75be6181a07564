"""What a spreadsheet says, judged row by row."""

import datetime
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.engagements.rules.spreadsheet import (
    Kind,
    Known,
    SheetRow,
    Standing,
    plan_sheets,
    whole_number,
    words_in,
    written_day,
    yes_or_no,
)
from klankbord.engagements.sheets import example_file, read_sheets, row_problem_text
from klankbord.people.staff_file import rows_to_xlsx

TODAY = datetime.date(2026, 3, 2)
JOHAN = Known(uuid.UUID(int=1), "Johan de Wit", coach=False, external=False)
MARIEKE = Known(uuid.UUID(int=2), "Marieke Bos", coach=True, external=False)
FATIMA = Known(uuid.UUID(int=3), "Fatima Haddad", coach=False, external=False)
STANDING = Standing(
    me=FATIMA.id,
    today=TODAY,
    people={"johan@x.nl": JOHAN, "17": JOHAN, "marieke@x.nl": MARIEKE, "fatima@x.nl": FATIMA},
    themes={"leidinggeven": "leading"},
    languages={"nederlands": "nl", "dutch": "nl"},
)
RUNS = {"client": "johan@x.nl", "coach": "marieke@x.nl", "since": "1 maart 2025"}
HOURS = {"coach": "marieke@x.nl", "from_year": "2021", "hours": "120 uur", "source": "Rijndam"}


def plan(kind: Kind, *rows: dict[str, str], standing: Standing = STANDING):
    return plan_sheets(standing, [SheetRow(kind, "Blad", number, said) for number, said in enumerate(rows, start=2)])


def codes(kind: Kind, *rows: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.problem.column, one.problem.code) for one in plan(kind, *rows).problems]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 1, 1)))
def test_a_day_is_read_however_it_is_written(day: datetime.date) -> None:
    months = ["januari", "feb", "maart", "apr", "mei", "juni", "july", "aug", "september", "okt", "nov", "december"]
    written = (str(day), f"{day.day}-{day.month}-{day.year}", f"{day.day} {months[day.month - 1].upper()} {day.year}")
    assert {written_day(one) for one in written} == {day}
    assert written_day(f"{months[day.month - 1]} {day.year}") == day.replace(day=1)


@given(st.integers(0, 999_999))
def test_a_number_is_read_however_it_is_written(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert {whole_number(one) for one in (str(number), dotted, dotted.replace(".", " "), f"{number},00 uur")} == {
        number
    }


@given(st.text())
def test_nothing_that_people_write_breaks_the_reading(written: str) -> None:
    assert written_day(written) is None or isinstance(written_day(written), datetime.date)
    number = whole_number(written)
    assert number is None or number >= 0
    assert yes_or_no(written) in (True, False, None)
    assert all(words_in(written))


def test_a_row_that_is_right_is_laid_before_whoever_it_is_about() -> None:
    found = plan(Kind.ENGAGEMENTS, {**RUNS, "client": "0017", "end": "juni 2026", "talks": "3", "internal": "Intern"})
    assert not found.problems
    (one,) = found.offers
    assert (one.person, one.coach) == (JOHAN.id, MARIEKE.id)
    assert one.content == {"since": "2025-03-01", "end": "2026-06-01", "talks": 3}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"client": "piet@x.nl"}, ("client", "unknown")),
        ({"client": ""}, ("client", "nobody")),
        ({"client": "fatima@x.nl"}, ("client", "yourself")),
        ({"coach": "johan@x.nl", "client": "marieke@x.nl"}, ("coach", "no_coach")),
        ({"client": "marieke@x.nl"}, ("coach", "same_person")),
        ({"since": "ooit"}, ("since", "day_wrong")),
        ({"since": ""}, ("since", "day_missing")),
        ({"since": "1-4-2026"}, ("since", "still_to_come")),
        ({"end": "1-1-2025"}, ("end", "end_before_begin")),
        ({"talks": "veel"}, ("talks", "number_wrong")),
        ({"internal": "extern"}, ("internal", "is_internal")),
        ({"internal": "misschien"}, ("internal", "internal_unknown")),
    ],
)
def test_a_row_about_coaching_that_is_wrong_says_why(said: dict[str, str], wrong: tuple[str, str]) -> None:
    assert codes(Kind.ENGAGEMENTS, RUNS | said) == [wrong]


def test_rows_about_coaches_and_hours_say_what_is_wrong() -> None:
    assert codes(Kind.HOURS, HOURS | {"hours": "0"}, HOURS | {"until_year": "2020", "source": ""}) == [
        ("hours", "number_wrong"),
        ("until_year", "end_before_begin"),
        ("source", "source_missing"),
    ]
    assert codes(
        Kind.COACHES, {"coach": "marieke@x.nl", "themes": "zweven", "online": "soms"}, {"coach": "marieke@x.nl"}
    ) == [
        ("themes", "themes_unknown"),
        ("online", "yes_or_no"),
        ("coach", "says_nothing"),
    ]


def test_the_same_twice_in_one_file_is_said_and_twice_sent_does_nothing() -> None:
    assert codes(Kind.HOURS, HOURS, HOURS) == [("coach", "twice")]
    first = plan(Kind.HOURS, HOURS)
    known = Standing(**{**STANDING.__dict__, "offered": frozenset(one.mark for one in first.offers)})
    again = plan(Kind.HOURS, HOURS, standing=known)
    assert (again.offers, again.unchanged) == ((), 1)


def test_one_row_that_is_wrong_keeps_everything_back() -> None:
    assert plan(Kind.HOURS, HOURS, HOURS | {"hours": "x"}).offers == ()


def test_a_sheet_is_known_by_its_headings_in_either_language() -> None:
    found = read_sheets(
        b"Uren per coach 2021\nCoach e-mail;Van;T/m;Aantal uren;Bron;Kleur\nm@x.nl;2021;;120;Rijndam;rood"
    )
    assert found.ignored == ("Kleur",)
    (row,) = found.rows
    assert (row.kind, row.row, row.said["hours"]) == (Kind.HOURS, 3, "120")
    english = read_sheets(b"client,coach,since\nj@x.nl,m@x.nl,March 2025\n")
    assert english.rows[0].kind is Kind.ENGAGEMENTS
    assert read_sheets(rows_to_xlsx(["e-mail", "thema's"], [["m@x.nl", "Leidinggeven"]])).rows[0].kind is Kind.COACHES


@pytest.mark.parametrize("language", ["nl", "en"])
def test_our_own_example_is_read_and_holds_no_rows(language: str) -> None:
    problem = read_sheets(example_file(language)).problem
    assert problem is not None
    assert problem.code == "no_rows"


def test_a_problem_is_told_in_words_with_its_place() -> None:
    (problem,) = plan(Kind.ENGAGEMENTS, RUNS | {"client": "piet@x.nl"}).problems
    said = row_problem_text(problem, {"Blad": Kind.ENGAGEMENTS}, "nl")
    assert said.startswith("Blad, rij 2, medewerker: “piet@x.nl” staat niet in de organisatie.")
