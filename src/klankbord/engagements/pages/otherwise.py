"""Who is answered what at the addresses of what goes otherwise."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
