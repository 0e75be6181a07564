"""Who is answered what at the addresses of the talk of three."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
