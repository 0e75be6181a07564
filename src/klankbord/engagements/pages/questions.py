"""Who is answered what at the addresses of reflective questions."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
