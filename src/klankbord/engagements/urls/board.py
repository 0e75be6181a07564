"""Addresses of the board of a talk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
