"""Addresses of what is tried out."""

from django.urls import URLPattern, path

from klankbord.engagements.urls.places import E, S
from klankbord.engagements.views import tryout

T = E + "uitproberen/<uuid:tryout>/"

urlpatterns: list[URLPattern] = [
    path(E + "uitproberen/", tryout.tryouts, name="tryouts"),
    path(S + "uitproberen/", tryout.new, name="tryout_new"),
    path(T, tryout.tell, name="tryout"),
    path(T + "plan/", tryout.change, name="tryout_change"),
]
