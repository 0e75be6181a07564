"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.urls import growth, profiles, quality

urlpatterns = [*profiles.urlpatterns, *quality.urlpatterns, *growth.urlpatterns]

outside = growth.outside
