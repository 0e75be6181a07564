"""Addresses of rounding off and of what the client tells the manager."""

from klankbord.privacy.access import Page

BOTH = {"johan": 200, "marieke": 200}
# The coach takes part, but telling the manager is the client's alone: so 403 and not "there is nothing here".
OF_CLIENT = {"johan": 200, "marieke": 403}
TWO_WAYS = ("GET", "POST")
SENT = ("POST",)

PAGES: tuple[Page, ...] = (
    Page(route="closing", thing="course", answers=BOTH),
    Page(route="closing_begin", thing="course", answers=BOTH, methods=SENT),
    Page(route="closing_close", thing="course", answers=BOTH, methods=SENT),
    Page(route="closing_report", thing="report", answers=BOTH, methods=TWO_WAYS),
    Page(route="crib", thing="crib", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="share", thing="share", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="share_withdraw", thing="share", answers=OF_CLIENT, methods=SENT),
    Page(route="shared_text", thing="share", answers={"anton": 200}),
)
