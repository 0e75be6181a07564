"""The agreement on paper, any two versions side by side, and how the two work now."""

import io
from typing import Any

import pytest
from pypdf import PdfReader
from tests.cast import Cast
from tests.story import SLUG, Story, as_person

from klankbord.engagements.actions.agreements import Plan, propose_agreement
from klankbord.engagements.models import Agreement
from klankbord.engagements.queries.agreements import clauses_of, latest_agreement
from klankbord.engagements.rules.agreement import Clause
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MARKUP = '#read("/etc/passwd") en *vet* en $x$ 😀'


@pytest.fixture
def story(told: Story) -> Story:
    return told


@pytest.fixture
def johan(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.johan, story.engagement.pk)


@pytest.fixture
def marieke(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.marieke, story.engagement.pk)


def write_another(story: Story, method: str, *, newer_policy: bool = False, **plan: Any) -> Agreement:
    """Johan lays down a next version with another method."""
    with as_person(story.cast.johan):
        last = latest_agreement(story.engagement)
        assert last is not None
        clauses = [Clause(one.id, one.title, method if one.id == "method" else one.text) for one in clauses_of(last)]
        return propose_agreement(
            standing=story.standing(story.cast.johan),
            slug=SLUG,
            clauses=clauses,
            plan=Plan(**{**last.plan, **plan}),
            based_on=last.version,
            newer_policy=newer_policy,
        )


def words_of(answer: Any) -> str:
    """What stands on a PDF that was handed over."""
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


# --- on paper -----------------------------------------------------------------------------------------------------


def test_a_version_on_paper_holds_its_clauses_its_talks_and_who_said_yes(johan, marieke):
    for reader in (johan, marieke):
        words = words_of(reader.open("agreement_pdf", version=1))
        assert "Wat tussen ons blijft" in words
        assert "Johan de Wit zei ja op" in words
        assert "Marieke Bos zei ja op" in words
        assert "De gesprekken in dit plan" in words
        assert "Concept" not in words


def test_the_paper_says_under_which_policy_it_was_made(story, johan):
    assert "coachbeleid" not in words_of(johan.open("agreement_pdf", version=1))
    write_another(story, "Anders.", newer_policy=True)
    assert "Gemaakt onder versie 1 van het coachbeleid" in words_of(johan.open("agreement_pdf", version=2))


def test_a_version_that_not_everybody_said_yes_to_is_marked_as_a_draft(story, johan):
    write_another(story, "Anders.")
    words = words_of(johan.open("agreement_pdf", version=2))
    assert "Concept: nog niet iedereen zei ja tegen deze versie." in words
    assert "Marieke Bos heeft nog niet geantwoord" in words


def test_markup_in_a_clause_stands_on_paper_as_it_was_typed(story, johan):
    write_another(story, MARKUP)
    assert '#read("/etc/passwd") en *vet* en $x$' in words_of(johan.open("agreement_pdf", version=2))


def test_the_paper_is_in_the_language_of_the_agreement_whoever_asks_for_it(johan):
    catalogue: Any = PdfReader(io.BytesIO(johan.open("agreement_pdf", version=1).content)).trailer["/Root"]
    assert catalogue["/Lang"] == "nl"


def test_the_file_names_nobody_and_is_kept_nowhere_on_the_way(johan):
    answer = johan.open("agreement_pdf", version=1)
    assert answer["Content-Disposition"].startswith('attachment; filename="agreement-20')
    assert "johan" not in answer["Content-Disposition"].lower()
    assert "no-store" in answer["Cache-Control"]


def test_a_coach_who_takes_the_paper_leaves_a_trail_for_the_client(cast, marieke):
    marieke.open("agreement_pdf", version=1)
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="agreement.open", actor_id=cast.marieke.pk).count() == 1


def test_there_is_no_paper_of_words_that_were_destroyed(cast, story, johan):
    with as_person(cast.johan):
        agreement = latest_agreement(story.engagement)
        assert agreement is not None
        vault.destroy(agreement.vault_scope)
    answer = johan.open("agreement_pdf", version=1)
    assert answer.headers["Location"] == johan.address("agreement_version", version=1)


