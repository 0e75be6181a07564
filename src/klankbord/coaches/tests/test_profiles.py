"""The profile of a coach: written by the coach, looked at by a coordinator, and then seen by everybody."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.part_pool import INTRODUCTION, WORDS, drawn, presented
from tests.story import SLUG, as_person

from klankbord.coaches.actions.profiles import (
    ProfileWords,
    check_profile,
    publish_profile,
    put_photo,
    remove_photo,
    say_about_profile,
    set_room,
    withdraw_profile,
    write_profile,
)
from klankbord.coaches.models import CoachPhoto, CoachProfile, ProfileWord
from klankbord.coaches.picture import photo_from
from klankbord.coaches.queries.profiles import Looking, coaches_found, coaches_with_room, words_about
from klankbord.coaches.tests.visiting import Visitor, file, text_of
from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Notification, Person
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import MatchRules, PolicyContent
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FORM = {
    "introduction": INTRODUCTION,
    "themes": ["leading"],
    "languages": ["nl"],
    "places": "Utrecht, Lelystad ,Utrecht",
    "capacity": "6",
}


def told(person: Person) -> list[str]:
    with as_person(person):
        return list(Notification.objects.filter(person=person).order_by("made_at").values_list("kind", flat=True))


def seen_by(person: Person) -> int:
    with as_person(person):
        return CoachProfile.objects.count()


# --- writing and being looked at ------------------------------------------------------------------------------------


def test_a_profile_is_seen_once_it_was_published_and_looked_at(cast: Cast):
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
    assert (seen_by(cast.fatima), seen_by(cast.johan), seen_by(cast.willem)) == (1, 0, 0)
    with as_person(cast.marieke):
        profile = publish_profile(slug=SLUG, coach=cast.marieke)
    assert (seen_by(cast.johan), told(cast.fatima)) == (0, ["profile_to_look_at"])
    with as_person(cast.fatima):
        assert check_profile(slug=SLUG, profile=profile, seen=profile.mark)
    assert (seen_by(cast.johan), seen_by(cast.noor), told(cast.marieke)) == (1, 0, ["profile_visible"])
    with as_person(cast.marieke):
        withdraw_profile(coach=cast.marieke)
    assert seen_by(cast.johan) == 0


def test_other_words_wait_for_a_new_look_and_a_comma_does_not(cast: Cast):
    presented(cast, cast.marieke)
    with as_person(cast.marieke):
        comma = replace(WORDS, introduction=INTRODUCTION.upper().replace(".", " !"))
        assert write_profile(slug=SLUG, coach=cast.marieke, words=comma).visible
    assert seen_by(cast.johan) == 1
    with as_person(cast.marieke):
        other = ProfileWords(introduction="Heel iets anders.")
        assert not write_profile(slug=SLUG, coach=cast.marieke, words=other).visible
    assert (seen_by(cast.johan), told(cast.fatima)) == (0, ["profile_to_look_at"] * 2)


def test_a_theme_that_comes_close_waits_for_a_look_and_room_or_a_place_does_not(cast: Cast):
    profile = presented(cast, cast.marieke)
    with as_person(cast.marieke):
        profile.places, profile.themes, profile.sensitive_themes = ["Zwolle"], [], []
        profile.save()
        set_room(coach=cast.marieke, capacity=2, paused=True)
    assert seen_by(cast.johan) == 1
    with as_person(cast.marieke):
        CoachProfile.objects.filter(person=cast.marieke).update(sensitive_themes=["loss"])
    assert seen_by(cast.johan) == 0


def test_what_changed_in_the_meantime_is_not_checked_unseen(cast: Cast):
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
        seen = publish_profile(slug=SLUG, coach=cast.marieke).mark
        profile = write_profile(slug=SLUG, coach=cast.marieke, words=ProfileWords(introduction="Iets anders."))
    with as_person(cast.fatima):
        assert not check_profile(slug=SLUG, profile=profile, seen=seen)
    assert seen_by(cast.johan) == 0


def test_a_word_of_a_coordinator_is_for_two_and_gone_with_its_key_once_all_is_well(
    cast: Cast, django_capture_on_commit_callbacks
):
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
        profile = publish_profile(slug=SLUG, coach=cast.marieke)
    once = uuid.uuid4()
    with as_person(cast.fatima):
        for _twice in range(2):
            word = say_about_profile(
                once=once, slug=SLUG, coach=cast.marieke, author=cast.fatima, text="Iets korter graag."
            )
    assert told(cast.marieke) == ["profile_word"]
    with as_person(cast.marieke):
        assert [said.text for said in words_about(cast.marieke)] == ["Iets korter graag."]
    for other in (cast.johan, cast.willem, cast.els, cast.noor):
        with as_person(other):
            assert not ProfileWord.objects.exists()
    with as_person(cast.fatima), django_capture_on_commit_callbacks(execute=True):
        check_profile(slug=SLUG, profile=profile, seen=profile.mark)
        assert not ProfileWord.objects.exists()
    with pytest.raises(vault.Unreadable):
        vault.read(word, "text")


# --- nobody speaks in another's name --------------------------------------------------------------------------------


def refused(actor: Person, **columns: object) -> None:
    with as_person(actor), pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        CoachProfile.objects.update(**columns)


def test_a_coordinator_cannot_write_a_word_of_a_coach_nor_publish_for_one(cast: Cast):
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
    now = clock.now()
    refused(cast.fatima, introduction="Marieke is de beste.")
    refused(cast.fatima, capacity=20)
    refused(cast.fatima, published_at=now)
    refused(cast.fatima, checked_at=now, checked_by=cast.els)
    refused(cast.fatima, person=cast.fatima)


def test_a_coach_cannot_tick_the_own_check_nor_that_of_another(cast: Cast):
    with as_person(cast.marieke):
        profile = write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
    refused(cast.marieke, checked_at=clock.now(), checked_by=cast.marieke)
    refused(cast.marieke, checked_at=clock.now())
    refused(cast.marieke, person=cast.johan)
    with as_person(cast.bram), pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        checked = CoachProfile(organisation=cast.organisation, person=cast.bram, checked_at=clock.now())
        checked.save(force_insert=True)
    presented(cast, cast.willem)
    with as_person(cast.bram):
        assert CoachProfile.objects.filter(person=cast.willem).update(introduction="Bram is beter.") == 0
        assert CoachProfile.objects.filter(person=cast.willem).delete()[0] == 0
    assert profile.person_id == cast.marieke.pk


def test_a_coordinator_who_coaches_does_not_look_at_the_own_profile(cast: Cast):
    with as_person(cast.els):
        give_role(person=cast.marieke, role=Membership.Role.COORDINATOR)
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
        profile = publish_profile(slug=SLUG, coach=cast.marieke)
        with pytest.raises(PermissionDenied):
            check_profile(slug=SLUG, profile=profile, seen=profile.mark)
        with pytest.raises(PermissionDenied):
            say_about_profile(once=uuid.uuid4(), slug=SLUG, coach=cast.marieke, author=cast.marieke, text="Mooi.")
    refused(cast.marieke, checked_at=clock.now(), checked_by=cast.marieke)
    assert (told(cast.marieke), told(cast.fatima)) == ([], ["profile_to_look_at"])
    assert Visitor(cast.marieke).send("pool_check", {"seen": "x"}, coach=cast.marieke.pk).status_code == 403


@pytest.mark.parametrize("name", ["johan", "willem", "els", "noor"])
def test_a_photo_is_seen_by_who_sees_the_profile_and_changed_by_nobody_else(cast: Cast, name: str):
    other = cast.named(name)
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
        put_photo(coach=cast.marieke, picture=photo_from(drawn()))
    with as_person(other):
        assert not CoachPhoto.objects.exists()
    presented(cast, cast.marieke)
    with as_person(other):
        assert CoachPhoto.objects.count() == (0 if name == "noor" else 1)
        assert CoachPhoto.objects.update(content=b"een ander gezicht") == 0
        assert CoachPhoto.objects.all().delete()[0] == 0
    with as_person(cast.marieke):
        withdraw_profile(coach=cast.marieke)
    with as_person(other):
        assert not CoachPhoto.objects.exists()


def test_every_step_leaves_its_row(cast: Cast):
    presented(cast, cast.marieke)
    with as_person(cast.marieke):
        put_photo(coach=cast.marieke, picture=photo_from(drawn()))
        remove_photo(coach=cast.marieke)
        assert not CoachPhoto.objects.exists()
        set_room(coach=cast.marieke, capacity=3, paused=False)
        withdraw_profile(coach=cast.marieke)
        verbs = set(AuditRow.objects.filter(owner_id=cast.marieke.pk).values_list("verb", flat=True))
    assert verbs >= {
        "profile.write", "profile.publish", "profile.check", "photo.put", "photo.remove", "profile.room",
        "profile.withdraw",
    }  # fmt: skip


# --- the screens ----------------------------------------------------------------------------------------------------


def test_a_coach_writes_on_the_screen_and_what_is_wrong_comes_back_with_the_words(cast: Cast):
    marieke = Visitor(cast.marieke)
    wrong = marieke.send("my_profile_write", {**FORM, "places": ""})
    assert wrong.status_code == 422
    assert INTRODUCTION in text_of(wrong)
    assert "Name a place, or tick that online is fine." in text_of(wrong)
    assert marieke.send("my_profile_write", FORM).status_code == 302
    with as_person(cast.marieke):
        profile = CoachProfile.objects.get()
    assert (profile.places, profile.themes, profile.online) == (["Utrecht", "Lelystad"], ["leading"], False)
    marieke.send("my_profile_publish", {"publish": "yes"})
    assert "A coordinator has a look." in text_of(marieke.open("my_profile"))


def test_an_empty_profile_is_not_published(cast: Cast):
    answer = Visitor(cast.marieke).send("my_profile_publish", {"publish": "yes"})
    assert answer.url.endswith("/mijn-profiel/schrijven/")
    assert told(cast.fatima) == []


def test_a_photo_is_taken_in_small_shown_safely_and_taken_away(cast: Cast):
    presented(cast, cast.marieke)
    marieke, johan = Visitor(cast.marieke), Visitor(cast.johan)
    assert johan.open("coach_photo", coach=cast.marieke.pk).status_code == 404
    refused_file = marieke.send("my_profile_photo", {"photo": file(b"<script>alert(1)</script>", "foto.svg")})
    assert refused_file.status_code == 422
    assert "This is no picture that can be read." in text_of(refused_file)
    assert marieke.send("my_profile_photo", {"photo": file(drawn())}).status_code == 302
    shown = johan.open("coach_photo", coach=cast.marieke.pk)
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/webp", "nosniff")
    assert (shown["Cache-Control"], "sandbox" in shown["Content-Security-Policy"]) == ("no-store", True)
    assert 'alt="Marieke Bos"' in text_of(johan.open("coach_profile", coach=cast.marieke.pk))
    marieke.send("my_profile_photo_away")
    assert johan.open("coach_photo", coach=cast.marieke.pk).status_code == 404


def test_a_pause_ends_by_itself_and_not_in_the_past(cast: Cast):
    presented(cast, cast.marieke)
    marieke = Visitor(cast.marieke)
    today = clock.today()
    yesterday = (today - timedelta(days=1)).isoformat()
    wrong = marieke.send("my_profile_room", {"capacity": "3", "paused": "on", "paused_until": yesterday})
    assert wrong.status_code == 422
    marieke.send("my_profile_room", {"capacity": "3", "paused": "on", "paused_until": today.isoformat()})
    with as_person(cast.johan):
        assert cast.marieke.pk not in coaches_with_room(today)
        assert cast.marieke.pk in coaches_with_room(today + timedelta(days=1))


def test_a_profile_that_is_not_there_yet_is_not_there(cast: Cast):
    with as_person(cast.marieke):
        write_profile(slug=SLUG, coach=cast.marieke, words=WORDS)
    for name in ("johan", "fatima", "marieke"):
        assert Visitor(cast.named(name)).open("coach_profile", coach=cast.marieke.pk).status_code == 404


# --- finding --------------------------------------------------------------------------------------------------------


def found(viewer: Person, **looking: object) -> set[str]:
    with as_person(viewer):
        ids = coaches_found(viewer, Looking(**looking)).person_ids  # type: ignore[arg-type]
        return {Person.objects.get(pk=one).first_name for one in ids}


def test_coaches_are_found_by_everything_a_profile_says(cast: Cast):
    presented(cast, cast.marieke)
    abroad = ProfileWords(
        introduction="Van buiten.", languages=("en",), ways=("talking",), places=("Delft",), online=False
    )
    presented(cast, cast.saskia, abroad)
    assert found(cast.johan) == {"Marieke", "Saskia"}
    assert found(cast.johan, theme="leading") == {"Marieke"}
    assert found(cast.johan, theme="strain") == {"Marieke"}
    assert found(cast.johan, way="talking") == {"Saskia"}
    assert found(cast.johan, language="en") == {"Marieke", "Saskia"}
    assert found(cast.johan, place="online") == {"Marieke"}
    assert found(cast.johan, place="Delft") == {"Saskia"}
    assert found(cast.johan, employer="external") == {"Saskia"}
    assert found(cast.johan, employer="internal") == {"Marieke"}
    assert found(cast.johan, text="sask") == {"Saskia"}
    assert found(cast.johan, theme="leading", place="Delft") == set()
    with as_person(cast.marieke):
        set_room(coach=cast.marieke, capacity=0, paused=False)
    assert found(cast.johan, room=True) == {"Saskia"}
    assert found(cast.noor) == set()


def test_the_order_is_the_same_all_day_and_another_for_somebody_else(cast: Cast):
    coaches = [cast.marieke, cast.willem, cast.bram, cast.saskia]
    for coach in coaches:
        presented(cast, coach)
    orders = set()
    for person in (cast.johan, cast.anton, cast.els, cast.ruben, cast.fatima, cast.marieke, cast.willem):
        with as_person(person):
            first, again = (coaches_found(person, Looking()).person_ids for _twice in range(2))
            by_name = coaches_found(person, Looking(by_name=True)).person_ids
        assert first == again
        assert by_name == [coach.pk for coach in sorted(coaches, key=lambda coach: coach.sort_key)]
        orders.add(tuple(first))
    assert len(orders) > 1


def test_who_is_no_coach_any_more_is_found_no_more(cast: Cast):
    presented(cast, cast.marieke)
    with as_person(cast.els):
        Membership.objects.filter(person=cast.marieke).delete()
    assert found(cast.johan) == set()
    assert Visitor(cast.johan).open("coach_profile", coach=cast.marieke.pk).status_code == 404


def test_an_address_that_somebody_changed_by_hand_is_no_error(cast: Cast):
    presented(cast, cast.marieke)
    johan = Visitor(cast.johan)
    assert "Marieke Bos" in text_of(johan.open("coaches", {"theme": "leading", "order": "name", "page": "99"}))
    page = text_of(johan.open("coaches", {"theme": "nonsense", "employer": "nobody", "order": "'"}))
    assert re.search("Nobody fits all of this", page)


def test_where_the_policy_allows_wishes_about_a_person_a_coach_may_say_so_and_otherwise_nobody_asks(cast):
    marieke = Client()
    marieke.force_login(cast.marieke.account)
    where = reverse("my_profile_write", kwargs={"organisation": "waterland"})
    assert 'name="gender"' not in marieke.get(where).content.decode()
    with acting_in(cast.organisation.pk, cast.fatima.pk):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state=PolicyVersion.State.PUBLISHED,
            body=PolicyContent(match=MatchRules(wishes_about_person=True)).as_json(),
            author=cast.fatima,
        ).save(force_insert=True)
    assert 'name="gender"' in marieke.get(where).content.decode()
    fields = {"introduction": "Ik luister.", "languages": ["nl"], "online": "on", "gender": "woman"}
    assert marieke.post(where, fields).status_code == 302
    with acting_in(cast.organisation.pk, cast.marieke.pk):
        assert CoachProfile.objects.get(person=cast.marieke).gender == "woman"
