"""Does coaching fit here? The client hears it first, and nobody else unless the client passes it on."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from tests.part_guidance import PASSED_ON, THOUGHT
from tests.story import SLUG, as_person, requested

from klankbord.core import clock
from klankbord.engagements.actions.course import other_coach, stop
from klankbord.engagements.actions.fit import destroy_letter, pass_on, reply, share, take_back
from klankbord.engagements.actions.requests import step_aside, withdraw_request
from klankbord.engagements.jobs import fit_counts
from klankbord.engagements.models import FitCount, FitLetter, FitReply, FitSignal, FitThought, Request
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.fit import letter_for, readers_of, shared_by
from klankbord.engagements.queries.leaving import own_words
from klankbord.engagements.rules.suitability import Pattern, may_be_told
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.actions import add_person, give_role
from klankbord.people.models import Membership, Notification, Person, Unit
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REPLY = "Daar zat ik zelf ook al aan te denken."


@pytest.fixture
def story(told):
    return told


def letter_of(story) -> FitLetter:
    return FitLetter.objects.select_related("coach").get(pk=story.parts["letter"])


def signal_of(story) -> FitSignal:
    return FitSignal.objects.get(pk=story.parts["passed_on"])


# --- the coach and the client ---------------------------------------------------------------------------------------


def test_the_coach_shares_a_thought_and_only_the_client_is_told_without_a_word_of_it(story):
    with as_person(story.cast.johan):
        told = Notification.objects.filter(person=story.cast.johan, link__contains=str(story.parts["letter"])).get()
        assert (told.kind, told.parameters) == ("text_sent", {"name": "Marieke"})
    page = Visitor(story.cast.johan).client.get(told.link).content.decode()
    assert THOUGHT in page
    assert "Coaching as a plaster" in page


def test_today_brings_it_up_until_it_was_opened_and_says_nothing_of_it(story):
    johan = Visitor(story.cast.johan)
    page = text_of(johan.open("today"))
    assert "Marieke wrote you something" in page
    assert "plaster" not in page
    assert "fit here" not in page
    johan.open("fit_letter", letter=story.parts["letter"])
    assert "Marieke wrote you something" not in text_of(johan.open("today"))


def test_the_same_form_twice_shares_one_thought(story):
    marieke = Visitor(story.cast.marieke, story.engagement.pk)
    once = str(uuid.uuid4())
    for _ in range(2):
        assert marieke.send("fit", {"once": once, "text": "Wie wilde dit eigenlijk?", "pattern": ""}).status_code == 302
    with as_person(story.cast.johan):
        assert FitLetter.objects.filter(pk=once).count() == 1


def test_without_words_the_form_comes_back_with_what_was_chosen(story):
    marieke = Visitor(story.cast.marieke, story.engagement.pk)
    answer = marieke.send("fit", {"once": str(uuid.uuid4()), "text": " ", "pattern": "status"})
    assert answer.status_code == 422
    assert answer.context["form"]["pattern"].value() == "status"


def test_the_client_answers_and_the_coach_reads_that(story):
    johan, marieke = Visitor(story.cast.johan), Visitor(story.cast.marieke, story.engagement.pk)
    johan.send("fit_reply", {"text": REPLY}, letter=story.parts["letter"])
    assert REPLY in text_of(marieke.open("fit"))
    johan.send("fit_reply", {"text": "Of toch niet."}, letter=story.parts["letter"])
    page = text_of(marieke.open("fit"))
    assert "Of toch niet." in page
    assert REPLY not in page


def test_destroying_ends_the_clients_copy_and_its_key_and_changes_nothing_for_the_coach(
    story, django_capture_on_commit_callbacks
):
    marieke = Visitor(story.cast.marieke, story.engagement.pk)
    seen_before = text_of(marieke.open("fit")).partition("<main")[2]
    with as_person(story.cast.johan):
        letter = letter_of(story)
    with django_capture_on_commit_callbacks(execute=True):
        Visitor(story.cast.johan).send("fit_destroy", letter=letter.pk)
    vault.forget_keys()
    with pytest.raises(vault.Unreadable):
        vault.read(letter, "text")
    assert Visitor(story.cast.johan).open("fit_letter", letter=letter.pk).status_code == 404
    seen_after = text_of(marieke.open("fit")).partition("<main")[2]
    assert THOUGHT in seen_after
    assert _without_tokens(seen_after) == _without_tokens(seen_before)


def _without_tokens(page: str) -> list[str]:
    """The lines of a page without those that are new every time."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and 'name="once"' not in line]


