"""Names, addresses, the tree and the plan of an import, by example and by property."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.people.content import change_text, problem_codes, problem_text
from klankbord.people.import_rows import RowProblem, StaffRow
from klankbord.people.import_rules import ImportPlan, has_left, plan_import
from klankbord.people.rules import (
    Role,
    Staff,
    StaffMember,
    Unit,
    chain_up,
    is_email,
    language_from_word,
    natural_name,
    normalised_email,
    normalised_staff_number,
    rings,
    role_from_word,
    search_key,
    tidy,
    unit_depth,
    unit_path,
    written_path,
)

TODAY = datetime.date(2026, 3, 2)

ELS = StaffMember("els", "Els Smit", "els@water.nl", "1", roles=frozenset({Role.ADMINISTRATOR}))
ANTON = StaffMember("anton", "Anton Bakker", "anton@water.nl", "2", unit="projects")
JOHAN = replace(ANTON, key="johan", name="Johan van Dijk", email="johan@water.nl", staff_number="3", manager="anton")
UNITS = (Unit("ministry", "Ministerie"), Unit("projects", "Projecten", "ministry"))
STAFF = Staff((ELS, ANTON, JOHAN), UNITS)


def row_of(member: StaffMember, number: int, **said: Any) -> StaffRow:
    """The row that says exactly what we know of this member, except for what is said otherwise."""
    manager = next((one.staff_number for one in STAFF.members if one.key == member.manager), "")
    unit = written_path({unit.key: unit for unit in UNITS}, member.unit)
    row = StaffRow(number, member.name, member.email, member.staff_number, unit=unit, manager=manager)
    return replace(row, **said)


def plan(*rows: StaffRow, current: Staff = STAFF, complete: bool = False) -> ImportPlan:
    return plan_import(current, rows, today=TODAY, complete=complete)


def codes(found: ImportPlan) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found.problems]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Jan de Wit", "wit jan de"),
            ("Wit, Jan de", "wit jan de"),
            ("Zoë van der Bérg", "berg zoe van der"),
            ("Anna in 't Veld", "veld anna in 't"),
            ("Søren Ørsted", "orsted soren"),
            ("Jan Peter Jansen-Smit", "jansen-smit jan peter"),
            ("Cher", "cher"),
            ("Van", "van"),
            ("", ""),
        ],
    )
    def test_a_name_sorts_under_the_last_name_without_infix_and_accents(self, name: str, key: str) -> None:
        assert search_key(name) == key

    def test_jan_de_wit_comes_after_johan_van_dijk(self) -> None:
        names = ["Jan de Wit", "Marieke Bos", "Johan van Dijk"]
        assert sorted(names, key=search_key) == ["Marieke Bos", "Johan van Dijk", "Jan de Wit"]

    def test_a_name_written_last_name_first_is_turned_round(self) -> None:
        assert natural_name("Dijk,  J. van der") == "J. van der Dijk"
        assert natural_name("Johan van Dijk") == "Johan van Dijk"

    def test_invisible_characters_and_double_spaces_disappear(self) -> None:
        assert tidy("\ufeffJan\u00a0 de\u200b\tWit\n") == "Jan de Wit"

    @given(st.text(max_size=40))
    def test_tidying_twice_is_tidying_once(self, text: str) -> None:
        assert tidy(tidy(text)) == tidy(text)

    @given(st.text(max_size=120))
    def test_a_key_to_sort_by_is_never_longer_than_its_place(self, text: str) -> None:
        assert len(search_key(text)) <= 160

    @given(st.text(max_size=40))
    def test_capitals_never_change_the_place_in_the_list_of_a_dutch_name(self, text: str) -> None:
        dutch = "".join(letter for letter in text if letter.isascii() or letter in "éëïöüèç")
        assert search_key(dutch.upper()) == search_key(dutch.lower())


class TestAddressesAndNumbers:
    def test_an_address_loses_spaces_capitals_and_mailto(self) -> None:
        assert normalised_email(" MailTo:Johan.vanDijk@Water.NL ") == "johan.vandijk@water.nl"

    @pytest.mark.parametrize("address", ["a@b.nl", "o'neill+1@x-y.co.uk", "a.b@1st.org"])
    def test_a_proper_address_is_accepted(self, address: str) -> None:
        assert is_email(address)

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "a",
            "a@b",
            "a@@b.nl",
            "a b@c.nl",
            "a@b..nl",
            ".a@b.nl",
            "a@-b.nl",
            "zoë@b.nl",
            "a@b.nl\n",
            "x" * 65 + "@b.nl",
        ],
    )
    def test_an_address_that_cannot_exist_is_refused(self, address: str) -> None:
        assert not is_email(address)

    def test_leading_zeros_do_not_make_another_person(self) -> None:
        assert normalised_staff_number(" 00123 ") == normalised_staff_number("123") == "123"
        assert normalised_staff_number("000") == "0"
        assert normalised_staff_number("ab 01") == "AB01"

    def test_words_for_roles_and_languages_are_understood_in_both_languages(self) -> None:
        assert role_from_word(" Coördinator ") is Role.COORDINATOR
        assert role_from_word("organisation_coach") is Role.ORGANISATION_COACH
        assert role_from_word("klant") is None
        assert (language_from_word("Nederlands"), language_from_word("en_GB"), language_from_word("fr")) == (
            "nl",
            "en",
            None,
        )


class TestLinesUpward:
    def test_the_chain_goes_from_the_nearest_upward_and_stops_at_a_ring(self) -> None:
        assert chain_up({"johan": "anton", "anton": "els", "els": None}, "johan") == ("anton", "els")
        assert chain_up({"a": "b", "b": "c", "c": "b"}, "a") == ("b", "c")

    def test_a_ring_is_found_once_and_without_those_who_only_lead_to_it(self) -> None:
        assert rings({"x": "a", "a": "b", "b": "a", "y": None}) == [("a", "b")]
        assert rings({"a": "a"}) == [("a",)]

    @given(st.dictionaries(st.integers(0, 30).map(str), st.none() | st.integers(0, 30).map(str)))
    def test_somebody_is_in_a_ring_exactly_when_the_way_up_returns(self, above: dict[str, str | None]) -> None:
        def returns(start: str) -> bool:
            here: str | None = start
            for _ in range(len(above) + 1):
                here = above.get(here) if here else None
                if here == start:
                    return True
            return False

        inside = [key for ring in rings(above) for key in ring]
        assert sorted(inside) == sorted(key for key in above if returns(key))

    def test_a_path_runs_from_the_top_to_the_unit(self) -> None:
        tree = {unit.key: unit for unit in UNITS}
        assert [unit.name for unit in unit_path(tree, "projects")] == ["Ministerie", "Projecten"]
        assert (unit_depth(tree, "projects"), unit_depth(tree, "ministry")) == (2, 1)
        assert written_path(tree, None) == ""


class TestThePlan:
    def test_somebody_new_is_added_with_a_new_unit_and_a_manager_from_the_same_file(self) -> None:
        fatima = StaffRow(2, "Fatima El Idrissi", "FATIMA@water.nl", "0010", unit="ministerie/Staf/HR", manager="11")
        ruben = StaffRow(3, "Ruben Vos", "ruben@water.nl", "11", manager="anton@water.nl", roles="Organisatiecoach")
        found = plan(fatima, ruben)
        assert [(one.row, one.member.staff_number, one.member.manager) for one in found.additions] == [
            (2, "10", "row-3"),
            (3, "11", "anton"),
        ]
        assert [(unit.name, unit.parent) for unit in found.new_units] == [
            ("Staf", "ministry"),
            ("HR", found.new_units[0].key),
        ]
        assert found.additions[1].member.roles == {Role.ORGANISATION_COACH}

    def test_a_row_that_says_what_we_know_changes_nothing(self) -> None:
        found = plan(row_of(JOHAN, 2))
        assert found.changes_nothing
        assert found.unchanged == 1

    def test_each_changed_field_is_told_with_old_and_new_in_words(self) -> None:
        found = plan(row_of(JOHAN, 2, unit="Ministerie", manager="", roles="coach / Coördinator"))
        fields = [(one.field, one.old, one.new) for one in found.changes[0].fields]
        assert fields == [
            ("unit", "Ministerie/Projecten", "Ministerie"),
            ("manager", "Anton Bakker", ""),
            ("roles", "", "coach, coordinator"),
        ]
        assert change_text(found.changes[0].fields[2], "nl") == ("rollen", "", "coach, coördinator")

    def test_a_column_that_is_not_in_the_file_leaves_what_we_know(self) -> None:
        found = plan(StaffRow(2, "Johan van Dijk", "johan@water.nl", "3"))
        assert found.changes_nothing

    def test_an_empty_cell_for_roles_takes_no_roles_away(self) -> None:
        assert plan(row_of(ELS, 2, roles="")).changes_nothing

    def test_the_word_employee_takes_the_other_roles_away(self) -> None:
        staff = Staff((ELS, replace(JOHAN, roles=frozenset({Role.COACH}), manager=None)), UNITS)
        found = plan(row_of(JOHAN, 2, roles="medewerker", manager=""), current=staff)
        assert found.changes[0].after.roles == frozenset()

    def test_with_a_root_every_path_starts_there_and_nobody_is_without_a_unit(self) -> None:
        staff = Staff((ELS,), UNITS, root="ministry")
        inside = StaffRow(2, "Noor Kok", "noor@water.nl", "20", unit="projecten")
        written_out = StaffRow(3, "Ruben Vos", "ruben@water.nl", "21", unit="MINISTERIE/Projecten")
        nowhere = StaffRow(4, "Bo Top", "bo@water.nl", "22", unit="")
        found = plan(inside, written_out, nowhere, current=staff)
        assert [one.member.unit for one in found.additions] == ["projects", "projects", "ministry"]
        assert found.new_units == ()

    def test_somebody_without_a_number_is_recognised_by_address(self) -> None:
        assert plan(StaffRow(2, "Johan van Dijk", "johan@water.nl")).changes_nothing

    def test_who_is_missing_leaves_only_when_the_file_is_complete(self) -> None:
        rows = (row_of(ELS, 2), row_of(ANTON, 3))
        assert plan(*rows).leavers == ()
        assert plan(*rows, complete=True).leavers == (JOHAN,)

    def test_when_a_manager_leaves_the_people_below_are_without_one(self) -> None:
        found = plan(row_of(ANTON, 2, left="1-3-2026"))
        assert found.leavers == (ANTON,)
        assert [(one.row, one.after.key, one.after.manager) for one in found.changes] == [(None, "johan", None)]

    def test_the_last_working_day_still_counts_as_in_service(self) -> None:
        assert plan(row_of(ANTON, 2, left="2026-03-02")).changes_nothing

    def test_somebody_who_returns_is_recognised(self) -> None:
        gone = Staff((ELS, replace(ANTON, left=True)), UNITS)
        found = plan(row_of(ANTON, 2), current=gone)
        assert [one.field for one in found.changes[0].fields] == ["left"]

    def test_addresses_may_be_swapped_within_one_file(self) -> None:
        found = plan(row_of(ANTON, 2, email=JOHAN.email), row_of(JOHAN, 3, email=ANTON.email))
        assert found.may_be_carried_out
        assert len(found.changes) == 2

    def test_a_unit_known_by_code_keeps_its_identity_under_another_name_and_place(self) -> None:
        staff = Staff((ELS,), (Unit("top", "Ministerie", None, "M"), Unit("hr", "Personeel", None, "HR")))
        row = StaffRow(2, ELS.name, ELS.email, "1", unit="Mens en Werk", unit_code="hr", parent_code="m")
        found = plan(row, current=staff)
        assert [(one.before.key, one.after.name, one.after.parent) for one in found.changed_units] == [
            ("hr", "Mens en Werk", "top")
        ]

    def test_the_tree_may_come_in_codes_in_any_order(self) -> None:
        deep = StaffRow(2, "Noor Kok", "noor@water.nl", "20", unit_code="C", parent_code="B")
        middle = StaffRow(3, "Ruben Vos", "ruben@water.nl", "21", unit_code="B", parent_code="A")
        top = StaffRow(4, "Bo Top", "bo@water.nl", "22", unit_code="A", parent_code="")
        found = plan(deep, middle, top)
        assert [unit.code for unit in found.new_units] == ["A", "B", "C"]
        assert found.additions[0].member.unit == found.new_units[2].key


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("said", "column", "code"),
        [
            ({"name": " "}, "name", "name_missing"),
            ({"name": "x" * 121}, "name", "too_long"),
            ({"staff_number": "9" * 41, "email": "j@water.nl"}, "staff_number", "too_long"),
            ({"email": ""}, "email", "email_missing"),
            ({"email": "johan@water"}, "email", "email_malformed"),
            ({"email": "els@water.nl"}, "email", "email_taken"),
            ({"manager": "99"}, "manager", "manager_unknown"),
            ({"manager": "3"}, "manager", "own_manager"),
            ({"roles": "coach, tovenaar"}, "roles", "role_unknown"),
            ({"language": "fr"}, "language", "language_unknown"),
            ({"left": "binnenkort"}, "left", "left_unreadable"),
            ({"left": "31-02-2026"}, "left", "left_unreadable"),
            ({"unit": "Ministerie//Projecten"}, "unit", "unit_path_broken"),
            ({"unit": "/".join("abcdefghijklm")}, "unit", "unit_too_deep"),
            ({"unit": "/".join(["x" * 119] * 6)}, "unit", "unit_too_deep"),
            ({"unit_code": "P", "parent_code": "nergens"}, "parent_code", "unit_parent_unknown"),
            ({"unit": "", "unit_code": "P", "parent_code": "p"}, "parent_code", "unit_ring"),
            ({"employer": "x" * 121}, "employer", "too_long"),
        ],
    )
    def test_a_row_that_cannot_be_right_is_named_with_its_column(
        self, said: dict[str, str], column: str, code: str
    ) -> None:
        assert codes(plan(row_of(JOHAN, 7, **said))) == [(7, column, code)]

    def test_one_address_or_number_for_two_people_names_the_other_row(self) -> None:
        found = plan(
            row_of(JOHAN, 2), row_of(ANTON, 3, email=JOHAN.email), StaffRow(4, "Noor Kok", "noor@water.nl", "003")
        )
        assert codes(found) == [(3, "email", "email_twice"), (4, "staff_number", "number_twice")]
        assert found.problems[0].params["other_row"] == 2

    def test_one_person_in_two_rows_is_noticed_when_one_row_has_no_number(self) -> None:
        found = plan(row_of(JOHAN, 2, email="j.vandijk@water.nl"), StaffRow(3, "Johan", "johan@water.nl"))
        assert codes(found) == [(3, "email", "person_twice")]

    def test_the_address_of_somebody_who_left_does_not_pass_to_somebody_else(self) -> None:
        gone = Staff((ELS, replace(ANTON, left=True)), UNITS)
        assert codes(plan(StaffRow(2, "Anton Nieuw", ANTON.email, "50"), current=gone)) == [
            (2, "email", "email_of_former")
        ]

    def test_a_manager_who_leaves_cannot_be_named(self) -> None:
        found = plan(row_of(ANTON, 2, left="ja"), row_of(JOHAN, 3))
        assert codes(found) == [(3, "manager", "manager_left")]

    def test_people_who_lead_each_other_are_named_in_one_problem(self) -> None:
        found = plan(row_of(ANTON, 2, manager="3"), row_of(JOHAN, 3))
        assert codes(found) == [(2, "manager", "manager_ring")]
        assert found.problems[0].params["names"] == "Anton Bakker → Johan van Dijk → Anton Bakker"

    def test_the_last_administrator_cannot_be_lost(self) -> None:
        assert codes(plan(row_of(ANTON, 2), row_of(JOHAN, 3), complete=True)) == [
            (None, "roles", "no_administrator_left")
        ]

    def test_a_code_with_two_meanings_is_named(self) -> None:
        found = plan(row_of(ANTON, 2, unit="Beleid", unit_code="B"), row_of(JOHAN, 3, unit="Bouw", unit_code="b"))
        assert codes(found) == [(3, "unit_code", "unit_code_conflict")]

    def test_two_codes_for_one_place_are_named(self) -> None:
        found = plan(row_of(ANTON, 2, unit="HR", unit_code="A"), row_of(JOHAN, 3, unit="hr", unit_code="B"))
        assert codes(found) == [(3, "unit_code", "unit_twice")]

    def test_one_wrong_row_leaves_nothing_to_carry_out(self) -> None:
        found = plan(StaffRow(2, "Noor Kok", "noor@water.nl", "20", unit="Nieuw"), row_of(JOHAN, 3, email="fout"))
        assert not found.may_be_carried_out
        assert (found.additions, found.changes, found.new_units, found.leavers) == ((), (), (), ())

    @pytest.mark.parametrize("written", ["31-12-2025", "2025-12-31", "31/12/2025", "2025-12-31T00:00:00", "Ja", "x"])
    def test_a_past_day_or_a_yes_means_left(self, written: str) -> None:
        assert has_left(written, TODAY) is True


class TestTheWords:
    def test_a_problem_says_where_what_and_what_to_do(self) -> None:
        problem = RowProblem(12, "email", "email_malformed", {"value": "jan@@x"})
        assert problem_text(problem, "nl") == (
            "Rij 12, e-mailadres: “jan@@x” is geen e-mailadres. Schrijf het als naam@organisatie.nl, zonder accenten."
        )
        assert problem_text(problem, "en").startswith("Row 12, e-mail address: “jan@@x” is not")

    def test_braces_in_a_cell_are_only_text(self) -> None:
        problem = RowProblem(1, "roles", "role_unknown", {"value": "{row.__class__}"})
        assert "“{row.__class__}”" in problem_text(problem, "nl")

    def test_every_code_in_the_rules_has_a_sentence_and_every_sentence_is_used(self) -> None:
        import re
        from pathlib import Path

        folder = Path(__file__).parent.parent
        names = ("import_rules.py", "import_units.py", "staff_file.py", "tables.py", "workbook.py")
        words = set(re.findall(r'"([a-z_]+)"', "".join((folder / name).read_text("utf-8") for name in names)))
        assert problem_codes() <= words
        raised = {
            code for code in words if re.search(r"_(missing|twice|unknown|ring|broken|conflict|deep|left)$", code)
        }
        assert raised - problem_codes() <= {"has_left"}


# --- Planning again after carrying out ------------------------------------------------------------------------------


def carried_out(current: Staff, found: ImportPlan) -> Staff:
    """The staff after this plan: what the application does in the database, in memory. New things get lasting keys."""
    lasting: dict[str | None, str | None] = {None: None}
    places = [unit.key for unit in found.new_units] + [one.member.key for one in found.additions]
    lasting |= {key: f"{len(current.members)}:{len(current.units)}:{key}" for key in places}

    def kept(member: StaffMember) -> StaffMember:
        keys = {name: lasting.get(key, key) for name in ("key", "unit", "manager") for key in [getattr(member, name)]}
        return replace(member, **keys)

    units = {unit.key: unit for unit in current.units}
    for unit in [change.after for change in found.changed_units] + list(found.new_units):
        key = lasting.get(unit.key) or unit.key
        units[key] = replace(unit, key=key, parent=lasting.get(unit.parent, unit.parent))
    members = {member.key: member for member in current.members}
    for member in [change.after for change in found.changes] + [one.member for one in found.additions]:
        members[kept(member).key] = kept(member)
    members |= {member.key: replace(members[member.key], left=True) for member in found.leavers}
    return Staff(tuple(members.values()), tuple(units.values()))


NUMBERS = st.integers(1, 6)
ROWS = st.builds(
    lambda number, name, unit, manager, roles, language, left: StaffRow(
        0, name, f"p{number}@x.nl", f"00{number}", unit, None, None, manager, roles, language, "", left
    ),
    NUMBERS,
    st.sampled_from(["Jan de Wit", "Wit, Jan de", "ZOË Bos"]),
    st.sampled_from(["", "A", "A/B", "a/b/C", "D"]),
    st.sampled_from(["", "1", "p2@x.nl", "3"]),
    st.sampled_from(["", "coach", "beheerder; coach"]),
    st.sampled_from(["", "nl", "English"]),
    st.sampled_from(["", "", "", "ja", "1-1-2030"]),
)
FILES = st.lists(ROWS, max_size=6, unique_by=lambda row: row.staff_number).map(
    lambda rows: [replace(row, row=place) for place, row in enumerate(rows, start=2)]
)


@given(first=FILES, second=FILES, complete=st.booleans())
def test_planning_a_file_again_after_carrying_it_out_changes_nothing(
    first: list[StaffRow], second: list[StaffRow], complete: bool
) -> None:
    staff = carried_out(Staff(), plan(*first, current=Staff()))
    found = plan(*second, current=staff, complete=complete)
    after = carried_out(staff, found)
    if found.may_be_carried_out:
        assert plan(*second, current=after, complete=complete).changes_nothing
    else:
        assert after == staff


@given(rows=FILES, complete=st.booleans())
def test_a_plan_never_leaves_two_people_with_one_address_or_a_ring_of_managers(
    rows: list[StaffRow], complete: bool
) -> None:
    after = carried_out(STAFF, plan(*rows, complete=complete))
    here = [member for member in after.members if not member.left]
    assert len({member.email for member in here}) == len(here)
    assert rings({member.key: member.manager for member in here}) == []
    assert {member.manager for member in here} - {None} <= {member.key for member in here}
