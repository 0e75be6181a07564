"""Addresses where the figures of the culture scan are read."""

from django.urls import path

from klankbord.culture.views import reports, reports_of_all, team

W = "cultuur/<uuid:published>/"
U = W + "<uuid:team>/"

urlpatterns = [
    path("cultuur/", reports.culture_report, name="culture_report"),
    path(W + "afdelingen/", reports_of_all.overview, name="culture_overview"),
    path(W + "afdelingen/rekenblad/", reports_of_all.overview_xlsx, name="culture_overview_xlsx"),
    path(W + "groepen/", reports_of_all.classes, name="culture_classes"),
    path(W + "beweging/", reports_of_all.change, name="culture_change"),
    path(W + "beweging/rekenblad/", reports_of_all.change_xlsx, name="culture_change_xlsx"),
    path(W + "samenhang/", reports_of_all.relations, name="culture_relations"),
    path(W + "eigen-woorden/", reports_of_all.words, name="culture_words"),
    path(U, reports.culture_unit, name="culture_unit"),
    path(U + "gesprek/", team.talk, name="culture_team"),
    path(U + "gesprek/<uuid:decision>/weg/", team.remove, name="culture_team_remove"),
    path(U + "door-de-tijd/", reports.culture_trend, name="culture_trend"),
    path(U + "rekenblad/", reports.culture_unit_xlsx, name="culture_unit_xlsx"),
    path(U + "papier/", reports.culture_unit_paper, name="culture_unit_paper"),
]
