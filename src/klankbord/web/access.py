"""Pages across apps."""

from klankbord.privacy.access import Page

PAGES = (
    Page(route="today", thing="notification", otherwise=200, guests=True),
    # An empty draft has no form to belong to, and is refused as such; that it is refused so, is for every member alike.
    Page(route="draft", thing="draft", otherwise=400, methods=("POST",), guests=True),
)
