"""Reading what was published: who reads which report, what stands in it, and that nothing else can be read."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from io import BytesIO, StringIO
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.cast import Cast, build_cast
from tests.part_report import published
from tests.scan import fill_units

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.culture.actions.team import write_decision
from klankbord.culture.beside import Means, _change, _Known
from klankbord.culture.models import Publication, PublishedUnit, PublishedWhole, TeamDecision, Wave
from klankbord.culture.models.published import rows_of
from klankbord.culture.publication import read
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Unit

SLUG = "waterland"


def _values(least: int, mens):
    """Answers by what somebody's number is, so that every unit has enough of each; feedback is from *least* in Mens."""

    def said(wave: Wave, one) -> Mapping[str, int]:
        number = int(one.person.staff_number or 7)
        there = one.person.unit_id == mens
        return {
            item.id: least + (number + place) % 2
            if there and item.id.startswith("feedback.")
            else 2 + (number + place) % 3
            for place, item in enumerate(wave.rated)
        }

    return said


def words_of(page: str) -> list[str]:
    """What a page says in its middle, but for when this wave was and the one before, and for figures of the whole."""
    middle = re.sub(r"<[^>]*>", "\n", page[page.index("<main") : page.index("</main")])
    lines = re.sub(r"(\d+ )?[a-z]+ \d{4}", "", middle).split("\n")
    return [line.strip() for line in lines if re.search(r"[a-z]", line) and line.strip() != "Vorige keer"]


def drawn(page: str) -> list[float]:
    """Every average that a page draws, from where its dot stands."""
    return [round(1 + 4 * (float(place) - 3) / 94, 2) for place in re.findall(r'class="now" cx="([\d.]+)%"', page)]


def strange(page: str, told: Mapping[str, float], wave: Wave) -> list[float]:
    """The averages a page draws that are neither published nor the average of published sentences of a level."""
    levels = [
        sum(told[item] for item in items) / len(items)
        for items in wave.instrument.level_scales.values()
        if set(items) <= set(told)
    ]
    known = [*told.values(), *levels]
    return [value for value in drawn(page) if min(abs(value - one) for one in known) > 0.011]


