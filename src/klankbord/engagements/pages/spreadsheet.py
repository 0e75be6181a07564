"""Addresses of what comes along from a spreadsheet: who gets in."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="take_over", thing="sheet_note", answers={"fatima": 200}, otherwise=403, methods=("GET", "POST")),
    Page(route="take_over_example", thing="sheet_note", answers={"fatima": 200}, otherwise=403),
    Page(route="take_over_look", thing="sheet_note", answers={"fatima": 302}, otherwise=403, methods=("GET", "POST")),
    Page(route="take_over_discard", thing="sheet_note", answers={"fatima": 302}, otherwise=403, methods=("POST",)),
    Page(route="take_over_back", thing="sheet_note", answers={"fatima": 302}, methods=("POST",)),
    Page(route="sheet_letters", thing="sheet_letter", otherwise=200),
    Page(route="sheet_letter_yes", thing="sheet_letter", answers={"johan": 302}, methods=("POST",)),
    Page(route="sheet_letter_no", thing="sheet_letter", answers={"johan": 302}, methods=("POST",)),
)
