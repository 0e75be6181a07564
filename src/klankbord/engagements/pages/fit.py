"""Who is answered what at the addresses of "does coaching fit here?"."""

from klankbord.engagements.pages.course import BOTH, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="request_fit", thing="fit_letter", answers={"johan": 200}),
    Page(route="fit_pass_on", thing="fit_signal", answers={"johan": 200}, methods=TWO_WAYS),
    Page(route="fit", thing="fit_thought", answers=BOTH, methods=TWO_WAYS),
    # Not the coach either: what lies with the client is the client's.
    Page(route="fit_letter", thing="fit_letter", answers={"johan": 200}),
    Page(route="fit_reply", thing="fit_reply", answers={"johan": 422}, methods=SENT),
    Page(route="fit_destroy", thing="fit_letter", answers={"johan": 302}, methods=SENT),
    Page(route="fit_take_back", thing="fit_signal", answers={"johan": 302}, methods=SENT),
    Page(route="fit_signals", thing="fit_signal", answers={"fatima": 200}, otherwise=403),
    Page(route="fit_signal", thing="fit_signal", answers={"fatima": 200}),
)
