"""Addresses of looking back half-way and at the end, and the people around it."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import evaluation, people_around

HALFWAY = E + "terugkijken/halverwege/"
AT_THE_END = E + "terugkijken/aan-het-eind/"
AROUND = E + "mensen-eromheen/"

INTERIM = {"moment": "interim"}
FINAL = {"moment": "final"}

urlpatterns = [
    path(HALFWAY, evaluation.looking_back, INTERIM, name="interim"),
    path(HALFWAY + "samen/", evaluation.together, INTERIM, name="interim_together"),
    path(HALFWAY + "apart/", evaluation.apart, INTERIM, name="interim_apart"),
    path(HALFWAY + "liever-praten/", evaluation.rather_talk, INTERIM, name="interim_rather_talk"),
    path(AT_THE_END, evaluation.looking_back, FINAL, name="final"),
    path(AT_THE_END + "samen/", evaluation.together, FINAL, name="final_together"),
    path(AT_THE_END + "apart/", evaluation.apart, FINAL, name="final_apart"),
    path(AT_THE_END + "liever-praten/", evaluation.rather_talk, FINAL, name="final_rather_talk"),
    path(AROUND, people_around.people_around, name="people_around"),
    path(AROUND + "erbij/", people_around.add, name="people_around_add"),
    path(AROUND + "sturen/", people_around.send, name="people_around_send"),
    path(AROUND + "<uuid:somebody>/", people_around.somebody, name="person_around"),
    path(AROUND + "<uuid:somebody>/eraf/", people_around.take_somebody_off, name="person_around_off"),
]
