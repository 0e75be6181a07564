"""Which address about the culture scan shows what, and who is answered what there."""

from klankbord.culture.pages import reports
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (*reports.PAGES,)
