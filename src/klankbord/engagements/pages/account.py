"""Addresses of the account of a year: who gets in. In the story Fatima published that of last year."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="year_accounts", thing="year_account", otherwise=200),
    Page(route="year_account", thing="year_account", otherwise=200),
    Page(route="year_account_paper", thing="year_account", otherwise=200),
    Page(
        route="make_year_account",
        thing="year_account",
        answers={"fatima": 302},
        otherwise=403,
        methods=("GET", "POST"),
    ),
)
