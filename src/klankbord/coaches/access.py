"""Who sees what of coaches. Its rows stand in ``things`` and ``pages``."""

from klankbord.coaches import pages
from klankbord.coaches.lending import access as lending
from klankbord.coaches.things import profiles
from klankbord.privacy.access import Page

THINGS = (
    *profiles.THINGS,
    *lending.THINGS,
)
PAGES: tuple[Page, ...] = (
    *pages.PAGES,
    *lending.PAGES,
)
