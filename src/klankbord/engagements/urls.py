"""Addresses of requests and engagements, all under an organisation."""

from django.urls import path

from klankbord.engagements.views import agreement, asking, closing, coordination, course, introduction, referrals, sessions

E = "coaching/<uuid:engagement>/"
S = E + "gesprek/<int:number>/"

urlpatterns = [
    path("vraag/", asking.ask, name="ask"),
    path("vraag/wensen/", asking.ask_wishes, name="ask_wishes"),
    path("vraag/versturen/", asking.ask_send, name="ask_send"),
    path("vraag/anders/", asking.other_help, name="other_help"),
    path("vraag/<uuid:request_id>/", asking.request_page, name="request"),
    path("vraag/<uuid:request_id>/intrekken/", asking.withdraw, name="request_withdraw"),
    path("coachvoorstel/<uuid:proposal>/kiezen/", asking.choose, name="proposal_choose"),
    path("coachvoorstel/<uuid:proposal>/iemand-anders/", asking.pass_on, name="proposal_pass"),
    path("voorstellen/", referrals.suggest, name="suggest"),
    path("voorstellen/<uuid:referral>/", referrals.referral, name="referral"),
    path("voorstellen/<uuid:referral>/antwoord/", referrals.answer, name="referral_answer"),
    path("voorstellen/<uuid:referral>/vraag/", referrals.ask_first, name="referral_ask"),
    path("voorstellen/vragen/<uuid:question>/", referrals.question, name="referral_question"),
    path("aanvragen/", coordination.requests, name="requests"),
    path("aanvragen/<uuid:request_id>/", coordination.request_to_match, name="request_to_match"),
    path("aanvragen/<uuid:request_id>/coach/", coordination.propose, name="request_propose"),
    path("aanvragen/<uuid:request_id>/opzij/", coordination.aside, name="request_aside"),
    path("trajecten/", coordination.outline, name="outline"),
    path("trajecten/trajecten.xlsx", coordination.outline_file, name="outline_file"),
    path("coaching/", course.mine, name="my_coaching"),
    path(E, course.line_of_time, name="engagement"),
    path(E + "stoppen/", course.stop_early, name="engagement_stop"),
    path(E + "kennismaking/", introduction.introduction, name="introduction"),
    path(E + "kennismaking/plannen/", introduction.plan, name="introduction_plan"),
    path(E + "kennismaking/verwachting/", introduction.expectation, name="expectation"),
    path(E + "kennismaking/verder/", introduction.onward, name="go_on"),
    path(E + "kennismaking/andere-coach/", introduction.another, name="other_coach"),
    path(E + "kennismaking/niet-beschikbaar/", introduction.unavailable, name="not_available"),
    path(E + "richting/", introduction.direction, name="direction"),
    path(E + "afspraken/", agreement.agreement, name="agreement"),
    path(E + "afspraken/schrijven/", agreement.edit, name="agreement_edit"),
    path(E + "afspraken/akkoord/", agreement.accept, name="agreement_accept"),
    path(E + "afspraken/versie/<int:version>/", agreement.version, name="agreement_version"),
    path(S, sessions.session, name="session"),
    path(S + "tekst/<str:kind>/", sessions.text, name="session_text"),
    path(S + "ik-kom-gewoon/", sessions.just_coming, name="session_just_come"),
    path(S + "verzetten/", sessions.move, name="session_move"),
    path(S + "afzeggen/", sessions.cancel, name="session_cancel"),
    path(E + "afronden/", closing.closing, name="closing"),
    path(E + "afronden/beginnen/", closing.begin, name="closing_begin"),
    path(E + "afronden/verslag/", closing.report, name="closing_report"),
    path(E + "afronden/sluiten/", closing.close_now, name="closing_close"),
    path(E + "afronden/geheugensteun/", closing.crib, name="crib"),
    path(E + "delen/", closing.share, name="share"),
    path(E + "delen/<uuid:share>/stoppen/", closing.stop_sharing, name="share_withdraw"),
    path("gedeeld/<uuid:share>/", closing.shared_text, name="shared_text"),
]
