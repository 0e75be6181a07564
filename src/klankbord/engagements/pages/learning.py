"""Who is answered what at the addresses of the learning spiral and self-steering."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, OF_COACH, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="spiral", thing="spiral", answers=BOTH),
    Page(route="spiral_place", thing="spiral", answers=OF_CLIENT, methods=SENT),
    Page(route="spiral_remove", thing="spiral", answers=OF_CLIENT, methods=SENT),
    Page(route="steering", thing="steering", answers=BOTH),
    Page(route="steering_choose", thing="steering", answers=OF_CLIENT, methods=SENT),
    Page(route="signal_say", thing="signal", answers=OF_CLIENT, methods=TWO_WAYS),
    # Of a word that was sent; one that was not is not there for the coach.
    Page(route="signal", thing="signal", answers=BOTH),
    Page(route="signal_send", thing="signal", answers=OF_CLIENT, methods=SENT),
    Page(route="signal_reply", thing="signal", answers=OF_COACH, methods=SENT),
)
