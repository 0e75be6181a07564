"""Addresses of this part."""

from klankbord.privacy.access import Page

PAGES: tuple[Page, ...] = ()
