"""Files as people really save them, and spreadsheets that are safe to open."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from klankbord.people import staff_file, tables
from klankbord.people.content import columns, problem_text
from klankbord.people.import_rules import plan_import
from klankbord.people.rules import Staff
from klankbord.people.staff_file import read_staff_file, rows_to_xlsx, template_workbook

HEADINGS = "Personeelsnummer;Naam;E-mail;Afdeling"


def csv_file(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def xlsx_file(*rows: tuple[object, ...], sheets: int = 1) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    for _ in range(sheets - 1):
        book.add_worksheet().hide()
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.activate()
    sheet.set_first_sheet()
    book.close()
    return stream.getvalue()


DAMAGED = xlsx_file(("Naam", "E-mail"), ("Jan", "jan@water.nl"))
"""Whole as it stands; one test damages a byte of it."""


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stream.getvalue()


def refused(content: bytes) -> str:
    found = read_staff_file(content)
    assert found.problem is not None
    assert found.rows == ()
    assert problem_text(found.problem, "nl") != problem_text(found.problem, "en")
    return found.problem.code


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_accents_survive_every_way_of_saving(self, encoding: str) -> None:
        found = read_staff_file(csv_file(HEADINGS, "1;Zoë de Wît;zoe@water.nl;Café", encoding=encoding))
        assert (found.rows[0].name, found.rows[0].unit) == ("Zoë de Wît", "Café")

    @pytest.mark.parametrize("mark", [";", ",", "\t"])
    def test_the_mark_between_the_cells_is_found(self, mark: str) -> None:
        lines = [HEADINGS.replace(";", mark), mark.join(["1", "Jan de Wit", "jan@water.nl", "A/B"])]
        assert read_staff_file(csv_file(*lines)).rows[0].unit == "A/B"

    def test_commas_in_the_cells_do_not_hide_the_mark(self) -> None:
        found = read_staff_file(
            csv_file("Naam;E-mail;Afdeling", "Wit, Jan de;jan@water.nl;Zorg, Jeugd, Sport, Cultuur")
        )
        assert found.rows[0].unit == "Zorg, Jeugd, Sport, Cultuur"

    def test_row_numbers_are_those_of_the_spreadsheet(self) -> None:
        lines = [
            "sep=;",
            "Personeel op 1 maart",
            HEADINGS,
            "",
            '1;"Jan\nde Wit";jan@water.nl;',
            ";;;",
            "2;Els Smit;els@water.nl;",
        ]
        found = read_staff_file(csv_file(*lines))
        assert [(row.row, row.name) for row in found.rows] == [(5, "Jan de Wit"), (7, "Els Smit")]

    def test_a_short_row_has_empty_cells(self) -> None:
        assert read_staff_file(csv_file(HEADINGS, "1;Jan de Wit")).rows[0].email == ""

    def test_a_column_that_is_not_there_is_not_the_same_as_an_empty_cell(self) -> None:
        row = read_staff_file(csv_file(HEADINGS, "1;Jan;jan@water.nl;")).rows[0]
        assert (row.unit, row.manager) == ("", None)


class TestHeadings:
    def test_english_headings_in_any_order_and_any_capitals(self) -> None:
        found = read_staff_file(csv_file("E-MAIL ADDRESS,Line Manager,full name", "a@b.nl,x@y.nl,Jan de Wit"))
        assert (found.rows[0].email, found.rows[0].manager, found.rows[0].name) == ("a@b.nl", "x@y.nl", "Jan de Wit")

    def test_a_name_in_three_columns_becomes_one_name(self) -> None:
        found = read_staff_file(
            csv_file("Achternaam;Tussenvoegsel;Voornaam;Mail", "Wit;de;Jan;a@b.nl", "Bos;;Els;e@b.nl")
        )
        assert [row.name for row in found.rows] == ["Jan de Wit", "Els Bos"]

    def test_columns_we_do_not_read_are_named(self) -> None:
        assert read_staff_file(csv_file("Naam;E-mail;BSN;Salaris", "Jan;a@b.nl;1;2")).ignored == ("BSN", "Salaris")

    def test_our_own_heading_wins_from_another_word_for_the_same(self) -> None:
        found = read_staff_file(csv_file("Team;Afdeling;Naam;E-mail", "Rood;Water;Jan;a@b.nl"))
        assert (found.rows[0].unit, found.ignored) == ("Water", ("Team",))

    def test_two_equal_headings_are_refused(self) -> None:
        assert refused(csv_file("Naam;E-mail;naam", "Jan;a@b.nl;Jan")) == "heading_twice"

    def test_missing_headings_are_named_in_the_readers_language(self) -> None:
        problem = read_staff_file(csv_file("Naam;Afdeling", "Jan;Water")).problem
        assert problem is not None
        assert "e-mailadres" in problem_text(problem, "nl")
        assert "e-mail address" in problem_text(problem, "en")

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_every_heading_belongs_to_one_column(self, language: str) -> None:
        words = [tables.heading_key(word) for column in columns(language) for word in set(column.also)]
        keys = {
            (key, code)
            for column in columns(language)
            for code in [column.code]
            for key in map(tables.heading_key, column.also)
        }
        assert len({key for key, _ in keys}) == len(keys)
        assert all(words)


class TestXlsx:
    def test_numbers_dates_ticks_and_spaces_become_the_text_a_person_reads(self) -> None:
        content = xlsx_file(
            ("Personeelsnummer", "Naam", "E-mail", "Uit dienst", "Leidinggevende"),
            (123, " Jan  de Wit ", "jan@water.nl", datetime.date(2026, 3, 1), 7.0),
            ("00124", "Els Smit", "els@water.nl", True, None),
        )
        first, second = read_staff_file(content).rows
        assert (first.staff_number, first.name, first.left, first.manager) == ("123", "Jan de Wit", "2026-03-01", "7")
        assert (second.staff_number, second.left, second.manager) == ("00124", "ja", "")

    def test_a_formula_counts_as_its_value(self) -> None:
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Naam", "E-mail"])
        sheet.write_string(1, 0, "Jan")
        sheet.write_formula(1, 1, '=LOWER("JAN@WATER.NL")', None, "jan@water.nl")
        book.close()
        assert read_staff_file(stream.getvalue()).rows[0].email == "jan@water.nl"

    def test_the_first_visible_sheet_is_read(self) -> None:
        assert len(read_staff_file(xlsx_file(("Naam", "E-mail"), ("Jan", "a@b.nl"), sheets=3)).rows) == 1

    def test_empty_rows_keep_the_numbers_right(self) -> None:
        found = read_staff_file(xlsx_file((), (), ("Naam", "E-mail"), (), ("Jan", "a@b.nl")))
        assert found.rows[0].row == 5


class TestRefusals:
    @pytest.mark.parametrize("content", [b"", b" \r\n ", b"\n\n;;;\n"])
    def test_an_empty_file(self, content: bytes) -> None:
        assert refused(content) == "empty"

    def test_headings_without_people(self) -> None:
        assert refused(csv_file(HEADINGS)) == "no_rows"

    @pytest.mark.parametrize(
        "content", [b"%PDF-1.7\x00\x81", b"PK\x03\x04 no archive", packed(word__document_dot_xml="<w/>")]
    )
    def test_something_that_is_no_list(self, content: bytes) -> None:
        assert refused(content) == "unreadable"

    def test_an_old_excel_file(self) -> None:
        assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "old_excel"

    def test_a_file_with_a_password(self) -> None:
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
        assert refused(content) == "password"

    def test_a_file_with_macros(self) -> None:
        assert refused(packed(xl__vbaProject_dot_bin="x")) == "macros"

    def test_a_file_over_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "SIZE_LIMIT", 10)
        assert refused(csv_file(HEADINGS)) == "too_large"

    def test_too_many_people(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(staff_file, "ROW_LIMIT", 1)
        assert refused(csv_file(HEADINGS, "1;a;a@b.nl;", "2;b;b@b.nl;")) == "too_many_rows"

    @pytest.mark.parametrize("cell", ['<c r="XFD2"><v>1</v></c>', '<c r="A1048576" t="n"><v>1</v></c>'])
    def test_a_cell_in_a_far_corner_is_refused_before_it_fills_the_memory(self, cell: str) -> None:
        assert (
            refused(packed(xl__worksheets__sheet1_dot_xml=f"<sheetData><row>{cell}</row></sheetData>")) == "far_cells"
        )

    def test_formatting_in_a_far_corner_does_no_harm(self) -> None:
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Naam", "E-mail"])
        sheet.write_row(1, 0, ["Jan", "a@b.nl"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
        book.close()
        assert len(read_staff_file(stream.getvalue()).rows) == 1


class TestAnythingAtAll:
    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_any_bytes_give_rows_or_a_reason(self, content: bytes) -> None:
        found = read_staff_file(content)
        assert bool(found.rows) != bool(found.problem)

    @given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
    def test_a_damaged_workbook_gives_rows_or_a_reason(self, place: int, byte: int) -> None:
        content = bytearray(DAMAGED)
        content[place % len(content)] = byte
        found = read_staff_file(bytes(content))
        assert bool(found.rows) != bool(found.problem)


class TestWriting:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_the_template_reads_back_without_its_example(self, language: str) -> None:
        assert refused(template_workbook(language)) == "no_rows"

    def test_the_template_has_a_heading_for_every_column_it_explains(self) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(template_workbook("nl")))
        headings = book.get_sheet_by_name("Personeel").to_python()[0]
        explained = [row[0] for row in book.get_sheet_by_name("Uitleg").to_python()]
        assert set(headings) <= set(explained)
        assert headings[:3] == ["personeelsnummer", "naam", "e-mailadres"]

    def test_the_example_of_the_template_would_be_a_proper_row(self) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(template_workbook("nl")))
        headings, example = book.get_sheet_by_index(0).to_python()
        anton = ("2", "Anton Bakker", "anton.bakker@voorbeeld.nl")
        found = read_staff_file(xlsx_file(tuple(headings), ("1", *example[1:]), anton))
        assert plan_import(Staff(), found.rows, today=datetime.date(2026, 3, 2)).problems == ()

    @pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "{=A1}", "http://water.nl"])
    def test_text_stays_text_whatever_it_begins_with(self, text: str) -> None:
        content = rows_to_xlsx(["Naam"], [[text]])
        sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1] == [text]

    def test_what_looks_like_a_formula_is_marked_as_quoted(self) -> None:
        styles = zipfile.ZipFile(io.BytesIO(rows_to_xlsx(["Naam"], [["=1+1"]]))).read("xl/styles.xml").decode()
        assert 'quotePrefix="1"' in styles

    def test_numbers_and_dates_stay_what_they_are(self) -> None:
        moment = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
        content = rows_to_xlsx(["a", "b", "c", "d"], [[3, datetime.date(2026, 3, 2), moment, None]])
        cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1]
        assert cells[:3] == [3.0, datetime.date(2026, 3, 2), moment.replace(tzinfo=None)]