def test_passing_on_leaves_the_coachs_page_as_it_was(story):
    marieke = Visitor(story.cast.marieke, story.engagement.pk)
    with as_person(story.cast.johan):
        take_back(signal=signal_of(story))
    before = _without_tokens(text_of(marieke.open("fit")).partition("<main")[2])
    with as_person(story.cast.johan):
        request = Request.objects.select_related("client").get(pk=story.request.pk)
        pass_on(once=uuid.uuid4(), slug=SLUG, request=request, pattern=Pattern.FILE, text="")
    assert _without_tokens(text_of(marieke.open("fit")).partition("<main")[2]) == before


def test_once_the_coaching_is_over_nothing_is_shared_and_the_letter_stays_with_the_client(story):
    with as_person(story.cast.johan):
        stop(standing=story.standing(story.cast.johan), slug=SLUG)
    with as_person(story.cast.johan), pytest.raises(NotNow):
        standing = story.standing(story.cast.johan)
        reply(letter=letter_of(story), standing=standing, slug=SLUG, text=REPLY)
    assert THOUGHT in text_of(Visitor(story.cast.johan).open("fit_letter", letter=story.parts["letter"]))
    with as_person(story.cast.marieke), pytest.raises(NotNow):
        share(once=uuid.uuid4(), standing=story.standing(story.cast.marieke), slug=SLUG, text="Nog iets.", pattern=None)


def test_the_client_does_not_share_as_the_coach_nor_the_coach_answer_as_the_client(story):
    with as_person(story.cast.johan), pytest.raises(PermissionDenied):
        share(once=uuid.uuid4(), standing=story.standing(story.cast.johan), slug=SLUG, text="x", pattern=None)
    with as_person(story.cast.johan):
        letter = letter_of(story)
    with as_person(story.cast.marieke), pytest.raises(PermissionDenied):
        reply(letter=letter, standing=story.standing(story.cast.marieke), slug=SLUG, text="x")
    johan = Visitor(story.cast.johan, story.engagement.pk)
    assert johan.send("fit", {"once": str(uuid.uuid4()), "text": "x"}).status_code == 403


def test_the_client_walks_along_the_patterns_alone_and_nothing_of_it_is_kept(cast):
    _, _, request = requested(cast)
    page = text_of(Visitor(cast.johan).open("request_fit", request_id=request.pk))
    for words in ("Coaching for the file", "An impossible assignment", "Sent without a choice"):
        assert words in page
    with as_person(cast.johan):
        assert not AuditRow.objects.filter(verb__startswith="fit").exists()


def test_the_client_takes_the_thought_the_answer_and_the_own_words_along(story):
    with as_person(story.cast.johan):
        reply(letter=letter_of(story), standing=story.standing(story.cast.johan), slug=SLUG, text=REPLY)
        taken = [passage.text for chapter in own_words(story.cast.johan) for passage in chapter.passages]
    assert {THOUGHT, REPLY, PASSED_ON} <= set(taken)


# --- passing on -----------------------------------------------------------------------------------------------------


def test_nothing_goes_without_the_preview_that_shows_exactly_what_goes_and_who_reads_it(cast):
    _, _, request = requested(cast)
    johan = Visitor(cast.johan)
    words = {"once": str(uuid.uuid4()), "pattern": "impossible", "text": PASSED_ON}
    preview = text_of(johan.send("fit_pass_on", words, request_id=request.pk))
    assert PASSED_ON in preview
    assert "An impossible assignment" in preview
    assert "Fatima" in preview
    with as_person(cast.fatima):
        assert not FitSignal.objects.exists()
    johan.send("fit_pass_on", {**words, "send": "yes"}, request_id=request.pk)
    with as_person(cast.fatima):
        found = FitSignal.objects.get()
        assert (found.pattern, vault.read(found, "text")) == ("impossible", PASSED_ON)


