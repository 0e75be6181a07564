"""Carrying out a staff file, on the real database."""

from contextlib import AbstractContextManager

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast

from klankbord.core.tenant import Scope, acting_in
from klankbord.people.actions.staff_import import (
    NotAsSeen,
    apply_staff_file,
    discard_staff_file,
    keep_staff_file,
)
from klankbord.people.api import import_staff
from klankbord.people.jobs import tell_old_address
from klankbord.people.mailing import without_mail
from klankbord.people.models import Account, Membership, Person, StaffImport, Unit
from klankbord.people.queries import look_at
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HEADINGS = "personeelsnummer;naam;e-mailadres;afdeling;leidinggevende;rollen;uit dienst\n"


def as_els(cast: Cast) -> AbstractContextManager[Scope]:
    return acting_in(cast.organisation.id, cast.els.pk)


def kept(cast: Cast, *lines: str, complete: bool = False, headings: str = HEADINGS) -> StaffImport:
    content = (headings + "\n".join(lines)).encode()
    return keep_staff_file(person=cast.els, file_name="staf.csv", content=content, complete=complete)


def applied(cast: Cast, *lines: str, complete: bool = False) -> None:
    with as_els(cast):
        upload = kept(cast, *lines, complete=complete)
        apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)


def test_somebody_new_comes_in_with_unit_manager_account_and_role(cast):
    applied(cast, "200;Mila Vos;mila@waterland.example;Directie Water/Sluizen;100;coach;")
    with as_els(cast):
        mila = Person.objects.select_related("account", "unit", "manager").get(staff_number="200")
        assert (mila.unit.path, mila.manager, mila.sort_key) == (
            "Waterland/Directie Water/Sluizen",
            cast.anton,
            "vos mila",
        )
        assert mila.account is not None
        assert mila.account.email == "mila@waterland.example"
        assert not mila.account.has_usable_password()
        assert list(mila.memberships.values_list("role", flat=True)) == ["coach"]


def test_a_manager_may_be_somebody_new_who_stands_lower_in_the_file(cast):
    applied(cast, "200;Mila Vos;mila@waterland.example;;201;;", "201;Teun Bakker;teun@waterland.example;;;;")
    with as_els(cast):
        assert Person.objects.get(staff_number="200").manager.staff_number == "201"


def test_the_same_file_twice_changes_nothing_the_second_time(cast):
    line = "200;Mila Vos;mila@waterland.example;Directie Water/Sluizen;100;coach;"
    applied(cast, line)
    with as_els(cast):
        assert look_at(kept(cast, line)).plan.changes_nothing


def test_a_file_with_one_wrong_row_changes_nothing(cast):
    with as_els(cast):
        before = Person.objects.count()
        upload = kept(cast, "200;Mila Vos;mila@waterland.example;;;;", "201;;teun@waterland.example;;;;")
        with pytest.raises(NotAsSeen):
            apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)
        assert Person.objects.count() == before


def test_a_plan_that_was_overtaken_is_not_carried_out(cast):
    with as_els(cast):
        upload = kept(cast, "101;Johan de Wit;johan@waterland.example;;100;coordinator;")
        seen = look_at(upload).plan.mark
        Person.objects.filter(pk=cast.johan.pk).update(name="Jo de Wit")
        with pytest.raises(NotAsSeen):
            apply_staff_file(upload=upload, seen=seen)


def test_a_changed_address_gets_its_own_account_and_signs_the_old_one_out(cast):
    old = cast.johan.account
    applied(cast, "101;Johan de Wit;j.dewit@waterland.example;Directie Water/Projecten;100;;")
    with as_els(cast):
        johan = Person.objects.select_related("account").get(pk=cast.johan.pk)
        assert johan.account is not None
        assert johan.account.email == johan.email == "j.dewit@waterland.example"
    assert Account.objects.get(pk=old.pk).get_session_auth_hash() != old.get_session_auth_hash()


def test_the_old_address_is_told_that_an_administrator_changed_it_and_what_that_means(cast):
    applied(cast, "101;Johan de Wit;j.dewit@waterland.example;Directie Water/Projecten;100;;")
    job = ProcrastinateJob.objects.get(task_name="people.tell_old_address")
    tell_old_address(**job.args)
    (sent,) = mail.outbox
    assert isinstance(sent, mail.EmailMultiAlternatives)
    assert sent.to == ["johan@waterland.example"]
    assert "Waterland" not in sent.subject
    html = str(sent.alternatives[0][0])
    for words in (str(sent.body), html):
        assert "Johan" in words
        assert words.count("Waterland") >= 2
        assert "j.dewit" not in words


def test_no_address_is_written_to_when_none_changed_or_when_mail_is_held(cast):
    applied(cast, "101;Jo de Wit;johan@waterland.example;Directie Water/Projecten;100;;")
    with without_mail():
        applied(cast, "101;Jo de Wit;j.dewit@waterland.example;Directie Water/Projecten;100;;")
    assert not ProcrastinateJob.objects.filter(task_name="people.tell_old_address").exists()


