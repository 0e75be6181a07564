"""Who is answered what at the addresses of what goes otherwise."""

from klankbord.engagements.pages.course import BOTH, OF_CLIENT, SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="go_on_near", thing="course", answers=BOTH, methods=SENT),
    Page(route="share_keep", thing="share", answers=OF_CLIENT, methods=SENT),
    Page(route="look_for_another", thing="request", answers=OF_CLIENT, methods=SENT),
    Page(route="handover", thing="handover", answers=OF_CLIENT, methods=TWO_WAYS),
    Page(route="my_words", thing="farewell", otherwise=200, methods=TWO_WAYS),
    Page(route="my_words_page", thing="writing", otherwise=200),
    Page(route="my_words_data", thing="writing", otherwise=200),
    Page(route="farewell_withdraw", thing="farewell", answers={"johan": 200}, methods=SENT),
)
