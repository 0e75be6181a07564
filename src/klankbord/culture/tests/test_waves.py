"""A wave from draft to published, with the ballot box between people and answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from tests.scan import (
    all_answer,
    answer,
    asked,
    closed_by_fatima,
    fill_units,
    finish,
    now,
    opened_wave,
    plan,
    stopped_before_publishing,
)

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import (
    Received,
    change_wave,
    choose_paper,
    close_wave,
    draft_wave,
    open_wave,
    prepare_classes,
    remind,
)
from klankbord.culture.models import Invitation, OpenAnswer, Preparation, Publication, PublishedUnit, Wave
from klankbord.culture.queries.waves import (
    groups_ready,
    invitation_of,
    paper_letters,
    tree_of,
    wave_behind,
    wave_for,
    words_of,
)
from klankbord.culture.rules.ballots import FEWEST_WORDS
from klankbord.culture.rules.waves import Attribute, CannotOpen, NotInThisState
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Person
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


# --- from draft to published ----------------------------------------------------------------------------------------


def test_a_wave_is_opened_answered_closed_counted_and_published(waterland, monkeypatch):
    cast = waterland
    wave = opened_wave(cast)
    people = asked(cast, wave)
    said = all_answer(cast, wave, people[:40], words="Meer tijd om te leren")
    assert answer(cast, people[0].given) is Received.NO_RIGHT
    closed_by_fatima(cast, wave)
    assert answer(cast, people[41].given) is Received.CLOSED

    with monkeypatch.context() as patch:
        stopped_before_publishing(patch)
        with pytest.raises(KeyboardInterrupt):
            finish(cast, wave)
    with acting_in(cast.organisation.id):
        assert wave_for(wave.pk).state == "closed"
        kept = ballots.kept_answers(wave)
        assert sorted(digits for _unit, _group, digits in kept) == sorted(said.values())
        assert not vault.has_key(wave.tokens_scope)
        assert not vault.has_key(wave.box_scope)
    assert answer(cast, people[41].given) is Received.NO_RIGHT

    finish(cast, wave)
    assert now(cast, wave).state == "published"
    assert now(cast, wave).keys_gone
    assert not vault.has_key(wave.answers_scope)
    with acting_in(cast.organisation.id):
        assert ballots.kept_answers(wave) == []
    finish(cast, wave)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        publication = Publication.objects.get(wave=wave)
        assert '"cells"' in publication.figures
        assert all(row.get("n", 5) >= 5 for one in PublishedUnit.objects.all() for row in one.cells)
        root = tree_of(wave)[0]
        assert publication.about["response"][str(root.unit_id)] == [40, len(people)]
        words = words_of(wave)
        assert [len(texts) for texts in words.values()] == [40]


def test_own_units_figures_are_for_its_people_and_all_of_them_for_coordinators_and_leadership(waterland):
    cast = waterland
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
    wave = opened_wave(cast, kind="pulse")
    all_answer(cast, wave, asked(cast, wave))
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    seen = {}
    for person in (cast.fatima, cast.ruben, cast.johan, cast.els, cast.tom):
        organisation = cast.elsewhere if person is cast.tom else cast.organisation
        with acting_in(organisation.id, person.pk):
            units = {one.unit_id for one in PublishedUnit.objects.filter(wave=wave)}
            seen[person.first_name] = (len(units), Publication.objects.count(), OpenAnswer.objects.count())
    with acting_in(cast.organisation.id, cast.johan.pk):
        mine = {cast.johan.unit_id, cast.johan.unit.parent_id, cast.johan.unit.parent.parent_id}
        assert {one.unit_id for one in PublishedUnit.objects.filter(wave=wave)} == mine
    assert seen == {"Fatima": (5, 1, 0), "Ruben": (5, 1, 0), "Johan": (3, 0, 0), "Els": (1, 0, 0), "Tom": (0, 0, 0)}


def test_nobody_changes_what_was_published(waterland):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    all_answer(cast, wave, asked(cast, wave)[:20])
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert Publication.objects.update(packed=b"") == 0
        assert Publication.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication(organisation=cast.organisation, wave=wave, packed=b"", published_on=clock.today()).save()


def test_only_the_job_publishes_and_nothing_comes_beside_what_it_wrote(waterland):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    all_answer(cast, wave, asked(cast, wave)[:20])
    closed_by_fatima(cast, wave)
    units = (
        "array[gen_random_uuid()], array['{}']::json[], array['{}']::json[], array['{}']::json[], array[5], array[9]"
    )
    statements = (
        (f"select culture_publish_units(%s, {units})", (wave.pk,)),
        ("select culture_publish(%s, current_date, '', '{}')", (wave.pk,)),
    )

    def refused(person=None):
        for question, values in statements:
            with (
                acting_in(cast.organisation.id, person),
                pytest.raises(DatabaseError, match="cannot be published"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(question, values)

    refused()
    finish(cast, wave)
    refused()
    refused(cast.fatima.pk)
    with acting_in(cast.organisation.id, cast.fatima.pk), connection.cursor() as cursor:
        for question in ("culture_published_before", "culture_published_cells"):
            cursor.execute(f"select count(*) from {question}(%s)", [wave.pk])
            assert cursor.fetchone() == (0,), question


def test_few_answers_are_published_as_nothing_and_few_words_are_not_kept(waterland):
    cast = waterland
    wave = opened_wave(cast)
    all_answer(cast, wave, asked(cast, wave)[: FEWEST_WORDS - 1], words="Niets")
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert OpenAnswer.objects.count() == 0
        assert words_of(wave) == {}
        assert all(one.cells == [] or one.cells[0]["n"] >= 5 for one in PublishedUnit.objects.all())


def test_a_wave_nobody_answered_is_published_empty(waterland):
    wave = opened_wave(waterland, kind="pulse")
    closed_by_fatima(waterland, wave)
    finish(waterland, wave)
    assert now(waterland, wave).state == "published"
    with acting_in(waterland.organisation.id, waterland.fatima.pk):
        assert PublishedUnit.objects.count() == 0


# --- drafts and opening ---------------------------------------------------------------------------------------------


def test_a_draft_is_for_coordinators_and_what_is_open_stays_as_it_is(waterland):
    cast = waterland
    once = uuid4()
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=once, plan=plan(), contact=cast.johan)
        assert draft_wave(once=once, plan=plan(), contact=cast.johan) == wave
        wave = change_wave(wave=wave, plan=plan(k=7))
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert AuditRow.objects.filter(verb="wave.draft", owner_id=cast.johan.pk).exists()
        with pytest.raises(Http404):
            wave_for(wave.pk)
        with pytest.raises(NotInThisState):
            open_wave(wave=wave)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = open_wave(wave=wave)
        assert (wave.state, wave.k) == ("open", 7)
        with pytest.raises(NotInThisState):
            change_wave(wave=wave, plan=plan())
        with pytest.raises(NotInThisState):
            open_wave(wave=wave)
        assert Wave.objects.filter(pk=wave.pk).update(k=5, state="draft") == 0
    for person in (cast.johan, cast.els):
        with acting_in(cast.organisation.id, person.pk):
            assert wave_for(wave.pk).k == 7
            with pytest.raises(NotInThisState):
                close_wave(wave=wave)
    with acting_in(cast.elsewhere.id, cast.tom.pk):
        with pytest.raises(Http404):
            wave_for(wave.pk)
        with pytest.raises(NotInThisState):
            close_wave(wave=wave)


def test_an_own_sentence_that_asks_two_things_keeps_a_wave_from_opening(waterland):
    cast = waterland
    double = Wording(nl="We luisteren goed en we leren veel.", en="We listen well and we learn a lot.")
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(own_items=(double,)), contact=cast.fatima)
        with pytest.raises(CannotOpen) as refused:
            open_wave(wave=wave)
        assert [one.code for one in refused.value.findings] == ["own_item"]
        assert Invitation.objects.count() == 0
        good = Wording(nl="Ik leer hier elke week iets nieuws.", en="I learn something new here every week.")
        change_wave(wave=wave, plan=plan(own_items=(good,)))
        assert open_wave(wave=wave).rated[-1].id == "own.1"


def test_units_are_asked_with_everything_under_them_and_a_sample_is_as_large_as_said(waterland):
    cast = waterland
    water = str(cast.anton.unit_id)
    people = [one.person for one in asked(cast, opened_wave(cast, whom="units", units=(water,)))]
    assert {person.unit_id for person in people} == {cast.anton.unit_id, cast.johan.unit_id, cast.bram.unit_id}
    assert {cast.johan, cast.bram, cast.anton} <= set(people)
    fill_units(cast, 3, first=5000)
    one, other = (asked(cast, opened_wave(cast, whom="sample", sample_size=50)) for _ in range(2))
    assert len(one) == len(other) == 50
    assert {drawn.person for drawn in one} != {drawn.person for drawn in other}


def test_classes_come_from_the_staff_list_or_from_a_file_and_are_fixed_when_a_wave_opens(waterland):
    cast = waterland
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(attribute=Attribute.LEADS), contact=cast.fatima)
        with pytest.raises(CannotOpen) as refused:
            open_wave(wave=wave)
        assert [one.code for one in refused.value.findings] == ["class_too_small"]
        wave = change_wave(
            wave=wave,
            plan=plan(attribute=Attribute.UPLOADED, attribute_name=Wording(nl="Dienstjaren", en="Years of service")),
        )
        numbers = list(Person.objects.filter(active=True).order_by("pk").values_list("staff_number", flat=True))
        rows = [f"{number};{'kort' if place % 2 else 'lang'}" for place, number in enumerate(numbers)]
        wrong = prepare_classes(
            wave=wave, content="\n".join(["nummer;groep", *rows, "999999;kort", rows[0], "101;"]).encode()
        )
        assert [one.row for one in wrong.errors][:2] == [len(rows) + 2, len(rows) + 3]
        assert groups_ready(wave) == {}
        assert prepare_classes(wave=wave, content="\n".join(["Personeelsnummer;Groep", *rows]).encode()).errors == ()
        assert sum(groups_ready(wave).values()) == len(numbers)
        wave = open_wave(wave=wave)
        assert [one.nl for one in wave.class_names] == ["kort", "lang"]
        assert Preparation.objects.count() == 0
    with acting_in(cast.organisation.id, cast.els.pk):
        assert Preparation.objects.count() == 0
    all_answer(cast, wave, asked(cast, wave))
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        root = PublishedUnit.objects.get(unit_id=tree_of(wave)[0].unit_id)
        assert {cell["class"] for cell in root.cells} >= {None, "1", "2"}


@pytest.mark.parametrize("content", [b"", b"naam;iets\nJohan;x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1oud"])
def test_a_file_that_is_no_table_of_groups_is_refused_in_words(waterland, content):
    with acting_in(waterland.organisation.id, waterland.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(attribute=Attribute.UPLOADED), contact=waterland.fatima)
        (error,) = prepare_classes(wave=wave, content=content).errors
        assert error.row is None
        assert error.sentence.nl


# --- letters --------------------------------------------------------------------------------------------------------


def send_all(cast, wave, number):
    """What the worker does with the letters of one round."""
    with acting_in(cast.organisation.id):
        due = ballots.letters_due(wave.pk, number)
    for invitation, person in due:
        jobs.send_letter(str(cast.organisation.id), str(person), str(invitation), number)
    return len(due)


def test_letters_go_to_everyone_alike_and_their_link_works(waterland):
    cast = waterland
    wave = opened_wave(cast)
    people = asked(cast, wave)
    assert jobs.send_letters(str(cast.organisation.id), str(wave.pk), 1) == len(people)
    assert send_all(cast, wave, 1) == len(people)
    assert len(mail.outbox) == len(people)
    assert send_all(cast, wave, 1) == 0
    johans = next(letter for letter in mail.outbox if "Johan" in letter.to[0])
    given = next(one.given for one in people if one.person == cast.johan)
    assert f"/waterland/scan/{given}/" in johans.body
    assert "Hallo Johan" in johans.body
    assert given not in johans.subject
    assert answer(cast, given) is Received.IN_THE_BOX
    with acting_in(cast.organisation.id, cast.fatima.pk), pytest.raises(NotInThisState):
        remind(wave=wave)
    for number, days in ((2, 3), (3, 6), (4, 8)):
        with clock.stopped_at(clock.now() + timedelta(days=days)), acting_in(cast.organisation.id, cast.fatima.pk):
            remind(wave=wave)
        mail.outbox.clear()
        assert send_all(cast, wave, number) == len(people)
        assert any("Johan" in letter.to[0] and "Al geantwoord?" in letter.body for letter in mail.outbox)
    with clock.stopped_at(clock.now() + timedelta(days=9)), acting_in(cast.organisation.id, cast.fatima.pk):
        with pytest.raises(NotInThisState):
            remind(wave=wave)
    letters = []
    for one in people:
        with acting_in(cast.organisation.id, one.person.pk):
            row = invitation_of(wave, one.person)
            assert row is not None
            letters.append((row.letters, row.letter_on, row.by))
    assert len(set(letters)) == 1


def test_who_is_invited_on_paper_answers_with_a_code_as_it_comes(waterland):
    cast = waterland
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(), contact=cast.fatima)
        choose_paper(wave=wave, people=[cast.johan.pk, cast.willem.pk, cast.anton.pk], paper=True)
        choose_paper(wave=wave, people=[cast.anton.pk], paper=False)
        wave = open_wave(wave=wave)
        letters = {letter.person: letter.code for letter in paper_letters(wave)}
        assert set(letters) == {cast.johan, cast.willem}
        # Those on paper, and Fatima's own: of all others a coordinator sees nothing.
        assert Invitation.objects.exclude(person=cast.fatima).count() == 2
    with acting_in(cast.organisation.id, cast.els.pk):
        assert paper_letters(wave) == []
    assert send_all(cast, wave, 1) == len(asked(cast, wave)) - 2
    typed = letters[cast.johan].lower().replace(" ", "  ")
    with acting_in(cast.organisation.id):
        assert wave_behind(typed) == wave
    assert answer(cast, typed) is Received.IN_THE_BOX
    assert answer(cast, letters[cast.johan]) is Received.NO_RIGHT


# --- nights and crashes ---------------------------------------------------------------------------------------------


def test_the_night_closes_after_the_last_day_and_tells_response_in_a_band_once_a_day(waterland):
    cast = waterland
    wave = opened_wave(cast)
    all_answer(cast, wave, asked(cast, wave)[:30])
    assert now(cast, wave).turnout is None
    jobs.night(0)
    assert now(cast, wave).turnout == 3
    with clock.stopped_at(clock.now() + timedelta(days=14)):
        jobs.night(0)
        assert now(cast, wave).state == "open"
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        jobs.night(0)
    assert now(cast, wave).state == "closing"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'culture.finish'")
        assert cursor.fetchone()[0] >= 1


def test_a_crash_after_the_links_lost_their_key_loses_nothing(waterland, monkeypatch):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    people = asked(cast, wave)
    said = all_answer(cast, wave, people[:25])
    closed_by_fatima(cast, wave)

    def torn(*_given, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ballots, "keep", torn)
        with pytest.raises(KeyboardInterrupt):
            finish(cast, wave)
    assert now(cast, wave).state == "closing"
    assert not vault.has_key(wave.tokens_scope)
    assert vault.has_key(wave.box_scope)
    with monkeypatch.context() as patch:
        stopped_before_publishing(patch)
        with pytest.raises(KeyboardInterrupt):
            finish(cast, wave)
    with acting_in(cast.organisation.id):
        assert sorted(digits for _u, _g, digits in ballots.kept_answers(wave)) == sorted(said.values())
    finish(cast, wave)
    assert now(cast, wave).keys_gone


def test_a_crash_between_writing_and_the_end_of_the_key_is_made_good_by_the_next_try(waterland, monkeypatch):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    all_answer(cast, wave, asked(cast, wave)[:25])
    closed_by_fatima(cast, wave)
    destroy = vault.destroy

    def torn(scope):
        if scope == wave.box_scope:
            raise KeyboardInterrupt
        return destroy(scope)

    with monkeypatch.context() as patch:
        patch.setattr(vault, "destroy", torn)
        with pytest.raises(KeyboardInterrupt):
            finish(cast, wave)
    assert now(cast, wave).state == "closed"
    assert vault.has_key(wave.box_scope)
    finish(cast, wave)
    assert not vault.has_key(wave.box_scope)
    assert now(cast, wave).state == "published"


def test_a_box_whose_key_is_away_is_not_taken_for_an_empty_one(waterland):
    cast = waterland
    wave = opened_wave(cast, kind="pulse")
    all_answer(cast, wave, asked(cast, wave)[:25])
    closed_by_fatima(cast, wave)
    vault.destroy(wave.box_scope)
    with pytest.raises(vault.Unreadable):
        finish(cast, wave)
    assert now(cast, wave).state == "closing"


def test_own_words_go_after_two_years_and_their_key_first(waterland):
    cast = waterland
    wave = opened_wave(cast)
    all_answer(cast, wave, asked(cast, wave)[:12], words="Later weg")
    closed_by_fatima(cast, wave)
    finish(cast, wave)
    assert jobs.forget(0) == 0
    with clock.stopped_at(clock.now() + timedelta(days=2 * 365 + 2)):
        assert jobs.forget(0) == 1
        assert jobs.forget(0) == 0
    assert not vault.has_key(wave.words_scope)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        assert OpenAnswer.objects.count() == 0
        assert Publication.objects.count() == 1
