"""Who is answered what at the addresses of the board of a talk."""

from klankbord.engagements.pages.course import BOTH, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="board", thing="board", answers=BOTH),
    Page(route="board_look", thing="card", answers=BOTH),
    Page(route="board_open", thing="board", answers=BOTH, methods=SENT),
    Page(route="board_shut", thing="board", answers=BOTH, methods=SENT),
    Page(route="board_walk", thing="board_step", answers=BOTH, methods=SENT),
    Page(route="board_add", thing="card", answers=BOTH, methods=SENT),
    Page(route="board_card", thing="card", answers=BOTH, methods=TWO_WAYS),
    Page(route="board_take_away", thing="card", answers=BOTH, methods=SENT),
    Page(route="board_put_back", thing="card", answers=BOTH, methods=SENT),
)
