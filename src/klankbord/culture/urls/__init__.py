"""Addresses of the culture scan, all under an organisation."""

from klankbord.culture.urls import waves

urlpatterns = [
    *waves.urlpatterns,
]
