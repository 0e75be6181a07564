"""Which address of the culture scan shows what, and who is answered what there."""

from klankbord.culture.pages import waves
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (*waves.PAGES,)
