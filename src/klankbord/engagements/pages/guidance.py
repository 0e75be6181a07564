"""Who is answered what at the addresses of the forms of guidance: everybody the same."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="what_fits", thing="request", otherwise=200, methods=("GET", "POST")),
    Page(route="after_illness", thing="request", otherwise=200, methods=("GET", "POST")),
)
