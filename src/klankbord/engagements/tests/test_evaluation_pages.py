"""Looking back half-way and at the end: together, or apart and then side by side."""

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.story import Story, as_person

from klankbord.core import clock
from klankbord.engagements.actions.course import begin_closing, close, stop
from klankbord.engagements.models import Writing
from klankbord.engagements.queries.doors import session_for
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.models import Notification
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OF_JOHAN = "Ik zie dat ik te snel ja zeg."
OF_MARIEKE = "Ik nam het stuur wel eens over."


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def _rows_of_the_other(person, kind: str) -> int:
    """How many texts of this kind by somebody else this person's database shows."""
    with as_person(person):
        return Writing.objects.filter(kind=kind).exclude(author=person).count()


# --- apart, and then side by side ---------------------------------------------------------------------------------


def test_the_first_question_is_open_and_the_two_ways_weigh_the_same(johan):
    page = text_of(johan.open("interim"))
    assert "Are we working in a way you learn from? What would you like more of, less of, or different?" in page
    assert '<a class="button" href="' in page
    assert ">Together, in one text</a>" in page
    assert ">First each apart</a>" in page
    assert "Talking alone is fine too." in page


def test_what_is_saved_is_ones_own_until_one_is_done(cast, johan, marieke):
    johan.send("interim_apart", {"awareness": OF_JOHAN})
    assert OF_JOHAN in text_of(johan.open("interim_apart"))
    assert OF_JOHAN not in text_of(marieke.open("interim"))
    assert _rows_of_the_other(cast.marieke, "interim") == 0


@pytest.mark.parametrize(("moment", "kind"), [("interim", "interim"), ("final", "final")])
def test_nobody_reads_the_others_before_their_own_lies_beside_it(cast, johan, marieke, moment, kind):
    marieke.send(f"{moment}_apart", {"responsibility": OF_MARIEKE, "done": "1"})
    assert OF_MARIEKE not in text_of(johan.open(moment))
    assert _rows_of_the_other(cast.johan, kind) == 0
    johan.send(f"{moment}_apart", {"awareness": OF_JOHAN})
    assert _rows_of_the_other(cast.johan, kind) == 0, "saved for oneself is not laid down"
    johan.send(f"{moment}_apart", {"awareness": OF_JOHAN, "based_on": 1, "done": "1"})
    for visitor in (johan, marieke):
        page = text_of(visitor.open(moment))
        assert OF_JOHAN in page
        assert OF_MARIEKE in page


def test_an_empty_sheet_beside_the_other_is_enough_to_read_it_and_says_so(johan, marieke):
    johan.send("interim_apart", {"awareness": OF_JOHAN, "done": "1"})
    assert marieke.send("interim_rather_talk").status_code == 302
    assert OF_JOHAN in text_of(marieke.open("interim"))
    assert "Marieke wrote nothing down and would rather talk." in text_of(johan.open("interim"))


def test_whoever_would_rather_talk_after_writing_keeps_what_was_written(johan, marieke):
    johan.send("interim_apart", {"awareness": OF_JOHAN})
    johan.send("interim_rather_talk")
    assert OF_JOHAN in text_of(johan.open("interim_apart"))
    marieke.send("interim_rather_talk")
    assert OF_JOHAN not in text_of(marieke.open("interim"))


def test_the_other_is_told_that_somebody_looked_back_once_and_in_no_word_of_it(cast, johan):
    johan.send("interim_apart", {"awareness": OF_JOHAN, "done": "1"})
    johan.send("interim_apart", {"awareness": OF_JOHAN + "!", "based_on": 1, "done": "1"})
    with as_person(cast.marieke):
        told = Notification.objects.filter(kind="looked_back")
        assert [one.link.endswith("/terugkijken/halverwege/") for one in told] == [True]


def test_who_sees_this_says_once_both_lie_beside_each_other_and_then_who(johan, marieke):
    def lines(visitor: Visitor) -> list[str]:
        return [line.text for line in visitor.open("interim").context["audience"].lines]

    waiting = "once you have each laid yours beside the other's."
    assert any(line.endswith(f"Marieke, {waiting}") for line in lines(johan))
    assert any(line.endswith(f"Johan, {waiting}") for line in lines(marieke))
    for visitor in (johan, marieke):
        visitor.send("interim_apart", {"way": "Meer stilte.", "done": "1"})
    assert not any(waiting in line for line in lines(johan) + lines(marieke))


