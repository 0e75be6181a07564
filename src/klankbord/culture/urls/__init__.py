"""Addresses about the culture scan, all under an organisation."""

from klankbord.culture.urls import reports

urlpatterns = [
    *reports.urlpatterns,
]
