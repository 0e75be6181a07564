"""Addresses of requests that were noted for somebody."""

from django.urls import path

from klankbord.engagements.views import noted

urlpatterns = [
    path("aanvragen/noteren/", noted.note, name="note_request"),
    path("aanvragen/genoteerd/<uuid:noted>/intrekken/", noted.withdraw, name="noted_withdraw"),
    path("vraag/genoteerd/<uuid:noted>/", noted.read, name="noted"),
    path("vraag/genoteerd/<uuid:noted>/verder/", noted.take, name="noted_take"),
    path("vraag/genoteerd/<uuid:noted>/weg/", noted.drop, name="noted_drop"),
]
