"""Who is answered what at the addresses of the coach's own look and patterns."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
