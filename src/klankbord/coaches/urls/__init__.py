"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.urls import growth, profiles

urlpatterns = [*profiles.urlpatterns, *growth.urlpatterns]

outside = growth.outside
