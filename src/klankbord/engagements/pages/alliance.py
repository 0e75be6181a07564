"""Who is answered what at the addresses of the working together."""

from klankbord.engagements.pages.course import BOTH, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="alliance", thing="alliance", answers=BOTH),
    Page(route="alliance_want", thing="course", answers=BOTH, methods=SENT),
    Page(route="alliance_rate", thing="alliance_rating", answers=BOTH, methods=TWO_WAYS),
    # A rating of Johan's: for whoever did not give it, it is not there to be shared.
    Page(route="alliance_share", thing="alliance_rating", answers={"johan": 200}, methods=SENT),
    Page(route="alliance_talk", thing="alliance", answers=BOTH, methods=TWO_WAYS),
)
