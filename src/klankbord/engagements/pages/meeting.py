"""Who is answered what at the addresses of the talk of three."""

from klankbord.engagements.pages.course import BOTH, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="three_way", thing="three_way_meeting", answers=BOTH),
    Page(route="three_way_meeting", thing="three_way_meeting", answers=BOTH),
    Page(route="three_way_plan", thing="three_way_meeting", answers=BOTH, methods=SENT),
    Page(route="three_way_text", thing="three_way_text", answers=BOTH, methods=TWO_WAYS),
    Page(route="three_way_accept", thing="three_way_text", answers=BOTH, methods=SENT),
    # The third party's own addresses. In the story nobody was asked in, so nobody is answered there.
    Page(route="party_three_way", thing="three_way_meeting"),
    Page(route="party_three_way_text", thing="three_way_text", methods=TWO_WAYS),
    Page(route="party_three_way_accept", thing="three_way_text", methods=SENT),
)
