"""Who is answered what at the addresses of the board of a talk."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