def test_two_people_may_trade_their_addresses(cast):
    applied(
        cast,
        "101;Johan de Wit;willem@waterland.example;;100;;",
        "102;Willem Smit;johan@waterland.example;;100;coach;",
    )
    with as_els(cast):
        assert Person.objects.get(pk=cast.johan.pk).account == cast.willem.account
        assert Person.objects.get(pk=cast.willem.pk).email == "johan@waterland.example"


def test_whoever_leaves_loses_entry_and_roles(cast):
    applied(cast, "104;Marieke Bos;marieke@waterland.example;;;;ja")
    with as_els(cast):
        marieke = Person.objects.get(pk=cast.marieke.pk)
        assert not marieke.active
        assert not marieke.memberships.exists()


def test_in_a_complete_file_whoever_is_missing_leaves(cast):
    applied(cast, "1;Els Dijkstra;els@waterland.example;;;beheerder;", complete=True)
    with as_els(cast):
        assert list(Person.objects.filter(active=True)) == [cast.els]


def test_units_that_trade_names_keep_their_people(cast):
    headings = "personeelsnummer;naam;e-mailadres;afdeling;afdelingscode\n"
    rows = (
        "102;Willem Smit;willem@waterland.example;Directie Water/{};A",
        "103;Bram Kuiper;bram@waterland.example;Directie Water/{};B",
    )
    with as_els(cast):
        upload = kept(cast, rows[0].format("Projecten"), rows[1].format("Kades"), headings=headings)
        apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)
        upload = kept(cast, rows[0].format("Dijken"), rows[1].format("Projecten"), headings=headings)
        apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)
        assert Unit.objects.get(code="A").path == "Waterland/Directie Water/Dijken"
        assert Unit.objects.get(code="B").path == "Waterland/Directie Water/Projecten"
        assert Person.objects.get(pk=cast.johan.pk).unit.code == "A"


def test_one_audit_row_tells_of_the_file_and_one_of_each_role(cast):
    applied(
        cast, "200;Mila Vos;mila@waterland.example;;;coach;", "105;Fatima el Amrani;fatima@waterland.example;;;coach;"
    )
    with as_els(cast):
        assert AuditRow.objects.get(verb="staff_file.apply").detail == {"count": 2}
        taken = AuditRow.objects.filter(verb="role.take", owner_id=cast.fatima.pk).values_list(
            "detail__role", flat=True
        )
        assert list(taken) == ["coordinator"]
        assert AuditRow.objects.filter(verb="role.give", subject_id=Person.objects.get(staff_number="200").pk).exists()


def test_the_file_itself_is_gone_after_it_was_carried_out(cast):
    with as_els(cast):
        upload = kept(cast, "200;Mila Vos;mila@waterland.example;;;;")
        apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)
        upload.refresh_from_db()
        assert bytes(upload.content) == b""
        assert upload.applied_at is not None


def test_a_discarded_file_and_an_earlier_one_leave_nothing(cast):
    with as_els(cast):
        kept(cast, "200;Mila Vos;mila@waterland.example;;;;")
        discard_staff_file(upload=kept(cast, "201;Teun Bakker;teun@waterland.example;;;;"))
        assert not StaffImport.objects.exists()


def test_another_administrator_does_not_see_the_file(cast):
    with as_els(cast):
        kept(cast, "200;Mila Vos;mila@waterland.example;;;;")
        Membership(organisation=cast.organisation, person=cast.anton, role="administrator").save(force_insert=True)
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert not StaffImport.objects.exists()


def test_a_coordinator_cannot_carry_out_a_staff_file(cast):
    content = (HEADINGS + "101;Johan de Wit;johan@waterland.example;;;beheerder;").encode()
    with acting_in(cast.organisation.id, cast.fatima.pk):
        upload = keep_staff_file(person=cast.fatima, file_name="staf.csv", content=content, complete=False)
        with pytest.raises(Exception, match="row-level security"):
            apply_staff_file(upload=upload, seen=look_at(upload).plan.mark)


def test_the_command_takes_a_file_in_and_says_how_many(cast):
    content = (HEADINGS + "200;Mila Vos;mila@waterland.example;;;;").encode()
    outcome = import_staff(slug="waterland", content=content)
    assert outcome.accepted
    assert "1 new" in outcome.lines[0]


def test_the_command_refuses_a_file_with_a_mistake_and_names_its_row(cast):
    outcome = import_staff(slug="waterland", content=(HEADINGS + "200;Mila Vos;geen adres;;;;").encode())
    assert not outcome.accepted
    assert outcome.lines[0].startswith("Rij 2")


def test_the_command_knows_only_organisations_that_are_there(cast):
    assert not import_staff(slug="nergens", content=b"x").accepted
