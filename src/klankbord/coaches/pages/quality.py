"""Who is answered what at the addresses of what coaches can show about their trade."""

from klankbord.coaches.pages.profiles import COACHES, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="my_quality", thing="quality_fact", answers=COACHES, otherwise=403),
    Page(route="quality_new", thing="quality_fact", answers=COACHES, otherwise=403, methods=TWO_WAYS),
    Page(route="quality_remove", thing="quality_fact", answers={"marieke": 302}, methods=("POST",)),
    Page(route="quality_proof", thing="quality_proof", answers={"marieke": 200, "fatima": 200}),
    Page(route="quality_check", thing="quality_fact", answers={"fatima": 302}, otherwise=403, methods=("POST",)),
)
