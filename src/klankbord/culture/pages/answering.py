"""Who is answered what where the questionnaire is answered: everybody the same, signed in or not."""

from klankbord.privacy.access import Page

READ_AND_SENT = ("GET", "POST")

# SECURITY: another status for a link that was used would tell, in any log on the way, who answered.
PAGES: tuple[Page, ...] = (
    Page(route="scan_code", thing="ballot_box", otherwise=200, methods=READ_AND_SENT, public=True),
    Page(route="scan", thing="ballot_box", otherwise=200, methods=READ_AND_SENT, public=True),
)
