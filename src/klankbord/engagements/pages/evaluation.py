"""Who is answered what at the addresses of looking back half-way and at the end, and the people around it."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
