"""Who is answered what at the addresses of telling, going on, and three months later."""

from klankbord.engagements.pages.closing import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="crib_paper", thing="crib", answers={"johan": 302, "marieke": 403}),
    # Both read it; the coach once it was sent.
    Page(route="plan", thing="plan", answers=BOTH, methods=TWO_WAYS),
    Page(route="fridge_card", thing="fridge_card", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="fridge_card_paper", thing="fridge_card", answers={"johan": 302, "marieke": 403}),
    Page(route="booklet", thing="booklet", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="later", thing="later", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="witnesses", thing="witness", answers=OF_CLIENT),
    # The talks of the story are not over: it is not the time to ask yet.
    Page(route="witness_ask", thing="witness", answers={"johan": 302, "marieke": 403}, methods=TWO_WAYS),
    Page(route="witness_end", thing="witness", answers=OF_CLIENT, methods=SENT),
    # Whoever was asked sees the one question, and nothing of a coaching.
    Page(route="witness", thing="witness", answers={"willem": 200}, methods=TWO_WAYS),
)
