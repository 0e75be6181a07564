"""Who is answered what at the addresses of the short route and the forms of a talk."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

# Johan's coaching is one of several talks: whoever opens the four lines there is sent to the agreement.
TO_THE_AGREEMENT = {"johan": 302, "marieke": 302}

PAGES: tuple[Page, ...] = (
    Page(route="one_talk", thing="agreement", answers=TO_THE_AGREEMENT, methods=TWO_WAYS),
    Page(route="choose_route", thing="course", answers={"johan": 404, "marieke": 403}, methods=SENT),
    Page(route="grow", thing="course", answers=OF_CLIENT, methods=SENT),
    Page(route="talk_form", thing="meeting_form", answers=BOTH, methods=TWO_WAYS),
)
