"""Who is answered what at the addresses of what goes otherwise."""

from klankbord.engagements.pages.course import SENT, TWO_WAYS
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (
    Page(route="my_words", thing="farewell", otherwise=200, methods=TWO_WAYS),
    Page(route="my_words_page", thing="writing", otherwise=200),
    Page(route="my_words_data", thing="writing", otherwise=200),
    Page(route="farewell_withdraw", thing="farewell", answers={"johan": 200}, methods=SENT),
)
