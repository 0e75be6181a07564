"""Which address about coaches shows what, and who is answered what there."""

from klankbord.coaches.pages import profiles
from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = (*profiles.PAGES,)
