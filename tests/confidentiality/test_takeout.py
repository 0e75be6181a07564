"""Everybody takes away everything of theirs: no table is forgotten, and nothing of anybody else comes along."""

import io
import json
import uuid
from collections.abc import Iterable
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klankbord.coaches.models import CoachPhoto, QualityFact, QualityProof
from klankbord.core import clock
from klankbord.core.models import OrganisationModel
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.models import Engagement, Request, RequestPreference
from klankbord.engagements.queries.doors import session_for
from klankbord.engagements.queries.leaving import SOURCES, own_words
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from klankbord.people.takeout_file import takeout_file
from klankbord.privacy.models import AuditRow
from klankbord.privacy.takeout import Chapter, Portion, entry_of, everything, part_of, portions, reasons
from klankbord.privacy.vault import SealedField
from tests import part_growth
from tests.lending import coaching_as_guest
from tests.story import (
    COACH_PAGE,
    DIRECTION,
    NOTES,
    QUESTION,
    REFERRAL,
    REFLECTION,
    REPORT,
    SECRETS,
    SHARED,
    SLUG,
    TOPIC,
    WORDS,
    as_person,
    running,
)
from tests.test_bounded_growth import more_of_everything

database = pytest.mark.django_db(databases=["default", "keys"])
LEFT_OUT, NOT_FOLLOWED, NOT_TOLD = (reasons(kind) for kind in ("LEFT_OUT", "NOT_FOLLOWED", "NOT_TOLD"))
TABLES = [model for model in apps.get_models() if issubclass(model, OrganisationModel)]


# --- the walk: what stands nowhere, was forgotten --------------------------------------------------------------------


def names_a_person(column: models.Field) -> bool:
    """Whether the value may be the id of a person: a reference to one, or a bare id."""
    if column.is_relation:
        return column.related_model is Person
    bare = column.base_field if isinstance(column, ArrayField) else column
    return isinstance(bare, models.UUIDField) and not column.primary_key


def of_a_table(model: type[models.Model], given: Iterable[Portion]) -> list[str]:
    """What is forgotten of one table: the table, a column that names somebody, or a value that is not told."""
    table, mine = model._meta.db_table, [one for one in given if one.model is model]
    if not mine:
        return [] if table in LEFT_OUT else [table]
    followed = {one.of.split("__")[0] for one in mine}
    told = {told.column for one in mine for told in one.columns} | {one.by for one in mine}
    told |= {one.file_column for one in mine} | {column.name for column in part_of(model)}
    wrong = []
    for column in model._meta.concrete_fields:
        name = f"{table}.{column.name}"
        if column.name in ("id", "organisation"):
            continue
        may_stay = name in NOT_FOLLOWED or (not column.is_relation and name in NOT_TOLD)
        if names_a_person(column) and column.name not in followed and not may_stay:
            wrong.append(f"{name} is not followed")
        known = told | followed
        if column.name not in known and name not in NOT_TOLD and name not in NOT_FOLLOWED:
            wrong.append(f"{name} is not told")
    return wrong


def forgotten(found: Iterable[type[models.Model]], given: Iterable[Portion]) -> list[str]:
    """All that stands neither in the registry nor among the reasons."""
    given = list(given)
    return [line for model in found for line in of_a_table(model, given)]


def test_every_table_and_every_column_of_an_organisation_is_taken_away_or_says_why_not():
    assert forgotten(TABLES, portions()) == []


@pytest.mark.parametrize("table", sorted({one.table for one in portions() if issubclass(one.model, OrganisationModel)}))
def test_a_table_that_nobody_gives_is_found(table):
    assert table in forgotten(TABLES, [one for one in portions() if one.table != table])


@pytest.mark.parametrize(
    ("portion", "wrong"),
    [
        (("engagements_proposal", "coach"), "engagements_proposal.coach is not followed"),
        (("engagements_witness", "person"), "engagements_witness.person is not followed"),
        (("coaches_contactnote", "author"), "coaches_contactnote.author is not followed"),
        (("engagements_referral", "manager"), "engagements_referral.manager is not followed"),
    ],
)
def test_a_column_that_names_somebody_and_that_nobody_follows_is_found(portion, wrong):
    assert wrong in forgotten(TABLES, [one for one in portions() if (one.table, one.of) != portion])


