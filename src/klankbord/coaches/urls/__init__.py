"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.urls import profiles, quality

urlpatterns = [*profiles.urlpatterns, *quality.urlpatterns]