def test_only_the_pattern_goes_when_the_client_adds_no_words_and_never_what_the_coach_wrote(story):
    johan = Visitor(story.cast.johan)
    place = johan.address("fit_pass_on", request_id=story.request.pk)
    page = johan.client.get(f"{place}?from={story.parts['letter']}")
    assert page.context["form"]["pattern"].value() == "plaster"
    assert THOUGHT not in page.content.decode()
    words = {"once": str(uuid.uuid4()), "pattern": "plaster", "text": "", "send": "yes"}
    johan.send("fit_pass_on", words, request_id=story.request.pk)
    seen = text_of(Visitor(story.cast.fatima).open("fit_signal", passed_on=words["once"]))
    assert "Coaching as a plaster" in seen
    assert THOUGHT not in seen


def test_what_was_taken_back_is_found_by_nobody(story):
    fatima = Visitor(story.cast.fatima)
    assert PASSED_ON in text_of(fatima.open("fit_signal", passed_on=story.parts["passed_on"]))
    Visitor(story.cast.johan).send("fit_take_back", passed_on=story.parts["passed_on"])
    assert fatima.open("fit_signal", passed_on=story.parts["passed_on"]).status_code == 404
    assert "Johan" not in text_of(fatima.open("fit_signals"))


def test_reading_what_was_passed_on_stands_in_the_clients_trail(story):
    Visitor(story.cast.fatima).open("fit_signal", passed_on=story.parts["passed_on"])
    with as_person(story.cast.johan):
        assert AuditRow.objects.filter(verb="fit_signal.open", actor_id=story.cast.fatima.pk).count() == 1


def test_a_request_that_is_withdrawn_takes_what_was_passed_on_with_it(cast):
    _, _, request = requested(cast)
    with as_person(cast.johan):
        pass_on(once=uuid.uuid4(), slug=SLUG, request=request, pattern=Pattern.FILE, text=PASSED_ON)
        withdraw_request(request=Request.objects.get(pk=request.pk))
        assert not FitSignal.objects.exists()
        with pytest.raises(NotNow):
            pass_on(once=uuid.uuid4(), slug=SLUG, request=request, pattern=Pattern.FILE, text="")


def test_where_no_coordinator_may_read_it_nothing_goes_and_that_is_said(cast):
    _, _, request = requested(cast)
    with as_person(cast.els):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.fatima)
    johan = Visitor(cast.johan)
    words = {"once": str(uuid.uuid4()), "pattern": "file", "send": "yes"}
    page = johan.client.post(johan.address("fit_pass_on", request_id=request.pk), words, follow=True)
    assert "There is no coordinator who can read this now." in page.content.decode()
    with as_person(cast.johan):
        assert not FitSignal.objects.exists()


# --- who tries to get in --------------------------------------------------------------------------------------------


def test_the_database_shows_each_table_to_its_own_audience_alone(story):
    with as_person(story.cast.johan):
        reply(letter=letter_of(story), standing=story.standing(story.cast.johan), slug=SLUG, text=REPLY)
    tables = (FitThought, FitLetter, FitReply, FitSignal, FitCount)
    seen = {}
    for name in ("johan", "marieke", "anton", "fatima", "els", "ruben", "noor", "willem", "saskia"):
        with as_person(story.cast.named(name)):
            seen[name] = [model.__name__ for model in tables if model.objects.exists()]
    assert seen == {
        "johan": ["FitLetter", "FitReply", "FitSignal"],
        "marieke": ["FitThought", "FitReply"],
        "fatima": ["FitSignal"],
        **{name: [] for name in ("anton", "els", "ruben", "noor", "willem", "saskia")},
    }


def test_a_coach_or_manager_who_is_a_coordinator_as_well_still_reads_nothing_of_it(story):
    with as_person(story.cast.els):
        for person in (story.cast.marieke, story.cast.anton, story.cast.willem):
            give_role(person=person, role=Membership.Role.COORDINATOR)
    for person in (story.cast.marieke, story.cast.anton):
        with as_person(person):
            assert not FitSignal.objects.exists()
        visitor = Visitor(person)
        assert "Johan" not in text_of(visitor.open("fit_signals")).partition("Over whole years")[0]
        assert visitor.open("fit_signal", passed_on=story.parts["passed_on"]).status_code == 404
    with as_person(story.cast.willem):
        assert FitSignal.objects.exists()
    with as_person(story.cast.johan):
        request = Request.objects.select_related("client").get(pk=story.request.pk)
        assert {one.first_name for one in readers_of(request)} == {"Fatima", "Willem"}


