"""Which address of the culture scan shows what, and who is answered what there."""

from klankbord.culture.pages import answering, reports, waves
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (*answering.PAGES, *reports.PAGES, *waves.PAGES)
