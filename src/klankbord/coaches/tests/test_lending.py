"""Lending coaches: two organisations agree, a coach says yes, and how it ends."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.cast import Cast
from tests.lending import agreed_on, begun, coaching_as_guest, guest_of, later, lent, own_side, terms
from tests.story import as_person

from klankbord.coaches.lending.actions import (
    be_lent,
    be_lent_no_longer,
    end,
    invite,
    name_coach,
    say_yes,
    take_up,
    write,
)
from klankbord.coaches.lending.jobs import tell_other_side
from klankbord.coaches.lending.paper import paper_of
from klankbord.coaches.lending.queries import held_elsewhere, open_to, pool_of, terms_in_force, versions_of
from klankbord.coaches.lending.rules import earliest_end
from klankbord.coaches.lending.texts import parts_of, text_to_start_from
from klankbord.coaches.models import CoachProfile, LendingAgreement, LendingInvitation, LendingVersion, LentCoach, Side
from klankbord.core import clock
from klankbord.engagements.jobs import end_lending
from klankbord.engagements.models import Engagement, Session
from klankbord.people.api import Membership, holders_of, import_staff
from klankbord.people.models import Notification, Person
from klankbord.people.queries import places_of, staff_as_it_stands
from klankbord.policy.rules.finding import NotNow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _function(statement: str, *values: UUID) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def _places(person: Person) -> dict[str, bool]:
    assert person.account
    return {place.slug: place.guest for place in places_of(person.account)}


# --- Beginning --------------------------------------------------------------------------------------------------------


def test_a_code_opens_once_for_another_organisation_and_only_for_two_weeks(cast: Cast) -> None:
    with as_person(cast.tom):
        code, late = (invite(coordinator=cast.tom, side=Side.LENDS) for _ in range(2))
        assert len(code) >= 22
        with pytest.raises(NotNow, match="opens nothing"):
            take_up(code=code)
    with as_person(cast.fatima):
        with pytest.raises(NotNow):
            take_up(code=code[:-1])
        take_up(code=f" {code} ")
        with pytest.raises(NotNow):
            take_up(code=code)
        assert own_side(cast.fatima).side == Side.BORROWS
        assert own_side(cast.fatima).other == "Bergland"
    with as_person(cast.tom):
        assert own_side(cast.tom).side == Side.LENDS
        assert own_side(cast.tom).other == "Waterland"
        LendingInvitation.objects.exclude(used_at=None).delete()
        row = LendingInvitation.objects.get()
        row.delete()
        row.expires_at = clock.now() - timedelta(minutes=1)
        row.save(force_insert=True)
    with as_person(cast.fatima), pytest.raises(NotNow):
        take_up(code=late)


def test_of_the_other_organisation_one_reads_its_name_and_no_row(cast: Cast) -> None:
    agreed_on(cast)
    for person, other in ((cast.fatima, cast.elsewhere), (cast.tom, cast.organisation)):
        with as_person(person):
            for model in (LendingAgreement, LendingVersion, LendingInvitation, LentCoach, Notification):
                assert not model.objects.filter(organisation_id=other.pk).exists()
                assert str(other.pk) not in str(list(model.objects.values()))


def test_only_a_coordinator_reads_a_draft_takes_up_writes_and_says_yes(cast: Cast) -> None:
    begun(cast)
    with as_person(cast.tom):
        agreement = own_side(cast.tom)
        write(agreement=agreement, terms=terms(), based_on=0)
        code = invite(coordinator=cast.tom, side=Side.LENDS)
    for person in (cast.hanna, cast.noor, cast.marieke, cast.els):
        with as_person(person):
            assert not LendingAgreement.objects.exists()
            assert not LendingVersion.objects.exists()
            with pytest.raises(NotNow):
                take_up(code=code)
            for attempt in (
                lambda: write(agreement=agreement, terms=terms(), based_on=1),
                lambda: say_yes(agreement=agreement, number=1),
                lambda: end(agreement=agreement, last_day=clock.today()),
                lambda: name_coach(agreement=agreement, coach=cast.hanna, named=True),
            ):
                with pytest.raises(NotNow):
                    attempt()
    with as_person(cast.fatima):
        # The id of the other side's row opens nothing either.
        with pytest.raises(NotNow):
            say_yes(agreement=agreement, number=1)


def test_nobody_writes_the_rows_past_the_functions(cast: Cast) -> None:
    lent(cast)
    with as_person(cast.hanna):
        link = LentCoach.objects.get().link
    with as_person(cast.fatima):
        assert LendingVersion.objects.update(text="Alles is van ons.") == 0
        assert LendingAgreement.objects.update(state="ended") == 0
        for row in (LendingVersion.objects.get(), own_side(cast.fatima)):
            row.pk = cast.fatima.pk
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
        # The steps that the functions share do nothing for whoever calls them by themselves.
        _function("select coaches_lending_tell(%s, 'request', '/', 'x')", cast.elsewhere.pk)
        _function("select coaches_lending_over(array[%s]::uuid[])", link)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            _function(
                "select coaches_lend_profile(%s, %s, %s, %s, 1)",
                cast.organisation.pk,
                cast.fatima.pk,
                cast.elsewhere.pk,
                cast.hanna.pk,
            )
    with as_person(cast.hanna):
        assert LentCoach.objects.get().until is None
    with as_person(cast.tom):
        assert not Notification.objects.filter(kind="request").exists()


def test_each_says_yes_for_the_own_side_to_the_last_version(cast: Cast) -> None:
    begun(cast)
    with as_person(cast.tom):
        write(agreement=own_side(cast.tom), terms=terms(), based_on=0)
        with pytest.raises(NotNow):
            say_yes(agreement=own_side(cast.tom), number=1)
    with as_person(cast.fatima):
        write(agreement=own_side(cast.fatima), terms=terms(text="Anders."), based_on=1)
        with pytest.raises(NotNow, match="later version"):
            write(agreement=own_side(cast.fatima), terms=terms(), based_on=1)
    with as_person(cast.tom):
        with pytest.raises(NotNow):
            say_yes(agreement=own_side(cast.tom), number=1)
        say_yes(agreement=own_side(cast.tom), number=2)
        assert own_side(cast.tom).state == "in_force"
        first, second = reversed(versions_of(own_side(cast.tom)))
        assert (first.agreed, second.agreed) == (False, True)
        assert (second.lender, second.borrower) == ("Tom Wolters", "Fatima el Amrani")
    with as_person(cast.fatima):
        in_force = terms_in_force(versions_of(own_side(cast.fatima)))
        assert in_force
        assert in_force.text == "Anders."


def test_what_one_side_does_the_other_is_told_and_mailed(cast: Cast) -> None:
    agreed_on(cast)
    with as_person(cast.tom):
        kinds = list(Notification.objects.filter(person=cast.tom).order_by("kind").values_list("kind", flat=True))
        assert kinds == ["lending_agreed", "lending_taken_up"]
        assert Notification.objects.get(kind="lending_agreed").parameters == {"name": "Waterland"}
        assert tell_other_side(0) == 0, "whoever acts as a person is told no ids"
    assert tell_other_side(0) == 3


# --- Being lent -------------------------------------------------------------------------------------------------------


def test_a_coach_decides_and_the_profile_goes_along_as_it_is(cast: Cast) -> None:
    with as_person(cast.hanna):
        CoachProfile(
            organisation=cast.elsewhere, person=cast.hanna, introduction="Ik luister.", themes=["project"], capacity=9
        ).save(force_insert=True)
    guest = lent(cast)
    assert guest.guest
    assert (guest.name, guest.employer, guest.staff_number) == ("Hanna Post", "Bergland", "")
    with as_person(cast.fatima):
        profile = CoachProfile.objects.get(person=guest)
        assert (profile.introduction, profile.themes, profile.capacity) == ("Ik luister.", ["project"], 2)
        assert guest in holders_of(Membership.Role.COACH)
        assert [one.coach for one in pool_of(own_side(cast.fatima))] == [guest]
    with as_person(cast.hanna):
        CoachProfile.objects.update(introduction="Ik luister, en vraag door.")
        be_lent(agreement=own_side(cast.hanna), coach=cast.hanna, at_most=1)
        assert [one.lent for one in open_to(cast.hanna)] == [True]
    with as_person(cast.fatima):
        assert CoachProfile.objects.get(person=guest).introduction == "Ik luister, en vraag door."
        assert Person.objects.filter(guest=True).count() == 1
    assert _places(cast.hanna) == {"bergland": False, "waterland": True}


def test_nobody_is_lent_without_an_agreement_a_role_a_name_or_room(cast: Cast) -> None:
    begun(cast)
    with as_person(cast.tom):
        agreement = own_side(cast.tom)
        write(agreement=agreement, terms=terms(named_only=True, places=1), based_on=0)
    with as_person(cast.hanna), pytest.raises(NotNow, match="not in force"):
        be_lent(agreement=agreement, coach=cast.hanna, at_most=1)
    with as_person(cast.fatima):
        say_yes(agreement=own_side(cast.fatima), number=1)
    with as_person(cast.noor), pytest.raises(NotNow, match="not in force"):
        be_lent(agreement=agreement, coach=cast.noor, at_most=1)
    with as_person(cast.hanna), pytest.raises(NotNow, match="names who"):
        be_lent(agreement=agreement, coach=cast.hanna, at_most=1)
    with as_person(cast.noor):
        Membership(organisation=cast.elsewhere, person=cast.noor, role=Membership.Role.COACH).save(force_insert=True)
    with as_person(cast.tom):
        for coach in (cast.hanna, cast.noor):
            name_coach(agreement=agreement, coach=coach, named=True)
        with pytest.raises(NotNow, match="no coach of yours"):
            name_coach(agreement=agreement, coach=cast.tom, named=True)
    with as_person(cast.hanna):
        be_lent(agreement=agreement, coach=cast.hanna, at_most=1)
    with as_person(cast.noor), pytest.raises(NotNow, match="taken"):
        be_lent(agreement=agreement, coach=cast.noor, at_most=1)
    with as_person(cast.marieke), pytest.raises(NotNow, match="not in force"):
        # The borrowing side lends nobody under this agreement.
        be_lent(agreement=agreement, coach=cast.marieke, at_most=1)


def test_whoever_is_known_there_does_not_become_a_guest_there(cast: Cast) -> None:
    agreed_on(cast)
    with as_person(cast.els):
        Person.objects.filter(pk=cast.saskia.pk).update(account=cast.hanna.account)
    with as_person(cast.hanna), pytest.raises(NotNow, match="known there"):
        be_lent(agreement=own_side(cast.hanna), coach=cast.hanna, at_most=1)
    with as_person(cast.els):
        Person.objects.filter(pk=cast.saskia.pk).update(account=cast.saskia.account, email=cast.hanna.email)
    with as_person(cast.hanna), pytest.raises(NotNow, match="known there"):
        be_lent(agreement=own_side(cast.hanna), coach=cast.hanna, at_most=1)
    with as_person(cast.els):
        assert not Person.objects.filter(guest=True).exists()


def test_a_guest_stands_in_no_staff_file_and_who_is_hired_is_a_guest_no_more(cast: Cast) -> None:
    guest = lent(cast)
    with as_person(cast.els):
        # A complete file that names everybody but the guest makes nobody leave.
        assert [one.name for one in staff_as_it_stands().members if one.left] == ["Hanna Post"]
    line = "personeelsnummer;naam;e-mailadres;rollen\n300;Hanna Post;hanna@bergland.example;coach\n"
    assert import_staff(slug="waterland", content=line.encode()).accepted
    with as_person(cast.els):
        hired = Person.objects.get(pk=guest.pk)
        assert (hired.guest, hired.staff_number) == (False, "300")
    with as_person(hired):
        assert Person.objects.filter(pk=cast.johan.pk).exists()


# --- Hours, and the end -----------------------------------------------------------------------------------------------


def test_what_a_guest_held_counts_at_home_as_sums_for_the_coach_alone(cast: Cast) -> None:
    guesting = coaching_as_guest(cast, cast.willem)
    with as_person(guesting.guest):
        for number, minutes in ((0, 30), (1, 60), (2, 45)):
            Session(
                organisation=cast.organisation,
                engagement=guesting.engagement,
                number=number,
                starts_at=clock.now() - timedelta(minutes=5 * (3 - number)),
                minutes=minutes,
                state=Session.State.CANCELLED if number == 2 else Session.State.PLANNED,
            ).save(force_insert=True)
    with as_person(cast.hanna):
        found = [(one.organisation, one.introduction, one.minutes, one.talks, one.clients) for one in held_elsewhere()]
        assert found == [("Waterland", True, 30, 1, 1), ("Waterland", False, 60, 1, 1)]
    for person in (cast.tom, cast.noor, cast.fatima):
        with as_person(person):
            assert held_elsewhere() == []


def test_after_notice_nothing_begins_what_runs_is_finished_and_then_the_guest_is_gone(cast: Cast) -> None:
    guesting = coaching_as_guest(cast, cast.willem)
    with as_person(cast.tom):
        agreement = own_side(cast.tom)
        with pytest.raises(NotNow, match="too soon"):
            end(agreement=agreement, last_day=clock.today())
        end(agreement=agreement, last_day=clock.today() + later(2))
    with as_person(cast.fatima):
        assert own_side(cast.fatima).ends_on == clock.today() + later(2)
        assert own_side(cast.fatima).ended_by == "Tom Wolters"
    with as_person(cast.hanna):
        assert be_lent_no_longer(agreement=agreement, coach=cast.hanna) is None
    assert end_lending(0) == 0
    guest = guest_of(cast)
    assert guest.active, "a coaching that runs is finished"
    with as_person(cast.fatima):
        assert guest not in holders_of(Membership.Role.COACH)
        assert not CoachProfile.objects.filter(person=guest).exists()
    with as_person(guest):
        assert Engagement.objects.count() == 1
    with as_person(cast.willem):
        Engagement.objects.filter(pk=guesting.engagement.pk).update(closed_on=clock.today())
    with as_person(guest):
        assert _function("select engagements_end_lending()") == 0, "only the night ends it"
    assert end_lending(0) == 1
    with as_person(cast.fatima):
        gone = Person.objects.get(pk=guest.pk)
        assert (gone.active, gone.name) == (False, "Hanna Post")
    assert _places(cast.hanna) == {"bergland": False}


def test_a_coach_who_leaves_home_is_lent_no_longer(cast: Cast) -> None:
    lent(cast)
    with as_person(cast.noor):
        Membership.objects.filter(person=cast.hanna).delete()
    assert end_lending(0) == 1
    with as_person(cast.fatima):
        # No coaching, so no texts to wait for: name and address go at once.
        gone = Person.objects.get(guest=True)
        assert (gone.active, gone.account_id, gone.name) == (False, None, "Bergland")
        assert "hanna" not in gone.email


def test_an_agreement_that_is_over_lends_nobody(cast: Cast) -> None:
    begun(cast)
    with as_person(cast.tom):
        agreement = own_side(cast.tom)
        end(agreement=agreement, last_day=clock.today())
        assert own_side(cast.tom).state == "ended"
        with pytest.raises(NotNow, match="is over"):
            write(agreement=agreement, terms=terms(), based_on=0)
    with as_person(cast.fatima):
        assert own_side(cast.fatima).state == "ended"


# --- The text ---------------------------------------------------------------------------------------------------------


def test_the_text_to_start_from_divides_into_its_chapters_and_stands_on_paper(cast: Cast) -> None:
    text = text_to_start_from("nl", lender="Bergland", borrower="Waterland")
    parts = parts_of(text)
    assert len(parts) == 9
    assert all(part.title and "{" not in part.text for part in parts)
    assert parts_of("Gewoon een zin.\n\n1. Alleen een regel")[1].title == ""
    agreed_on(cast, text=text)
    with as_person(cast.fatima):
        agreement = own_side(cast.fatima)
        paper = paper_of(agreement, versions_of(agreement)[0], "Waterland")
    assert paper.startswith(b"%PDF")


def test_notice_ends_on_the_same_day_of_a_later_month_or_its_last_day() -> None:
    today = clock.today().replace(year=2027, month=11, day=30)
    assert earliest_end(today, 3).isoformat() == "2028-02-29"
    assert earliest_end(today, 0) == today