def test_a_new_column_that_nobody_tells_is_found():
    words = next(one for one in portions() if one.table == "engagements_requestwords")
    short = [*(one for one in portions() if one is not words)]
    short.append(Portion(words.chapter, words.model, of=words.of, told=words.told[1:]))
    assert forgotten(TABLES, short) == ["engagements_requestwords.text is not told"]


def test_every_reason_is_about_something_that_is_there_and_is_needed():
    known = {model._meta.db_table: model for model in apps.get_models()}
    given = {one.table for one in portions()}
    assert set(LEFT_OUT) <= set(known)
    assert not set(LEFT_OUT) & given
    for name in {**NOT_FOLLOWED, **NOT_TOLD}:
        table, _, column = name.partition(".")
        assert table in given, name
        assert known[table]._meta.get_field(column), name
    for name in NOT_FOLLOWED:
        table, _, column = name.partition(".")
        assert column not in {one.of.split("__")[0] for one in portions() if one.table == table}, name
    for name in NOT_TOLD:
        table, _, column = name.partition(".")
        assert column not in {told.column for one in portions() if one.table == table for told in one.columns}, name


# --- the story -------------------------------------------------------------------------------------------------------


def taken(person, at: str = SLUG) -> tuple[str, dict, ZipFile]:
    """What somebody takes away through the screen: the page, the data, and the file."""
    client = Client()
    client.force_login(person.account)
    answer = client.post(reverse("my_takeout", args=[at]))
    assert answer.status_code == 200
    file = ZipFile(io.BytesIO(answer.content))
    assert file.testzip() is None
    return file.read("alles.html").decode(), json.loads(file.read("alles.json")), file


def said(taken_away) -> str:
    page, data, _file = taken_away
    return page + json.dumps(data, ensure_ascii=False)


def rows(data: dict, table: str, found_by: str) -> list[dict]:
    """The rows of one portion in the data."""
    sections = (one for chapter in data["chapters"].values() for one in chapter)
    return [row for one in sections if (one["table"], one["found_by"]) == (table, found_by) for row in one["rows"]]


@pytest.fixture
def story(told):
    return told


def test_whoever_leaves_takes_along_every_text_of_a_coaching_that_there_is_to_take_away():
    sealed = {
        (portion.model, told.column)
        for portion in portions()
        if portion.chapter is Chapter.COACHED
        for told in portion.columns
        if isinstance(portion.model._meta.get_field(told.column), SealedField)
    }
    # A pattern is a code, not a text.
    assert {f"{model.__name__}.{column}" for model, column in sealed - {(one.model, one.field) for one in SOURCES}} == {
        "FitLetter.pattern"
    }


@database
def test_johan_takes_away_what_he_wrote_and_what_others_wrote_to_him(story):
    johan, marieke = story.cast.johan, story.cast.marieke
    with as_person(johan):
        asked = story.engagement.request
        RequestPreference(organisation_id=asked.organisation_id, request=asked, client=johan, coach=marieke).save()
    page, data, _file = taken(johan)
    for text in (REFERRAL, QUESTION, WORDS, DIRECTION, TOPIC, NOTES, REFLECTION, REPORT, SHARED):
        assert text in page
        assert text in json.dumps(data, ensure_ascii=False)
    assert COACH_PAGE not in page + json.dumps(data, ensure_ascii=False)
    [referral] = rows(data, "engagements_referral", "client")
    assert referral["by"] == "Anton Visser"
    [preference] = rows(data, "engagements_requestpreference", "client")
    assert preference["coach"] == marieke.name
    assert rows(data, "engagements_request", "client")[0]["themes"] == ["project"]
    assert rows(data, "engagements_agreement", "engagement__client")[0]["clauses"][0]["text"]
    assert all("state" not in row for row in rows(data, "engagements_witness", "client"))


@database
def test_all_of_the_own_words_is_in_everything(story):
    with as_person(story.cast.johan):
        texts = [one.text for chapter in own_words(story.cast.johan) for one in chapter.passages]
    whole = said(taken(story.cast.johan)).replace("\\n", "\n").replace("<br>", "\n").replace("&#x27;", "'")
    assert texts
    for text in texts:
        for line in text.split("\n"):
            assert line in whole or json.dumps(line, ensure_ascii=False)[1:-1] in whole