class ReportTests(TestCase):
    """Waterland with some sixty people and two waves; in Kades nobody answered the first, and three the second."""

    databases = {"default", "keys"}
    cast: ClassVar[Cast]
    first: ClassVar[Wave]
    second: ClassVar[Wave]
    units: ClassVar[dict[str, Unit]]

    @classmethod
    def setUpTestData(cls) -> None:
        """Two waves through the real box."""
        cls.cast = cast = build_cast()
        fill_units(cast, 10)
        with acting_in(cast.organisation.id, cast.els.pk):
            give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
            cls.units = {one.name: one for one in Unit.objects.all()}
        mens = cls.units["Directie Mens"].pk
        kades = cls.units["Kades"].pk

        def only(people, in_kades: int):
            left = [one for one in people if one.person.unit_id == kades][in_kades:]
            return [one for one in people if one not in left]

        with clock.stopped_at(clock.now() - timedelta(days=200)):
            cls.first = published(cast, _values(1, mens), only=partial(only, in_kades=0))
        cls.second = published(
            cast, _values(4, mens), lambda n: {"open.helps": f"Samen kijken {n}"}, partial(only, in_kades=3)
        )

    def read(self, name: str, route: str = "culture_report", wave: Wave | None = None, unit: str = "", **query: str):
        client = Client()
        client.force_login(self.cast.named(name).account)  # type: ignore[arg-type]
        keys: dict[str, object] = {"organisation": SLUG}
        if wave is not None:
            keys |= {"published": wave.pk, **({"team": self.units[unit].pk} if unit else {})}
        return client.get(reverse(route, kwargs=keys), query)

    def test_everybody_reads_the_report_of_the_organisation_with_its_dimensions_levels_and_outcomes(self):
        page = self.read("johan").content.decode()
        for name in ("Luisteren en vragen", "Vrij spreken", "Tussen twee mensen", "Plezier"):
            assert name in page
        assert "van 59 mensen hebben geantwoord" in page
        assert page.count('class="now"') > 20
        assert "Hoe zeker zijn deze cijfers?" in page

    def test_a_unit_is_read_by_its_own_people_those_below_who_leads_them_and_who_reads_all(self):
        may = {
            "Projecten": {"johan", "willem", "anton", "fatima", "ruben"},
            "Kades": {"bram", "anton", "fatima", "ruben"},
            "Directie Water": {"johan", "willem", "bram", "anton", "fatima", "ruben"},
            "Directie Mens": {"marieke", "fatima", "ruben"},
        }
        for unit, readers in may.items():
            for name in ("johan", "willem", "bram", "anton", "marieke", "els", "saskia", "fatima", "ruben"):
                wanted = 200 if name in readers else 404
                assert self.read(name, "culture_unit", self.second, unit).status_code == wanted, (unit, name)

    def test_what_went_up_is_told_in_words_and_only_where_it_was_more_than_chance(self):
        page = self.read("marieke", "culture_unit", self.second, "Directie Mens").content.decode()
        assert "‘Feedback vragen en geven’ ging omhoog sinds de vorige keer" in page
        assert "Omhoog sinds de vorige keer" in page
        still = self.read("johan", "culture_unit", self.second, "Projecten").content.decode()
        assert "ging omhoog" not in still

    def test_a_unit_about_which_nothing_is_told_reads_the_same_words_whatever_the_reason(self):
        nobody, few = (
            self.read("bram", "culture_unit", wave, "Kades").content.decode() for wave in (self.first, self.second)
        )
        assert "Dit rapport blijft dicht" in few
        assert "Dit cijfer blijft dicht, en dat is fijn" in few
        assert "hebben geantwoord" not in few
        assert 'class="now"' not in few
        assert words_of(nobody) == words_of(few)

    def test_every_figure_that_is_drawn_is_one_of_the_publication_and_a_planted_one_is_found(self):
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            rows = {row.unit_id: row for row in PublishedUnit.objects.filter(wave=self.second)}
        kades = rows.get(self.units["Kades"].pk)
        assert kades is None or kades.cells == []
        for unit in ("Waterland", "Projecten", "Directie Water", "Directie Mens"):
            told = {cell["item"]: cell["mean"] for cell in rows[self.units[unit].pk].cells}
            page = self.read("fatima", "culture_unit", self.second, unit).content.decode()
            assert len(drawn(page)) > 40
            assert strange(page, told, self.second) == [], unit
            planted = page.replace('class="now" cx="', 'class="now" cx="4.17%"/><circle class="now" cx="', 1)
            assert strange(planted, told, self.second) == [1.05]
            withheld = {item: mean for item, mean in told.items() if item != "listening"}
            assert told["listening"] in withheld.values() or strange(page, withheld, self.second)

    def test_the_database_itself_gives_no_cells_of_another_unit(self):
        with acting_in(self.cast.organisation.id, self.cast.johan.pk):
            mine = set(PublishedUnit.objects.filter(wave=self.second).values_list("unit_id", flat=True))
            assert mine <= {self.units[one].pk for one in ("Waterland", "Directie Water", "Projecten")}
            assert self.units["Projecten"].pk in mine
            assert not Publication.objects.exists()
            assert PublishedWhole.objects.count() == 2
        with acting_in(self.cast.elsewhere.pk, self.cast.noor.pk):
            assert not PublishedUnit.objects.exists()
            assert not PublishedWhole.objects.exists()

    def test_the_rows_of_units_hold_what_the_whole_publication_tells_and_change_follows_from_both_wholes(self):
        told = {}
        with acting_in(self.cast.organisation.pk, self.cast.fatima.pk):
            for wave in (self.first, self.second):
                publication = Publication.objects.get(wave=wave)
                told[wave] = read(StringIO(publication.figures)), publication.about
                rows = {str(one.unit_id): one for one in PublishedUnit.objects.filter(wave=wave)}
                assert {unit: (one.cells, one.withheld) for unit, one in rows.items()} == {
                    unit: (rows_of(json.loads(cells)), rows_of(json.loads(withheld)))
                    for unit, cells, withheld in told[wave][0].by_unit()
                }
        (before, about_before), (now, about) = told.values()
        after = _Known(Means.of(now), about["deviation"], about["everybody"]["scales"])
        earlier = _Known(Means.of(before), about_before["deviation"], about_before["everybody"]["scales"])
        lines = [*now.scales, *(one.id for one in self.second.instrument.outcomes)]
        changes = _change(after, earlier, lines, whole=str(self.units["Waterland"].pk))
        assert changes
        assert {unit: one.about["change"] for unit, one in rows.items() if one.about} == changes

    def test_change_is_reckoned_only_from_what_both_waves_tell(self):
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            for row in PublishedUnit.objects.filter(wave=self.second):
                before = PublishedUnit.objects.filter(wave=self.first, unit_id=row.unit_id).first()
                told = {cell["item"] for cell in row.cells}
                then = {cell["item"]: cell["mean"] for cell in before.cells} if before else {}
                now = {cell["item"]: cell["mean"] for cell in row.cells}
                for item, change in row.about.get("change", {}).items():
                    assert item in told
                    assert abs(change["difference"] - (now[item] - then[item])) < 0.0002

    def test_a_wave_that_does_not_exist_or_is_not_published_is_not_there(self):
        client = Client()
        client.force_login(self.cast.fatima.account)  # type: ignore[arg-type]
        where = reverse("culture_unit", args=[SLUG, uuid4(), self.units["Waterland"].pk])
        assert client.get(where).status_code == 404
        assert self.read("fatima", wave=None, wave_id="x").status_code == 200

    def test_the_oldest_wave_has_nothing_to_compare_with(self):
        page = self.read("johan", "culture_unit", self.first, "Projecten").content.decode()
        assert "Dit was de eerste keer" in page

    def test_how_people_spread_stands_under_the_sentences_of_which_that_is_published_and_under_no_other(self):
        with acting_in(self.cast.organisation.id, self.cast.johan.pk):
            told = PublishedUnit.objects.get(wave=self.second, unit_id=self.units["Projecten"].pk)
        sentences = {one.id for one in self.second.rated}
        published = [one["bands"] for one in told.cells if one["item"] in sentences and one["bands"]]
        withheld = [one for one in told.cells if one["item"] in sentences and not one["bands"]]
        assert published, "the story has both"
        assert withheld, "the story has both"
        page = self.read("johan", "culture_unit", self.second, "Projecten").content.decode()
        words = re.findall(r"(\d+) oneens, (\d+) ertussenin, (\d+) eens", page)
        assert sorted([int(one) for one in three] for three in words) == sorted(published)
        head, *rows = self.sheet("culture_unit_xlsx", unit="Projecten")
        at = head.index("Oneens")
        counted = [row[at : at + 3] for row in rows if row[at] != ""]
        assert sorted(counted) == sorted(published)
        paper = self.read("johan", "culture_unit_paper", self.second, "Projecten").content
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
        assert len(re.findall(r"\d+\s+oneens,", text)) == len(published)

    # --- over all units -------------------------------------------------------------------------------------------

    def test_only_who_coordinates_or_leads_the_organisation_reads_over_all_units(self):
        files = ("culture_overview_xlsx", "culture_change_xlsx")
        for route in ("culture_overview", "culture_change", "culture_relations", "culture_words", *files):
            for name in ("fatima", "ruben"):
                assert self.read(name, route, self.second).status_code == 200, (route, name)
            for name in ("johan", "anton", "els", "marieke"):
                assert self.read(name, route, self.second).status_code == 403, (route, name)

    def test_the_heat_map_shows_every_unit_with_its_figures_and_what_is_withheld_as_closed(self):
        page = self.read("ruben", "culture_overview", self.second).content.decode()
        rows = dict(re.findall(r'<tr><th scope="row".*?>([^<]+)</a></th>(.*?)</tr>', page))
        assert set(rows) == set(self.units)
        assert 'colspan="8">alles blijft dicht<' in rows["Kades"]
        assert "shade-" not in rows["Kades"]
        assert rows["Directie Mens"].count("shade-") == 8
        by = self.read("ruben", "culture_overview", self.second, sort="-feedback").content.decode()
        order = re.findall(r'<tr><th scope="row".*?>([^<]+)</a></th>', by)
        assert order[0] == "Directie Mens"
        assert order[-1] == "Kades"

    def test_units_beside_each_other_are_searched_and_taken_along_as_they_stand_there(self):
        page = self.read("ruben", "culture_overview", self.second, q="kADe").content.decode()
        assert re.findall(r'<tr><th scope="row"><a.*?>([^<]+)</a></th>', page) == ["Kades"]
        none = self.read("ruben", "culture_overview", self.second, q="Maan").content.decode()
        assert "Geen afdeling heeft dat in de naam." in none
        assert "<table" not in none
        head, *rows = self.sheet("culture_overview_xlsx", sort="-feedback")
        page = self.read("ruben", "culture_overview", self.second, sort="-feedback").content.decode()
        assert [row[0] for row in rows] == re.findall(r'<tr><th scope="row"><a.*?>([^<]+)</a></th>', page)
        at = head.index("Feedback vragen en geven")
        by = {row[0]: row for row in rows}
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            mens = PublishedUnit.objects.get(wave=self.second, unit_id=self.units["Directie Mens"].pk)
        mean = next(one["mean"] for one in mens.cells if one["item"] == "feedback")
        assert by["Directie Mens"][1:4] == ["Waterland", mens.answered, mens.invited]
        assert by["Directie Mens"][at] == round(mean, 2)
        assert set(by["Kades"][4:12]) == {"blijft dicht"}
        assert set(by["Kades"][12:]) == {""}

    def test_what_moved_is_taken_along_with_the_units_that_stand_there(self):
        head, *rows = self.sheet("culture_change_xlsx", subject="feedback")
        assert head[:3] == ["Afdeling", "Onderwerp", "Verandering sinds de vorige keer"]
        by = {row[0]: row for row in rows}
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            mens = PublishedUnit.objects.get(wave=self.second, unit_id=self.units["Directie Mens"].pk)
        told = mens.about["change"]["feedback"]
        assert by["Directie Mens"][1:3] == ["Feedback vragen en geven", round(told["difference"], 2)]
        assert "Kades" not in by

    def sheet(self, route: str, unit: str = "", **asked: str) -> list[list[Any]]:
        answer = self.read("johan" if unit else "ruben", route, self.second, unit, **asked)
        return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    def test_shades_follow_a_careful_estimate_of_published_figures_that_stands_under_the_figures_themselves(self):
        page = self.read("ruben", "culture_overview", self.second).content.decode()
        first, _, second = page.partition("De voorzichtige schattingen in een tabel")
        with acting_in(self.cast.organisation.id, self.cast.fatima.pk):
            rows = {row.unit_id: row for row in PublishedUnit.objects.filter(wave=self.second)}
            icc = PublishedWhole.objects.get(wave=self.second).about["teams"]["feedback"]["icc1"]
        assert 0 < icc < 1

        def feedback(unit: str) -> dict[str, float]:
            return next(one for one in rows[self.units[unit].pk].cells if one["item"] == "feedback")

        whole, mens = feedback("Waterland"), feedback("Directie Mens")
        guess = whole["mean"] + (mens["mean"] - whole["mean"]) * mens["n"] * icc / (1 + (mens["n"] - 1) * icc)
        assert whole["mean"] < guess < mens["mean"]
        [told] = re.findall(r">Directie Mens</a></th>(.*?)</tr>", first)
        [careful_row] = re.findall(r'<th scope="row">Directie Mens</th>(.*?)</tr>', second)
        place = [one.id for one in self.second.instrument.dimensions].index("feedback")
        said = re.findall(r'class="number shade-(\d)">([\d,]+)<', told)[place]
        shade = 1 + sum(round(guess, 1) >= step for step in (2.5, 3.0, 3.5, 4.0))
        assert said == (str(shade), f"{mens['mean']:.1f}".replace(".", ","))
        assert re.findall(r">([\d,]+)<", careful_row)[place] == f"{guess:.1f}".replace(".", ",")

    def test_the_picture_of_change_tells_where_it_moved(self):
        page = self.read("fatima", "culture_change", self.second, subject="feedback").content.decode()
        assert "‘Feedback vragen en geven’ ging bij" in page
        assert "Kades" not in page
        other = self.read("fatima", "culture_change", self.second, subject="listening").content.decode()
        assert "bewoog nergens meer dan je van toeval verwacht" in other
        assert "is nog niets te vergelijken" in self.read("fatima", "culture_change", self.first).content.decode()

    def test_the_picture_of_change_begins_where_most_moved_and_writes_no_sign_before_nothing(self):
        page = self.read("fatima", "culture_change", self.second).content.decode()
        assert '<option value="feedback" selected>' in page
        other = self.read("fatima", "culture_change", self.second, subject="listening").content.decode()
        assert "0,00" in other
        assert not re.search(r"[+−]0,00", other)

    def test_for_three_weeks_everybody_is_told_once_that_there_is_something_new_to_read(self):
        def told(name: str) -> int:
            client = Client()
            client.force_login(getattr(self.cast, name).account)
            page = client.get(reverse("today", args=[SLUG])).content.decode()
            return page.count(f"{reverse('culture_report', args=[SLUG])}?wave={self.second.pk}")

        published_on = self.second.published_on
        assert published_on is not None
        with clock.stopped_at(clock.now() - (clock.today() - published_on) + timedelta(days=21)):
            assert [told(name) for name in ("johan", "fatima", "anton")] == [1, 1, 1]
            assert told("ruben") == 0, "the leadership has a list of its own"
        with clock.stopped_at(clock.now() - (clock.today() - published_on) + timedelta(days=22)):
            assert told("johan") == 0

    def test_each_wave_leads_to_its_own_report(self):
        client = Client()
        client.force_login(self.cast.fatima.account)  # type: ignore[arg-type]
        page = client.get(reverse("waves", args=[SLUG])).content.decode()
        assert all(f"?wave={one.pk}" in page for one in (self.first, self.second))
        one = client.get(reverse("wave", kwargs={"organisation": SLUG, "scan": self.first.pk})).content.decode()
        assert f"?wave={self.first.pk}" in one

    def test_of_the_whole_everybody_reads_what_it_was_over_time(self):
        page = self.read("johan", "culture_trend", self.second, "Waterland").content.decode()
        assert "Iedereen in de organisatie." in page

    def test_what_goes_together_is_told_with_caution(self):
        page = self.read("ruben", "culture_relations", self.second).content.decode()
        assert "Wat de oorzaak is, zegt dit niet" in page
        assert "Plezier in het werk" in page

    def test_own_words_stand_there_from_ten_on_and_who_read_them_is_kept(self):
        page = self.read("ruben", "culture_words", self.second).content.decode()
        assert page.count("Samen kijken") > 40
        assert "Minder dan 10 mensen schreven iets" in page
        order = re.findall(r"Samen kijken (\d+)", page)
        assert order != sorted(order)
        assert order != sorted(order, key=int)

    def test_a_page_asks_the_database_as_often_for_more_waves_and_units(self):
        def asked() -> list[int]:
            many = []
            for name, route, unit in (
                ("johan", "culture_unit", "Projecten"),
                ("fatima", "culture_overview", ""),
                ("fatima", "culture_change", ""),
            ):
                self.read(name, route, self.second, unit)
                with CaptureQueriesContext(connections["default"]) as found:
                    assert self.read(name, route, self.second, unit).status_code == 200
                many.append(len(found))
            return many

        few = asked()
        with clock.stopped_at(clock.now() - timedelta(days=500)):
            for _number in range(3):
                published(self.cast, kind="pulse", only=lambda people: people[:25])
        assert asked() == few

    # --- to take along, and to talk about -------------------------------------------------------------------------

    def test_the_spreadsheet_holds_what_the_screen_shows_and_says_closed_where_it_does(self):
        answer = self.read("johan", "culture_unit_xlsx", self.second, "Projecten")
        assert answer.status_code == 200
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        rows = book.get_sheet_by_index(0).to_python()
        assert rows[0][:4] == ["Deel", "Onderwerp", "Zin", "Gemiddeld"]
        listening = next(row for row in rows if row[1] == "Luisteren en vragen" and row[2] == "")
        with acting_in(self.cast.organisation.id, self.cast.johan.pk):
            told = PublishedUnit.objects.get(wave=self.second, unit_id=self.units["Projecten"].pk)
        mean = next(cell["mean"] for cell in told.cells if cell["item"] == "listening")
        assert listening[3] == round(mean, 2)
        assert self.read("johan", "culture_unit_xlsx", self.second, "Kades").status_code == 404

    def test_the_paper_is_a_pdf_that_can_be_read_aloud_with_the_same_figures(self):
        answer = self.read("johan", "culture_unit_paper", self.second, "Projecten")
        assert answer.content.startswith(b"%PDF")
        assert "cultuurscan-projecten" in answer["Content-Disposition"]
        paper = PdfReader(BytesIO(answer.content))
        assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
        text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        assert "Luisteren en vragen" in text
        closed = self.read("bram", "culture_unit_paper", self.second, "Kades")
        assert "blijft dicht" in " ".join(page.extract_text() for page in PdfReader(BytesIO(closed.content)).pages)

    def test_a_team_gets_three_questions_and_decides_something_that_only_the_team_reads(self):
        keys = [SLUG, self.second.pk, self.units["Projecten"].pk]
        where, words = reverse("culture_team", args=keys), "Elk overleg begint met een rondje."
        page = self.read("johan", "culture_team", self.second, "Projecten").content.decode()
        assert page.count("Om te proberen:") == 3
        assert "Wat je opschrijft: iedereen in dit team." in page
        assert "De vragen: wie dit rapport leest." in page
        johan, anton = Client(), Client()
        johan.force_login(self.cast.johan.account)  # type: ignore[arg-type]
        anton.force_login(self.cast.anton.account)  # type: ignore[arg-type]
        once = uuid4()
        for _twice in range(2):
            assert johan.post(where, {"once": once, "text": words}).status_code == 302
        assert johan.post(where, {"once": uuid4(), "text": ""}).status_code == 422
        assert anton.post(where, {"once": uuid4(), "text": words}).status_code == 403
        assert self.read("willem", "culture_team", self.second, "Projecten").content.decode().count(words) >= 1
        for name in ("anton", "fatima", "ruben"):
            outside = self.read(name, "culture_team", self.second, "Projecten").content.decode()
            assert words not in outside
            assert "in dit team." not in outside
            assert "alleen het eigen deel" in outside
        assert self.read("marieke", "culture_team", self.second, "Projecten").status_code == 404
        earlier = self.read("willem", "culture_team", self.first, "Projecten").content.decode()
        assert "Wat we eerder afspraken" in earlier
        with acting_in(self.cast.organisation.id, self.cast.anton.pk):
            assert not TeamDecision.objects.exists()
            with pytest.raises(ProgrammingError), transaction.atomic():
                write_decision(once=uuid4(), wave=self.second, unit_id=self.units["Projecten"].pk, text=words)
        gone = reverse("culture_team_remove", args=[*keys, once])
        assert anton.post(gone).status_code == 403
        assert johan.post(gone).status_code == 302
        assert words not in self.read("willem", "culture_team", self.second, "Projecten").content.decode()

    def test_over_time_a_subject_is_drawn_from_wave_to_wave(self):
        page = self.read("marieke", "culture_trend", self.second, "Directie Mens").content.decode()
        assert page.count('class="multiple"') == 8
        assert "‘Feedback vragen en geven’ verschoof het meest: van 1,5 naar 4,5" in page
        assert page.count("bleef ") == 7
        closed = self.read("bram", "culture_trend", self.second, "Kades").content.decode()
        assert "Er zijn nog geen twee keren om naast elkaar te leggen" in closed
        assert self.read("johan", "culture_trend", self.second, "Kades").status_code == 404
