"""Addresses of the calm page during a talk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
