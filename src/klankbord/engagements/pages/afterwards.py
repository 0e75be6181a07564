"""Who is answered what at the addresses of telling, going on, and three months later."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
