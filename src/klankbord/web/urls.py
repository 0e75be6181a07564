"""Addresses of pages that belong to no single app."""

urlpatterns: list = []
