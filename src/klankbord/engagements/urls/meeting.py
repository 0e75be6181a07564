"""Addresses of the talk of three."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import meeting, party_meeting

M = E + "driegesprek/<str:stage>/"
# Where the third party stands: apart from the engagement, of which they see nothing else.
P = "partij/<uuid:engagement>/gesprek/<str:stage>/"

urlpatterns = [
    path(E + "driegesprek/", meeting.three_way, name="three_way"),
    path(M, meeting.three_way_meeting, name="three_way_meeting"),
    path(M + "plannen/", meeting.plan, name="three_way_plan"),
    path(M + "tekst/", meeting.text, name="three_way_text"),
    path(M + "akkoord/", meeting.accept, name="three_way_accept"),
    path(P, party_meeting.party_three_way, name="party_three_way"),
    path(P + "tekst/", party_meeting.party_three_way_text, name="party_three_way_text"),
    path(P + "akkoord/", party_meeting.party_three_way_accept, name="party_three_way_accept"),
]
