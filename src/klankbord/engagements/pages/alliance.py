"""Who is answered what at the addresses of the working together."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
