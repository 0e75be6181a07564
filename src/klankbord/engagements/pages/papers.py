"""Who is answered what at the addresses of the agreement on paper, in the form for three, and how the two work now."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
