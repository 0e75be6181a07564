"""Addresses of the policy: who gets in."""

from klankbord.privacy.access import Page

COORDINATOR = {"fatima": 200}
SENDS = {"fatima": 302}

PAGES: tuple[Page, ...] = (
    # A guest coaches under this policy.
    Page(route="policy", thing="policy", otherwise=200, guests=True),
    Page(route="policy_paper", thing="policy", otherwise=200, guests=True),
    Page(route="policy_version", thing="policy", otherwise=200, guests=True),
    Page(route="policy_version_paper", thing="policy", otherwise=200, guests=True),
    Page(route="policy_compare", thing="policy", otherwise=200, guests=True),
    Page(route="policy_draft", thing="policy", answers=COORDINATOR, otherwise=403),
    Page(route="policy_begin", thing="policy", answers=SENDS, otherwise=403, methods=("POST",)),
    Page(route="policy_section", thing="policy", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="policy_preview", thing="policy", answers=COORDINATOR, otherwise=403),
    Page(route="policy_publish", thing="policy", answers=COORDINATOR, otherwise=403, methods=("GET", "POST")),
    Page(route="policy_discard", thing="policy", answers=SENDS, otherwise=403, methods=("POST",)),
)
