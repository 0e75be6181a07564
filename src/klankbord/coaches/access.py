"""Who sees what of coaches. Its rows stand in ``things`` and ``pages``."""

from klankbord.coaches import pages
from klankbord.coaches.things import profiles, quality
from klankbord.privacy.access import Page

THINGS = (*profiles.THINGS, *quality.THINGS)
PAGES: tuple[Page, ...] = pages.PAGES
