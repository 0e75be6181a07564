"""What the database refuses to each of the two, whatever the code asks for: speaking in the other's name, above all."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.board import add_card
from klankbord.engagements.actions.course import close, plan_introduction
from klankbord.engagements.actions.goals import make_goal
from klankbord.engagements.actions.learning import reply_to_signal, say_word
from klankbord.engagements.actions.referrals import suggest_coaching
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.models import (
    AllianceRating,
    Board,
    Card,
    CoachLook,
    Course,
    Engagement,
    Experiment,
    Farewell,
    Field,
    Goal,
    GoalMark,
    GoalWording,
    Participant,
    ReferralQuestion,
    Session,
    Signal,
    SpiralStep,
    SteeringWish,
    ThreeWayMeeting,
    ThreeWayText,
    Witness,
    Writing,
)
from klankbord.engagements.queries.doors import engagement_for, session_for
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.writings import Kind
from klankbord.people.models import Person
from klankbord.privacy import vault
from tests.story import SLUG, as_person, tuesday_at_ten

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def story(told):
    return told


@pytest.fixture
def beside(story):
    """Willem's coaching by the same Marieke, with an introductory talk, a goal and a talk of three."""
    cast = story.cast
    with as_person(cast.willem):
        request = send_request(
            once=uuid.uuid4(), slug=SLUG, client=cast.willem, words="x", shared=False, wishes=Wishes()
        )
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.marieke)
    with as_person(cast.willem):
        engagement = choose_coach(slug=SLUG, proposal=proposal)
    with as_person(cast.marieke):
        standing = engagement_for(cast.marieke, engagement.pk)
        plan_introduction(standing=standing, slug=SLUG, starts_at=tuesday_at_ten(1), minutes=60, place="")
        make_goal(once=uuid.uuid4(), standing=standing, sentence="Iets van Willem.")
        Board(
            organisation=cast.organisation, engagement=engagement, session=Session.objects.get(engagement=engagement)
        ).save(force_insert=True)
        ThreeWayMeeting(organisation=cast.organisation, engagement=engagement, stage="start").save(force_insert=True)
    return engagement


def refused(match: str):
    """What follows is refused by the database, with these words."""
    return pytest.raises(DatabaseError, match=match)


def adds(row) -> None:
    with transaction.atomic():
        row.save(force_insert=True)


# --- in the other's name ---------------------------------------------------------------------------------------------


