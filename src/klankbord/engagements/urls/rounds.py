"""Addresses of matching a group, and of who came to stand near whom."""

from django.urls import path

from klankbord.engagements.views import nearness, rounds

R = "samen-indelen/<uuid:round_id>/"

urlpatterns = [
    path("samen-indelen/", rounds.rounds, name="rounds"),
    path(R, rounds.round_page, name="round"),
    path(R + "vraag/<uuid:row_id>/", rounds.round_row, name="round_row"),
    path(R + "bevestigen/", rounds.round_confirm, name="round_confirm"),
    path(R + "weggooien/", rounds.round_discard, name="round_discard"),
    path("raakvlakken/", nearness.nearness, name="nearness"),
]
