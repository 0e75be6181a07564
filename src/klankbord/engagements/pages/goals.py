"""Who is answered what at the addresses of goals."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="goals", thing="goal", answers=BOTH),
    # Both may put a goal in words; the client's own lead.
    Page(route="goal_new", thing="goal_wording", answers=BOTH, methods=TWO_WAYS),
    Page(route="goal_build", thing="goal_wording", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="learning_goal_new", thing="goal_wording", answers=BOTH, methods=TWO_WAYS),
    Page(route="goal", thing="goal", answers=BOTH),
    Page(route="goal_change", thing="goal_wording", answers=BOTH, methods=TWO_WAYS),
    Page(route="goal_levels", thing="goal_wording", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="goal_mark", thing="goal_mark", answers=BOTH, methods=SENT),
    Page(route="goal_turn", thing="goal", answers=OF_CLIENT, methods=SENT),
    Page(route="goal_keep", thing="goal", answers=OF_CLIENT, methods=SENT),
    # Both read it; writing it is the client's.
    Page(route="harvest", thing="harvest", answers=BOTH, methods=TWO_WAYS),
    Page(route="session_sentence", thing="sentence", answers=OF_CLIENT, methods=TWO_WAYS),
)