def test_a_word_of_the_client_and_its_answer_are_each_written_by_their_own(story, cast):
    with as_person(cast.johan):
        signal = say_word(
            once=uuid.uuid4(), standing=story.standing(cast.johan), slug=SLUG, sort=Signal.Sort.WHY, text="W", send=True
        )
    with as_person(cast.marieke):
        reply_to_signal(standing=story.standing(cast.marieke), slug=SLUG, signal=signal, text="Zo.")
        for change in ({"text": None}, {"sent_at": clock.now() + timedelta(days=1)}, {"sent_at": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Signal.objects.filter(pk=signal.pk).update(**change)
    with as_person(cast.johan):
        for change in ({"reply": None}, {"replied_at": None}):
            with refused("only the coach answers"), transaction.atomic():
                Signal.objects.filter(pk=signal.pk).update(**change)
        with refused("only the coach answers"):
            row = Signal(
                organisation=cast.organisation, engagement=story.engagement, client=cast.johan, sort=Signal.Sort.WHY
            )
            row.replied_at = clock.now()
            adds(row)


def test_what_came_of_trying_out_is_for_the_client_to_tell(story, cast):
    with as_person(cast.marieke):
        for change in ({"state": Experiment.State.LET_GO}, {"outcome": b"x"}):
            with refused("only the client tells"), transaction.atomic():
                Experiment.objects.filter(engagement=story.engagement).update(**change)


def test_letting_a_goal_go_is_for_the_client(story, cast):
    with as_person(cast.marieke), refused("only the client"), transaction.atomic():
        Goal.objects.filter(engagement=story.engagement).update(state=Goal.State.LET_GO)


@pytest.mark.parametrize("change", [{"colleagues_told": True}, {"just_coming": True}])
def test_the_clients_word_about_a_talk_is_not_given_by_the_coach(story, cast, change):
    with as_person(cast.marieke), refused("only the client"), transaction.atomic():
        Session.objects.filter(engagement=story.engagement, number=1).update(**change)


def test_each_opens_the_board_for_oneself(story, cast):
    with as_person(cast.marieke), refused("only the client opens"), transaction.atomic():
        Board.objects.filter(engagement=story.engagement).update(client_opened_at=clock.now())
    with as_person(cast.johan), refused("only the coach opens"), transaction.atomic():
        Board.objects.filter(engagement=story.engagement).update(coach_opened_at=clock.now())
    with as_person(cast.marieke), refused("only the client opens"):
        adds(
            Board(
                organisation=cast.organisation,
                engagement=story.engagement,
                session=session_for(story.standing(cast.marieke), 5),
                client_opened_at=clock.now(),
            )
        )


def test_rather_not_is_said_by_whoever_was_asked_and_taking_back_by_whoever_asked(story, cast):
    with as_person(cast.johan):
        witness = Witness(
            organisation=cast.organisation, engagement=story.engagement, client=cast.johan, person=cast.bram
        )
        witness.save(force_insert=True)
        for state in (Witness.State.DECLINED, Witness.State.ANSWERED):
            with refused("only who was asked"), transaction.atomic():
                Witness.objects.filter(pk=witness.pk).update(state=state)
    with as_person(cast.bram):
        with pytest.raises(DatabaseError), transaction.atomic():
            Witness.objects.filter(pk=witness.pk).update(state=Witness.State.WITHDRAWN)
        assert Witness.objects.filter(pk=witness.pk).update(state=Witness.State.DECLINED) == 1


def test_a_question_about_a_suggestion_and_its_answer_are_each_written_by_their_own(story, cast):
    with as_person(cast.anton), refused("Cannot update"), transaction.atomic():
        ReferralQuestion.objects.update(text=b"x")
    with as_person(cast.johan), refused("only who was asked"), transaction.atomic():
        ReferralQuestion.objects.update(answer=b"x", answered_at=clock.now())


def test_a_text_of_both_is_not_taken_away_from_whoever_began_it_nor_by_them(story, cast):
    for who in (cast.marieke, cast.johan):
        for change in ({"audience": ["coach"]}, {"audience": []}, {"shared_at": None}):
            with as_person(who), pytest.raises(DatabaseError), transaction.atomic():
                Writing.objects.filter(kind=Kind.NOTES).update(**change)


def test_a_coach_begins_no_text_that_is_the_clients_to_write(story, cast):
    with as_person(cast.marieke):
        row = Writing(
            organisation=cast.organisation,
            engagement=story.engagement,
            kind=Kind.DIRECTION,
            author=cast.marieke,
            audience=["client", "coach"],
            shared_at=clock.now(),
        )
        vault.seal(row, "body", "Een richting die Johan nooit schreef.")
        with refused("not theirs to write"):
            adds(row)
    with as_person(cast.johan):
        row = Writing(
            organisation=cast.organisation, engagement=story.engagement, kind=Kind.COACH_PAGE, author=cast.johan
        )
        vault.seal(row, "body", "Een bladzijde die Marieke nooit schreef.")
        with refused("not theirs to write"):
            adds(row)


@pytest.mark.parametrize("row", [SpiralStep(step="act"), SteeringWish(level=2), Signal(sort="why")])
def test_the_coach_is_not_the_client_of_what_only_the_client_says(story, cast, row):
    """With the own name as the client's it would lie on the client's spiral all the same."""
    row.organisation, row.engagement, row.client = cast.organisation, story.engagement, cast.marieke
    with as_person(cast.marieke), refused("only the client"):
        adds(row)


# --- apart first -----------------------------------------------------------------------------------------------------


def test_a_text_that_the_other_cannot_read_opens_nothing_of_the_other(story, cast):
    """Side by side means both: what lies there for oneself only, or with a talk, does not count."""
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        save_text(standing=standing, slug=SLUG, kind=Kind.INTERIM, text="Van Johan.", send=True)
    for audience, session in (([], None), (["coach"], None), (["client", "coach"], 2)):
        with as_person(cast.marieke):
            standing = story.standing(cast.marieke)
            row = Writing(
                organisation=cast.organisation,
                engagement=story.engagement,
                session=session and session_for(standing, session),
                kind=Kind.INTERIM,
                author=cast.marieke,
                audience=audience,
                shared_at=clock.now(),
            )
            vault.seal(row, "body", "Alleen om te kijken.")
            sneaked = transaction.savepoint_create()
            row.save(force_insert=True)
            assert not Writing.objects.filter(kind=Kind.INTERIM, author=cast.johan).exists()
            transaction.savepoint_rollback(sneaked)


# --- who takes part --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "role"), [("johan", "sponsor"), ("bram", "sponsor"), ("bram", "client"), ("johan", "coach")]
)
def test_the_client_lets_nobody_in_by_hand_as_third_party_or_client_and_is_no_coach(story, cast, who, role):
    row = Participant(organisation=cast.organisation, engagement=story.engagement, person=cast.named(who), role=role)
    with as_person(cast.johan), refused("Cannot add"):
        adds(row)


def test_nobody_is_asked_in_by_the_coach_nor_by_whoever_is_asked(story, cast):
    for who in (cast.marieke, cast.anton, cast.fatima):
        with as_person(who), connection.cursor() as cursor:
            cursor.execute(
                "select engagements_ask_in(%s, %s, %s, %s)",
                [story.engagement.pk, cast.anton.pk, uuid.uuid4(), clock.now()],
            )
            assert cursor.fetchone() == (False,)
    for whom in (cast.johan, cast.marieke, cast.noor):
        with as_person(cast.johan), connection.cursor() as cursor:
            cursor.execute(
                "select engagements_ask_in(%s, %s, %s, %s)", [story.engagement.pk, whom.pk, uuid.uuid4(), clock.now()]
            )
            assert cursor.fetchone() == (False,)


# --- how long it is kept ---------------------------------------------------------------------------------------------


def test_the_coach_alone_does_not_change_how_long_texts_are_kept(story, cast):
    with as_person(cast.marieke), refused("how long"), transaction.atomic():
        Course.objects.filter(engagement=story.engagement).update(retention_months=0)
    with as_person(cast.johan):
        close(standing=story.standing(cast.johan), slug=SLUG)
    today = clock.today()
    for change in ({"destroy_on": today}, {"destroy_on": None}, {"destroy_on": today + timedelta(days=900)}):
        with as_person(cast.marieke), refused("how long"), transaction.atomic():
            Course.objects.filter(engagement=story.engagement).update(**change)
    for change in ({"closed_on": None}, {"closed_on": today - timedelta(days=900)}):
        with as_person(cast.marieke), refused("how long"), transaction.atomic():
            Engagement.objects.filter(pk=story.engagement.pk).update(**change)


def test_a_day_of_destruction_comes_with_an_ending_and_not_before_what_was_agreed(story, cast):
    with as_person(cast.marieke), refused("how long"), transaction.atomic():
        Course.objects.filter(engagement=story.engagement).update(destroy_on=clock.today())
    with as_person(cast.marieke), refused("how long"), transaction.atomic():
        Engagement.objects.filter(pk=story.engagement.pk).update(closed_on=clock.today())
        Course.objects.filter(engagement=story.engagement).update(phase=Phase.CLOSED, destroy_on=clock.today())


# --- steps of the course ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Phase.INTRODUCTION, Phase.DIRECTION),
        (Phase.INTRODUCTION, Phase.RUNNING),
        (Phase.CLOSED, Phase.RUNNING),
        (Phase.ENDED, Phase.RUNNING),
    ],
)
def test_the_coach_takes_no_step_that_is_the_clients(story, cast, beside, before, after):
    """Going on from the first talk, and opening again what was closed."""
    ways = {Phase.CLOSED: Phase.CLOSED, Phase.ENDED: Phase.ENDED}
    with as_person(cast.johan):
        if before in ways:
            Course.objects.filter(engagement=story.engagement).update(phase=ways[before])
    engagement = story.engagement if before in ways else beside
    with as_person(cast.marieke), refused("not theirs to take"), transaction.atomic():
        Course.objects.filter(engagement=engagement).update(phase=after)