def test_a_coordinator_who_steps_aside_loses_it(story):
    with as_person(story.cast.fatima):
        step_aside(request=Request.objects.get(pk=story.request.pk))
        assert not FitSignal.objects.exists()


def test_a_coach_who_left_and_a_next_coach_read_nothing_of_it(story):
    with as_person(story.cast.johan):
        other_coach(standing=story.standing(story.cast.johan), slug=SLUG)
    with as_person(story.cast.marieke):
        assert not FitThought.objects.exists()
    _, engagement = matched_with_saskia(story)
    with as_person(story.cast.saskia):
        assert shared_by(engagement_for(story.cast.saskia, engagement.pk)) == []
        assert not FitLetter.objects.exists()


def matched_with_saskia(story):
    from klankbord.engagements.actions.requests import choose_coach, propose_coach

    with as_person(story.cast.fatima):
        proposal = propose_coach(slug=SLUG, request=Request.objects.get(pk=story.request.pk), coach=story.cast.saskia)
    with as_person(story.cast.johan):
        return proposal, choose_coach(slug=SLUG, proposal=proposal)


def _refused(statement: str, *parameters: uuid.UUID) -> bool:
    """Whether the database refuses this, or it touches nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return bool(cursor.rowcount == 0)
    except Error:
        return True


def test_nobody_writes_in_anothers_name_or_reads_by_writing(story):
    cast, letter, signal = story.cast, story.parts["letter"], story.parts["passed_on"]
    change = "update engagements_fitletter set opened_at = now() where id = %s"
    with as_person(cast.marieke):
        assert _refused(change, letter)
        assert _refused("delete from engagements_fitletter where id = %s", letter)
        assert _refused("delete from engagements_fitsignal where id = %s", signal)
        assert _refused("update engagements_fitthought set shared_at = now()")
        assert _refused("delete from engagements_fitthought")
    with as_person(cast.fatima):
        assert _refused("delete from engagements_fitsignal where id = %s", signal)
        assert _refused("update engagements_fitsignal set pattern = 'file' where id = %s", signal)
        assert _refused(
            "insert into engagements_fitcount (id, organisation_id, year, pattern, count) "
            "values (gen_random_uuid(), %s, 2020, 'file', 9)",
            cast.organisation.pk,
        )
    with as_person(cast.johan):
        assert _refused("update engagements_fitletter set text = 'x' where id = %s", letter)
        assert not _refused(change, letter)


def test_a_coach_lays_a_thought_before_nobody_but_the_own_client(story):
    cast = story.cast
    with as_person(cast.marieke):
        for client, coach in ((cast.willem, cast.marieke), (cast.johan, cast.bram)):
            row = FitLetter(organisation=cast.organisation, engagement=story.engagement, client=client, coach=coach)
            vault.seal(row, "text", "x")
            vault.seal(row, "pattern", "")
            with pytest.raises(Error), transaction.atomic():
                row.save(force_insert=True)


def test_laying_the_same_thought_there_again_tells_the_coach_nothing(story):
    answers = []
    for destroy in (False, True):
        if destroy:
            with as_person(story.cast.johan):
                destroy_letter(letter=letter_of(story))
        with as_person(story.cast.marieke):
            row = FitLetter(
                id=story.parts["letter"],
                organisation=story.cast.organisation,
                engagement=story.engagement,
                client=story.cast.johan,
                coach=story.cast.marieke,
                text=b"x",
                pattern=b"x",
            )
            with pytest.raises(Error) as refused, transaction.atomic():
                row.save(force_insert=True)
            answers.append(str(refused.value).splitlines()[0])
    assert answers[0] == answers[1]


def test_what_the_client_does_stands_in_no_trail_of_the_coach_or_the_coordinator(story):
    with as_person(story.cast.johan):
        reply(letter=letter_of(story), standing=story.standing(story.cast.johan), slug=SLUG, text=REPLY)
        destroy_letter(letter=letter_of(story))
    hidden = ("fit.destroy", "fit.open_letter", "fit.pass_on", "fit.take_back")
    for name in ("marieke", "fatima", "anton", "els"):
        with as_person(story.cast.named(name)):
            assert not AuditRow.objects.filter(verb__in=hidden).exists()


def test_a_letter_is_found_by_its_client_alone_and_words_lie_sealed(story):
    from django.http import Http404

    for name in ("marieke", "anton", "fatima", "els", "ruben"):
        with as_person(story.cast.named(name)), pytest.raises(Http404):
            letter_for(story.cast.named(name), story.parts["letter"])
    with as_person(story.cast.johan), connection.cursor() as cursor:
        cursor.execute("select text, pattern from engagements_fitletter")
        for row in cursor.fetchall():
            assert THOUGHT.encode() not in bytes(row[0])
            assert b"plaster" not in bytes(row[1])


# --- counts ---------------------------------------------------------------------------------------------------------


def _colleagues(cast, count: int) -> list[Person]:
    with as_person(cast.els):
        unit = Unit.objects.get(name="Kades")
        return [
            add_person(
                name=f"Collega Nummer{number}",
                email=f"c{number}@waterland.example",
                staff_number=f"C{number}",
                unit=unit,
                manager=cast.anton,
            )
            for number in range(count)
        ]


def _passed_on_last_year(person: Person, pattern: Pattern, times: int = 1) -> Request:
    last_year = clock.now().replace(year=clock.today().year - 1, month=6, day=1)
    with as_person(person):
        request = Request(organisation_id=person.organisation_id, client=person)
        request.save(force_insert=True)
        for _ in range(times):
            FitSignal(
                organisation_id=person.organisation_id,
                request=request,
                client=person,
                pattern=pattern,
                passed_at=last_year,
            ).save(force_insert=True)
    return request


def _counts(cast) -> dict[str, int | None]:
    with as_person(cast.fatima):
        return dict(FitCount.objects.values_list("pattern", "count"))


def test_people_are_counted_once_a_year_and_fewer_than_five_look_like_none(cast):
    people = _colleagues(cast, 9)
    for person in people[:5]:
        _passed_on_last_year(person, Pattern.PLASTER, times=2)
    for person in people[5:]:
        _passed_on_last_year(person, Pattern.FILE, times=3)
    assert fit_counts(0) == 2
    assert _counts(cast) == {"plaster": 5, "file": None, "status": None, "impossible": None, "no_choice": None}
    page = text_of(Visitor(cast.fatima).open("fit_signals"))
    assert page.count("fewer than five") == 4
    assert "5 people" in page


def test_a_year_that_was_counted_never_changes(cast):
    people = _colleagues(cast, 6)
    for person in people[:5]:
        _passed_on_last_year(person, Pattern.PLASTER)
    fit_counts(0)
    _passed_on_last_year(people[5], Pattern.PLASTER)
    assert fit_counts(0) == 0
    assert _counts(cast)["plaster"] == 5


def test_what_one_coordinator_may_not_read_counts_for_none_so_that_the_difference_tells_nothing(cast):
    people = _colleagues(cast, 6)
    requests = [_passed_on_last_year(person, Pattern.PLASTER) for person in people]
    with as_person(cast.els):
        Person.objects.filter(pk=people[0].pk).update(manager=cast.fatima)
        give_role(person=cast.willem, role=Membership.Role.COORDINATOR)
    with as_person(cast.willem):
        step_aside(request=requests[1])
    fit_counts(0)
    assert _counts(cast)["plaster"] is None


def test_this_year_is_not_counted_yet_and_a_person_counts_nothing(story):
    with as_person(story.cast.fatima), connection.cursor() as cursor:
        cursor.execute("select engagements_publish_fit(array['plaster'])")
        assert cursor.fetchone()[0] == 0
        cursor.execute("select * from engagements_fit_uncounted()")
        assert cursor.fetchall() == []
        cursor.execute("select * from engagements_forget_thoughts(%s)", [story.engagement.pk])
        assert cursor.fetchall() == []
    fit_counts(0)
    assert set(_counts(story.cast).values()) == {None}


def test_a_count_is_told_from_five_on():
    assert [may_be_told(number) for number in (0, 1, 4, 5, 12)] == [None, None, None, 5, 12]
