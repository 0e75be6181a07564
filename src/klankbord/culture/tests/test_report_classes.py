"""Reading by the background attribute: who reads it, what is drawn, and that it tells of nobody who did not answer."""

import re
from io import BytesIO
from typing import Any, ClassVar

import pytest
from django.db import connections
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.by_group import LONG, SHORT, asked_by_group
from tests.cast import Cast, build_cast
from tests.part_report import published

from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture.models import PublishedUnit, Wave
from klankbord.culture.rules.classes import Compared, cells_to_show
from klankbord.culture.rules.reports import Figure
from klankbord.culture.tests.test_reports import drawn, strange
from klankbord.people.models import Unit

SLUG = "waterland"


class ByGroupTests(TestCase):
    """A wave by years of service. Of Kades nobody who is here long answered; in Mens those agree wholly on safety."""

    databases = {"default", "keys"}
    cast: ClassVar[Cast]
    wave: ClassVar[Wave]
    units: ClassVar[dict[str, Unit]]

    @classmethod
    def setUpTestData(cls) -> None:
        """Through the real box, as the classes of a file say."""
        cls.cast = build_cast()
        cls.wave = asked_by_group(cls.cast)
        with acting_in(cls.cast.organisation.id, cls.cast.els.pk):
            cls.units = {one.name: one for one in Unit.objects.all()}

    def read(self, name: str, route: str, unit: str = "", wave: Wave | None = None, **query: str) -> Any:
        client = Client()
        client.force_login(self.cast.named(name).account)  # type: ignore[arg-type]
        keys = [SLUG, (wave or self.wave).pk, *([self.units[unit].pk] if unit else [])]
        return client.get(reverse(route, args=keys), query)

    def part(self, name: str, unit: str) -> str:
        """The part of a report that is by group."""
        page: str = self.read(name, "culture_unit", unit).content.decode()
        return page.partition('id="by-group"')[2].partition("Zo lees je dit")[0]

    def cells(self, unit: str) -> list[dict[str, Any]]:
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            found = PublishedUnit.objects.get(wave=self.wave, unit_id=self.units[unit].pk)
        cells: list[dict[str, Any]] = found.cells
        return cells

    def test_only_who_reads_all_reads_groups_over_all_units_with_where_they_lie_apart(self):
        for name in ("johan", "anton", "els", "marieke"):
            assert self.read(name, "culture_classes").status_code == 403, name
        page = self.read("ruben", "culture_classes").content.decode()
        assert "Per groep: Dienstjaren" in page
        assert "de groepen liggen uit elkaar bij ‘Feedback vragen en geven’" in page
        assert "Groepen kunnen om veel redenen verschillen" in page
        assert '<option value="feedback" selected>' in page
        assert LONG in page
        assert SHORT in page

    def test_every_figure_that_is_drawn_is_published_of_everyone_or_of_a_class(self):
        # Averages of a level are those of published sentences in the same class.
        page = self.read("fatima", "culture_classes").content.decode()
        cells = self.cells("Waterland")
        assert len(drawn(page)) > 50
        left = drawn(page)
        for group in (None, "1", "2"):
            told = {cell["item"]: cell["mean"] for cell in cells if cell["class"] == group}
            assert len(told) > 40
            odd = strange(page, told, self.wave)
            left = [value for value in left if value in odd]
        assert left == []

    def test_units_stand_there_in_which_groups_are_told_and_in_no_order_of_figures(self):
        page = self.read("fatima", "culture_classes", subject="feedback").content.decode()
        rows = dict(re.findall(r'<tr><th scope="row" data-depth="\d"><a [^>]+>([^<]+)</a></th>(.*?)</tr>', page))
        assert set(rows) >= {"Projecten", "Directie Mens"}
        assert "Waterland" not in rows
        assert list(rows) == sorted(rows, key=lambda name: self.units[name].path)
        assert "sort=" not in page
        mean = {one["class"]: one["mean"] for one in self.cells("Projecten") if one["item"] == "feedback"}
        assert re.findall(r'class="number">([\d,]+)<', rows["Projecten"]) == [
            f"{mean[group]:.1f}".replace(".", ",") for group in (None, "1", "2")
        ]

    def test_where_only_one_group_answered_nothing_is_drawn_by_group_because_it_tells_of_the_others(self):
        told = {cell["class"] for cell in self.cells("Kades")}
        assert len(told) == 2, "the publication has the figures of the one group, and they are those of everyone"
        part = self.part("bram", "Kades")
        assert "De cijfers per groep (Dienstjaren) blijven hier dicht." in part
        assert LONG not in part
        assert SHORT not in part
        assert 'class="now"' not in part
        page = self.read("fatima", "culture_classes").content.decode()
        assert ">Kades</a>" not in page
        book = self.read("bram", "culture_unit_xlsx", "Kades")
        rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert "Groep" not in rows[0]

    def test_a_report_of_a_unit_has_the_groups_for_who_reads_that_report(self):
        part = self.part("johan", "Projecten")
        assert part.count(f'<span class="name">{LONG}</span>') > 10
        assert "uit elkaar" in part
        assert self.read("johan", "culture_unit", "Directie Mens").status_code == 404
        assert LONG in self.read("johan", "culture_unit", "Waterland").content.decode()

    def test_a_group_that_is_withheld_is_drawn_as_closed_with_why_that_is_good(self):
        assert not [one for one in self.cells("Directie Mens") if one["item"] == "safety" and one["class"]]
        part = self.part("marieke", "Directie Mens")
        safety = part.partition(">Vrij spreken</p>")[2].partition("</ul>")[0]
        assert safety.count('class="closed"') == 2
        assert safety.count('class="now"') == 1
        assert "Dit cijfer blijft dicht, en dat is fijn" in part
        assert "Samen hebben zij geen naam en geen cijfer." in part

    def test_spreadsheet_and_paper_hold_the_same_groups(self):
        book = self.read("johan", "culture_unit_xlsx", "Projecten")
        rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert rows[0][:5] == ["Deel", "Onderwerp", "Zin", "Groep", "Gemiddeld"]
        found = {row[3]: row[4] for row in rows if row[1] == "Feedback vragen en geven" and row[2] == ""}
        mean = {one["class"]: one["mean"] for one in self.cells("Projecten") if one["item"] == "feedback"}
        names = {one.nl: str(number) for number, one in enumerate(self.wave.class_names, start=1)}
        assert found == {
            "iedereen": round(mean[None], 2),
            **{name: round(mean[number], 2) for name, number in names.items()},
        }
        paper = PdfReader(BytesIO(self.read("johan", "culture_unit_paper", "Projecten").content))
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
        text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        assert f"Feedback vragen en geven: {LONG}" in text
        assert "Groepen kunnen om veel redenen verschillen" in text
        closed = PdfReader(BytesIO(self.read("bram", "culture_unit_paper", "Kades").content))
        text = " ".join(" ".join(page.extract_text() for page in closed.pages).split())
        assert "De cijfers per groep (Dienstjaren) blijven hier dicht" in text

    def test_without_an_attribute_there_is_no_such_part_and_more_waves_cost_no_more_questions(self):
        def asked_for() -> int:
            self.read("fatima", "culture_classes")
            with CaptureQueriesContext(connections["default"]) as found:
                assert self.read("fatima", "culture_classes").status_code == 200
            return len(found)

        few = asked_for()
        pulse = published(self.cast, kind="pulse", only=lambda people: people[:30])
        assert asked_for() == few
        page = self.read("fatima", "culture_classes", wave=pulse).content.decode()
        assert "Deze keer is er niets naast de antwoorden gelegd" in page
        report = self.read("fatima", "culture_unit", "Waterland", wave=pulse).content.decode()
        assert "by-group" not in report
        assert "/groepen/" not in report