def test_reading_the_others_leaves_a_trail_for_who_wrote_it(cast, johan, marieke):
    for visitor in (johan, marieke):
        visitor.send("interim_apart", {"way": "Meer stilte.", "done": "1"})
    marieke.open("interim")
    johan.open("interim")
    with as_person(cast.johan):
        assert AuditRow.objects.filter(
            verb="evaluation.open", owner_id=cast.johan.pk, actor_id=cast.marieke.pk
        ).exists()
    with as_person(cast.marieke):
        assert AuditRow.objects.filter(verb="evaluation.open", owner_id=cast.marieke.pk).exists()


# --- together -----------------------------------------------------------------------------------------------------


def test_one_text_of_both_is_read_and_changed_by_both(johan, marieke):
    johan.send("interim_together", {"result": "Het team denkt mee."})
    assert "Het team denkt mee." in text_of(marieke.open("interim"))
    marieke.send("interim_together", {"result": "Het team denkt mee en zegt het.", "based_on": 1})
    assert "Het team denkt mee en zegt het." in text_of(johan.open("interim"))


def test_whoever_comes_second_sees_both_texts_by_pillar(johan, marieke):
    johan.send("interim_together", {"result": "Van Johan."})
    answer = marieke.send("interim_together", {"result": "Van Marieke.", "way": "Rustig."})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Johan changed this text while you were writing" in page
    assert "Result\nVan Johan." in page
    assert "Rustig." in page
    assert '<input type="hidden" name="based_on" value="1" id="id_based_on">' in page


def test_a_draft_older_than_what_the_other_saved_is_shown_beside_it(johan, marieke):
    johan.send("interim_together", {"result": "Eerst dit."})
    johan.type({"result": "Nog bezig.", "based_on": "1"}, "interim_together")
    marieke.send("interim_together", {"result": "Toen dit.", "based_on": 1})
    page = text_of(johan.open("interim_together"))
    assert "Marieke changed this text while you were writing" in page
    assert "Nog bezig." in page
    assert "Toen dit." in page


def test_nothing_written_gets_words_that_help(johan):
    answer = johan.send("interim_together", {"result": "  "})
    assert answer.status_code == 422
    assert "One sentence is enough." in text_of(answer)


def test_what_is_too_long_comes_back_whole(johan):
    long = "a" * 10_001
    answer = johan.send("interim_apart", {"result": long})
    assert answer.status_code == 422
    assert long in text_of(answer)


# --- when ---------------------------------------------------------------------------------------------------------


def test_the_talk_that_the_agreement_names_offers_it_once_it_has_begun(cast, story, johan):
    assert "Look back half-way" not in text_of(johan.open("session", number=3))
    with as_person(cast.johan):
        talk = session_for(story.standing(cast.johan), 3)
        talk.starts_at = clock.now() - timedelta(days=1)
        talk.save(update_fields=["starts_at"])
    assert "Look back half-way</a>" in text_of(johan.open("session", number=3))


def test_after_the_closing_the_last_look_back_may_be_finished_and_the_one_half_way_only_read(cast, story, johan):
    johan.send("interim_together", {"result": "Dit blijft te lezen."})
    with as_person(cast.johan):
        begin_closing(standing=story.standing(cast.johan), slug="waterland")
        close(standing=story.standing(cast.johan), slug="waterland")
    assert johan.send("final_apart", {"result": "Nog één ding."}).status_code == 302
    assert "Nog één ding." in text_of(johan.open("final_apart"))
    johan.send("interim_together", {"result": "Te veel.", "based_on": 1})
    page = text_of(johan.open("interim"))
    assert "Dit blijft te lezen." in page
    assert "Te veel." not in page


def test_a_coaching_that_was_stopped_is_told_in_words(cast, story, johan):
    with as_person(cast.johan):
        stop(standing=story.standing(cast.johan), slug="waterland")
    assert johan.send("interim_rather_talk").status_code == 302
    assert "There is nothing here. That is fine." in text_of(johan.open("interim"))


def test_without_the_key_the_page_says_so(story, johan):
    johan.send("interim_together", {"result": "Straks weg."})
    vault.destroy(story.engagement.vault_scope)
    page = text_of(johan.open("interim"))
    assert "These words cannot be read any more." in page
    assert "Straks weg." not in page