@database
def test_marieke_takes_away_what_is_hers_as_a_coach_and_nothing_that_johan_wrote(story):
    coach = story.cast.marieke
    with as_person(coach):
        CoachPhoto.objects.filter(person=coach).delete()
        CoachPhoto(organisation=coach.organisation, person=coach, content=b"a picture", digest="x").save()
        fact = QualityFact(
            organisation=coach.organisation,
            person=coach,
            kind="accreditation",
            body="other",
            name="Register Rivier",
            valid_from=clock.today(),
        )
        fact.save(force_insert=True)
        paper = QualityProof(
            organisation=coach.organisation, person=coach, fact=fact, content=b"%PDF-", media_type="application/pdf"
        )
        paper.save(force_insert=True)
    page, data, file = taken(coach)
    for text in (COACH_PAGE, part_growth.SUBJECT, part_growth.CRAFT, part_growth.TENSION, part_growth.NOTE):
        assert text in page
    for text in ("Gemeente Oever", "Stilte in gesprekken", "Dinsdaggroep", "Register Rivier"):
        assert text in page
    for text in (WORDS, QUESTION, DIRECTION, TOPIC, NOTES, REFLECTION, REPORT, SHARED):
        assert text not in page + json.dumps(data, ensure_ascii=False)
    assert file.read("bestanden/foto.webp") == b"a picture"
    assert file.read(f"bestanden/register-rivier-{str(paper.pk)[:8]}.pdf") == b"%PDF-"
    assert rows(data, "engagements_engagement", "coach")[0]["started_on"]
    assert "client" not in rows(data, "engagements_engagement", "coach")[0]
    assert rows(data, "coaches_contactmoment", "coach")[0]["coordinator"] == "Fatima el Amrani"


@database
@pytest.mark.parametrize(
    ("name", "at", "own"),
    [
        ("anton", SLUG, {REFERRAL}),
        ("fatima", SLUG, set()),
        ("els", SLUG, set()),
        ("willem", SLUG, set()),
        ("saskia", SLUG, set()),
        ("noor", "bergland", set()),
    ],
)
def test_nobody_takes_away_a_word_of_johan_or_marieke(story, name, at, own):
    whole = said(taken(story.cast.named(name), at))
    assert {text for text in (*SECRETS, *part_growth.SECRETS) if text in whole} == own


@database
@pytest.mark.parametrize(
    ("name", "readable"),
    [
        # His own words to Johan, that he wrote them, and what everybody may know.
        (
            "anton",
            {
                "people_person",
                "people_account",
                "people_membership",
                "people_linespell",
                "engagements_referral",
                "engagements_referralquestion",
                "privacy_auditrow",
            },
        ),
        ("willem", {"people_person", "people_account", "people_membership", "people_linespell"}),
        ("noor", set()),
    ],
)
def test_asked_for_johans_rows_the_database_gives_others_what_they_may_read_and_no_more(story, name, readable):
    """Nothing in the registry decides who reads: with another's id in the question, row security still stands."""
    with as_person(story.cast.named(name)):
        got = {one.table for one in portions() if one.rows(story.cast.johan.pk)}
    assert got <= readable
    assert name == "noor" or "people_person" in got


@database
def test_a_guest_takes_away_the_own_things_and_nobody_elses(cast):
    guesting = coaching_as_guest(cast, cast.willem)
    running(cast)
    page, data, _file = taken(guesting.guest)
    assert guesting.guest.name in page
    assert len(rows(data, "engagements_engagement", "coach")) == 1
    whole = page + json.dumps(data, ensure_ascii=False)
    assert not [text for text in (*SECRETS, *part_growth.SECRETS, "Anton Visser", "Johan de Wit") if text in whole]


@database
def test_everything_is_of_whoever_acts(story):
    with as_person(story.cast.anton):
        whole = takeout_file(everything(), story.cast.anton, clock.now())
    assert WORDS not in ZipFile(io.BytesIO(whole)).read("alles.json").decode()


@database
def test_taking_away_is_noted_and_looking_at_the_page_is_not(story):
    johan = story.cast.johan
    client = Client()
    client.force_login(johan.account)
    page = client.get(reverse("my_takeout", args=[SLUG]))
    assert "Maak het bestand" in page.content.decode()
    with as_person(johan):
        assert not AuditRow.objects.filter(verb="takeout.make").exists()
    answer = client.post(reverse("my_takeout", args=[SLUG]))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert "johan" not in answer["Content-Disposition"].lower()
    with as_person(johan):
        row = AuditRow.objects.get(verb="takeout.make")
    assert (row.owner_id, row.actor_id, row.subject_id) == (johan.pk, johan.pk, None)