def _cell(group: str | None, n: int, item: str = "a") -> dict[str, Any]:
    return {"class": group, "item": item, "n": n}


@pytest.mark.parametrize(
    ("cells", "classes", "shown"),
    [
        ([_cell(None, 12), _cell("1", 6), _cell("2", 6)], 2, 2),  # everybody is told
        ([_cell(None, 12), _cell("1", 12)], 2, 0),  # nobody of the second answered
        ([_cell(None, 18), _cell("1", 6), _cell("2", 6)], 4, 2),  # the others answered together
        ([_cell(None, 12), _cell("1", 6), _cell("2", 6)], 3, 0),  # nobody of the third answered
        ([_cell(None, 12), _cell(None, 12, "b"), _cell("1", 7), _cell("1", 12, "b")], 2, 0),  # one item is enough
    ],
)
def test_a_screen_tells_no_classes_where_they_say_that_others_did_not_answer(cells, classes, shown):
    assert len(cells_to_show(cells, classes, of_all=False)) == shown
    assert len(cells_to_show(cells, classes, of_all=True)) == len([one for one in cells if one["class"]])


def test_groups_lie_apart_only_where_their_intervals_lie_beside_each_other():
    def line(*told: tuple[float, float]) -> Compared:
        figures = tuple(Figure(9, mean, mean - half, mean + half) if half else None for mean, half in told)
        return Compared("a", Wording("a", "a"), None, figures)

    assert line((3.0, 0.2), (3.5, 0.2)).apart
    assert not line((3.0, 0.3), (3.5, 0.3)).apart
    assert line((3.0, 0.2), (3.2, 0.3), (3.5, 0.2)).apart
    assert not line((3.0, 0.2), (0.0, 0.0)).apart
    assert line((3.0, 0.2), (3.5, 0.2)).gap == pytest.approx(0.5)
