"""The list of people, one person, and one's own data."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.architecture.source_code import modules
from tests.cast import Cast
from tests.story import as_person, running

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.writings import Kind
from klankbord.people import trail, who_sees_what
from klankbord.people.models import Membership, Person, StaffImport
from klankbord.privacy.access import Role, things
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def signed_in(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account)
    return client


def where(route: str, **more: object) -> str:
    return reverse(route, kwargs={"organisation": "waterland", **more})


def seen(person: Person, route: str, query: str = "", **more: object) -> str:
    response = signed_in(person).get(where(route, **more) + query)
    assert response.status_code == 200
    return response.content.decode()


# --- The list -------------------------------------------------------------------------------------------------------


def test_a_coordinator_finds_somebody_by_the_beginning_of_a_last_name(cast):
    page = seen(cast.fatima, "people", "?q=vis")
    assert "Anton Visser" in page
    assert "Johan de Wit" not in page


def test_the_list_of_a_unit_holds_the_units_below_it(cast):
    page = seen(cast.els, "people", "?unit=Waterland/Directie Water")
    assert "Bram Kuiper" in page
    assert "Marieke Bos" not in page


@pytest.mark.parametrize("query", ["?q=" + "a" * 3000, "?sort=;", "?page=-1", "?unit=nergens"])
def test_an_address_that_makes_no_sense_is_no_error(cast, query):
    seen(cast.els, "people", query)


def test_nobody_found_says_what_to_try(cast):
    assert "empty" in seen(cast.els, "people", "?q=zzzz")


@pytest.mark.parametrize("name", ["johan", "marieke", "anton", "ruben"])
def test_the_list_is_not_for_everybody(cast, name):
    client = signed_in(cast.named(name))
    for route in ("people", "people_file", "import_people"):
        assert client.get(where(route)).status_code == 403


def test_the_download_holds_the_rows_of_the_list_and_leaves_a_trace(cast):
    response = signed_in(cast.fatima).get(where("people_file") + "?unit=Waterland/Directie Mens")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert sorted(row[0] for row in sheet[1:]) == ["Fatima el Amrani", "Marieke Bos", "Ruben Jansen"]
    with as_person(cast.fatima):
        assert AuditRow.objects.get(verb="people.download").detail == {"count": 3}


# --- One person -----------------------------------------------------------------------------------------------------


def test_an_administrator_gives_a_role_and_takes_it_again(cast):
    client = signed_in(cast.els)
    for give, held in (("yes", True), ("no", False)):
        client.post(where("person_role", person=cast.johan.pk), {"role": "coach", "give": give})
        with as_person(cast.els):
            assert Membership.objects.filter(person=cast.johan, role="coach").exists() is held


def test_the_last_administrator_stays_administrator(cast):
    response = signed_in(cast.els).post(
        where("person_role", person=cast.els.pk), {"role": "administrator", "give": "no"}, follow=True
    )
    assert "note warning" in response.content.decode()
    with as_person(cast.els):
        assert Membership.objects.filter(person=cast.els, role="administrator").exists()


def test_a_coordinator_sees_roles_and_cannot_give_them(cast):
    client = signed_in(cast.fatima)
    assert 'name="role"' not in client.get(where("person", person=cast.johan.pk)).content.decode()
    answer = client.post(where("person_role", person=cast.johan.pk), {"role": "coach", "give": "yes"})
    assert answer.status_code == 403


def test_somebody_of_another_organisation_is_not_there(cast):
    assert signed_in(cast.els).get(where("person", person=cast.noor.pk)).status_code == 404


# --- The staff file on screen ---------------------------------------------------------------------------------------


def upload(client: Client, text: str, **more: str):
    file = io.BytesIO(text.encode())
    file.name = "staf.csv"
    return client.post(where("import_people"), {"file": file, **more})


def test_a_file_is_looked_at_and_then_taken_in_once(cast):
    client = signed_in(cast.els)
    answer = upload(client, "naam;e-mailadres;afdeling\nMila Vos;mila@waterland.example;Sluizen\n")
    page = client.get(answer["Location"]).content.decode()
    assert "Waterland/Sluizen" in page
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark is not None
    for _attempt in range(2):
        assert client.post(answer["Location"], {"mark": mark[1]}).status_code == 302
    with as_person(cast.els):
        assert Person.objects.filter(email="mila@waterland.example").count() == 1


def test_a_wrong_row_is_named_and_there_is_no_button_to_take_the_file_in(cast):
    client = signed_in(cast.els)
    page = client.get(upload(client, "naam;e-mailadres\nMila Vos;geen adres\n")["Location"]).content.decode()
    assert "geen adres" in page
    assert 'name="mark"' not in page


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(cast):
    answer = upload(signed_in(cast.els), "zomaar wat tekst")
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    with as_person(cast.els):
        assert not StaffImport.objects.exists()


def test_a_plan_that_changed_in_the_meantime_is_shown_again(cast):
    client = signed_in(cast.els)
    answer = upload(client, "naam;e-mailadres\nMila Vos;mila@waterland.example\n")
    assert client.post(answer["Location"], {"mark": "another"}).status_code == 409
    with as_person(cast.els):
        assert not Person.objects.filter(email="mila@waterland.example").exists()


def test_a_file_can_be_thrown_away(cast):
    client = signed_in(cast.els)
    answer = upload(client, "naam;e-mailadres\nMila Vos;mila@waterland.example\n")
    client.post(answer["Location"] + "weggooien/")
    assert client.get(answer["Location"]).status_code == 404


def test_the_empty_example_is_refused_because_there_is_nobody_in_it(cast):
    client = signed_in(cast.els)
    example = io.BytesIO(client.get(where("import_template")).content)
    example.name = "voorbeeld.xlsx"
    assert client.post(where("import_people"), {"file": example}).status_code == 422


# --- One's own data -------------------------------------------------------------------------------------------------


def test_whoever_opened_something_of_mine_is_named_by_day(cast):
    story = running(cast)
    signed_in(cast.marieke).get(where("session", engagement=story.engagement.pk, number=1))
    page = seen(cast.johan, "my_data")
    assert trail.sentence("session.open", "Marieke Bos") in page
    assert not re.search(r"<time[^>]*>[^<]*\d\d[.:]\d\d[^<]*</time>", page)


def test_what_i_did_myself_is_no_opening_by_another(cast):
    story = running(cast)
    with as_person(cast.johan):
        save_text(standing=story.standing(cast.johan), slug="waterland", kind=Kind.CRIB, text="Rustig beginnen.")
    assert trail.sentence("text.save", "Johan de Wit") not in seen(cast.johan, "my_data")


def test_a_language_chosen_is_the_language_of_the_next_page(cast):
    client = signed_in(cast.johan)
    answer = client.post(where("my_language"), {"language": "en"})
    # The browser forgets what the button at the foot of the page had set; the test client has to be told.
    assert answer.cookies.pop("klankbord_language")["max-age"] == 0
    del client.cookies["klankbord_language"]
    assert '<html lang="en">' in client.get(where("my_data")).content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Person.objects.get(pk=cast.johan.pk).language == "en"


def test_every_verb_that_concerns_somebody_has_words():
    """Verbs the person does for themselves, or that concern nobody's things, need none."""
    own_or_nobodys = {
        "account.publish", "alliance.rate", "alliance.share", "alliance.want", "booklet.make", "budget.book",
        "coach.forget", "coach_look.save", "costs.download", "course.choose_route", "course.grow", "earlier_hours.add",
        "earlier_hours.remove", "engagement.go_on", "engagement.other_coach", "engagement.three_months",
        "experiment.tell", "farewell.end", "farewell.make", "farewell.send", "farewell.use", "farewell.withdraw",
        "fit.destroy", "fit.open_letter", "fit.pass_on", "fit.publish", "fit.reply", "fit.take_back",
        "goal.describe_levels", "goal.keep", "goal.turn", "hours_statement.sign", "hours_statement.withdraw",
        "intervision.cancel", "intervision.join", "intervision.leave", "intervision.plan", "intervision.remove_subject",
        "intervision.start", "intervision.turn", "intervision.write_subject", "language.choose", "learning.add",
        "learning.remove", "learning.show", "lending.end", "lending.invite", "lending.say_yes", "lending.take_up",
        "lending.write", "lines.forget", "nearness.look", "nearness.tell", "noted.take", "notification.send",
        "organisation.found", "outline.download", "own_question.add", "own_question.remove", "own_question.restore",
        "party.ask_in", "party.end", "people.download", "people_around.add", "people_around.keep", "people_around.send",
        "people_around.take_off", "photo.put", "photo.remove", "policy.begin", "policy.discard", "policy.publish",
        "policy.save_section", "pool.download", "profile.publish", "profile.remove", "profile.room", "profile.withdraw",
        "profile.write", "proposal.choose", "proposal.pass", "quality.remind", "quality.remove", "quality.state",
        "question.keep", "question.let_go", "referral.answer", "referral.ask", "request.look_further", "request.send",
        "request.withdraw", "round.confirm", "round.discard", "round.forget", "round.lay", "round.start", "round.step",
        "self_assessment.make", "self_assessment.remove", "session.just_come", "share.keep", "share.make",
        "share.withdraw", "signal.say", "signal.send", "spiral.place", "spiral.remove", "spreadsheet.confirm",
        "spreadsheet.drop", "spreadsheet.take", "staff_file.apply", "staff_file.discard", "staff_file.keep",
        "steering.choose", "story.share", "story.withdraw", "story.write", "takeout.make", "team_decision.forget",
        "team_decision.remove", "team_decision.write", "unit.add", "waiting.count", "waiting.publish",
        "wave.choose_paper", "wave.close", "wave.count", "wave.drop", "wave.forget_words", "wave.open",
        "wave.plan_reminders", "wave.prepare_classes", "wave.print_letters", "wave.publish", "wave.read_words",
        "wave.remind", "wave.remind_as_planned", "witness.ask", "witness.decline", "witness.end", "words.take_along",
    }  # fmt: skip
    verbs = set()
    for module in modules():
        if not module.is_test:
            verbs |= set(re.findall(r'@action\("([\w.]+)"\)', module.text))
            verbs |= set(re.findall(r'note_(?:reading|(?:each_)?opened)\([^)]*"([\w.]+\.open)"', module.text))
    assert verbs - own_or_nobodys - trail.known_verbs() == set()


