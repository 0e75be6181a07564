"""Addresses of the short route and the forms of a talk."""

from django.urls import path

from klankbord.engagements.urls.places import E, S
from klankbord.engagements.views import short, talk_form

urlpatterns = [
    path(E + "een-gesprek/", short.one_talk, name="one_talk"),
    path(E + "een-gesprek/kiezen/", short.choose, name="choose_route"),
    path(E + "een-gesprek/verder/", short.go_further, name="grow"),
    path(S + "vorm/", talk_form.talk_form, name="talk_form"),
]