@database
def test_who_opened_something_is_told_by_day(story):
    _page, data, _file = taken(story.cast.johan)
    opened = rows(data, "privacy_auditrow", "owner_id")
    assert opened
    assert all(len(row["at"]) == 10 and "id" not in row for row in opened)
    assert all(row["actor_id"] != "Johan de Wit" for row in opened)


@database
def test_words_that_look_like_a_page_stay_words(story):
    with as_person(story.cast.johan):
        Person.objects.filter(pk=story.cast.johan.pk).update(language="nl")
    with as_person(story.cast.els):
        Person.objects.filter(pk=story.cast.johan.pk).update(name="<script>alert(1)</script>")
    page, _data, _file = taken(story.cast.johan)
    assert "<script" not in page


@database
def test_as_many_questions_for_much_as_for_little(story):
    coach = story.cast.marieke

    def asked() -> tuple[int, int]:
        with as_person(coach):
            with CaptureQueriesContext(connections["default"]) as main:
                with CaptureQueriesContext(connections["keys"]) as keys:
                    everything()
        return len(main), len(keys)

    asked()
    before = asked()
    for _ in range(3):
        more_of_everything(story)
    assert asked() == before


@database
def test_in_english_the_same_file_has_english_words(story):
    johan = story.cast.johan
    with as_person(johan):
        Person.objects.filter(pk=johan.pk).update(language="en")
    client = Client()
    client.force_login(johan.account)
    file = ZipFile(io.BytesIO(client.post(reverse("my_takeout", args=[SLUG])).content))
    page = file.read("everything.html").decode()
    assert "Everything of Johan de Wit" in page
    assert WORDS in page


@database
@pytest.mark.parametrize("text", ["[" * 12_000, "[" * 2000 + '"x"' + "]" * 2000, '{"a":' * 900 + '"x"' + "}" * 900])
def test_a_text_of_the_other_keeps_nobody_from_taking_everything_away(story, text):
    """A coach could write parts in parts without end in the notes of both."""
    marieke = story.cast.marieke
    with as_person(marieke):
        standing = story.standing(marieke)
        save_text(standing=standing, slug=SLUG, kind=Kind.NOTES, session=session_for(standing, 2), text=text)
    _page, data, _file = taken(story.cast.johan)
    assert text in [row["body"] for row in rows(data, "engagements_writing", "engagement__client")]


IN_MEMORY = [one for one in portions() if not one.lines and not one.file]


@pytest.mark.parametrize("portion", IN_MEMORY, ids=lambda one: f"{one.table}-{one.of}")
def test_every_portion_reads_a_row_with_every_choice_that_it_may_hold(portion):
    """Also those that have no row in the story, and codes that are no longer in a text of ours."""
    columns = portion.model._meta.concrete_fields
    for number in range(max([1, *(len(one.choices) for one in columns if one.choices)])):
        row = portion.model()
        for column in columns:
            setattr(row, column.attname, in_memory(column, number))
        if portion.related and portion.related[0].startswith("engagement"):
            row.engagement = Engagement(started_on=clock.today(), coach=Person(name="Marieke Bos"))
        if "request" in portion.related:
            row.request = Request(sent_at=clock.now())
        entry = entry_of(portion, row, {}, uuid.uuid4())
        assert json.dumps(entry.data)
        assert all(isinstance(words, str) and words for _label, words in entry.lines)


def in_memory(column: models.Field, number: int) -> object:
    """A value that a column may hold."""
    if column.choices:
        return column.choices[number % len(column.choices)][0]
    for kind, value in (
        (models.BinaryField, None),
        (ArrayField, []),
        (models.BooleanField, True),
        (models.DateTimeField, clock.now()),
        (models.DateField, clock.today()),
        (models.JSONField, {}),
        (models.UUIDField, uuid.uuid4()),
        (models.ForeignKey, None),
        (models.IntegerField, 1),
        (models.DecimalField, 1),
    ):
        if isinstance(column, kind):
            return value
    return "no-such-code"


def test_two_rows_have_two_files():
    """The name of a paper holds a piece of its id: two papers of one name do not end up in one file."""
    proof = next(one for one in portions() if one.table == "coaches_qualityproof")
    fact = QualityFact(kind="training", name="Cursus")
    names = {
        proof.file(QualityProof(id=uuid.uuid4(), fact=fact, content=b"", media_type="application/pdf")).name
        for _ in range(9)
    }
    assert len(names) == 9