def test_a_verb_without_words_is_still_told_truthfully():
    assert trail.sentence("something.open", "Els") != trail.sentence("something.change", "Els")


# --- Who sees what --------------------------------------------------------------------------------------------------


def test_everybody_may_read_who_sees_what(cast):
    page = seen(cast.johan, "who_sees_what")
    assert str(things()["coach_page"].name) in page.replace("&#x27;", "'")


def test_every_thing_stands_in_the_table_with_the_cells_of_the_access_table(cast: Cast):
    coaching, other = who_sees_what.coaching_and_other()
    assert len(coaching) + len(other) == len(things()) - len(who_sees_what.TOLD_BY_KIND)
    crib = next(row for row in coaching if row.name == str(things()["crib"].name))
    filled = [role for role, cell in zip([*who_sees_what.COLUMNS, None], crib.cells, strict=True) if cell]
    assert filled == [Role.CLIENT]


def test_no_reader_is_left_out_of_the_table():
    coaching, other = who_sees_what.coaching_and_other()
    told = [thing for key, thing in things().items() if key not in who_sees_what.TOLD_BY_KIND]
    told_to_all = {Role.SELF, Role.EVERYONE}
    for row in (*coaching, *other):
        thing = next(one for one in told if str(one.name) == row.name)
        roles = {seen.role for seen in thing.sees}
        # Whoever has no column of their own stands together in the last one.
        apart = {role if role in who_sees_what.COLUMNS else None for role in roles}
        beside = bool(roles - told_to_all - set(who_sees_what.COLUMNS))
        readers = len(who_sees_what.COLUMNS) + beside if roles & told_to_all else len(apart)
        assert sum(bool(cell) for cell in row.cells) == readers, row.name
