"""Addresses of reflective questions."""

from django.urls import path

from klankbord.engagements.urls.places import S
from klankbord.engagements.views import questions

urlpatterns = [
    path("vragen/", questions.questions, name="questions"),
    path("vragen/bewaren/", questions.keep, name="question_keep"),
    path("vragen/eigen/", questions.add, name="own_question_add"),
    path("vragen/eigen/terug/", questions.restore, name="own_question_restore"),
    path("vragen/eigen/<uuid:own_question>/weg/", questions.remove, name="own_question_remove"),
    path(S + "een-vraag/", questions.for_a_talk, name="session_question"),
]
