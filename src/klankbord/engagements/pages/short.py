"""Who is answered what at the addresses of the short route and the forms of a talk."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
