"""Addresses of what goes otherwise."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import leaving, otherwise

urlpatterns = [
    path(E + "dichtbij/", otherwise.go_on_near, name="go_on_near"),
    path(E + "delen/<uuid:share>/zo-laten/", otherwise.share_keep, name="share_keep"),
    path(E + "andere-coach-zoeken/", otherwise.look_for_another, name="look_for_another"),
    path(E + "meegeven/", otherwise.handover, name="handover"),
    path("mijn-woorden/", leaving.my_words, name="my_words"),
    path("mijn-woorden/mijn-woorden.html", leaving.words_page, name="my_words_page"),
    path("mijn-woorden/mijn-woorden.json", leaving.words_data, name="my_words_data"),
    path("mijn-woorden/<uuid:farewell>/intrekken/", leaving.withdraw, name="farewell_withdraw"),
]
