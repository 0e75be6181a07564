"""What a coach can show: stated by the coach, looked at by a coordinator, told of before it ends, asked by policy."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.part_pool import drawn, presented
from tests.story import SLUG, as_person

from klankbord.coaches.actions.quality import Proof, Statement, check_quality, remove_quality, state_quality
from klankbord.coaches.api import quality_findings
from klankbord.coaches.jobs import last_days
from klankbord.coaches.models import QualityFact, QualityProof, QualityReminder
from klankbord.coaches.queries.quality import ending_between
from klankbord.coaches.tests.visiting import Visitor, file, text_of
from klankbord.core import clock
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Notification, Person
from klankbord.policy.models import PolicyVersion
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

Kind = QualityFact.Kind
PDF = b"%PDF-1.7 een bewijs"


def stated(
    coach: Person,
    kind: Kind = Kind.ACCREDITATION,
    *,
    days: int | None = 400,
    proof: Proof | None = None,
    body: str = "icf",
) -> QualityFact:
    today = clock.today()
    statement = Statement(
        kind=kind,
        body=body if kind == Kind.ACCREDITATION else "",
        level="pcc" if kind == Kind.ACCREDITATION else "",
        name="" if kind == Kind.ACCREDITATION else "Iets",
        number="12-34",
        valid_from=today - timedelta(days=200),
        valid_until=None if days is None else today + timedelta(days=days),
    )
    with as_person(coach):
        return state_quality(once=uuid.uuid4(), slug=SLUG, coach=coach, statement=statement, proof=proof)


def looked_at(cast: Cast, fact: QualityFact) -> None:
    with as_person(cast.fatima):
        check_quality(fact=fact, looked=True)


def facts_seen_by(person: Person) -> int:
    with as_person(person):
        return QualityFact.objects.count()


def told(person: Person) -> list[str]:
    with as_person(person):
        return list(Notification.objects.filter(person=person).order_by("made_at").values_list("kind", flat=True))


def published(cast: Cast, *, days_ago: int = 200) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=days_ago)), as_person(cast.fatima):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state=PolicyVersion.State.PUBLISHED,
            author=cast.fatima,
            published_at=clock.now(),
        ).save(force_insert=True)


# --- who sees it ----------------------------------------------------------------------------------------------------


def test_what_a_coach_states_is_for_that_coach_and_the_coordinators(cast: Cast):
    presented(cast, cast.saskia)
    stated(cast.saskia, proof=Proof(PDF, "application/pdf"))
    assert [facts_seen_by(cast.named(name)) for name in ("saskia", "fatima")] == [1, 1]
    for name in ("johan", "marieke", "els", "anton", "noor"):
        assert facts_seen_by(cast.named(name)) == 0
    assert "quality_to_look_at" in told(cast.fatima)


def test_an_accreditation_stands_on_the_profile_once_somebody_had_a_look_and_the_paper_never(cast: Cast):
    presented(cast, cast.saskia)
    accreditation = stated(cast.saskia, proof=Proof(PDF, "application/pdf"))
    training = stated(cast.saskia, Kind.TRAINING)
    johan = Visitor(cast.johan)
    assert "ICF PCC" not in text_of(johan.open("coach_profile", coach=cast.saskia.pk))
    for fact in (accreditation, training):
        looked_at(cast, fact)
    assert "ICF PCC" in text_of(johan.open("coach_profile", coach=cast.saskia.pk))
    with as_person(cast.johan):
        assert [one.kind for one in QualityFact.objects.all()] == [Kind.ACCREDITATION]
        assert not QualityProof.objects.exists()
    assert johan.open("quality_proof", fact=accreditation.pk).status_code == 404
    assert Visitor(cast.marieke).open("quality_proof", fact=accreditation.pk).status_code == 404


def test_an_accreditation_that_ended_stands_on_no_profile(cast: Cast):
    presented(cast, cast.saskia)
    looked_at(cast, stated(cast.saskia, days=-1))
    assert "ICF PCC" not in text_of(Visitor(cast.johan).open("coach_profile", coach=cast.saskia.pk))


def test_a_paper_is_saved_and_never_opened_in_the_page_and_the_coach_sees_who_opened_it(cast: Cast):
    fact = stated(cast.saskia, proof=Proof(PDF, "application/pdf"))
    answer = Visitor(cast.fatima).open("quality_proof", fact=fact.pk)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    with as_person(cast.saskia):
        assert AuditRow.objects.filter(verb="quality_proof.open", actor_id=cast.fatima.pk).count() == 1


# --- nobody speaks in another's name --------------------------------------------------------------------------------


def refused(actor: Person, **columns: object) -> None:
    with as_person(actor), pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        QualityFact.objects.update(**columns)


def test_a_coordinator_cannot_change_what_was_stated_and_looks_in_the_own_name(cast: Cast):
    stated(cast.saskia)
    refused(cast.fatima, valid_until=date(2040, 1, 1))
    refused(cast.fatima, checked_at=clock.now(), checked_by=cast.els)
    with as_person(cast.fatima):
        assert QualityFact.objects.all().delete()[0] == 0


def test_a_coach_cannot_tick_the_check_nor_change_what_was_looked_at(cast: Cast):
    looked_at(cast, stated(cast.saskia, proof=Proof(PDF, "application/pdf")))
    with as_person(cast.saskia):
        assert QualityFact.objects.update(checked_at=clock.now()) == 0
        assert QualityFact.objects.update(valid_until=date(2040, 1, 1)) == 0
        assert QualityProof.objects.update(content=b"%PDF-1.7 iets anders") == 0
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            ticked = {"valid_from": clock.today(), "checked_at": clock.now(), "checked_by": cast.saskia}
            QualityFact(organisation=cast.organisation, person=cast.saskia, kind="training", **ticked).save()


def test_a_coordinator_who_coaches_does_not_look_at_the_own_papers(cast: Cast):
    with as_person(cast.els):
        give_role(person=cast.marieke, role=Membership.Role.COORDINATOR)
    fact = stated(cast.marieke, Kind.TRAINING)
    with as_person(cast.marieke), pytest.raises(PermissionDenied):
        check_quality(fact=fact, looked=True)
    refused(cast.marieke, checked_at=clock.now(), checked_by=cast.marieke)


def test_nobody_hangs_a_paper_on_a_statement_in_anothers_name(cast: Cast):
    fact = stated(cast.saskia)
    with as_person(cast.fatima), pytest.raises(DatabaseError), transaction.atomic():
        proof = QualityProof(organisation=cast.organisation, person=cast.saskia, fact=fact, content=PDF, media_type="x")
        proof.save(force_insert=True)


def test_what_is_taken_back_is_gone_with_its_paper_and_what_was_told_of_it(cast: Cast):
    fact = stated(cast.saskia, days=20, proof=Proof(PDF, "application/pdf"))
    last_days(0)
    with as_person(cast.saskia):
        remove_quality(fact=fact)
        left = QualityFact.objects.count(), QualityProof.objects.count(), QualityReminder.objects.count()
    assert left == (0, 0, 0)


# --- before something ends ------------------------------------------------------------------------------------------


def test_a_coach_hears_it_90_and_30_days_before_and_on_the_day_once_each(cast: Cast):
    stated(cast.saskia, days=120)
    start = clock.now()
    heard = {}
    for day in range(0, 140, 1):
        with clock.stopped_at(start + timedelta(days=day)):
            if last_days(0):
                heard[day] = told(cast.saskia)[-1]
            assert last_days(0) == 0
    assert heard == {30: "quality_ends", 90: "quality_ends", 120: "quality_over"}


def test_a_night_that_was_skipped_is_made_up_for(cast: Cast):
    stated(cast.saskia, days=25)
    assert last_days(0) == 1
    with clock.stopped_at(clock.now() + timedelta(days=28)):
        assert last_days(0) == 1
    assert told(cast.saskia) == ["quality_ends", "quality_over"]


def test_what_was_renewed_or_has_no_last_day_is_told_of_no_more(cast: Cast):
    stated(cast.saskia, days=20)
    stated(cast.saskia, days=800)
    stated(cast.saskia, days=10, body="stir")
    stated(cast.saskia, Kind.SUPERVISION, days=None)
    assert last_days(0) == 1
    with as_person(cast.fatima):
        today = clock.today()
        assert [fact.body for fact in ending_between(today, today + timedelta(days=90))] == ["stir"]


def test_the_night_tells_nothing_to_whoever_acts_as_a_person(cast: Cast):
    stated(cast.saskia, days=20)
    for name in ("saskia", "fatima", "noor"):
        with as_person(cast.named(name)), connection.cursor() as cursor:
            cursor.execute("select count(*) from coaches_ending(%s)", [clock.today()])
            assert cursor.fetchone()[0] == 0


# --- what the policy asks -------------------------------------------------------------------------------------------


def codes(viewer: Person, coach: Person) -> list[tuple[str, bool]]:
    with as_person(viewer):
        return [(one.code, one.blocks) for one in quality_findings([coach.pk])[coach.pk]]


def test_coach_and_coordinator_are_told_the_same_and_nobody_else_anything(cast: Cast):
    published(cast)
    stated(cast.saskia)
    stated(cast.saskia, Kind.SUPERVISION, days=None)
    asked = [("ethics_missing", True), ("not_looked_at", False)]
    for name in ("saskia", "fatima"):
        assert codes(cast.named(name), cast.saskia) == asked
    for name in ("johan", "anton", "els", "marieke", "noor"):
        assert codes(cast.named(name), cast.saskia) == [], name


def test_without_a_policy_nothing_stands_in_the_way(cast: Cast):
    assert codes(cast.fatima, cast.marieke) == [("training_missing", False), ("ethics_missing", False)]
    assert codes(cast.fatima, cast.johan) == []


def test_it_takes_as_many_questions_for_one_coach_as_for_four(cast: Cast):
    for coach in (cast.marieke, cast.saskia, cast.willem):
        stated(coach, Kind.TRAINING)
    counted = []
    for ids in ([cast.marieke.pk], [cast.marieke.pk, cast.saskia.pk, cast.willem.pk, cast.bram.pk]):
        with as_person(cast.fatima), CaptureQueriesContext(connection) as asked:
            assert set(quality_findings(ids)) == set(ids)
        counted.append(len(asked))
    assert counted[0] == counted[1]


# --- the screens ----------------------------------------------------------------------------------------------------

FORM = {"kind": "accreditation", "body": "emcc_eia", "level": "emcc_eia/practitioner", "valid_from": "2026-01-15"}


def sent(visitor: Visitor, **more: object):
    return visitor.send("quality_new", {**FORM, "once": str(uuid.uuid4()), **more})


def test_a_coach_adds_an_accreditation_on_the_screen_and_twice_is_once(cast: Cast):
    saskia, once = Visitor(cast.saskia), str(uuid.uuid4())
    for _twice in range(2):
        answer = saskia.send("quality_new", {**FORM, "once": once, "proof": file(PDF, "eia.pdf")})
        assert answer.status_code == 302
    assert facts_seen_by(cast.saskia) == 1
    page = text_of(saskia.open("my_quality"))
    assert "EMCC EIA Practitioner" in page
    assert "a coordinator has not looked yet" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"body": "", "level": ""}, "Choose the body."),
        ({"body": "icf"}, "This level is of another body."),
        ({"body": "other", "level": ""}, "Write down which register it is."),
        ({"kind": "training"}, "Write down which training it was."),
        ({"valid_until": "2026-01-01"}, "The last day comes before the first."),
        ({"valid_from": "2099-01-01"}, "This day is still to come."),
        ({"valid_from": ""}, "Fill in the day on the paper."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(cast: Cast, more, said):
    answer = sent(Visitor(cast.saskia), number="ABC-77", **more)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "ABC-77" in text_of(answer)
    assert facts_seen_by(cast.saskia) == 0


def test_a_paper_that_is_neither_a_pdf_nor_a_picture_is_refused_and_a_picture_is_made_anew(cast: Cast):
    saskia = Visitor(cast.saskia)
    assert sent(saskia, proof=file(b"PK een document", "cv.docx")).status_code == 422
    assert "at most 5 MB" in text_of(sent(saskia, proof=file(PDF + b"0" * 5_000_000, "groot.pdf")))
    photographed = drawn(comment=b"thuis op tafel")
    assert sent(saskia, proof=file(photographed)).status_code == 302
    with as_person(cast.saskia):
        proof = QualityProof.objects.get()
    assert (proof.media_type, b"thuis" in bytes(proof.content)) == ("image/webp", False)


def test_a_coordinator_looks_at_a_paper_on_the_screen_and_takes_that_back(cast: Cast):
    fact = stated(cast.saskia)
    fatima = Visitor(cast.fatima)
    assert "I had a look" in text_of(fatima.open("pool_coach", coach=cast.saskia.pk))
    fatima.send("quality_check", {"looked": "yes"}, fact=fact.pk)
    assert "Not looked at after all" in text_of(fatima.open("pool_coach", coach=cast.saskia.pk))
    fatima.send("quality_check", {"back": "yes"}, fact=fact.pk)
    with as_person(cast.saskia):
        assert QualityFact.objects.get().checked_at is None
        assert AuditRow.objects.filter(verb="profile.open", actor_id=cast.fatima.pk).count() == 1
