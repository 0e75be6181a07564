"""Addresses of pages that belong to no single app."""

from django.urls import path

from klankbord.web import views

outside = [
    path("", views.home, name="home"),
]

inside = [
    path("", views.today, name="today"),
    path("concept/", views.draft, name="draft"),
]
