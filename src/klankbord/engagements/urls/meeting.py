"""Addresses of the talk of three."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
