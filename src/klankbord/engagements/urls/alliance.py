"""Addresses of the working together."""

from django.urls import URLPattern, path

from klankbord.engagements.urls.places import E, S
from klankbord.engagements.views import alliance

urlpatterns: list[URLPattern] = [
    path(E + "samenwerking/", alliance.alliance, name="alliance"),
    path(E + "samenwerking/willen/", alliance.alliance_want, name="alliance_want"),
    path(E + "samenwerking/cijfers/", alliance.alliance_rate, name="alliance_rate"),
    path(E + "samenwerking/cijfers/<uuid:rating>/delen/", alliance.alliance_share, name="alliance_share"),
    path(S + "samenwerking/", alliance.alliance_talk, name="alliance_talk"),
]
