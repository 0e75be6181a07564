"""Who is answered what at the addresses of the calm page during a talk."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
