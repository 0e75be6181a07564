"""Addresses of the pool at a glance."""

from django.urls import URLPattern, path

from klankbord.engagements.views import pool

urlpatterns: list[URLPattern] = [
    path("pool/", pool.overview, name="pool"),
    path("pool/pool.xlsx", pool.overview_file, name="pool_file"),
]
