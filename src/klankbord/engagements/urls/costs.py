"""Addresses of money."""

from django.urls import path

from klankbord.engagements.urls.places import E
from klankbord.engagements.views import costs, costs_for_two

urlpatterns = [
    path("budget/", costs.budget, name="budget"),
    path("budget/kosten.xlsx", costs.budget_xlsx, name="budget_xlsx"),
    path("budget/facturen.csv", costs.budget_csv, name="budget_csv"),
    path("budget/<uuid:engagement>/", costs.costs, name="costs"),
    path("budget/<uuid:engagement>/factuur/", costs.invoice, name="costs_invoice"),
    path(E + "kosten/", costs_for_two.costs_for_two, name="costs_for_two"),
    path(E + "kosten/akkoord/", costs_for_two.agree, name="costs_agree"),
]
