"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.lending import urls as lending
from klankbord.coaches.urls import profiles

urlpatterns = [
    *profiles.urlpatterns,
    *lending.urlpatterns,
]
