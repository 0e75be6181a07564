"""Who is answered what at the addresses of profiles."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
