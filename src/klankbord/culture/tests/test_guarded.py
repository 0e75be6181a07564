"""Who may not look into the ballot box, and what answering leaves behind: nothing."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from tests.scan import all_answer, answer, asked, opened_wave

from klankbord.core.tenant import acting_in
from klankbord.culture import ballots
from klankbord.culture.actions import Received
from klankbord.culture.models import Answer, BallotBox, BallotRight, Invitation, Wave
from klankbord.culture.queries.waves import wave_behind
from klankbord.culture.rules.ballots import Ballot
from klankbord.people import middleware
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


# --- who may not ----------------------------------------------------------------------------------------------------


def test_nobody_reads_or_writes_the_ballot_box_whatever_they_hold(waterland):
    """Rows of one's own making; what lies in it at any moment is tried in test_doors_of_the_box."""
    cast = waterland
    with acting_in(cast.organisation.id, cast.els.pk):
        for role in (Membership.Role.LEADERSHIP, Membership.Role.COORDINATOR, Membership.Role.FINANCE):
            give_role(person=cast.els, role=role)
    wave = opened_wave(cast, kind="pulse")
    people = asked(cast, wave)
    all_answer(cast, wave, people[:25])
    for person in (None, cast.els, cast.fatima, cast.johan, cast.marieke):
        with acting_in(cast.organisation.id, person and person.pk):
            assert [model.objects.count() for model in (BallotRight, BallotBox, Answer)] == [0, 0, 0]
            assert BallotBox.objects.all().delete()[0] == BallotRight.objects.update(background=1) == 0
            ids = {"organisation": cast.organisation, "wave_id": wave.pk, "unit_id": cast.johan.unit_id}
            for row in (
                BallotRight(**ids, hash=b"x" * 32, background=0),
                BallotBox(**ids, sealed=b"x" * 285, background=0),
                Answer(**ids, sealed=b"x"),
            ):
                with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                    row.save(force_insert=True)
            allowed = 0 if person is None else 1
            assert Invitation.objects.count() == allowed


def test_a_link_works_in_its_own_organisation_only_and_tells_nothing_of_its_right(waterland):
    cast = waterland
    wave = opened_wave(cast)
    given = asked(cast, wave)[0].given
    with acting_in(cast.elsewhere.id):
        assert wave_behind(given) is None
        assert ballots.cast(wave, given, Ballot("", {})) is False
    with acting_in(cast.organisation.id), connection.cursor() as cursor:
        cursor.execute("select * from culture_scan(%s)", [ballots.hash_of(given)])
        assert {column.name for column in cursor.description} == {field.column for field in Wave._meta.fields}


def test_a_ballot_of_another_length_is_refused(waterland):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    given = asked(cast, wave)[0].given
    with acting_in(cast.organisation.id), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="no ballot of this wave"), transaction.atomic():
            cursor.execute("select culture_cast(%s, %s, %s, 256)", [ballots.hash_of(given), uuid4(), b"x" * 284])
    assert answer(cast, given) is Received.IN_THE_BOX


def test_answering_leaves_nothing_in_the_trail_and_nothing_in_the_queue(waterland):
    cast = waterland
    wave = opened_wave(cast)
    given = asked(cast, wave)[0].given

    def kept():
        with acting_in(cast.organisation.id, cast.fatima.pk), connection.cursor() as cursor:
            cursor.execute("select (select count(*) from procrastinate_jobs), (select count(*) from django_session)")
            return AuditRow.objects.count(), *cursor.fetchone()

    before = kept()
    assert answer(cast, given) is Received.IN_THE_BOX
    assert kept() == before


def test_a_page_open_to_visitors_knows_the_organisation_and_nobody_else(cast, monkeypatch):
    seen: dict[str, object] = {}

    def page(request):
        seen.update(organisation=request.organisation.slug, person=getattr(request, "person", None))
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('klankbord.organisation'), current_setting('klankbord.person')")
            seen["settings"] = cursor.fetchone()
        return HttpResponse("here", status=404)

    place = SimpleNamespace(url_name="scan", kwargs={"organisation": "waterland"})
    monkeypatch.setattr(middleware, "_place", lambda _request: place)
    monkeypatch.setattr(middleware, "pages", lambda: {"scan": SimpleNamespace(public=True)})
    request = RequestFactory().get("/waterland/scan/x/")
    with acting_in(cast.organisation.id, cast.fatima.pk):
        before = AuditRow.objects.count()
    response = middleware.TenantMiddleware(page)(request)
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")
    assert seen == {"organisation": "waterland", "person": None, "settings": (str(cast.organisation.id), "")}
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert AuditRow.objects.count() == before
    place.kwargs["organisation"] = "nergens"
    assert middleware.TenantMiddleware(page)(RequestFactory().get("/nergens/scan/x/")).status_code == 404
