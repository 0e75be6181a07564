"""Who is answered what at the addresses of looking back half-way and at the end, and the people around it."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="interim", thing="interim", answers=BOTH),
    Page(route="interim_together", thing="interim_together", answers=BOTH, methods=TWO_WAYS),
    Page(route="interim_apart", thing="interim", answers=BOTH, methods=TWO_WAYS),
    Page(route="interim_rather_talk", thing="interim", answers=BOTH, methods=SENT),
    Page(route="final", thing="final", answers=BOTH),
    Page(route="final_together", thing="final_together", answers=BOTH, methods=TWO_WAYS),
    Page(route="final_apart", thing="final", answers=BOTH, methods=TWO_WAYS),
    Page(route="final_rather_talk", thing="final", answers=BOTH, methods=SENT),
    Page(route="people_around", thing="stakeholders", answers=BOTH),
    Page(route="people_around_add", thing="stakeholders", answers=OF_CLIENT, methods=SENT),
    Page(route="people_around_send", thing="stakeholders", answers=OF_CLIENT, methods=SENT),
    Page(route="person_around", thing="stakeholders", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="person_around_off", thing="stakeholders", answers=OF_CLIENT, methods=SENT),
)
