"""Which address of the culture scan shows what, and who is answered what there."""

from klankbord.culture.pages import answering, waves
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (*answering.PAGES, *waves.PAGES)
