"""Addresses of the engagement itself, from getting to know each other to the last talk."""

from klankbord.privacy.access import Page

BOTH = {"johan": 200, "marieke": 200}
# The coach takes part, but this is the client's to do: so 403 and not "there is nothing here".
OF_CLIENT = {"johan": 200, "marieke": 403}
OF_COACH = {"johan": 403, "marieke": 200}
TWO_WAYS = ("GET", "POST")
SENT = ("POST",)

PAGES: tuple[Page, ...] = (
    Page(route="my_coaching", thing="engagement", otherwise=200, guests=True),
    Page(route="engagement", thing="course", answers=BOTH),
    Page(route="engagement_stop", thing="engagement", answers=BOTH, methods=TWO_WAYS),
    Page(route="introduction", thing="expectation", answers=BOTH),
    Page(route="introduction_plan", thing="session", answers=BOTH, methods=SENT),
    Page(route="expectation", thing="expectation", answers=BOTH, methods=SENT),
    Page(route="go_on", thing="course", answers=OF_CLIENT, methods=SENT),
    Page(route="other_coach", thing="engagement", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="not_available", thing="engagement", answers=OF_COACH, methods=TWO_WAYS),
    Page(route="direction", thing="direction", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="agreement", thing="agreement", answers=BOTH),
    Page(route="agreement_edit", thing="agreement", answers=BOTH, methods=TWO_WAYS),
    Page(route="agreement_accept", thing="agreement", answers=BOTH, methods=SENT),
    Page(route="agreement_version", thing="agreement", answers=BOTH),
    Page(route="session", thing="session", answers=BOTH),
    # The address ends in the kind of text; who begins which is in ``writings.MANNERS``. Here: what to talk about.
    Page(route="session_text", thing="topic", answers=OF_CLIENT, methods=SENT),
    Page(route="session_just_come", thing="session", answers=OF_CLIENT, methods=SENT),
    Page(route="session_move", thing="session", answers=BOTH, methods=TWO_WAYS),
    Page(route="session_cancel", thing="session", answers=BOTH, methods=TWO_WAYS),
)
