"""Who is answered what at the addresses of goals."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
