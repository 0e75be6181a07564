"""Addresses of the culture scan, all under an organisation."""

from klankbord.culture.urls import answering, waves

urlpatterns = [
    *answering.urlpatterns,
    *waves.urlpatterns,
]
