"""Who is answered what at the addresses of the calm page during a talk."""

from klankbord.engagements.pages.course import BOTH, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="calm", thing="jotting", answers=BOTH, methods=TWO_WAYS),
    Page(route="calm_sync", thing="jotting", answers=BOTH, methods=TWO_WAYS),
    # A page without texts and a script, kept by a browser that has no connection. They say nothing about anybody.
    Page(route="calm_shell", thing="session", answers=BOTH),
    Page(route="calm_worker", thing="session", answers=BOTH),
)