# --- from one coaching into another ----------------------------------------------------------------------------------


def crossed(story, beside) -> list:
    """Rows of Johan's coaching that hang on something of Willem's. Marieke, who coaches both, could make each."""
    cast = story.cast
    of_johan = {"organisation": cast.organisation, "engagement": story.engagement}
    by_marieke = {**of_johan, "author": cast.marieke}
    talk = Session.objects.get(engagement=beside)
    goal, board = Goal.objects.get(engagement=beside), Board.objects.get(engagement=beside)
    meeting = ThreeWayMeeting.objects.get(engagement=beside)
    mine = Goal.objects.get(pk=story.parts["goal"])
    rows = [
        Writing(**by_marieke, kind=Kind.ALLIANCE, session=talk),
        Board(**of_johan, session=talk),
        Card(**by_marieke, board=board, field="goal", moment="before"),
        Experiment(**by_marieke, session=talk),
        Goal(**of_johan, serves=goal, sort="learning"),
        GoalWording(**by_marieke, goal=goal, number=2),
        GoalMark(**by_marieke, goal=goal, level=0),
        GoalMark(**by_marieke, goal=mine, session=talk, level=0),
        CoachLook(**of_johan, coach=cast.marieke, session=talk),
        AllianceRating(**by_marieke, session=talk),
        ThreeWayText(**by_marieke, meeting=meeting, version=1),
    ]
    for row in rows:
        for field in ("body", "plan"):
            if field in {one.name for one in row._meta.fields}:
                vault.seal(row, field, "x")
    return rows


