"""The policy through the screen: a draft that saves part by part, two coordinators at once, and publishing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.story import SLUG, as_person

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Person
from klankbord.policy.actions import begin_draft, publish_policy, save_section
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import mark_of, policy_in_force
from klankbord.policy.rules.values import with_values

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def signed_in(person: Person) -> Client:
    assert person.account
    client = Client()
    client.force_login(person.account)
    client.cookies.load({"django_language": "nl"})
    return client


def at(route: str, **keywords: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, **keywords})


def begun(cast: Cast) -> PolicyVersion:
    with as_person(cast.fatima):
        return begin_draft()


def published(cast: Cast, note: str = "Zo beginnen we.", days: int = 365, **values: object) -> PolicyVersion:
    with as_person(cast.fatima):
        draft = begin_draft()
        for name, value in values.items():
            save_section(
                draft=draft,
                section_id="talks",
                written=with_values(draft.content, {f"talks.{name}": value}),
            )
        return publish_policy(draft=draft, note=note, review_on=clock.today() + timedelta(days=days))


def sent_from(client: Client, section: str, **changed: str) -> dict[str, str]:
    """What the form of a part would send, with something changed in it."""
    form = client.get(at("policy_section", section=section)).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {
        name: str(value) for name, value in values.items() if value is not False and value not in (None, (), [])
    } | changed


def test_a_draft_saves_part_by_part_and_nothing_published_changes(cast):
    published(cast)
    begun(cast)
    fatima = signed_in(cast.fatima)
    answer = fatima.post(at("policy_section", section="talks"), sent_from(fatima, "talks", **{"talks-count": "5"}))
    assert answer.status_code == 302
    with as_person(cast.fatima):
        assert policy_in_force().content.talks.count == 7
        assert PolicyVersion.objects.get(state="draft").content.talks.count == 5
    assert "was: 7 gesprekken, wordt: 5 gesprekken" in fatima.get(at("policy_compare")).content.decode()
    assert "7 gesprekken" in signed_in(cast.johan).get(at("policy")).content.decode()


@pytest.mark.parametrize(
    ("section", "changed", "words"),
    [
        ("evaluation", {"talks-interim_after": "9"}, "Tussendoor terugkijken komt na gesprek 9"),
        ("goals", {"talks-direction_by": "12"}, "De richting komt bij gesprek 12"),
        ("talks", {"talks-most": "3"}, "Het hoogste aantal kan niet lager zijn"),
        ("retention", {"retention_months": "0"}, "Kies een getal van 1 tot en met 24."),
        ("words", {"word": "own", "word-one": "gast"}, "Vul het woord in."),
    ],
)
def test_what_does_not_go_together_is_said_and_what_was_typed_stays(cast, section, changed, words):
    begun(cast)
    fatima = signed_in(cast.fatima)
    sent = sent_from(fatima, section, text="Eigen woorden die blijven.", **changed)
    answer = fatima.post(at("policy_section", section=section), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Eigen woorden die blijven." in answer.content.decode()


def test_two_coordinators_at_once_lose_no_words(cast):
    begun(cast)
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    fatima, ruben = signed_in(cast.fatima), signed_in(cast.ruben)
    where = at("policy_section", section="talks")
    of_fatima = sent_from(fatima, "talks", text="Van Fatima.", **{"talks-count": "5"})
    of_ruben = sent_from(ruben, "talks", text="Van Ruben.", **{"talks-count": "6"})
    elsewhere = sent_from(ruben, "money", text="Ook van Ruben.")
    assert fatima.post(where, of_fatima).status_code == 302
    answer = ruben.post(where, of_ruben)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Fatima paste deze tekst aan" in shown
    assert "Van Fatima." in shown
    assert "Van Ruben." in shown
    assert "was: 5 gesprekken, wordt: 6 gesprekken" in shown
    assert ruben.post(at("policy_section", section="money"), elsewhere).status_code == 302
    again = of_ruben | {"seen": answer.context["form"].data["seen"], "text": "Van Fatima.\n\nVan Ruben."}
    assert ruben.post(where, again).status_code == 302
    with as_person(cast.fatima):
        content = PolicyVersion.objects.get(state="draft").content
        assert content.texts["talks"] == "Van Fatima.\n\nVan Ruben."
        assert content.texts["money"] == "Ook van Ruben."


def test_what_was_typed_and_not_saved_is_there_again_boxes_too(cast):
    begun(cast)
    fatima = signed_in(cast.fatima)
    where = at("policy_section", section="quality")
    sent = sent_from(fatima, "quality", text="Half af.", **{"quality-internal_intervision": "2"})
    del sent["quality-internal_training"]
    fatima.post(f"{at('draft')}?place={where}", sent | {"quality-accreditations": ["icf", "stir"]})
    initial = fatima.get(where).context["form"].initial
    assert (initial["text"], initial["quality-internal_intervision"]) == ("Half af.", "2")
    assert (initial["quality-internal_training"], initial["quality-code_of_ethics"]) == (False, True)
    assert initial["quality-accreditations"] == ["icf", "stir"]
    fatima.post(where, sent)
    assert fatima.get(where).context["form"].initial["quality-accreditations"] == ()


def test_whoever_saves_after_a_colleague_published_keeps_the_words(cast):
    begun(cast)
    fatima = signed_in(cast.fatima)
    sent = sent_from(fatima, "vision", text="Mijn lange verhaal.")
    published(cast)
    answer = fatima.post(at("policy_section", section="vision"), sent)
    assert answer.status_code == 409
    assert "Mijn lange verhaal." in answer.content.decode()
    assert "Begin een nieuw concept" in answer.content.decode()


def test_nobody_publishes_what_a_colleague_changed_meanwhile(cast):
    draft = begun(cast)
    fatima = signed_in(cast.fatima)
    form = fatima.get(at("policy_publish")).context["form"]
    sent = {"note": "Klaar.", "review_on": str(form.initial["review_on"]), "seen": form.initial["seen"]}
    with as_person(cast.fatima):
        save_section(draft=draft, section_id="talks", written=with_values(draft.content, {"talks.count": 5}))
    answer = fatima.post(at("policy_publish"), sent)
    assert answer.status_code == 409
    assert "Een collega veranderde het concept" in answer.content.decode()
    again = sent | {"seen": answer.context["form"].data["seen"]}
    assert fatima.post(at("policy_publish"), again).status_code == 302
    with as_person(cast.johan):
        assert policy_in_force().number == 1


def test_the_review_is_a_year_later_unless_the_policy_says_otherwise(cast):
    draft = begun(cast)
    with as_person(cast.fatima):
        save_section(draft=draft, section_id="vision", written=with_values(draft.content, {"review_months": 6}))
    form = signed_in(cast.fatima).get(at("policy_publish")).context["form"]
    days = (form.initial["review_on"] - clock.today()).days
    assert 180 < days < 185


def test_a_version_that_was_replaced_stays_to_be_read_with_its_note(cast):
    published(cast, note="De eerste.")
    published(cast, note="Minder gesprekken.", count=5)
    johan = signed_in(cast.johan)
    now, first = johan.get(at("policy")).content.decode(), johan.get(at("policy_version", version=1)).content.decode()
    assert "Een coaching heeft meestal 5 gesprekken." in now
    assert "Minder gesprekken." in now
    assert "De eerste." in now
    assert "Een coaching heeft meestal 7 gesprekken." in first
    assert johan.get(at("policy_version", version=3)).status_code == 404
    assert johan.get(at("policy_version_paper", version=1)).headers["Content-Type"] == "application/pdf"


def test_coordinators_hear_on_today_that_the_review_nears_and_others_do_not(cast):
    published(cast, days=29)
    words = "Het coachingsbeleid wordt op"
    assert words in signed_in(cast.fatima).get(at("today")).content.decode()
    assert words not in signed_in(cast.johan).get(at("today")).content.decode()


def test_a_draft_can_be_thrown_away_and_what_is_published_stays(cast):
    published(cast)
    begun(cast)
    fatima = signed_in(cast.fatima)
    assert fatima.post(at("policy_discard")).status_code == 302
    with as_person(cast.fatima):
        assert [one.state for one in PolicyVersion.objects.all()] == ["published"]
    assert fatima.get(at("policy_draft")).status_code == 302


def test_the_mark_of_a_part_changes_with_its_values_and_not_with_those_of_another(cast):
    content = begun(cast).content
    changed = with_values(content, {"talks.count": 5})
    assert mark_of(content, "talks") != mark_of(changed, "talks")
    assert mark_of(content, "money") == mark_of(changed, "money")


def test_markup_in_a_text_is_shown_as_it_was_typed(cast):
    draft = begun(cast)
    typed = '<script>alert(1)</script> #read("/etc/passwd")'
    with as_person(cast.fatima):
        written = with_values(draft.content, {"texts": {"vision": typed}})
        save_section(draft=draft, section_id="vision", written=written)
    shown = signed_in(cast.fatima).get(at("policy_preview")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert(1)" not in shown


def test_noor_reads_nothing_of_waterland_and_waterland_nothing_of_bergland(cast):
    published(cast)
    with acting_in(cast.elsewhere.id, cast.noor.pk):
        assert policy_in_force().number == 0
        assert PolicyVersion.objects.count() == 0
    assert signed_in(cast.noor).get(at("policy")).status_code == 404
