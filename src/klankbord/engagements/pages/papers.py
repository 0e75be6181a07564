"""Who is answered what at the addresses of the agreement on paper, in the form for three, and how the two work now."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

# In the story nobody is a third party, so here everybody is told that there is nothing. Whoever was asked in is
# answered in the tests of the third party, and everybody else with them.
PAGES: tuple[Page, ...] = (
    Page(route="agreement_compare", thing="agreement", answers=BOTH),
    Page(route="agreement_pdf", thing="agreement", answers=BOTH),
    Page(route="third_party", thing="agreement", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="third_party_end", thing="agreement", answers=OF_CLIENT, methods=SENT),
    Page(route="how_we_work", thing="how_we_work", answers=BOTH, methods=TWO_WAYS),
    Page(route="party", thing="agreement"),
    Page(route="party_version", thing="agreement"),
    Page(route="party_pdf", thing="agreement"),
    Page(route="party_accept", thing="agreement", methods=SENT),
    Page(route="party_talk", thing="agreement", methods=SENT),
)
