"""Addresses of people, the staff file and one's own data: who gets in."""

from klankbord.privacy.access import Page

LIST = {"els": 200, "fatima": 200}
ONLY_ELS = {"els": 200}

PAGES: tuple[Page, ...] = (
    Page(route="people", thing="person", answers=LIST, otherwise=403),
    Page(route="people_file", thing="person", answers=LIST, otherwise=403),
    Page(route="person", thing="person", answers=LIST, otherwise=403),
    Page(route="person_role", thing="membership", answers={"els": 302}, otherwise=403, methods=("POST",)),
    Page(route="import_people", thing="staff_file", answers=ONLY_ELS, otherwise=403, methods=("GET", "POST")),
    Page(route="import_template", thing="staff_file", answers=ONLY_ELS, otherwise=403),
    Page(route="import_preview", thing="staff_file", answers=ONLY_ELS, otherwise=403, methods=("GET", "POST")),
    Page(route="import_discard", thing="staff_file", answers={"els": 302}, otherwise=403, methods=("POST",)),
    Page(route="my_data", thing="audit", otherwise=200, guests=True),
    Page(route="my_takeout", thing="takeout", otherwise=200, methods=("GET", "POST"), guests=True),
    Page(route="my_language", thing="person", otherwise=302, methods=("POST",), guests=True),
    Page(route="who_sees_what", thing="person", otherwise=200, guests=True),
)