def test_nothing_of_one_coaching_hangs_on_something_of_another(story, beside):
    """It would show up there, and when that coaching ends it could not be destroyed."""
    with as_person(story.cast.marieke):
        for row in crossed(story, beside):
            with refused("another coaching"):
                adds(row)


def test_nothing_moves_to_something_of_another_coaching(story, beside):
    cast = story.cast
    with as_person(cast.marieke):
        goal = Goal.objects.get(engagement=beside)
        look = CoachLook(organisation=cast.organisation, engagement=story.engagement, coach=cast.marieke)
        look.save(force_insert=True)
        talk = Session.objects.get(engagement=beside)
        with refused("another coaching"), transaction.atomic():
            Goal.objects.filter(engagement=story.engagement).update(serves=goal)
        for change in ({"session": talk}, {"engagement": beside}):
            with refused("only a function"), transaction.atomic():
                CoachLook.objects.filter(pk=look.pk).update(**change)
    with as_person(cast.johan):
        step = SpiralStep(organisation=cast.organisation, engagement=story.engagement, client=cast.johan, step="act")
        step.save(force_insert=True)
        with refused("another coaching"), transaction.atomic():
            SpiralStep.objects.filter(pk=step.pk).update(session=talk)
        with refused("another coaching"):
            adds(
                Signal(
                    organisation=cast.organisation,
                    engagement=story.engagement,
                    client=cast.johan,
                    sort="why",
                    session=talk,
                )
            )


# --- what functions tell ---------------------------------------------------------------------------------------------


def ended(story) -> None:
    """Johan rounded off so long ago that his texts are due."""
    with clock.stopped_at(tuesday_at_ten(-40)), as_person(story.cast.johan):
        close(standing=story.standing(story.cast.johan), slug=SLUG)


def suggested(story) -> None:
    """Anton suggested coaching to Willem long ago."""
    with clock.stopped_at(tuesday_at_ten(-40)), as_person(story.cast.anton):
        suggest_coaching(once=uuid.uuid4(), slug=SLUG, manager=story.cast.anton, client=story.cast.willem, text="x")


def came_near(story) -> None:
    """Johan moved to Marieke's unit."""
    with as_person(story.cast.els):
        Person.objects.filter(pk=story.cast.johan.pk).update(unit=story.cast.marieke.unit)


def left(story) -> None:
    """Johan, who kept an address for later in his story, left."""
    with as_person(story.cast.els):
        Person.objects.filter(pk=story.cast.johan.pk).update(active=False)


def link_over(story) -> None:
    """A link to Johan's words had its time."""
    with as_person(story.cast.johan):
        Farewell.objects.update(expires_at=clock.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("before", "function"),
    [
        (ended, "engagements_due()"),
        (suggested, "engagements_old_referrals()"),
        (came_near, "engagements_running_pairs()"),
        (left, "engagements_farewells_due()"),
        (link_over, "engagements_farewells_over()"),
    ],
)
def test_what_the_work_at_night_asks_tells_nothing_to_a_person(story, cast, before, function):
    """Who is coached, who left and waits for the own words, and whose coaching ends: in every organisation."""
    before(story)
    for who, told in ((None, True), (cast.noor, False), (cast.marieke, False)):
        scope = acting_in(who.organisation_id, who.pk) if who else acting_in(cast.organisation.pk)
        with scope, connection.cursor() as cursor:
            cursor.execute(f"select count(*) > 0 from {function}")
            assert cursor.fetchone() == (told,)


def test_functions_with_the_owners_eyes_look_along_a_fixed_path():
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef "
            "and not coalesce(proconfig, '{}') @> array['search_path=public, pg_temp']"
        )
        assert cursor.fetchall() == []


def test_a_card_of_the_other_keeps_its_writer(story, cast):
    with as_person(cast.marieke):
        standing = story.standing(cast.marieke)
        card = add_card(
            once=uuid.uuid4(), standing=standing, session=session_for(standing, 1), field=Field.GOAL, text="x"
        )
        for change in ({"author": cast.johan}, {"board": None}, {"engagement": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Card.objects.filter(pk=card.pk).update(**change)
    with acting_in(cast.elsewhere.pk, cast.noor.pk):
        assert not Card.objects.exists()