def test_there_is_no_paper_of_a_version_that_was_never_written(johan):
    assert johan.open("agreement_pdf", version=7).status_code == 404


# --- side by side -------------------------------------------------------------------------------------------------


def test_any_two_versions_stand_side_by_side_whichever_way_round(story, johan):
    write_another(story, "We lopen door de polder.")
    write_another(story, "We zitten binnen.", weeks=2)
    first_to_last = text_of(johan.client.get(johan.address("agreement_compare"), {"older": 1, "newer": 3}))
    assert "From version 1 to version 3" in first_to_last
    assert "polder" not in first_to_last
    assert "<ins>" in first_to_last
    last_two = text_of(johan.open("agreement_compare"))
    assert "From version 2 to version 3" in last_two
    assert "polder" in last_two
    turned = text_of(johan.client.get(johan.address("agreement_compare"), {"older": 3, "newer": 1}))
    assert "From version 1 to version 3" in turned


def test_a_version_beside_itself_says_the_same_and_one_that_is_not_there_is_asked_about(story, johan):
    write_another(story, "Anders.")
    same = johan.client.get(johan.address("agreement_compare"), {"older": 2, "newer": 2})
    assert "These two say the same." in text_of(same)
    assert johan.client.get(johan.address("agreement_compare"), {"older": 1, "newer": 9}).status_code == 200


def test_with_one_version_there_is_nothing_to_put_side_by_side(johan):
    assert "There is nothing to put side by side yet." in text_of(johan.open("agreement_compare"))


def test_of_a_new_version_one_sees_all_that_came_since_ones_own_yes(story, marieke):
    write_another(story, "We lopen door de polder.")
    write_another(story, "We zitten binnen.")
    page = text_of(marieke.open("agreement"))
    assert "What differs from version 1" in page
    assert "polder" not in page


# --- how we work now ----------------------------------------------------------------------------------------------


def test_both_write_how_they_work_now_and_nobody_has_to_say_yes(johan, marieke):
    assert johan.send("how_we_work", {"text": "We zeggen het als iets stoort.", "based_on": "0"}).status_code == 302
    again = marieke.open("how_we_work")
    assert "We zeggen het als iets stoort." in text_of(again)
    sent = {"text": "We zeggen het meteen.", "based_on": again.context["field"].form["based_on"].value()}
    assert marieke.send("how_we_work", sent).status_code == 302
    page = text_of(johan.open("agreement"))
    assert "We zeggen het meteen." in page
    assert "And you?" not in page


def test_of_two_who_write_at_once_the_second_sees_both_texts(johan, marieke):
    johan.send("how_we_work", {"text": "Van Johan.", "based_on": "0"})
    answer = marieke.send("how_we_work", {"text": "Van Marieke.", "based_on": "0"})
    assert answer.status_code == 409
    assert "Van Johan." in text_of(answer)
    assert "Van Marieke." in text_of(answer)


def test_nothing_at_all_is_sent_back_with_words(johan):
    assert johan.send("how_we_work", {"text": "  ", "based_on": "0"}).status_code == 422


def test_what_is_too_long_comes_back_whole(johan):
    answer = johan.send("how_we_work", {"text": "a" * 20_001, "based_on": "0"})
    assert answer.status_code == 422
    assert "a" * 20_001 in text_of(answer)


def test_after_the_coaching_it_can_be_read_and_no_longer_changed(johan):
    johan.send("how_we_work", {"text": "Van toen.", "based_on": "0"})
    johan.send("engagement_stop")
    page = text_of(johan.open("how_we_work"))
    assert "Van toen." in page
    assert "Save for us both" not in page
    assert johan.send("how_we_work", {"text": "Later.", "based_on": "1"}).status_code == 302
    assert "Van toen." in text_of(johan.open("how_we_work"))
