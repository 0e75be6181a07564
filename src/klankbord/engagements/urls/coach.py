"""Addresses of the coach's own look and patterns."""

from django.urls import path

from klankbord.engagements.urls.places import S
from klankbord.engagements.views import coach

urlpatterns = [
    path(S + "mijn-blik/", coach.look, name="session_look"),
    path("mijn-coachen/", coach.over_time, name="coach_over_time"),
]
