"""Addresses of the coordinators' waves: nobody else gets in. The story of the tests has a draft."""

from klankbord.privacy.access import Page

COORDINATOR = {"fatima": 200}
SENDS = {"fatima": 302}

PAGES: tuple[Page, ...] = (
    Page(route="waves", thing="wave", answers=COORDINATOR, otherwise=403),
    Page(route="wave_new", thing="wave", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="wave", thing="wave", answers=COORDINATOR, otherwise=403),
    Page(route="wave_part", thing="wave", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_paper", thing="preparation", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_preview", thing="wave", answers=COORDINATOR, otherwise=403),
    Page(route="wave_example", thing="wave", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_open", thing="wave", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_remind", thing="wave", answers=SENDS, otherwise=403, methods=("POST",)),
    # Of a draft the days of reminders stand with its other days.
    Page(route="wave_reminders", thing="wave", answers=SENDS, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_close", thing="wave", answers=SENDS, otherwise=403, methods=("GET", "POST")),
    Page(route="wave_drop", thing="wave", answers=SENDS, otherwise=403, methods=("POST",)),
    Page(route="wave_letters", thing="invitation", answers=SENDS, otherwise=403, methods=("POST",)),
)
