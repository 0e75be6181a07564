"""Who sees what of coaches. Its rows stand in ``things`` and ``pages``."""

from klankbord.coaches import pages
from klankbord.coaches.lending import access as lending
from klankbord.coaches.things import growth, profiles, quality
from klankbord.privacy.access import Page

THINGS = (*profiles.THINGS, *quality.THINGS, *growth.THINGS, *lending.THINGS)
PAGES: tuple[Page, ...] = (*pages.PAGES, *lending.PAGES)
