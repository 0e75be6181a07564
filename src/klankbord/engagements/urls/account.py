"""Addresses of the account of a year."""

from django.urls import path

from klankbord.engagements.views import account

urlpatterns = [
    path("jaarverslag/", account.accounts, name="year_accounts"),
    path("jaarverslag/<int:year>/", account.account, name="year_account"),
    path("jaarverslag/<int:year>/pdf/", account.account_paper, name="year_account_paper"),
    path("jaarverslag/<int:year>/maken/", account.make_account, name="make_year_account"),
]
