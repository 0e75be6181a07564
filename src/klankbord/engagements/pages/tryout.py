"""Who is answered what at the addresses of what is tried out."""

from klankbord.engagements.pages.course import BOTH, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="tryouts", thing="experiment", answers=BOTH),
    Page(route="tryout_new", thing="experiment", answers=BOTH, methods=TWO_WAYS),
    # Both read it; that and what happened is the client's to tell.
    Page(route="tryout", thing="experiment", answers=BOTH, methods=TWO_WAYS),
    Page(route="tryout_change", thing="experiment", answers=BOTH, methods=TWO_WAYS),
)
