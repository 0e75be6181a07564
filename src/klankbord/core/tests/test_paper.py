"""Papers: readable aloud, the same each time, and never more than what was put in."""

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from klankbord.core.paper import PACKAGE, UNSHOWN, paper_response, pdf, showable


def paper(text: str, heading: str = "Wat tussen ons blijft", title: str = "Onze afspraken") -> PdfReader:
    facts = {"lead": "", "sections": [{"heading": heading, "text": text}]}
    return PdfReader(io.BytesIO(pdf("core/plain", facts, language="nl", title=title, author="Waterland")))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_paper_is_tagged_and_says_its_title_language_and_author() -> None:
    reader = paper("Wat we bespreken, blijft tussen ons.")
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "nl"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    about = reader.metadata
    assert about
    assert (about.title, about.author) == ("Onze afspraken", "Waterland")
    xmp = catalogue["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_headings_are_headings_for_whoever_listens() -> None:
    reader = paper("Kort.")
    catalogue: Any = reader.trailer["/Root"]
    kinds = [one.get_object()["/S"] for one in catalogue["/StructTreeRoot"]["/K"][0]["/K"]]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2"]


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        '#import "/core/papers/frame.typ": *',
        "*vet* en _schuin_ en `code`",
        "$x^2$",
        "= Een kop",
        '"; #panic("ja")',
        "\\u{41} <plek> @plek // geen opmerking",
        "{direction} {% now %} <b>hoi</b>",
    ],
)
def test_markup_in_what_somebody_wrote_stands_there_as_it_was_typed(typed: str) -> None:
    assert typed in words(paper(typed))
    assert typed in words(paper("kort", heading=typed))


def test_lines_and_blank_lines_stay() -> None:
    text = paper("Eerste regel\ntweede regel\n\n \n\nna de witregels").pages[0].extract_text()
    assert [line for line in text.splitlines() if line.strip()][2:5] == [
        "Eerste regel",
        "tweede regel",
        "na de witregels",
    ]


def test_what_no_font_has_becomes_a_box_and_the_rest_stays() -> None:
    assert showable("fijn 😀👩‍🚀 ja") == f"fijn {UNSHOWN}{UNSHOWN}{UNSHOWN} ja"
    assert "Владимир, Łukasz en Zoë → ✓" in words(paper("Владимир, Łukasz en Zoë → ✓"))


def test_a_long_text_runs_on_over_numbered_pages() -> None:
    reader = paper("\n\n".join(f"Alinea {number}. " + "woord " * 80 for number in range(60)))
    assert len(reader.pages) > 5
    assert f"2 / {len(reader.pages)}" in reader.pages[1].extract_text()
    assert "Alinea 59." in words(reader)


def test_the_same_facts_give_the_same_bytes() -> None:
    facts = {"lead": "Voor ons.", "sections": [{"heading": "Plek", "text": "In de tuinkamer."}]}
    one, other = (pdf("core/plain", facts, language="nl", title="Onze afspraken") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("name", ["../secret", "core/../config", "/etc/passwd", "core", "core/plain.typ"])
def test_a_template_is_named_and_not_found_by_a_path(name: str) -> None:
    with pytest.raises(ValueError, match="no template"):
        pdf(name, {}, language="nl", title="x")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_somebody_types_can_be_printed(typed: str) -> None:
    assert paper(typed, heading=typed, title=typed or "Leeg").pages


def test_templates_fetch_nothing_and_evaluate_nothing() -> None:
    for template in PACKAGE.glob("*/papers/*.typ"):
        code = "\n".join(line.split("//")[0] for line in template.read_text("utf-8").splitlines())
        assert not any(word in code for word in ("@preview", "eval(", "plugin(", "read(")), template


def test_the_file_is_kept_nowhere_and_its_name_says_nothing() -> None:
    answer = paper_response(b"%PDF", "afspraken")
    assert answer["Content-Disposition"].startswith('attachment; filename="afspraken-2')
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "application/pdf"
