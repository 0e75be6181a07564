"""Addresses of the culture scan, all under an organisation."""

from klankbord.culture.urls import answering, reports, waves

urlpatterns = [
    *answering.urlpatterns,
    *reports.urlpatterns,
    *waves.urlpatterns,
]
