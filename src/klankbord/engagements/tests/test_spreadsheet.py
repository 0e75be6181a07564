"""Coming from a spreadsheet: looked at, laid before whoever it is about, and only theirs to say yes to."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.part_sheet import coached
from tests.story import SLUG, as_person

from klankbord.coaches.api import CoachProfile, EarlierHours
from klankbord.core import clock
from klankbord.engagements.actions.spreadsheet import (
    NotAsSeen,
    confirm_engagement,
    drop_letter,
    offer_rows,
    take_back,
    take_letter,
)
from klankbord.engagements.jobs import sheets_over
from klankbord.engagements.models import Course, Engagement, Participant, Proposal, Request, SheetLetter, SheetNote
from klankbord.engagements.queries.spreadsheet import letters_for, plan_for
from klankbord.engagements.rules.spreadsheet import Kind, SheetRow
from klankbord.people.actions import take_role
from klankbord.people.models import Membership, Notification
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def offer(cast, *rows):
    with as_person(cast.fatima):
        return offer_rows(slug=SLUG, author=cast.fatima, rows=rows, seen=plan_for(cast.fatima, rows).mark)


def letter_of(person):
    with as_person(person):
        (letter,) = letters_for(person)
    return letter


def offered(cast, **more):
    offer(cast, coached("johan@waterland.example", "marieke@waterland.example", **more))
    return letter_of(cast.johan)


def browser(person):
    client = Client()
    client.force_login(person.account)
    return client


def where(route, **keys):
    return reverse(route, kwargs={"organisation": SLUG, **keys})


def test_a_file_is_looked_at_row_by_row_and_laid_down_whole(cast):
    fatima = browser(cast.fatima)
    wrong = "medewerker;coach;sinds\npiet@waterland.example;marieke@waterland.example;maart 2025\n"
    right = "medewerker;coach;sinds\njohan@waterland.example;willem@waterland.example;maart 2025\n"

    def look_at(text):
        answer = fatima.post(where("take_over"), {"file": SimpleUploadedFile("lijst.csv", text.encode())})
        assert answer.status_code == 302
        return fatima.get(where("take_over_look"))

    page = look_at(wrong).content.decode()
    assert "Rij 2, medewerker: “piet@waterland.example” staat niet in de organisatie." in page
    assert fatima.post(where("take_over_look"), {"mark": ""}).status_code == 409
    answer = look_at(right)
    page = answer.content.decode()
    assert "met Willem" in page
    assert answer.context["parts"][0][1][0]["clause"], "the rule that is touched is named"
    with as_person(cast.johan):
        assert not letters_for(cast.johan)
    assert fatima.post(where("take_over_look"), {"mark": answer.context["mark"]}).status_code == 302
    assert letter_of(cast.johan).coach_id == cast.willem.pk
    page = browser(cast.johan).get(where("sheet_letters")).content.decode()
    assert "Praat je met Willem?" in page
    assert fatima.get(where("take_over_look")).status_code == 302, "the file is gone"
    assert "Johan" in fatima.get(where("take_over")).content.decode()


def test_what_was_not_looked_at_is_not_laid_down(cast):
    rows = [coached("johan@waterland.example", "marieke@waterland.example")]
    with as_person(cast.fatima), pytest.raises(NotAsSeen):
        offer_rows(slug=SLUG, author=cast.fatima, rows=rows, seen="another")
    with as_person(cast.johan):
        assert not letters_for(cast.johan)


def test_sent_twice_it_lies_there_once_and_after_a_yes_not_again(cast):
    letter = offered(cast)
    assert offer(cast, coached("johan@waterland.example", "marieke@waterland.example")).unchanged == 1
    assert letter_of(cast.johan).pk == letter.pk
    with as_person(cast.johan):
        confirm_engagement(slug=SLUG, letter=letter)
    again = offer(cast, coached("johan@waterland.example", "marieke@waterland.example", since="1-1-2025"))
    assert (again.offers, again.unchanged) == ((), 1)


def test_nothing_begins_and_the_coach_knows_nothing_before_the_yes(cast):
    offered(cast)
    for person in (cast.marieke, cast.anton, cast.els, cast.fatima, cast.noor):
        with as_person(person):
            assert not SheetLetter.objects.exists()
            assert not Engagement.objects.exists()
            assert not Request.objects.exists()
            assert not Notification.objects.filter(person=person).exists()
    for person in (cast.marieke, cast.anton, cast.els, cast.johan, cast.noor):
        with as_person(person):
            assert not SheetNote.objects.exists()
    assert browser(cast.marieke).get(where("sheet_letters")).context["letters"] == []


def test_after_the_yes_the_two_work_together_and_the_coach_is_told(cast, django_capture_on_commit_callbacks):
    letter = offered(cast, since="1-3-2025", end="1-9-2027")
    scope = letter.vault_scope
    with as_person(cast.johan), django_capture_on_commit_callbacks(execute=True):
        engagement = confirm_engagement(slug=SLUG, letter=letter)
        assert not letters_for(cast.johan)
    assert not vault.destroy(scope), "the key went with the letter"
    with as_person(cast.marieke):
        found = Engagement.objects.get()
        assert (found.pk, found.client_id, found.closed_on) == (engagement.pk, cast.johan.pk, None)
        assert (str(found.started_on), str(found.planned_end)) == ("2025-03-01", "2027-09-01")
        assert Course.objects.get().phase == "agreement"
        assert Participant.objects.get().role == "coach"
        assert Proposal.objects.get().state == "chosen"
        assert Notification.objects.get(person=cast.marieke).kind == "sheet_confirmed"
    for person in (cast.johan, cast.marieke):
        line = browser(person).get(where("engagement", engagement=engagement.pk)).content.decode()
        assert "Jullie begonnen samen" in line
        assert "vroeg om een coach" not in line
    assert browser(cast.johan).get(where("request", request_id=engagement.request_id)).status_code == 200


def test_whoever_is_no_coach_any_more_is_not_begun_with(cast):
    letter = offered(cast)
    with as_person(cast.els):
        take_role(person=cast.marieke, role=Membership.Role.COACH)
    assert browser(cast.johan).post(where("sheet_letter_yes", sheet_letter=letter.pk)).status_code == 409
    with as_person(cast.johan), pytest.raises(NotNow):
        confirm_engagement(slug=SLUG, letter=letter)


def test_a_no_looks_to_the_coordinator_like_waiting(cast, django_capture_on_commit_callbacks):
    letter = offered(cast)
    before = browser(cast.fatima).get(where("take_over")).context["notes"]
    with as_person(cast.johan), django_capture_on_commit_callbacks(execute=True):
        drop_letter(letter=letter)
    assert not vault.destroy(letter.vault_scope)
    fatima = browser(cast.fatima)
    assert fatima.get(where("take_over")).context["notes"] == before
    assert offer(cast, coached("johan@waterland.example", "marieke@waterland.example")).unchanged == 1
    with as_person(cast.fatima):
        assert not Notification.objects.filter(person=cast.fatima).exists()
        note = SheetNote.objects.get()
        take_back(note=note)
        assert not SheetNote.objects.exists()


def test_whoever_laid_it_down_takes_it_back_and_cannot_try_whether_it_lies_there(cast):
    letter = offered(cast)
    with as_person(cast.fatima):
        assert SheetNote.objects.all()._raw_delete("default") == 0
        again = SheetLetter(
            id=letter.pk, organisation_id=letter.organisation_id, author=cast.fatima, person=cast.johan, kind="hours"
        )
        vault.seal(again, "content", "{}")
        with pytest.raises(DatabaseError, match="laid before somebody already"), transaction.atomic():
            again.save(force_insert=True)
        take_back(note=SheetNote.objects.get())
    with as_person(cast.johan):
        assert not letters_for(cast.johan)


def test_nobody_but_a_coordinator_lays_anything_down_and_nobody_says_yes_for_another(cast):
    rows = [coached("johan@waterland.example", "marieke@waterland.example")]
    for person in (cast.anton, cast.els, cast.marieke):
        with as_person(person), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            offer_rows(slug=SLUG, author=person, rows=rows, seen=plan_for(person, rows).mark)
    letter = offered(cast)
    for person in (cast.fatima, cast.marieke, cast.els):
        with as_person(person), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select engagements_propose_from_sheet(%s, %s)", [letter.pk, uuid.uuid4()])
        with as_person(person), connection.cursor() as cursor:
            assert not SheetLetter.objects.all()._raw_delete("default")
            if person is not cast.fatima:
                cursor.execute("select engagements_take_back_sheet(%s)", [letter.pk])
    assert letter_of(cast.johan).pk == letter.pk


def test_a_coach_takes_facts_into_the_own_profile_and_nobody_sees_it_yet(cast):
    said = {"coach": "marieke@waterland.example", "themes": "Samenwerken; Leidinggeven", "talen": "", "capacity": "3"}
    offer(cast, SheetRow(Kind.COACHES, "", 2, said | {"places": "Utrecht", "online": "nee"}))
    with as_person(cast.marieke):
        assert not CoachProfile.objects.filter(person=cast.marieke, capacity=3).exists()
        take_letter(slug=SLUG, letter=letters_for(cast.marieke)[0])
        profile = CoachProfile.objects.get(person=cast.marieke)
        assert (profile.themes, profile.places) == (["working_together", "leading"], ["Utrecht"])
        assert (profile.capacity, profile.online, profile.published_at) == (3, False, None)
        assert not letters_for(cast.marieke)


def test_hours_are_the_coach_s_own_and_taken_over_once(cast):
    said = {"coach": "marieke@waterland.example", "from_year": "2021", "hours": "1.200", "source": "Rijndam"}
    offer(cast, SheetRow(Kind.HOURS, "", 2, said))
    letter = letter_of(cast.marieke)
    with as_person(cast.marieke):
        take_letter(slug=SLUG, letter=letter)
        assert EarlierHours.objects.get().hours == 1200
    with as_person(cast.fatima):
        assert not EarlierHours.objects.exists()
        take_back(note=SheetNote.objects.get())
    offer(cast, SheetRow(Kind.HOURS, "", 2, said))
    with as_person(cast.marieke):
        take_letter(slug=SLUG, letter=letters_for(cast.marieke)[0])
        assert EarlierHours.objects.count() == 1


def test_what_nobody_answers_goes_after_sixty_days(cast):
    with clock.stopped_at(clock.now() - timedelta(days=61)):
        letter = offered(cast)
    assert sheets_over(0) == 1
    for person in (cast.johan, cast.fatima):
        with as_person(person):
            assert not SheetLetter.objects.exists()
            assert not SheetNote.objects.exists()
    assert not vault.destroy(letter.vault_scope)
