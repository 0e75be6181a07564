"""The content files: complete in both languages, plain in Dutch, and read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from klankbord.coaches import texts as coach_texts
from klankbord.coaches.lending import rules as lending_rules
from klankbord.coaches.texts import theme
from klankbord.engagements import content_files, texts
from klankbord.engagements.rules import (
    afterwards,
    alliance,
    costs,
    fit,
    guidance,
    match,
    planning,
    retention,
    suitability,
)
from klankbord.engagements.rules.agreement import placeholders_in
from klankbord.engagements.rules.lifecycle import (
    ENGAGEMENT,
    MOST_PROPOSALS,
    PROPOSAL,
    REFERRAL,
    REQUEST,
    room_to_propose,
)
from klankbord.policy import texts as policy_texts
from klankbord.policy.rules import checks

FOLDERS = (content_files.CONTENT, coach_texts.CONTENT, policy_texts.CONTENT)
# The columns of a spreadsheet are no text of the profession; they are read and tested where sheets are.
FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.toml") if path.stem != "spreadsheet")
MOST_WORDS = 25


def tables(content: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table in a content file, with where it stands."""
    if isinstance(content, dict):
        yield where, content
        for key, inner in content.items():
            yield from tables(inner, f"{where}.{key}")
    elif isinstance(content, list):
        for number, inner in enumerate(content, start=1):
            yield from tables(inner, f"{where}.{number}")


def wordings() -> list[tuple[str, str, str]]:
    """Every text with its place and both its languages."""
    found = []
    for path in FILES:
        for where, table in tables(tomllib.loads(path.read_text(encoding="utf-8")), path.stem):
            if {"nl", "en"} & set(table):
                found.append((f"{where}:{table.get('id', '')}", table.get("nl", ""), table.get("en", "")))
    return found


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+|\n", text) if part.strip()]


def test_every_text_stands_in_both_languages() -> None:
    assert [where for where, nl, en in wordings() if not nl.strip() or not en.strip()] == []


def test_no_text_was_left_untranslated() -> None:
    same = {nl for _, nl, en in wordings() if nl == en}
    assert same <= {"{costs}", "Coaching", "Counselling", "Mentor", "Mentoring", "Training", "Mediation"}


def test_no_dutch_sentence_is_longer_than_twenty_five_words() -> None:
    long = [s for _, nl, _ in wordings() for s in sentences(nl) if len(s.split()) > MOST_WORDS]
    assert long == []


