"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.urls import profiles

urlpatterns = [*profiles.urlpatterns]
