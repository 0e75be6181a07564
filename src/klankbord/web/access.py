"""Pages across apps."""

from klankbord.privacy.access import Page

EVERYONE = {name: 200 for name in ("johan", "marieke", "anton", "fatima", "els", "ruben", "willem")}

PAGES = (
    Page(route="today", thing="notification", answers=EVERYONE),
    Page(route="draft", thing="draft", answers={name: 400 for name in EVERYONE}, methods=("POST",)),
)
