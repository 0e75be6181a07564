"""Who is answered what at the addresses of the pool at a glance."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="pool", thing="coach_profile", answers={"fatima": 200}, otherwise=403),
    Page(route="pool_file", thing="coach_profile", answers={"fatima": 200}, otherwise=403),
)
