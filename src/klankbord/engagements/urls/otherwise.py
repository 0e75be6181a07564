"""Addresses of what goes otherwise."""

from django.urls import path

from klankbord.engagements.views import leaving

urlpatterns = [
    path("mijn-woorden/", leaving.my_words, name="my_words"),
    path("mijn-woorden/mijn-woorden.html", leaving.words_page, name="my_words_page"),
    path("mijn-woorden/mijn-woorden.json", leaving.words_data, name="my_words_data"),
    path("mijn-woorden/<uuid:farewell>/intrekken/", leaving.withdraw, name="farewell_withdraw"),
]
