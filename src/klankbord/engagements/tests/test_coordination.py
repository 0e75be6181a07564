"""The coordinator's pages: finding a coach with as little as is needed, and the outline of all engagements."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.cast import Cast

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.course import go_on, stop
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request, withdraw_request
from klankbord.engagements.models import Engagement, Proposal, Request
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.matching import Shortlist, shortlist
from klankbord.engagements.rules.lifecycle import ProposalState
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Mijn project zit vast."


def _as(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def _address(route: str, *args) -> str:
    return reverse(route, args=["waterland", *args])


def _sent(cast: Cast, person=None, *, shared: bool = False) -> Request:
    asker = person or cast.johan
    wishes = Wishes(themes=("project",), sensitive_themes=("strain",))
    with acting_in(cast.organisation.id, asker.pk):
        return send_request(once=uuid4(), slug="waterland", client=asker, words=WORDS, shared=shared, wishes=wishes)


def _proposed(cast: Cast, request: Request, coach) -> Proposal:
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return propose_coach(slug="waterland", request=request, coach=coach)


def _begun(cast: Cast, person, coach) -> Engagement:
    proposal = _proposed(cast, _sent(cast, person), coach)
    with acting_in(cast.organisation.id, person.pk):
        return choose_coach(slug="waterland", proposal=proposal)


def _other_coordinator(cast: Cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    return cast.ruben


def _names_in_order(page) -> list[str]:
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)<', page.content.decode())


@pytest.mark.parametrize("route", ["requests", "outline", "outline_file"])
def test_only_coordinators_get_the_lists(cast, route):
    assert _as(cast.fatima).get(_address(route)).status_code == 200
    for other in (cast.johan, cast.marieke, cast.anton, cast.els):
        assert _as(other).get(_address(route)).status_code == 403


def test_a_request_shows_themes_and_never_the_words_that_were_kept_back(cast):
    request = _sent(cast)
    fatima = _as(cast.fatima)
    for address in (_address("requests"), _address("request_to_match", request.pk)):
        page = fatima.get(address).content.decode()
        assert "Een lastig project met veel belangen" in page
        assert WORDS not in page
        assert "Spanning en werkdruk" not in page


def test_words_that_were_ticked_are_shown_with_what_belongs_to_them_and_that_is_noted(cast):
    request = _sent(cast, shared=True)
    fatima = _as(cast.fatima)
    page = fatima.get(_address("request_to_match", request.pk)).content.decode()
    fatima.get(_address("request_to_match", request.pk))
    assert WORDS in page
    assert "Spanning en werkdruk" in page
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert AuditRow.objects.filter(verb="request_words.open", owner_id=cast.johan.pk).count() == 1


def test_opening_a_request_of_which_the_words_were_kept_back_is_noted_as_no_more_than_that(cast):
    request = _sent(cast)
    _as(cast.fatima).get(_address("request_to_match", request.pk))
    with acting_in(cast.organisation.id, cast.johan.pk):
        verbs = AuditRow.objects.filter(owner_id=cast.johan.pk, actor_id=cast.fatima.pk).values_list("verb", flat=True)
        assert list(verbs) == ["request.open"]


def test_a_coordinator_who_is_the_chosen_coach_does_not_read_the_words_here(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.marieke, role=Membership.Role.COORDINATOR)
    engagement = _begun(cast, cast.johan, cast.marieke)
    page = _as(cast.marieke).get(_address("request_to_match", engagement.request_id))
    assert page.status_code == 200
    assert WORDS not in page.content.decode()


def test_a_coach_who_cannot_is_shown_with_the_reason_and_without_a_button(cast):
    request = _sent(cast)
    page = _as(cast.fatima).get(_address("request_to_match", request.pk)).content.decode()
    assert "Bram en Johan vallen onder dezelfde leidinggevende." in page
    assert str(cast.bram.pk) not in page
    assert str(cast.marieke.pk) in page


def test_a_proposal_reaches_the_client(cast):
    request = _sent(cast)
    _as(cast.fatima).post(_address("request_propose", request.pk), {"coach": cast.marieke.pk})
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Proposal.objects.get(request=request).state == ProposalState.PROPOSED


def test_proposing_a_coach_from_the_own_line_is_refused_with_the_reason(cast):
    request = _sent(cast)
    answer = _as(cast.fatima).post(_address("request_propose", request.pk), {"coach": cast.bram.pk}, follow=True)
    assert "Bram en Johan vallen onder dezelfde leidinggevende." in answer.content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert not Proposal.objects.filter(request=request).exists()


def test_somebody_who_is_no_coach_cannot_be_proposed(cast):
    request = _sent(cast)
    answer = _as(cast.fatima).post(_address("request_propose", request.pk), {"coach": cast.els.pk})
    assert answer.status_code == 404


def test_proposing_nobody_comes_back_to_the_request(cast):
    request = _sent(cast)
    answer = _as(cast.fatima).post(_address("request_propose", request.pk), {"coach": "niemand"})
    assert answer.headers["Location"] == _address("request_to_match", request.pk)


def test_with_three_proposals_there_is_no_button_for_a_fourth(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        for person in (cast.ruben, cast.fatima):
            give_role(person=person, role=Membership.Role.COACH)
    request = _sent(cast)
    for coach in (cast.marieke, cast.saskia, cast.ruben):
        _proposed(cast, request, coach)
    page = _as(cast.fatima).get(_address("request_to_match", request.pk)).content.decode()
    assert 'name="coach"' not in page
    assert "Er liggen al 3 voorstellen." in page


def test_stepping_aside_takes_one_click_and_the_request_is_gone_for_me_alone(cast):
    request = _sent(cast)
    ruben = _other_coordinator(cast)
    fatima = _as(cast.fatima)
    answer = fatima.post(_address("request_aside", request.pk), follow=True)
    assert answer.redirect_chain[-1][0] == _address("requests")
    assert fatima.get(_address("request_to_match", request.pk)).status_code == 404
    assert _as(ruben).get(_address("request_to_match", request.pk)).status_code == 200


def test_whoever_stepped_aside_and_is_then_proposed_as_the_coach_does_not_get_back_in_as_a_coordinator(cast):
    request = _sent(cast)
    ruben = _other_coordinator(cast)
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=ruben, role=Membership.Role.COACH)
    ruben = _as(ruben)
    ruben.post(_address("request_aside", request.pk))
    _proposed(cast, request, cast.ruben)
    assert ruben.get(_address("request_to_match", request.pk)).status_code == 404
    assert "Johan de Wit</a>" not in ruben.get(_address("requests")).content.decode()


def test_the_page_warns_when_nobody_could_take_over(cast):
    request = _sent(cast)
    fatima = _as(cast.fatima)
    assert fatima.get(_address("request_to_match", request.pk)).context["colleague_remains"] is False
    _other_coordinator(cast)
    assert fatima.get(_address("request_to_match", request.pk)).context["colleague_remains"] is True


def test_a_manager_who_coordinates_is_told_to_leave_it_to_a_colleague(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.anton, role=Membership.Role.COORDINATOR)
    page = _as(cast.anton).get(_address("request_to_match", _sent(cast).pk)).content.decode()
    assert "Je geeft leiding aan Johan." in page


def test_the_own_request_of_a_coordinator_is_no_work_of_their_own(cast):
    request = _sent(cast, cast.fatima)
    fatima = _as(cast.fatima)
    assert "Fatima el Amrani</a>" not in fatima.get(_address("requests")).content.decode()
    assert fatima.get(_address("request_to_match", request.pk)).status_code == 404


def test_those_who_wait_stand_before_those_who_have_a_proposal(cast):
    _proposed(cast, _sent(cast, cast.johan), cast.marieke)
    _sent(cast, cast.willem)
    assert _names_in_order(_as(cast.fatima).get(_address("requests"))) == ["Willem Smit", "Johan de Wit"]


def test_requests_can_be_found_filtered_and_sorted_by_address(cast):
    _proposed(cast, _sent(cast, cast.johan), cast.marieke)
    _sent(cast, cast.willem)
    fatima = _as(cast.fatima)

    def names(query: str) -> list[str]:
        return _names_in_order(fatima.get(f"{_address('requests')}?{query}"))

    assert names("q=wit") == ["Johan de Wit"]
    assert names("state=sent") == ["Willem Smit"]
    assert names("sort=-name") == ["Johan de Wit", "Willem Smit"]
    assert names("sort=name") == ["Willem Smit", "Johan de Wit"]
    assert names("state=onzin&sort=onzin&page=99") == ["Willem Smit", "Johan de Wit"]


def test_a_withdrawn_request_is_off_the_list_and_shows_nothing_any_more(cast):
    request = _sent(cast)
    with acting_in(cast.organisation.id, cast.johan.pk):
        withdraw_request(request=request)
    fatima = _as(cast.fatima)
    assert "Johan" not in fatima.get(_address("requests")).content.decode()
    page = fatima.get(_address("request_to_match", request.pk)).content.decode()
    assert "Een lastig project met veel belangen" not in page


def test_the_outline_shows_who_and_when_and_nothing_of_what(cast):
    _begun(cast, cast.johan, cast.saskia)
    page = _as(cast.fatima).get(_address("outline")).content.decode()
    assert _names_in_order(_as(cast.fatima).get(_address("outline"))) == ["Johan de Wit"]
    assert "Saskia Mulder" in page
    assert WORDS not in page
    assert "Een lastig project" not in page


def test_the_outline_can_be_filtered_by_running_and_by_internal(cast):
    _begun(cast, cast.johan, cast.saskia)
    _begun(cast, cast.willem, cast.marieke)
    fatima = _as(cast.fatima)

    def names(query: str) -> list[str]:
        return _names_in_order(fatima.get(f"{_address('outline')}?{query}"))

    assert names("employer=external") == ["Johan de Wit"]
    assert names("employer=internal") == ["Willem Smit"]
    assert names("state=closed") == []
    assert names("q=saskia") == ["Johan de Wit"]
    assert names("sort=client") == ["Willem Smit", "Johan de Wit"]


def test_a_request_that_led_to_coaching_says_so_and_nothing_of_how_far_it_is(cast):
    engagement = _begun(cast, cast.johan, cast.marieke)
    with acting_in(cast.organisation.id, cast.johan.pk):
        go_on(standing=engagement_for(cast.johan, engagement.pk), slug="waterland")
    fatima = _as(cast.fatima)
    fatima.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for page in (fatima.get(_address("requests")), fatima.get(_address("request_to_match", engagement.request_id))):
        assert "has a coach" in page.content.decode()


def test_the_download_holds_the_rows_that_are_shown(cast):
    _begun(cast, cast.johan, cast.saskia)
    _begun(cast, cast.willem, cast.marieke)
    answer = _as(cast.fatima).get(f"{_address('outline_file')}?employer=external")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[1:]] == [["Johan de Wit", "Saskia Mulder"]]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_long_list_of_coaches_is_a_short_one_with_a_search(cast):
    request = _sent(cast)
    _proposed(cast, request, cast.saskia)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        short = shortlist(request, at_once=1)
        assert [one.coach for one in short.possible] == [cast.saskia]
        assert (len(short.impossible), short.more) == (1, 2)
        assert [one.coach for one in shortlist(request, "MARIEKE").possible] == [cast.marieke]
        assert shortlist(request, "nobody") == Shortlist([], [], 0)


def test_who_sees_a_request_names_the_fellow_coordinators_too(cast):
    request = _sent(cast)
    fatima = _as(cast.fatima)
    fatima.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for address in (_address("requests"), _address("request_to_match", request.pk)):
        told = fatima.get(address).context["audience"]
        assert told.short.startswith("The coordinators, ")
        assert any(line.text.startswith("You and the other coordinators") for line in told.lines)


def test_taking_the_outline_along_is_noted(cast):
    _begun(cast, cast.johan, cast.saskia)
    _as(cast.fatima).get(_address("outline_file"))
    with acting_in(cast.organisation.id, cast.fatima.pk):
        row = AuditRow.objects.get(verb="outline.download")
        assert (row.actor_id, row.owner_id, row.detail) == (cast.fatima.pk, None, {"count": 1})


def test_the_outline_tells_no_planned_end_of_what_is_closed_so_not_who_stopped_early(cast):
    for person, coach, month in (
        (cast.johan, cast.marieke, 3),
        (cast.willem, cast.saskia, 5),
        (cast.bram, cast.marieke, 7),
    ):
        engagement = _begun(cast, person, coach)
        with acting_in(cast.organisation.id, person.pk):
            go_on(standing=engagement_for(person, engagement.pk), slug="waterland")
            Engagement.objects.filter(pk=engagement.pk).update(planned_end=date(2031, month, 1))
            if person == cast.johan:
                stop(standing=engagement_for(person, engagement.pk), slug="waterland")
    fatima = _as(cast.fatima)
    page = fatima.get(_address("outline") + "?sort=end")
    assert "jul 2031" in page.content.decode().lower()
    assert "mrt 2031" not in page.content.decode().lower()
    # By its planned end Johan's would come first.
    assert _names_in_order(page) == ["Willem Smit", "Bram Kuiper", "Johan de Wit"]
    answer = fatima.get(_address("outline_file") + "?sort=end")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == [date(2031, 5, 1), date(2031, 7, 1), ""]
