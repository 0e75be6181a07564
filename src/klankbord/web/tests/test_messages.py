"""The Dutch is complete, and the tools that keep it so can tell when it is not."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from klankbord.web import messages
from klankbord.web.messages import Findings, Pair

MODULE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
A = _("Who sees this?")
B = ngettext("%(count)s talk", "%(count)s talks", 2)
C = pgettext_lazy("month", "May")
D = _("Hello, %(name)s")
E = "not marked"
"""

TEMPLATE = """{% load i18n %}
<div>
    <p title="{% translate 'Ask for "coaching"' %}">{% translate "May" context "to be allowed" %}</p>
  {% blocktranslate trimmed count n=talks|length %}
      One talk
      with {{ coach }}
  {% plural %}
      {{ n }} talks
      with {{ coach }}
  {% endblocktranslate %}
    {% translate "100%" %} {{ _("Save")|upper }} {# a comment it's fine #}
</div>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small project with a module, a template and a test that should not count."""
    package = tmp_path / "src" / "sample"
    (package / "templates").mkdir(parents=True)
    (package / "tests").mkdir()
    (package / "views.py").write_text(MODULE, "utf-8")
    (package / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    (package / "tests" / "test_views.py").write_text('_("Only in a test")', "utf-8")
    return package


@pytest.fixture
def catalogue(package: Path) -> Path:
    """Its catalogue, brought up to date but without any Dutch."""
    path = package / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    messages.update(path, package)
    return path


FILLED = r"""
# what the sample says
"Who sees this?" => "Wie ziet dit?"
"%(count)s talk" | "%(count)s talks" => "%(count)s gesprek" | "%(count)s gesprekken"
[month] "May" => "mei"
[to be allowed] "May" => "mag"
"Hello, %(name)s" => "Dag %(name)s"
"Ask for \"coaching\"" => "Vraag \"coaching\""
"One talk with %(coach)s" | "%(n)s talks with %(coach)s" => "Een gesprek met %(coach)s" | "%(n)s gesprekken: %(coach)s"
"100%%" => "100%%"
"Save" => "Bewaren"
"""


def test_the_dutch_of_klankbord_is_complete() -> None:
    found = messages.check()
    assert not found, f"\n{found}"


class TestGathering:
    def test_texts_come_from_modules_and_templates_with_plurals_and_contexts(self, package: Path) -> None:
        found = {(message.id, message.context) for message in messages.extract(package) if message.id}
        assert found == {
            ("Who sees this?", None),
            (("%(count)s talk", "%(count)s talks"), None),
            ("May", "month"),
            ("May", "to be allowed"),
            ("Hello, %(name)s", None),
            ('Ask for "coaching"', None),
            (("One talk with %(coach)s", "%(n)s talks with %(coach)s"), None),
            ("100%%", None),
            ("Save", None),
        }

    def test_updating_twice_gives_the_same_file(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        first = catalogue.read_bytes()
        messages.update(catalogue, package)
        assert catalogue.read_bytes() == first
        assert b"Date" not in first

    def test_a_text_that_left_the_code_leaves_the_catalogue(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        (package / "views.py").write_text("", "utf-8")
        messages.update(catalogue, package)
        assert "Wie ziet dit?" not in catalogue.read_text("utf-8")
        assert "mag" in catalogue.read_text("utf-8")


class TestChecking:
    def test_what_is_missing_is_listed_as_lines_to_fill_in(self, package: Path, catalogue: Path) -> None:
        missing = messages.check(catalogue, package).missing
        assert '"%(count)s talk" | "%(count)s talks" => "" | ""' in missing
        assert '[month] "May" => ""' in missing
        assert len(missing) == 9

    def test_a_catalogue_that_is_not_there_misses_everything(self, package: Path) -> None:
        assert len(messages.check(package / "none.po", package).missing) == 9

    def test_a_complete_catalogue_has_no_findings(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        assert messages.check(catalogue, package) == Findings()

    def test_half_a_plural_is_missing(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        text = catalogue.read_text("utf-8").replace('msgstr[1] "%(count)s gesprekken"', 'msgstr[1] ""')
        catalogue.write_text(text, "utf-8")
        assert messages.check(catalogue, package).missing == ['"%(count)s talk" | "%(count)s talks" => "" | ""']

    def test_an_uncertain_translation_is_found(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        text = catalogue.read_text("utf-8").replace('msgid "Who', '#, fuzzy\nmsgid "Who')
        catalogue.write_text(text, "utf-8")
        assert messages.check(catalogue, package).fuzzy == ['"Who sees this?" => ""']

    def test_a_text_nobody_uses_is_found(self, package: Path, catalogue: Path) -> None:
        messages.merge(messages.pairs(FILLED), catalogue)
        (package / "views.py").write_text(MODULE.replace("Who sees this?", "Who reads this?"), "utf-8")
        found = messages.check(catalogue, package)
        assert found.obsolete == ['"Who sees this?" => "Wie ziet dit?"']
        assert found.missing == ['"Who reads this?" => ""']

    def test_another_place_to_fill_in_is_found(self, package: Path, catalogue: Path) -> None:
        wrong = FILLED.replace("Dag %(name)s", "Dag %(naam)s").replace("%(n)s gesprekken", "gesprekken")
        messages.merge(messages.pairs(wrong), catalogue)
        assert len(messages.check(catalogue, package).places) == 2


class TestMerging:
    def test_a_translation_that_nothing_asks_for_is_returned(self, catalogue: Path) -> None:
        assert messages.merge(messages.pairs('"Nothing" => "Niets"'), catalogue) == [Pair(("Nothing",), ("Niets",))]

    def test_new_lines_and_quotation_marks_are_written_with_a_backslash(self) -> None:
        assert messages.pairs(r'"a\nb" => "\"c\" \\ d"') == [Pair(("a\nb",), ('"c" \\ d',))]

    @pytest.mark.parametrize("line", ['"a" = "b"', '"a" | "b" => "c"', 'a => "b"', '"a" => "b" # no'])
    def test_a_line_that_is_not_understood_is_named(self, line: str) -> None:
        with pytest.raises(ValueError, match="Line 2"):
            messages.pairs(f"\n{line}")

    def test_what_is_listed_as_missing_can_be_merged_as_it_is(self, package: Path, catalogue: Path) -> None:
        lines = messages.check(catalogue, package).missing
        assert messages.merge(messages.pairs("\n".join(lines)), catalogue) == []


def test_the_compiled_catalogue_speaks_dutch(catalogue: Path) -> None:
    messages.merge(messages.pairs(FILLED), catalogue)
    with messages.compile(catalogue).open("rb") as stream:
        dutch = gettext.GNUTranslations(stream)
    assert dutch.gettext("Who sees this?") == "Wie ziet dit?"
    assert dutch.pgettext("month", "May") == "mei"
    assert dutch.ngettext("%(count)s talk", "%(count)s talks", 2) == "%(count)s gesprekken"


@pytest.fixture
def spoken(catalogue: Path, settings: Any) -> None:
    """Django speaks the Dutch of the sample."""
    messages.merge(messages.pairs(FILLED), catalogue)
    messages.compile(catalogue)
    settings.LOCALE_PATHS = [catalogue.parents[2]]


@pytest.mark.usefixtures("spoken")
class TestOnScreen:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", ["Vraag &quot;coaching&quot;", "mag", "2 gesprekken: Marieke", "100%", "BEWAREN"]),
            ("en", ["Ask for &quot;coaching&quot;", "May", "2 talks with Marieke", "100%", "SAVE"]),
        ],
    )
    def test_a_page_finds_every_text_that_was_gathered_from_it(self, language: str, said: list[str]) -> None:
        with translation.override(language):
            page = Template(TEMPLATE).render(Context({"talks": [1, 2], "coach": "Marieke"}))
        assert [text for text in said if text not in page.replace('"coaching"', "&quot;coaching&quot;")] == []

    def test_english_needs_no_catalogue_although_dutch_comes_first(self) -> None:
        with translation.override("en"):
            assert translation.gettext("Who sees this?") == "Who sees this?"
        with translation.override("nl"):
            assert translation.gettext("Who sees this?") == "Wie ziet dit?"
