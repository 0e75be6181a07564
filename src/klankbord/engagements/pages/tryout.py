"""Who is answered what at the addresses of what is tried out."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
