"""Addresses about coaches, all under an organisation."""

from klankbord.coaches.lending import urls as lending
from klankbord.coaches.urls import growth, profiles, quality

urlpatterns = [
    *profiles.urlpatterns,
    *quality.urlpatterns,
    *growth.urlpatterns,
    *lending.urlpatterns,
]

outside = growth.outside
