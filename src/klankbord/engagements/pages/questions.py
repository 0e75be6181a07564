"""Who is answered what at the addresses of reflective questions."""

from klankbord.engagements.pages.course import BOTH, SENT
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    # The collection is everybody's; what is kept or written there is only of who kept or wrote it.
    Page(route="questions", thing="own_question", otherwise=200, guests=True),
    Page(route="question_keep", thing="favourite_question", otherwise=302, methods=SENT, guests=True),
    Page(route="own_question_add", thing="own_question", otherwise=302, methods=SENT, guests=True),
    Page(route="own_question_restore", thing="own_question", otherwise=302, methods=SENT, guests=True),
    Page(route="own_question_remove", thing="own_question", answers={"johan": 302}, methods=SENT, guests=True),
    Page(route="session_question", thing="favourite_question", answers=BOTH),
)
