"""Who is answered what at the addresses of the coach's own look and patterns."""

from klankbord.engagements.pages.course import OF_COACH, TWO_WAYS
from klankbord.privacy.access import Page

COACHES = {"marieke": 200, "willem": 200, "bram": 200, "saskia": 200}

PAGES: tuple[Page, ...] = (
    Page(route="session_look", thing="coach_look", answers=OF_COACH, methods=TWO_WAYS),
    Page(route="coach_over_time", thing="coach_look", answers=COACHES, otherwise=403),
)
