"""Addresses of the policy, all under an organisation."""

from django.urls import path

from klankbord.policy import views

urlpatterns = [
    path("beleid/", views.policy, name="policy"),
]
