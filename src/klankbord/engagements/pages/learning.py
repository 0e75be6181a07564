"""Who is answered what at the addresses of the learning spiral and self-steering."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