def test_both_languages_fill_in_the_same_facts() -> None:
    assert [where for where, nl, en in wordings() if placeholders_in(nl) != placeholders_in(en)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_carries_its_name_and_a_version(path: Path) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert content["id"] == path.stem
    assert content["version"] >= 1


def test_the_texts_give_no_praise_and_no_guilt() -> None:
    scolding = re.compile(r"\b(goed bezig|goed gedaan|te laat|helaas|verplicht\b|jammer|super|top)\b", re.IGNORECASE)
    assert [nl for _, nl, _ in wordings() if scolding.search(nl)] == []


def test_the_introduction_has_three_parts_with_a_preparation_for_each_of_the_two() -> None:
    parts = texts.introduction().parts
    assert [part.id for part in parts] == ["meet", "expect", "add"]
    assert all(part.client and part.coach for part in parts)


def test_the_thinking_aid_has_four_ways_to_begin() -> None:
    aid = texts.introduction().thinking_aid
    assert [start.id for start in aid.starts] == ["passer_by", "seeker", "buyer", "co_expert"]


@pytest.mark.parametrize("page", list(texts.SessionPage))
def test_every_page_of_a_session_has_six_open_questions_or_more(page: texts.SessionPage) -> None:
    lines = texts.session_lines(page)
    assert len(lines) >= 6
    assert all(line.wording.nl.endswith("?") and line.id.startswith(page.value) for line in lines)


def test_the_final_report_asks_what_it_brought_what_shows_and_how_to_go_on() -> None:
    assert {question.about for question in texts.closing().questions} == set(texts.About)


def test_the_three_pillars_each_have_a_question_at_the_end() -> None:
    assert {"awareness", "responsibility", "result"} <= {question.id for question in texts.closing().questions}


def test_loss_and_strain_are_sensitive_and_leading_people_is_not() -> None:
    assert theme("loss").sensitive
    assert theme("strain").sensitive
    assert not theme("leading").sensitive


def test_an_unknown_theme_is_not_found() -> None:
    with pytest.raises(KeyError):
        theme("astrology")


def test_every_neighbour_says_in_two_sentences_when_it_fits_better() -> None:
    assert {n.id: len(sentences(n.fits.nl)) for n in policy_texts.neighbours() if len(sentences(n.fits.nl)) != 2} == {}
    assert {n.id: len(sentences(n.fits.en)) for n in policy_texts.neighbours() if len(sentences(n.fits.en)) != 2} == {}


def test_urgent_help_stands_first_with_its_number() -> None:
    first = policy_texts.neighbours()[0]
    assert first.urgent
    assert first.contact is not None
    assert "113" in first.contact.nl


def test_the_rules_and_the_policy_in_words_name_the_same_clauses() -> None:
    person = match.ClientFacts(person_id="fatima", name="Fatima")
    named = {
        *(course.clause for course in (ENGAGEMENT, REQUEST, PROPOSAL, REFERRAL)),
        *(finding.clause for finding in (*room_to_propose(MOST_PROPOSALS), *match.steps_aside(person, person))),
        *match.MATCH_CLAUSES,
        fit.CLAUSE,
        planning.CLAUSE,
        planning.TO_COME,
        retention.CLAUSE,
        alliance.CLAUSE,
        afterwards.CLAUSE,
        *checks.CLAUSES,
        *costs.CLAUSES,
        fit.CLAUSE,
        guidance.CLAUSE,
        suitability.CLAUSE,
        lending_rules.CLAUSE,
    }
    # What the norms for coaches name is looked after where those norms are.
    named_here = {one.id for one in policy_texts.policy_clauses() if not one.id.startswith("quality.")}
    assert named == named_here


BROKEN = {
    "a missing translation": ('[[theme]]\nid = "a"\nsensitive = true\nnl = "A"', "en is missing"),
    "an empty translation": ('[[theme]]\nid = "a"\nsensitive = true\nnl = "A"\nen = " "', "en is empty"),
    "a misspelt key": ('[[theme]]\nid = "a"\nsensitive = true\nsensitve = true\nnl = "A"\nen = "A"', "sensitve"),
    "a doubled id": ('[[theme]]\nid = "a"\nsensitive = true\nnl = "A"\nen = "A"\n' * 2, "twice"),
    "another kind": ('[[theme]]\nid = "a"\nsensitive = "yes"\nnl = "A"\nen = "A"', "should be a bool"),
    "a key nobody reads": ("theme = []\nthemes = []", "nobody reads themes"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_the_place(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, complaint = BROKEN[what]
    (tmp_path / "themes.toml").write_text(f'id = "themes"\nversion = 1\n{content}', encoding="utf-8")
    monkeypatch.setattr(coach_texts, "CONTENT", tmp_path)
    with pytest.raises(content_files.ContentError, match=r"^themes\.toml.*" + complaint):
        coach_texts.themes.__wrapped__()


def test_a_clause_with_a_fact_nobody_fills_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clause = '[[clause]]\nid="x"\n' + "".join(f'{key}={{nl="{{colour}}",en="x"}}\n' for key in ("title", "body", "why"))
    (tmp_path / "clauses.toml").write_text(f'id = "clauses"\nversion = 1\n{clause}', encoding="utf-8")
    monkeypatch.setattr(content_files, "CONTENT", tmp_path)
    with pytest.raises(content_files.ContentError, match="nobody fills colour"):
        texts.clauses.__wrapped__()
