"""Addresses of money: who gets in."""

from klankbord.privacy.access import Page

# Fatima has the task of finance. Johan's coach is an internal one, so there is no money to see.
PAGES: tuple[Page, ...] = (
    Page(route="budget", thing="year_budget", answers={"fatima": 200}, otherwise=403, methods=("GET", "POST")),
    Page(route="budget_xlsx", thing="engagement_cost", answers={"fatima": 200}, otherwise=403),
    Page(route="budget_csv", thing="engagement_cost", answers={"fatima": 200}, otherwise=403),
    Page(route="costs", thing="engagement_cost", methods=("GET", "POST")),
    Page(route="costs_invoice", thing="invoice", methods=("POST",)),
    Page(route="costs_for_two", thing="engagement_cost", methods=("GET",)),
    Page(route="costs_agree", thing="engagement_cost", methods=("POST",)),
)
