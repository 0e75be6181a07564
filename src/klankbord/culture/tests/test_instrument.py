"""The content of the culture scan: complete, our own, plain in both languages, and read strictly."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from klankbord.core.content_files import ContentError
from klankbord.core.wording import LANGUAGES, Language, Wording
from klankbord.culture import instrument as instruments
from klankbord.culture import texts
from klankbord.culture.instrument import Band, Item, Level, band, instrument, own_item, unspoken, wordings
from klankbord.culture.texts import Change, Situation, facts_in, letters, starters, starters_for

CONTENT = instruments.CONTENT
WHOLE = instrument()

SHIPPED = {1: "b520227cf672209f3e3a856bea5f57e764e3c0ca7973c7d905d4e658c6cb7bdb"}
"""What people were asked, by version. A change of a sentence is a new version: an old wave keeps its text."""

MOST_WORDS, MOST_WORDS_RATED, MOST_LETTERS = 25, 15, 16
READING_PER_MINUTE, CHOOSING = 200, 3.5
"""Words a minute, for somebody who reads slowly on a phone; seconds to choose a point."""


def said(wording: Wording, language: Language) -> str:
    return wording.nl if language == "nl" else wording.en


def everything() -> Iterator[Wording]:
    for whole in (WHOLE, starters(), letters()):
        yield from wordings(whole)


def texts_in(language: Language) -> list[str]:
    return [said(one, language) for one in everything()]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if part]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)


# --- the instrument -------------------------------------------------------------------------------------------------


def test_there_are_eight_dimensions_on_three_levels_with_an_item_in_every_cell() -> None:
    assert [one.id for one in WHOLE.dimensions] == [
        *("listening", "feedback", "safety", "reflection", "ownership", "leadership", "room", "direction")
    ]
    cells = [WHOLE.cell(dimension.id, level) for dimension in WHOLE.dimensions for level in Level]
    assert len(cells) == 24
    assert all(cells)
    assert sum(map(len, cells)) == len(WHOLE.items) == 28
    assert min(len(ids) for ids in WHOLE.scales.values()) == 3
    assert min(len(ids) for ids in WHOLE.level_scales.values()) == 8


def test_six_outcomes_and_two_open_questions_come_beside_them() -> None:
    assert [one.id.removeprefix("outcome.") for one in WHOLE.outcomes] == list(instruments.OUTCOMES)
    assert len(WHOLE.rated) == 34
    assert [one.wording.nl[-1] for one in WHOLE.open_questions] == ["?", "?"]


def test_an_answer_is_one_of_five_points_or_that_somebody_does_not_know() -> None:
    assert [(one.value, one.wording.nl) for one in WHOLE.points] == [
        (1, "helemaal oneens"),
        (2, "oneens"),
        (3, "ertussenin"),
        (4, "eens"),
        (5, "helemaal eens"),
    ]
    assert WHOLE.unknown == Wording("weet ik niet", "I don't know")


def test_the_pulse_asks_five_of_the_same_sentences_from_five_dimensions_on_three_levels() -> None:
    assert len(WHOLE.pulse_items) == 5
    assert len({one.dimension for one in WHOLE.pulse_items}) == 5
    assert {one.level for one in WHOLE.pulse_items} == set(Level)
    assert set(WHOLE.pulse_items) <= set(WHOLE.rated)


def test_what_could_harm_whoever_answers_is_sensitive() -> None:
    about_managers = {one.id for one in WHOLE.rated if "leidinggevende" in one.wording.nl.lower()}
    about_safety = set(WHOLE.scales["safety"])
    assert about_managers == set(WHOLE.scales["leadership"])
    assert WHOLE.sensitive == about_managers | about_safety | {"outcome.pleasure", "outcome.stay"}


def test_a_sentence_of_an_organisations_own_is_sensitive_and_has_an_id_of_its_own() -> None:
    own = own_item(1, Wording("Ik leer hier veel van het vak.", "I learn a lot about my trade here."))
    assert own.sensitive
    assert own.id not in {one.id for one in WHOLE.rated}


def test_it_takes_four_minutes() -> None:
    for language in LANGUAGES:
        read = sum(len(words(said(one.wording, language))) for one in WHOLE.rated)
        assert read / READING_PER_MINUTE * 60 + len(WHOLE.rated) * CHOOSING <= 240


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_short_ends_with_a_full_stop_and_is_there_once(language: Language) -> None:
    written = [said(one.wording, language) for one in WHOLE.rated]
    assert all(one.endswith(".") and len(sentences(one)) == 1 for one in written)
    assert max(len(words(one)) for one in written) <= MOST_WORDS_RATED
    assert max(map(len, written)) <= instruments.LONGEST_SENTENCE
    assert len({one.lower() for one in written}) == len(written)


def test_the_subject_says_on_which_level_a_sentence_is() -> None:
    def speaks_of_the_team(one: Item) -> bool:
        return bool(re.search(r"\b(?:ons team|ons overleg)\b", one.wording.nl, re.IGNORECASE))

    def speaks_of_here(one: Item) -> bool:
        return "hier" in words(one.wording.nl)

    assert {one.level for one in WHOLE.items if speaks_of_the_team(one)} == {Level.TEAM}
    assert {one.level for one in WHOLE.items if speaks_of_here(one)} == {Level.ORGANISATION}
    assert all(speaks_of_the_team(one) for one in WHOLE.items if one.level is Level.TEAM)
    assert all(speaks_of_here(one) for one in WHOLE.items if one.level is Level.ORGANISATION)


@pytest.mark.parametrize(
    ("mean", "expected"), [(1, "low"), (2.99, "low"), (3, "middle"), (3.99, "middle"), (4, "high")]
)
def test_an_average_is_read_by_the_words_of_the_points(mean: float, expected: str) -> None:
    assert band(mean) is Band(expected)
    dimension = WHOLE.dimension("room")
    assert dimension.reading(mean) is getattr(dimension, expected)


def test_a_reading_is_careful_and_each_is_another() -> None:
    readings = [one for dimension in WHOLE.dimensions for one in (dimension.low, dimension.middle, dimension.high)]
    careful = {"nl": r"\b(?:misschien|kan|lijkt|lijken)\b", "en": r"\b(?:may|perhaps|seems?)\b"}
    for language in LANGUAGES:
        written = [said(one, language) for one in readings]
        assert [one for one in written if not re.search(careful[language], one)] == []
        assert len(set(written)) == 24


def test_a_shipped_version_stays_what_it_was() -> None:
    assert {version: instrument(version).fingerprint for version in SHIPPED} == SHIPPED
    assert WHOLE.version == max(SHIPPED)


def test_an_old_version_is_found_and_one_that_never_was_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = (CONTENT / "instrument.toml").read_text("utf-8")
    new = old.replace("version = 1", "version = 2").replace("uitpraten", "uitspreken")
    (tmp_path / "instrument.toml").write_text(new, "utf-8")
    (tmp_path / "instrument_1.toml").write_text(old.replace('id = "instrument"', 'id = "instrument_1"', 1), "utf-8")
    monkeypatch.setattr(instruments, "CONTENT", tmp_path)
    monkeypatch.setattr(instruments, "_read", instruments._read.__wrapped__)
    assert instrument().version == instrument(2).version == 2
    assert instrument(1).fingerprint == SHIPPED[1] != instrument().fingerprint
    with pytest.raises(KeyError):
        instrument(3)


# --- starters -------------------------------------------------------------------------------------------------------


def test_there_are_enough_starters_for_every_dimension_and_everything_that_may_be_seen() -> None:
    assert len(starters()) >= 64
    counted = Counter((one.dimension, one.situation) for one in starters())
    assert set(counted) == {(one.id, situation) for one in WHOLE.dimensions for situation in Situation}
    assert all(
        counted[one.id, situation] >= 2
        for one in WHOLE.dimensions
        for situation in (Situation.STANDS_OUT_LOW, Situation.STANDS_OUT_HIGH, Situation.SPREAD)
    )
    assert [one.id for one in starters_for("room", Situation.SPREAD)] == ["room.spread.1", "room.spread.2"]


OPENINGS = {
    "nl": {
        "wat",
        "hoe",
        "wie",
        "wanneer",
        "waar",
        "waarover",
        "welk",
        "welke",
        "bij",
        "op",
        "over",
        "van",
        "voor",
        "in",
    },
    "en": {
        *("what", "how", "who", "whom", "when", "where", "which", "about", "in", "for", "from", "with", "at"),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_asks_one_open_question_and_never_why_or_who_answered_what(language: Language) -> None:
    asked = [said(one.question, language) for one in starters()]
    assert [one for one in asked if one.count("?") != 1 or not one.endswith("?")] == []
    assert {words(one)[0].lower() for one in asked} <= OPENINGS[language]
    prying = re.compile(
        r"\b(?:waarom|why|ingevuld|geantwoord|score|cijfers?|answered|scored?|figures?)\b", re.IGNORECASE
    )
    assert [one for one in asked if prying.search(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_try_is_one_small_thing_and_no_two_are_the_same(language: Language) -> None:
    written = [said(text, language) for one in starters() for text in (one.question, one.attempt)]
    assert len({one.lower() for one in written}) == len(written)
    assert all(said(one.attempt, language)[-1] in ".?" for one in starters())


# --- letters and words for figures ----------------------------------------------------------------------------------


def test_a_reminder_thanks_whoever_answered_and_says_that_it_goes_to_everybody() -> None:
    facts = {
        "name": "Johan",
        "closes": "12 mei",
        "time": "vier minuten",
        "link": "https://k.example/x",
        "contact": "Fatima",
    }
    reminder = letters().letter("reminder").text("nl", **facts)
    assert "Al geantwoord? Dank je wel." in reminder
    assert "Daarom krijgt iedereen deze mail." in reminder
    assert "https://k.example/x" in reminder
    assert "{" not in reminder
    assert letters().letter("reminder").heading("nl", **facts) == "Tot en met 12 mei: hoe leren we van elkaar?"
    with pytest.raises(KeyError):
        letters().letter("reminder").text("nl")


def test_the_letter_on_paper_has_a_code_on_a_line_of_its_own_and_no_link() -> None:
    parts = letters().letter("paper").parts
    assert Wording("{code}", "{code}") in parts
    assert "link" not in {fact for part in parts for fact in facts_in(part.nl)}


def test_promises_stand_beside_what_cannot_be_promised() -> None:
    told = letters().confidentiality
    assert [one.id for one in told.promises] == [
        *("sealed", "afterwards", "taking_part", "least", "own_words", "once"),
    ]
    assert {"until_closing", "copies", "network", "yourself", "all_or_nobody"} <= {one.id for one in told.limits}


def test_a_hidden_figure_has_one_sentence_that_says_why_that_is_good() -> None:
    for language in LANGUAGES:
        assert len(re.findall(r"[.?!]", said(letters().hidden, language))) == 1


@pytest.mark.parametrize(
    ("alpha", "grade"),
    [(0.95, "strong"), (0.8, "strong"), (0.79, "enough"), (0.6, "careful"), (0.2, "apart"), (-1, "apart")],
)
def test_reliability_is_a_grade_in_words(alpha: float, grade: str) -> None:
    assert letters().reliability_in_words(alpha).id == grade


@pytest.mark.parametrize(("icc", "grade"), [(0.92, "clear"), (0.5, "some"), (0.49, "little"), (-0.3, "little")])
def test_whether_teams_differ_is_a_grade_in_words(icc: float, grade: str) -> None:
    assert letters().between_teams_in_words(icc).id == grade


def test_going_together_is_said_without_a_cause_and_has_two_directions() -> None:
    same, opposite = letters().together_in_words(0.6), letters().together_in_words(-0.6)
    assert same.nl != opposite.nl
    assert letters().together_in_words(0.05) == letters().together_in_words(-0.05)
    causal = re.compile(r"\b(?:zorgt|leidt|daardoor|omdat|causes|leads|because|therefore)\b")
    assert [one for one in wordings(letters().together) if causal.search(f"{one.nl} {one.en}")] == []
    assert "oorzaak" in letters().together_caution.nl


@pytest.mark.parametrize("change", list(Change))
def test_every_change_has_words(change: Change) -> None:
    assert letters().change(change).nl


# --- prose ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_no_word_is_there_twice_in_a_row(language: Language) -> None:
    found = texts_in(language)
    assert [s for text in found for s in sentences(text) if len(s.split()) > MOST_WORDS] == []
    assert [text for text in found if re.search(r"\b(\w+)\s+\1\b", text, re.IGNORECASE)] == []
    assert [text for text in found if "  " in text or text != text.strip()] == []


def test_dutch_words_are_plain_and_speak_to_you() -> None:
    found = texts_in("nl")
    assert [word for text in found for word in words(text) if len(word) > MOST_LETTERS] == []
    assert [text for text in found if re.search(r"\b(?:u|uw|men zelf|teneinde|middels|inzake|derhalve)\b", text)] == []


def test_there_is_no_praise_and_no_guilt() -> None:
    scolding = re.compile(
        r"\b(?:goed bezig|goed gedaan|te laat|helaas|verplicht|jammer|super|top|slechte? team|moeten|"
        r"well done|too late|unfortunately|have to|must|should)\b",
        re.IGNORECASE,
    )
    assert [text for language in LANGUAGES for text in texts_in(language) if scolding.search(text)] == []


def test_no_text_was_left_untranslated() -> None:
    assert {one.nl for one in everything() if one.nl == one.en} == {"{code}"}


# --- read strictly --------------------------------------------------------------------------------------------------

BROKEN = {
    "too few items": (r'\[\[dimension\.item\]\]\nid = "feedback\.ask".*?(?=\[\[)', "", "28 to 32 items"),
    "an empty cell": (r'(?<=id = "room\.aside"\nlevel = )"team"', '"relation"', "room has no item on the level team"),
    "an id of another dimension": (r'"room\.aside"', '"rooms.aside"', "rooms.aside should begin with room"),
    "an id used twice": (r'"open\.helps"', '"room.aside"', "an id is used twice"),
    "a pulse of something else": (r'"safety\.doubt", ', '"safety.other", ', "the pulse asks what the whole does not"),
    "a pulse of four": (r'"safety\.doubt", ', "", "the pulse should be 5"),
    "a point worth six": (r"value = 5", "value = 6", "worth 1 to 5"),
    "another outcome": (r'"outcome\.stay"', '"outcome.leave"', "the outcomes are not the six"),
    "one open question": (r'\[\[open\]\]\nid = "open\.helps".*?(?=\[\[)', "", "2 open questions"),
    "a long sentence": (r"uitpraten\.", "uitpraten" + " en uitpraten" * 6 + ".", "listening.finish is too long"),
    "a missing translation": (r'en = "In our meetings we let each other finish\."', "", "en is missing"),
    "a level nobody knows": (r'level = "team"', 'level = "planet"', "should be one of relation, team, organisation"),
    "a bare word": (r"elkaar uitpraten", "een klant uitpraten", "a bare word for the client"),
    "a mark in an item": (r"elkaar uitpraten", "[[een klant]] uitpraten", "listening.finish has a mark"),
    "a mark nobody fills": (r"Dit gaat over luisteren", "Dit gaat over [[de coach]]", r"nobody fills \[\[de coach\]\]"),
    "a key nobody reads": (r"\[unknown\]", "[unknown]\nvalue = 0", "nobody reads value"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_instrument_that_is_not_sound_is_refused(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern, instead, complaint = BROKEN[what]
    whole = (CONTENT / "instrument.toml").read_text("utf-8")
    broken = re.sub(pattern, instead, whole, count=1, flags=re.DOTALL)
    assert broken != whole
    (tmp_path / "instrument.toml").write_text(broken, "utf-8")
    monkeypatch.setattr(instruments, "CONTENT", tmp_path)
    with pytest.raises(ContentError, match=r"^instrument\.toml.*" + complaint):
        instruments._read.__wrapped__("instrument")


BROKEN_TEXTS = {
    "a starter for no dimension": ("starters", 'dimension = "room"', 'dimension = "money"', "money is no dimension"),
    "a situation nobody sees": ("starters", '"moved_up"', '"moved"', "should be one of stands_out_low"),
    "a starter that asks nothing": (
        "starters",
        "hoe merkte je dat?",
        "hoe merkte je dat.",
        "listening.low.1 asks nothing",
    ),
    "a fact nobody knows": ("letters", "Hallo {name},", "Hallo {nickname},", "nobody fills nickname"),
    "a fact in one language": ("letters", "Hallo {name},", "Hallo,", "fill in different facts"),
    "a change without words": ("letters", 'id = "within_chance"', 'id = "chance"', "change should be moved_up"),
    "grades that go up": ("letters", "least = 70", "least = 90", "reliability should go down to 0"),
}


@pytest.mark.parametrize("what", BROKEN_TEXTS)
def test_texts_that_are_not_sound_are_refused(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, old, new, complaint = BROKEN_TEXTS[what]
    whole = (CONTENT / f"{name}.toml").read_text("utf-8")
    assert old in whole
    (tmp_path / f"{name}.toml").write_text(whole.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(texts, "CONTENT", tmp_path)
    with pytest.raises(ContentError, match=rf"^{name}\.toml.*" + complaint):
        {"starters": starters, "letters": letters}[name].__wrapped__()


def test_a_bare_word_is_seen_in_either_language_and_a_mark_is_let_through() -> None:
    assert len(unspoken(Wording("Vraag het de klant.", "Ask the Client."))) == 2
    assert unspoken((Wording("Vraag het [[de klant]].", "Ask [[the client]]."),)) == []


def test_every_file_carries_its_name_and_a_version() -> None:
    for path in CONTENT.glob("*.toml"):
        content = tomllib.loads(path.read_text("utf-8"))
        assert content["id"] == path.stem
        assert content["version"] >= 1
