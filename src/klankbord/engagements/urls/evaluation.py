"""Addresses of looking back half-way and at the end, and the people around it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
